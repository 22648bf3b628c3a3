"""What the pages of an import show, decided without requests. Words, numbers, chips."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ceting.foundation.ui import numerals
from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.models import (
    ColumnMapping,
    ImportFile,
    ImportProblem,
    Outcome,
)
from ceting.gateways.interop.presenters import Figure as Figure
from ceting.gateways.interop.presenters import places_summary as places_summary
from ceting.gateways.interop.presenters import problems_csv as problems_csv
from ceting.standards.numbers import format_date, parse_date
from ceting.standards.typed_values import TypedValueError

# Slug, what people call it, beginnings of the codes. The first that fits.
KINDS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("posyandu", "Posyandu belum dipilih", ("unsettled",)),
    ("nama", "Nama anak kosong", ("name",)),
    ("kelamin", "Jenis kelamin tidak jelas", ("sex",)),
    ("tanggal-lahir", "Tanggal lahir salah", ("birth_date",)),
    ("tanggal-ukur", "Tanggal pengukuran salah", ("measured_on", "future", "before_birth")),
    ("nik-ganda", "NIK milik anak lain", ("nik_of", "nik_elsewhere", "nik_differs")),
    ("nik-baru", "NIK ditambahkan ke anak yang sudah terdaftar", ("learned_nik",)),
    ("nik", "NIK tidak ikut diambil atau perlu diperiksa", ("nik.",)),
    ("angka-mustahil", "Hasil ukur tidak mungkin", ("weight", "lenhei", "muac", "head")),
    ("tidak-wajar", "Hasil ukur jauh dari biasanya", ("implausible",)),
    ("ragu", "Mungkin anak yang sudah terdaftar", ("ambiguous", "alike", "other_posyandu")),
    ("beda", "Berbeda dengan catatan yang ada", ("differs",)),
    ("bentrok", "Dua catatan berbeda di tanggal yang sama", ("conflict_in_file",)),
    ("tanggal-perkiraan", "Tanggal timbang diperkirakan", ("estimated_day",)),
    ("kembar", "Baris kembar, diambil satu kali", ("repeated",)),
    ("lain", "Keterangan lain", ("",)),
)


def forecast(totals: Mapping[str, int]) -> list[Figure]:
    """What an import would do, from the totals of the check."""
    return [
        Figure("Penimbangan baru", totals.get("recorded", 0)),
        Figure("Anak baru", totals.get("new_children", 0), _also(totals.get("registered", 0))),
        Figure(
            "Anak sudah terdaftar",
            totals.get("known_children", 0),
            _learned(totals.get("learned_niks", 0)) or "dikenali dari NIK atau nama dan tanggal lahir",
        ),
        Figure("Sudah ada", _known(totals), "baris yang tidak mengubah apa pun"),
        Figure("Tidak diambil", totals.get("refused", 0), _left_out(totals)),
    ]


def result(counts: Mapping[str, int]) -> list[Figure]:
    """What an import has done, from operations.counts."""
    return [
        Figure("Penimbangan dicatat", counts.get(Outcome.RECORDED, 0)),
        Figure("Anak baru terdaftar", counts.get("new_children", 0)),
        Figure("Sudah ada", _known(counts), "baris yang tidak mengubah apa pun"),
        Figure("Tidak diambil", counts.get(Outcome.REFUSED, 0), _left_out(counts)),
    ]


def _known(totals: Mapping[str, int]) -> int:
    return totals.get("known", 0) + totals.get("repeated", 0)


def _also(registered: int) -> str:
    return f"{numerals.decimal(registered)} baris tanpa hasil ukur" if registered else ""


def _learned(niks: int) -> str:
    return f"{numerals.decimal(niks)} di antaranya mendapat NIK dari berkas" if niks else ""


def _left_out(totals: Mapping[str, int]) -> str:
    skipped = totals.get("skipped", 0)
    return f"dan {numerals.decimal(skipped)} dilewati karena posyandunya" if skipped else ""


def column_lines(file: ImportFile) -> list[tuple[str, str]]:
    """(what was read, the column it was read from), in the order of our own list."""
    return [
        (label, f"“{file.header[file.columns[role]]}”")
        for role, label in columns.LABELS.items()
        if role in file.columns
    ]


def unknown_columns(file: ImportFile) -> list[str]:
    return columns.unknown(file.header, file.columns)


def missing_columns(file: ImportFile) -> list[str]:
    return columns.missing(file.columns)


def mapping_words(mapping: ColumnMapping) -> str:
    """ "Nama anak: “Nm Balita”, Berat: “Timbangan”": only what the headers don't say by themselves."""
    by_itself = columns.detect(mapping.header)
    said = [
        f"{label}: “{mapping.header[mapping.columns[role]]}”"
        for role, label in columns.LABELS.items()
        if role in mapping.columns and by_itself.get(role) != mapping.columns[role]
    ]
    left_out = [
        f"“{mapping.header[position]}” tidak diambil"
        for role, position in by_itself.items()
        if position not in mapping.columns.values()
    ]
    return "; ".join([*said, *left_out]) or "seperti judul kolomnya"


@dataclass(frozen=True)
class Kind:
    """Problems of one kind, for the list of links above them."""

    slug: str
    label: str
    codes: tuple[str, ...]
    number: int


def kinds(numbers: Iterable[tuple[str, int]]) -> list[Kind]:
    """(code, rows) -> kinds, the most frequent first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for code, number in numbers:
        slug = next(slug for slug, _, starts in KINDS if code.startswith(starts))
        found.setdefault(slug, []).append((code, number))
    made = [
        Kind(slug, label, tuple(code for code, _ in found[slug]), sum(number for _, number in found[slug]))
        for slug, label, _ in KINDS
        if slug in found
    ]
    return sorted(made, key=lambda kind: -kind.number)


@dataclass(frozen=True)
class ProblemLine:
    """A row of the list: where it stands, whose it is, what to do."""

    line: int
    name: str
    measured_on: str
    sentence: str


def problem_lines(problems: Iterable[ImportProblem], file: ImportFile) -> list[ProblemLine]:
    """The problems need their `row`."""
    return [
        ProblemLine(
            problem.line,
            _cell(file, problem, "name") or "(tanpa nama)",
            _day(_cell(file, problem, "measured_on"), file) or _cell(file, problem, "month"),
            problem.sentence,
        )
        for problem in problems
    ]


def _cell(file: ImportFile, problem: ImportProblem, role: str) -> str:
    position = file.columns.get(role)
    return "" if position is None else str(json.loads(problem.row.raw)[position])


def _day(typed: str, file: ImportFile) -> str:
    try:
        return format_date(parse_date(typed, today=file.puskesmas.today()))
    except TypedValueError:
        return typed
