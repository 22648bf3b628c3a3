"""One timeline of a family: each app says what happened, in its own `timeline_sources.py`, loaded at the start.

The page stands over none of them. It shows the newest day first and goes back day by day, so that the work is that of
one page, however long the history.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child

PAGE = 40


@dataclass(frozen=True)
class Happening:
    """One thing that happened to somebody of the family, in words that the reader may read."""

    on: date
    who: str
    title: str
    detail: str = ""
    icon: str = "check"
    tone: str = "neutral"
    url: str = ""


@dataclass(frozen=True)
class Asked:
    """Of whom, by whom, and before which day (None: the newest). A source gives its newest `limit`."""

    children: Sequence[Child]
    women: Sequence[Caregiver]
    reader: User
    before: date | None = None
    limit: int = PAGE + 1

    @property
    def names(self) -> dict[UUID, str]:
        """Key -> name of everybody."""
        return {child.pk: child.name for child in self.children} | {each.pk: each.name for each in self.women}


@dataclass(frozen=True)
class TimelineSource:
    """`happenings` are those that the reader may see, the newest first; asked only of whoever has `permission`."""

    code: str
    permission: str
    happenings: Callable[[Asked], Iterable[Happening]]


@dataclass(frozen=True)
class Stretch:
    """A page of whole days, and the day before which the next page begins ("" when there is none)."""

    happenings: tuple[Happening, ...]
    earlier: date | None


_sources: dict[str, TimelineSource] = {}


def contribute(*sources: TimelineSource) -> None:
    """Add to every family's timeline; the same code again replaces what it said."""
    _sources.update({each.code: each for each in sources})


def stretch(asked: Asked) -> Stretch:
    """The newest happenings before a day, cut between two days."""
    found = [
        happening
        for source in _sources.values()
        if asked.reader.may(source.permission)
        for happening in source.happenings(asked)
    ]
    ordered = sorted(found, key=lambda each: each.on, reverse=True)
    if len(ordered) <= PAGE:
        return Stretch(tuple(ordered), None)
    cut = ordered[PAGE].on
    whole = [each for each in ordered[:PAGE] if each.on > cut] or [each for each in ordered if each.on == cut]
    return Stretch(tuple(whole), whole[-1].on)
