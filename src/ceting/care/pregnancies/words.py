"""Results of a pregnancy in words for staff. No database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ceting.care.pregnancies.models import Contact, Pregnancy
from ceting.foundation.ui.wording import relative_day
from ceting.standards import words
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.pregnancy import kspr
from ceting.standards.pregnancy.dating import GestationalAge, trimester

TONES = {"danger": "danger", "attention": "attention", "normal": "good"}
KEK, NOT_KEK = "KEK", "KEK_TIDAK"


@dataclass(frozen=True)
class Chip:
    """A word with its tone; the component adds shape and colour."""

    label: str
    tone: str


def code_chip(code: str) -> Chip:
    """A result by its code."""
    return Chip(words.staff_words(code), TONES[words.tone_of(code)])


def with_unit(value: object, unit: str) -> str:
    """`11,9 g/dL`; "" while nothing is known."""
    return f"{format_decimal(value)} {unit}" if value is not None else ""  # type: ignore[arg-type]


def group_chip(code: str, score: int | None = None) -> Chip:
    """The group of the KSPR card; with the score only for whoever may read it."""
    tone = {"KRR": "good", "KRT": "attention", "KRST": "danger"}[code]
    short = kspr.group_of(code).name.removeprefix("Kehamilan ").capitalize()
    return Chip(f"{short} (KSPR {score})" if score is not None else short, tone)


def pregnancy_chips(pregnancy: Pregnancy, *, clinical: bool) -> Iterator[Chip]:
    """What is out of the ordinary, the most urgent first; laboratory and screens only for health workers."""
    if pregnancy.risk_group and pregnancy.risk_group != "KRR":
        yield group_chip(pregnancy.risk_group, pregnancy.risk_score if clinical else None)
    if pregnancy.kek:
        yield code_chip(KEK)
    if clinical and pregnancy.anaemia not in ("", "ANEMIA_TIDAK"):
        yield code_chip(pregnancy.anaemia)
    if clinical and pregnancy.pre_eclampsia:
        yield code_chip("PE_POSITIF")


def contact_chips(row: Contact, *, clinical: bool) -> Iterator[Chip]:
    """What one contact found that isn't normal."""
    codes = [row.pressure, row.gain, KEK if row.kek else ""]
    if clinical:
        codes += [row.anaemia, row.fundal, row.heart]
    found = [code for code in codes if code and words.tone_of(code) != "normal"]
    yield from (code_chip(code) for code in sorted(found, key=lambda code: -words.severity_of(code)))


def age_words(pregnancy: Pregnancy, on: date) -> str:
    """`24 minggu 3 hari (trimester 2)`."""
    age = GestationalAge(max(pregnancy.age_days(on), 0))
    return f"{age.in_words} (trimester {trimester(age)})"


def next_words(pregnancy: Pregnancy, today: date) -> Chip:
    """The contact that comes next and when."""
    code, start, until = pregnancy.next_contact, pregnancy.next_from, pregnancy.next_until
    if not code or start is None or until is None:
        return Chip("Jadwal pemeriksaan sudah selesai", "neutral")
    if until < today:
        return Chip(f"{code} terlambat sejak {format_date(until)}", "attention")
    if start <= today:
        return Chip(f"{code} sekarang, sampai {format_date(until)}", "info")
    return Chip(f"{code} mulai {format_date(start)}", "neutral")


def due_words(pregnancy: Pregnancy, today: date) -> str:
    """`Kam, 4 Mar 2027 (3 bulan lagi)`."""
    return f"{format_date(pregnancy.due_on)} ({relative_day(pregnancy.due_on, today)})"


def parity_words(pregnancy: Pregnancy) -> str:
    """`G2 P1 A0`; "" while nothing is known. For health workers only."""
    if pregnancy.gravida is None:
        return ""
    return f"G{pregnancy.gravida} P{pregnancy.para or 0} A{pregnancy.abortions or 0}"


def woman_name(pregnancy: Pregnancy) -> str:
    """`Ibu Sari Wahyuni`, the word once (registers often hold it already)."""
    name = pregnancy.woman.name
    return name if name.lower().startswith("ibu ") else f"Ibu {name}"
