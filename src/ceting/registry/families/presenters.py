"""Words for pages about families; no database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ceting.foundation.ui import numerals
from ceting.registry.families.duplicates import Likeness
from ceting.registry.families.forms import ChildFields
from ceting.registry.families.models import Child, Sex
from ceting.standards.numbers import format_date, format_decimal

REASONS = {
    "nik": "NIK-nya sama",
    "mother": "ibu dan tanggal lahirnya sama",
    "name": "nama, tanggal lahir dan posyandunya sama",
}


@dataclass(frozen=True)
class ChildLine:
    """One row of a list of children."""

    child: Child
    age: str
    mother: str
    posyandu: str
    reason: str = ""

    @classmethod
    def of(cls, child: Child, on: date, reason: str = "") -> "ChildLine":
        return cls(
            child=child,
            age=_age(child, on),
            mother=child.mother.name if child.mother else "",
            posyandu=str(child.posyandu),
            reason=reason,
        )


def _age(child: Child, on: date) -> str:
    """Her age; for a child who died the day of it, in its place."""
    return f"meninggal {format_date(child.died_on)}" if child.died_on else numerals.age(child.birth_date, on)


def likeness_lines(likenesses: tuple[Likeness, ...], on: date) -> list[ChildLine]:
    return [ChildLine.of(likeness.child, on, REASONS[likeness.reason]) for likeness in likenesses]


@dataclass(frozen=True)
class Difference:
    """A field that two people changed: what stands now and what this person typed."""

    label: str
    theirs: str
    mine: str


def differences(theirs: dict[str, Any], mine: dict[str, Any]) -> list[Difference]:
    """One line per field whose values differ."""
    return [
        Difference(str(ChildFields.base_fields[name].label), shown(name, value), shown(name, mine.get(name)))
        for name, value in theirs.items()
    ]


def shown(name: str, value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value == "":
        return "kosong"
    if name == "sex":
        return str(Sex(value).label)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return format_date(value)
    return format_decimal(value) if name.startswith("birth_") else str(value)
