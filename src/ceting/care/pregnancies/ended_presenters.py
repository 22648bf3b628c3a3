"""The page of a pregnancy that ended: the baby's first hour, postnatal visits, an end that was a mistake."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ceting.care.pregnancies.emergencies import pressure_level
from ceting.care.pregnancies.models import Born, Outcome, PostnatalVisit
from ceting.care.pregnancies.words import Chip, code_chip
from ceting.registry.families.models import Child
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.pregnancy import danger_signs
from ceting.standards.pregnancy.pressure import PressureLevel


@dataclass(frozen=True)
class BornLine:
    """A child of this pregnancy and what was done in the first hour, as the reader may read it."""

    child: Child
    parts: str


@dataclass(frozen=True)
class VisitLine:
    """A postnatal visit, as the reader may read it."""

    title: str
    on: date
    parts: str
    chips: tuple[Chip, ...]
    signs: str
    note: str


def born_lines(rows: Iterable[Born], *, clinical: bool) -> list[BornLine]:
    return [BornLine(row.child, _sentence(_first_hour(row, clinical=clinical))) for row in rows]


def _first_hour(row: Born, *, clinical: bool) -> list[str]:
    done: tuple[tuple[bool | None, str, str], ...] = ((row.early_breastfeeding, "IMD", "tidak IMD"),)
    head = ""
    if clinical:
        done = (
            (row.cried, "langsung menangis", "tidak langsung menangis"),
            *done,
            (row.vitamin_k, "vitamin K1 sudah", "vitamin K1 belum"),
            (row.eye_ointment, "salep mata sudah", "salep mata belum"),
        )
        head = f"lingkar kepala {format_decimal(row.head_cm)} cm" if row.head_cm is not None else ""
    return [head, *(yes if answer else no for answer, yes, no in done if answer is not None)]


def visit_lines(rows: Iterable[PostnatalVisit], *, clinical: bool) -> list[VisitLine]:
    return [_visit(row, clinical=clinical) for row in rows]


def _visit(row: PostnatalVisit, *, clinical: bool) -> VisitLine:
    who = f"{row.get_attendant_display()}, " if clinical else ""
    signs = [danger_signs.danger_sign(code).label for code in row.danger_signs.split()]
    return VisitLine(
        f"{row.slot or 'Kunjungan'}: {who}{row.get_place_display()}",
        row.on,
        " · ".join(part for part in _visit_parts(row, clinical=clinical) if part),
        _pressure_chips(row) if clinical else (),
        ", ".join(signs),
        row.note if clinical else "",
    )


def _visit_parts(row: PostnatalVisit, *, clinical: bool) -> list[str]:
    parts = [
        f"vitamin A {row.vitamin_a} kapsul" if row.vitamin_a else "",
        f"tablet diberikan {row.tablets_given}" if row.tablets_given else "",
    ]
    if not clinical:
        return parts
    return [
        f"tensi {row.systolic}/{row.diastolic}" if row.systolic else "",
        f"suhu {format_decimal(row.temperature_c)} °C" if row.temperature_c is not None else "",
        *parts,
        f"KB {row.contraception}" if row.contraception else "",
    ]


def _pressure_chips(row: PostnatalVisit) -> tuple[Chip, ...]:
    level = pressure_level(row)
    return (code_chip(level),) if level and level is not PressureLevel.NORMAL else ()


def undone_words(rows: Iterable[Outcome]) -> list[str]:
    """Ends that were a mistake, with who took them back and why. For whoever may read how a pregnancy ended."""
    return [
        f"{row.get_kind_display()} ({format_date(row.ended_on)}) dibatalkan {row.undoing.by.name}: {row.undoing.reason}"
        for row in rows
    ]


def _sentence(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
