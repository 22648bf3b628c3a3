"""Every table with its section of the sheet, in their order; and the readers that suit one table only."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from ceting.standards import sources
from ceting.standards.review.child import CHILD
from ceting.standards.review.lines import ReviewedValue, Section, keyed, value_of, words
from ceting.standards.review.pregnancy import PREGNANCY


def _categories(table: str) -> Iterator[ReviewedValue]:
    for row in sources.rows(table):
        low = f"z {row['low_op']} {row['z_low']}" if row["z_low"] else ""
        high = f"z {row['high_op']} {row['z_high']}" if row["z_high"] else ""
        yield value_of(
            table,
            row["code"],
            f"{row['index'].replace(' or ', ' atau ')}: {row['label_id']}",
            " dan ".join(part for part in (low, high) if part),
            row,
        )


def _kbm(table: str) -> Iterator[ReviewedValue]:
    # Sixty equal rows hide the few that differ, so equal neighbours are one line.
    for (sex, gain, _, _), group in groupby(
        sources.rows(table), key=lambda r: (r["sex"], r["kbm_gram_per_month"], r["source_tag"], r["status"])
    ):
        same = list(group)
        first, last = same[0]["age_month"], same[-1]["age_month"]
        ages = first if first == last else f"{first}-{last}"
        child = "laki-laki" if sex == "L" else "perempuan"
        yield value_of(
            table, f"{sex}:{ages}", f"KBM anak {child} umur {ages} bulan", f"{gain} gram sebulan", same[0]
        )


def _kms_status(table: str) -> Iterator[ReviewedValue]:
    for row in sources.rows(table):
        line = f" (garis: {row['z']} SD)" if row["z"] else ""
        yield value_of(table, row["code"], f"Status KMS: {row['name']}", row["definition"] + line, row)


def _skdn(table: str) -> Iterator[ReviewedValue]:
    for row in sources.rows(table):
        yield value_of(table, row["indicator"], row["meaning"], row["formula"], row)


def _muac(table: str) -> Iterator[ReviewedValue]:
    for row in sources.rows(table):
        yield value_of(
            table, row["code"], f"{row['label_id']}, umur {row['age']}", f"{row['muac_cm']} cm", row
        )


def _rules(table: str) -> Iterator[ReviewedValue]:
    for row in sources.rows(table):
        yield value_of(table, row["rule"], row["meaning"], row["value"], row)


def _decisions(table: str) -> Iterator[ReviewedValue]:
    for row in sources.rows(table):
        yield value_of(table, row["key"], row["why"], row["decision"], row)


def _settings(table: str) -> Iterator[ReviewedValue]:
    for row in sources.rows(table):
        choices = dict(choice.split("=", 1) for choice in row["choices"].split("|") if choice)
        others = [label for code, label in choices.items() if code != row["value"]]
        value = choices.get(row["value"]) or f"{row['value']} {row['unit']}"
        beside = f" (pilihan lain: {'; '.join(others)})" if others else ""
        yield value_of(table, row["key"], f"{row['label']}. {row['meaning']}", value + beside, row)


SECTIONS: Mapping[str, Section] = {
    "project_decisions": Section("Keputusan tentang hal yang belum diatur", _decisions),
    "skdn": Section("SKDN", _skdn),
    "kbm": Section("Kenaikan berat minimal (KBM)", _kbm),
    "kms_status": Section("Status KMS", _kms_status),
    "gizi_buruk": Section("Gizi buruk", keyed),
    "muac_child": Section("LiLA anak", _muac),
    "categories": Section("Kategori status gizi (Permenkes 2/2020)", _categories),
    "who_flags_and_rules": Section("Aturan WHO", _rules),
    "project_values": Section("Batas pertanyaan saat mengisi", keyed),
    "standardisation": Section("Latihan mengukur: batas ketelitian", keyed),
    "identity_numbers": Section("Nomor identitas", keyed),
    **PREGNANCY,
    "settings": Section("Pengaturan puskesmas: nilai bawaan", _settings),
    "words": Section("Kata-kata", words),
    **CHILD,
}
