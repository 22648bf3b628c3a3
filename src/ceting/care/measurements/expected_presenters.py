"""Who is expected and why somebody comes first, in words. No database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ceting.care.measurements.child_presenters import mother_words
from ceting.care.measurements.grid import Entry
from ceting.care.measurements.grid_presenters import last_day, last_weight, last_words
from ceting.care.measurements.measurement_words import Chip
from ceting.care.measurements.usual_values import usual_weight
from ceting.foundation.ui.numerals import age
from ceting.registry.families.models import Child
from ceting.standards.ages import add_months, full_months
from ceting.standards.numbers import format_decimal
from ceting.standards.vitamin_a import BLUE_FROM, Capsule, capsule_due

NEWBORN_MONTHS = 1


@dataclass(frozen=True)
class ExpectedLine:
    """One child before the day: why she is due, her last value, what to expect."""

    child: Child
    age: str
    mother: str
    last: str
    last_on: str
    usual: str
    chips: tuple[Chip, ...]
    capsule: Capsule | None
    saved: bool


@dataclass(frozen=True)
class Expected:
    """`first`: those with a reason to be looked for; `blue` and `red`: who is due for a capsule."""

    first: tuple[ExpectedLine, ...]
    others: tuple[ExpectedLine, ...]
    blue: tuple[ExpectedLine, ...]
    red: tuple[ExpectedLine, ...]

    @property
    def total(self) -> int:
        return len(self.first) + len(self.others)


def present(entries: Iterable[Entry], two_t: Collection[UUID], on: date) -> Expected:
    """Those due first, the most reasons first; by name beyond that."""
    lines = [_line(entry, on, two_t=entry.child.pk in two_t) for entry in entries]
    first = sorted((line for line in lines if line.chips), key=lambda line: -len(line.chips))
    return Expected(
        first=tuple(first),
        others=tuple(line for line in lines if not line.chips),
        blue=tuple(line for line in lines if line.capsule is Capsule.BLUE),
        red=tuple(line for line in lines if line.capsule is Capsule.RED),
    )


def _line(entry: Entry, on: date, *, two_t: bool) -> ExpectedLine:
    before = last_weight(entry)
    return ExpectedLine(
        child=entry.child,
        age=age(entry.child.birth_date, on),
        mother=mother_words(entry.child),
        last=last_words(entry, before),
        last_on=last_day(entry, before),
        usual=usual_words(entry, on),
        chips=tuple(_reasons(entry, on, two_t=two_t)),
        capsule=capsule_due(entry.child.birth_date, on) if entry.registered else None,
        saved=entry.saved is not None,
    )


def usual_words(entry: Entry, on: date) -> str:
    """`8,1–9,4 kg`: the weight that surprises nobody; "" when it can't be told."""
    usual = usual_weight(entry, on)
    return f"{format_decimal(usual[0], 1)}–{format_decimal(usual[1], 1)} kg" if usual else ""


def _reasons(entry: Entry, on: date, *, two_t: bool) -> Iterable[Chip]:
    months = full_months(entry.child.birth_date, on)
    if two_t:
        yield Chip("Dua kali tidak naik (2T)", "attention")
    if entry.weighing is None:
        yield (
            Chip("Bayi baru lahir", "info")
            if months < NEWBORN_MONTHS
            else Chip("Belum pernah ditimbang", "info")
        )
    elif entry.weighing.measured_on < add_months(on.replace(day=1), -1):
        yield Chip("Bulan lalu tidak ditimbang", "attention")
    if months == BLUE_FROM:
        yield Chip("Genap 6 bulan", "info")
