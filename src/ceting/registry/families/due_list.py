"""Who is due for what in a month at a posyandu: each care app says it of those whom it looks after.

The page that shows it stands over none of them: each contributes in its own `due_sources.py`, loaded at the start.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu


@dataclass(frozen=True)
class Month:
    """A calendar month as somebody asks about it: its first and last day, and the day on which she asks."""

    first: date
    last: date
    today: date


@dataclass(frozen=True)
class DueLine:
    """One person who is due. `subject` is who is read (for the audit), `place` her house as RW and RT.

    `items` say what, `late` those of them that are overdue; `day` is when it began or will begin.
    """

    subject_type: str
    subject: UUID
    name: str
    beside: str
    place: str
    url: str
    items: tuple[str, ...]
    late: tuple[str, ...] = ()
    day: date | None = None

    @property
    def late_words(self) -> str:
        """Which of them, when it isn't all."""
        return "terlambat" if set(self.late) == set(self.items) else f"terlambat: {', '.join(self.late)}"


@dataclass(frozen=True)
class DueGroup:
    """One kind of care with those who are due for it."""

    code: str
    title: str
    sentence: str
    lines: tuple[DueLine, ...]


@dataclass(frozen=True)
class DueSource:
    """`groups` answers for one posyandu and month, for whoever may `permission` there; it starts at `visible_to`."""

    code: str
    order: int
    permission: str
    groups: Callable[[Posyandu, Month, User], Sequence[DueGroup]]


_sources: dict[str, DueSource] = {}


def contribute(*sources: DueSource) -> None:
    """Add to the list; the same code again replaces what it said."""
    _sources.update({each.code: each for each in sources})


def groups(posyandu: Posyandu, month: Month, user: User) -> list[DueGroup]:
    """Every group of every source that she may read, in their order, the empty ones too."""
    found = sorted(_sources.values(), key=lambda source: source.order)
    return [
        group for each in found if user.may(each.permission) for group in each.groups(posyandu, month, user)
    ]
