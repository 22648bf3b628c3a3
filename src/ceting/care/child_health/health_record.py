"""Everything that was written about a child, in one query, and how each part of it is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from ceting.care.child_health.drafts import given_doses
from ceting.care.child_health.models import Entry, Kind
from ceting.registry.families.models import Child
from ceting.registry.places.models import Puskesmas, settings_of
from ceting.standards.child import immunisation
from ceting.standards.child.doses import Schedule, schedule
from ceting.standards.child.immunisation import DoseStanding, Given, Visit


@dataclass(frozen=True)
class HealthRecord:
    """A child with her entries, the newest first, those that were struck out too. `child` comes with her puskesmas.

    `asked_on` is the day for which one asks.
    """

    child: Child
    entries: tuple[Entry, ...]
    asked_on: date

    @property
    def lives(self) -> bool:
        """Whether anything is due, planned or asked: each page asks this once, before it composes any of it."""
        return self.child.lives

    @property
    def today(self) -> date:
        """The day for which everything is counted; for a child who died never after her death."""
        return self.child.lived_until(self.asked_on)

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        """Without those that were struck out, and those that a corrected birth date puts before her birth."""
        return tuple(
            entry
            for entry in self.entries
            if not hasattr(entry, "strike") and entry.happened_on >= self.child.birth_date
        )

    def of(self, kind: Kind) -> list[Entry]:
        """Those of one kind, the newest first."""
        return [entry for entry in self.standing if entry.kind == kind]

    @cached_property
    def schedule(self) -> Schedule:
        return schedule_of(self.child.puskesmas, self.today)

    @cached_property
    def given(self) -> list[Given]:
        """Each dose once: of two rows (two children who were merged) the earlier counts."""
        first: dict[str, Given] = {}
        for each in sorted(given_doses(self.of(Kind.IMMUNISATION)), key=lambda given: given.on):
            first.setdefault(each.code, each)
        return list(first.values())

    @cached_property
    def doses(self) -> tuple[DoseStanding, ...]:
        """Where every dose stands today."""
        return immunisation.standing(self.child.birth_date, self.given, self.today, self.schedule)

    @cached_property
    def plan(self) -> tuple[Visit, ...]:
        """The visits by which she gets whatever is still to be given; none for a child who died."""
        if not self.lives:
            return ()
        return immunisation.plan(self.child.birth_date, self.given, self.today, self.schedule)


def schedule_of(puskesmas: Puskesmas, on: date) -> Schedule:
    """The schedule that a puskesmas gives on a day, by its own settings."""
    settings = settings_of(puskesmas, on)
    return schedule(
        endemic=settings.text("child.japanese_encephalitis") == "yes",
        rotavirus_until=int(settings.number("child.rotavirus_until_months")),
    )


def of_child(child: Child, today: date) -> HealthRecord:
    """One query, however long the history."""
    people = ("recorded_by", "strike__by", "finding__confirmation__by", "finding__diagnosis__by")
    found = Entry.objects.filter(child=child).with_details().select_related(*people)
    return HealthRecord(child, tuple(newest_first(_hers(found, child))), today)


def of_children(children: Sequence[Child], today: date, kinds: Collection[Kind]) -> list[HealthRecord]:
    """One query for all of them; entries of these kinds only."""
    ids = [child.pk for child in children]
    found = Entry.objects.filter(child__in=ids, kind__in=kinds).with_details(*kinds).select_related("strike")
    hers: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in found:
        hers[entry.child_id].append(entry)
    return [
        HealthRecord(child, tuple(newest_first(_hers(hers[child.pk], child))), today) for child in children
    ]


def _hers(entries: Iterable[Entry], child: Child) -> Iterator[Entry]:
    """The entries with the child at hand, whom nobody then reads again."""
    for entry in entries:
        entry.child = child
        yield entry


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """By the day they speak of, and those of one day as they were written."""
    return sorted(entries, key=lambda entry: (entry.happened_on, entry.pk.bytes), reverse=True)
