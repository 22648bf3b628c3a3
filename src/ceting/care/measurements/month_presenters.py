"""Words for a sealed month and what changed it. No database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localtime

from ceting.care.measurements.month_models import LETTERS, CountCause, MonthCount, MonthCountChange
from ceting.registry.families.models import Child
from ceting.standards.numbers import format_date, format_month

NAMES = {"two_t": "2T", "above_orange": "di atas garis oranye"}
SHOWN_CHILDREN = 5
"""Names in one line; an import may concern hundreds."""


@dataclass(frozen=True)
class Difference:
    """One letter before and after."""

    letter: str
    before: int
    after: int


def differences(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[Difference, ...]:
    """The letters that changed, in their official order."""
    return tuple(
        Difference(NAMES.get(letter, letter), before.get(letter, 0), after.get(letter, 0))
        for letter in LETTERS
        if before.get(letter, 0) != after.get(letter, 0)
    )


@dataclass(frozen=True)
class ChangeLine:
    """One change in the list. `more` children have no name here: too many, or not hers to see."""

    posyandu: str
    village: str
    month: str
    differences: tuple[Difference, ...]
    cause: str
    children: tuple[Child, ...]
    more: int
    who: str
    when: datetime


def change_lines(changes: Iterable[MonthCountChange], children: Mapping[UUID, Child]) -> list[ChangeLine]:
    """`children`: those that the reader may see."""
    lines = []
    for change in changes:
        posyandu = change.count.posyandu
        shown = [children[key] for key in concerned([change]) if key in children]
        lines.append(
            ChangeLine(
                posyandu=str(posyandu),
                village=str(posyandu.village),
                month=format_month(change.count.month),
                differences=differences(change.before, change.after),
                cause=CountCause(change.cause).label,
                children=tuple(shown),
                more=len(change.children) - len(shown),
                who=change.changed_by.name if change.changed_by else "",
                when=change.created_at,
            )
        )
    return lines


def concerned(changes: Iterable[MonthCountChange]) -> list[UUID]:
    """The keys of the children whose names are shown."""
    return [UUID(key) for change in changes for key in change.children[:SHOWN_CHILDREN]]


@dataclass(frozen=True)
class SealWords:
    """What a month's summary says of its seal."""

    month: str
    title: str
    sealed: str
    changed: str
    differences: tuple[Difference, ...]


def seal_words(count: MonthCount, times: int) -> SealWords:
    """Who sealed the month, and whether it counts otherwise now."""
    who = count.sealed_by.name if count.sealed_by else "sistem"
    when = format_date(localtime(count.created_at).date())
    found = differences(count.sealed, count.now)
    changed = ""
    if times:
        changed = f"Dihitung ulang {times} kali sejak itu."
        if not found:
            changed += " Sekarang angkanya kembali sama."
    return SealWords(
        month=f"{count.month:%Y-%m}",
        title=f"SKDN {format_month(count.month)} sudah ditetapkan",
        sealed=f"Ditetapkan {who}, {when}.",
        changed=changed,
        differences=found,
    )


def month_choices(months: Collection[date]) -> list[tuple[str, str]]:
    """Value and label of the filter, the newest first."""
    return [(f"{month:%Y-%m}", format_month(month)) for month in sorted(months, reverse=True)]
