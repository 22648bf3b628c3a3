"""The visits after a birth: KF1 to KF4 for the mother, KN1 to KN3 for the newborn.

Source: `tables/postnatal_visits.csv`. A window is in days by the calendar, day 0 being the day of birth; where a
window is also in hours (6 hours, 48 hours) the hour decides whenever both clock times are known.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Literal

from ceting.standards import sources
from ceting.standards.pregnancy.values import PregnancyValueError, whole

Kind = Literal["KF", "KN"]
SECONDS_PER_HOUR = 3600


@dataclass(frozen=True)
class Since:
    """The time since a birth: days by the calendar, and hours where the clock times are known."""

    days: int
    hours: float | None = None


@dataclass(frozen=True)
class Window:
    """One visit; all bounds inclusive. `from_hour` and `until_hour` only where the rule names hours."""

    code: str
    kind: Kind
    from_day: int
    until_day: int
    from_hour: int | None
    until_hour: int | None

    def is_before(self, since: Since) -> bool:
        """Whether the window hasn't opened yet."""
        if self.from_hour is not None and since.hours is not None:
            return since.hours < self.from_hour
        return since.days < self.from_day

    def is_over(self, since: Since) -> bool:
        """Whether the window has closed."""
        if self.until_hour is not None and since.hours is not None:
            return since.hours > self.until_hour
        return since.days > self.until_day

    def holds(self, since: Since) -> bool:
        """Whether a visit then is this visit."""
        return not self.is_before(since) and not self.is_over(since)


@dataclass(frozen=True)
class Visit:
    """One visit after a birth. `key` is the caller's own."""

    key: Hashable
    since: Since


class VisitStatus(Enum):
    """How a visit stands: done in its window, open now, over without a visit, or still to come."""

    DONE = "done"
    DUE = "due"
    MISSED = "missed"
    UPCOMING = "upcoming"


@dataclass(frozen=True)
class VisitState:
    """A window today, and the key of the first visit in it."""

    window: Window
    status: VisitStatus
    filled_by: Hashable | None = None


def since_birth(
    born_on: date, on: date, born_at: datetime | None = None, at: datetime | None = None
) -> Since:
    """The time from a birth to a visit. The moments, both aware, are for when the clock times are known.

    Raises PregnancyValueError: postnatal.before_birth.
    """
    hours = None if born_at is None or at is None else (at - born_at).total_seconds() / SECONDS_PER_HOUR
    if on < born_on or (hours is not None and hours < 0):
        raise PregnancyValueError(
            "postnatal.before_birth", "Kunjungan ini sebelum bayi lahir. Periksa lagi tanggal dan jamnya."
        )
    return Since((on - born_on).days, hours)


@cache
def windows(kind: Kind) -> tuple[Window, ...]:
    """KF1 to KF4 or KN1 to KN3, in their order."""
    return tuple(
        Window(
            row["code"],
            kind,
            int(row["from_day"]),
            int(row["until_day"]),
            int(row["from_hour"]) if row["from_hour"] else None,
            int(row["until_hour"]) if row["until_hour"] else None,
        )
        for row in sources.rows("postnatal_visits")
        if row["kind"] == kind
    )


def last_day(kind: Kind = "KF") -> int:
    """The last day after the birth on which a visit counts: to the mother the end of KF4, to the newborn of KN3."""
    return max(each.until_day for each in windows(kind))


def offers_late_entry(since: Since) -> bool:
    """Whether a visit that was made in time may still be meant by whoever writes down now."""
    return since.days <= last_day() + whole("postnatal.late_entry_days")


def states(kind: Kind, visits: Iterable[Visit], now: Since) -> list[VisitState]:
    """How each window stands now. A visit between two windows fills none: the indicator counts only its days."""
    given = sorted(visits, key=lambda each: each.since.days)
    return [_state(window, given, now) for window in windows(kind)]


def _state(window: Window, visits: list[Visit], now: Since) -> VisitState:
    filled = next((visit for visit in visits if window.holds(visit.since)), None)
    if filled is not None:
        return VisitState(window, VisitStatus.DONE, filled.key)
    if window.is_over(now):
        return VisitState(window, VisitStatus.MISSED)
    return VisitState(window, VisitStatus.UPCOMING if window.is_before(now) else VisitStatus.DUE)
