"""The page of a pregnancy that ended: the baby's first hour, postnatal visits, an end that was a mistake."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from uuid import UUID

from ceting.care.pregnancies.emergencies import pressure_level
from ceting.care.pregnancies.models import Born, EndKind, Outcome, PostnatalVisit, Pregnancy
from ceting.care.pregnancies.words import Chip, code_chip, with_unit
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.pregnancy import danger_signs, postnatal
from ceting.standards.pregnancy.dating import GestationalAge
from ceting.standards.pregnancy.pressure import PressureLevel

NOT_VISITED = (EndKind.MATERNAL_DEATH, EndKind.MISTAKE)
"""Ends after which there is nobody to visit."""


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


@dataclass(frozen=True)
class EndCard:
    """How it ended, as terms and descriptions of what the reader may read and somebody wrote down."""

    title: str
    facts: tuple[tuple[str, str], ...]


def lead(pregnancy: Pregnancy, outcome: Outcome | None, *, birth: bool) -> str:
    """Under the name after the end: of a birth that it was one and at how many weeks; of a loss the day alone."""
    if pregnancy.ended_on is None:
        return ""
    if outcome is None or not birth:
        return f"Kehamilan ini berakhir {format_date(pregnancy.ended_on)}"
    return f"Melahirkan {format_date(outcome.ended_on)} pada {GestationalAge(outcome.age_days).in_words}"


def told_as_birth(outcome: Outcome | None, born: Sequence[Born], *, clinical: bool) -> bool:
    """To health workers by how it ended; to anybody else by its children, of whom she reads anyway."""
    if clinical:
        return outcome is not None and outcome.kind == EndKind.BIRTH
    return bool(born)


def end_card(
    outcome: Outcome | None, born: Sequence[Born], reader: User, puskesmas: UUID, *, birth: bool
) -> EndCard | None:
    """None where the reader may not know how it ended."""
    clinical = reader.may_read(Outcome.field_classes["kind"], at={puskesmas})
    if outcome is None or not (clinical or birth):
        return None
    told = [("Tanggal", format_date(outcome.ended_on))]
    if birth:
        told.append(("Umur kehamilan", GestationalAge(outcome.age_days).in_words))
    if clinical:
        told = [*([] if birth else [("Akhir kehamilan", outcome.get_kind_display())]), *told, *_how(outcome)]
    told += [(row.child.name, _size(row.child, reader)) for row in born]
    return EndCard("Persalinan" if birth else "Bagaimana berakhir", tuple(each for each in told if each[1]))


def _how(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """For health workers."""
    yield "Tempat", outcome.get_place_display() if outcome.place else ""
    yield "Ditolong oleh", outcome.get_attendant_display() if outcome.attendant else ""
    yield "Cara", outcome.get_delivery_display() if outcome.delivery else ""
    yield "Penyulit", outcome.complications


def _size(child: Child, reader: User) -> str:
    """`3,1 kg · 49 cm`."""
    sizes: tuple[tuple[str, Decimal | None, str], ...] = (
        ("birth_weight_kg", child.birth_weight_kg, "kg"),
        ("birth_length_cm", child.birth_length_cm, "cm"),
    )
    told = [with_unit(value, unit) for name, value, unit in sizes if readable(reader, child, name)]
    return " · ".join(each for each in told if each)


@dataclass(frozen=True)
class Comfort:
    """What is said to staff where somebody is mourned."""

    sentence: str


def comfort(
    pregnancy: Pregnancy, outcome: Outcome | None, *, leaves_children: bool, clinical: bool
) -> Comfort | None:
    """After her death about her family, and whoever looks after the children now; after a loss, which only health
    workers read of, about her."""
    died_on = pregnancy.woman.died_on
    if died_on is not None:
        cared_for = (
            "; pelayanan anaknya tetap berjalan bersama keluarga yang mengasuh" if leaves_children else ""
        )
        return Comfort(
            f"Ibu meninggal {format_date(died_on)}. Semua pesan kepada Ibu sudah dihentikan. Temani keluarganya "
            f"dengan lembut{cared_for}."
        )
    if outcome is not None and outcome.is_loss and clinical:
        return Comfort(
            "Pesan dan pengingat kehamilan sudah dihentikan. Temani Ibu dengan lembut; kunjungan nifas tetap berjalan."
        )
    return None


class Visiting(Enum):
    """How a visit to her can be written down today: asked for, only late and in a quiet place, or not at all."""

    ASKED = "asked"
    LATE = "late"
    OVER = "over"


def visiting(pregnancy: Pregnancy, outcome: Outcome | None, today: date) -> Visiting:
    """A visit that was made in time is sometimes written down late; after a while nobody means one any more."""
    if outcome is None or outcome.kind in NOT_VISITED:
        return Visiting.OVER
    since = postnatal.since_birth(outcome.ended_on, today)
    if pregnancy.woman.lives and since.days <= postnatal.last_day():
        return Visiting.ASKED
    return Visiting.LATE if postnatal.offers_late_entry(since) else Visiting.OVER


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
