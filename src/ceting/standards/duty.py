"""Who is on duty when, and how many duty hours lie between two moments (rules.md, section 6).

Hours count only while somebody is on duty. Pure: a roster, a moment, an answer. All clock times are those of the
puskesmas' zone (WIB, WITA or WIT; none of them changes its clock in summer); moments are aware.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SEARCHED = 366
"""Days in which a next duty is looked for; a roster that is empty for a year has none."""


@dataclass(frozen=True)
class Shift:
    """Every week on `weekday` (0 is Monday), on the days from `since` to before `until`.

    `ends` at or before `starts` is on the next day: 20.00-07.00 is a night, 08.00-08.00 a whole day.
    """

    person: Hashable
    weekday: int
    starts: time
    ends: time
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True)
class Closed:
    """Nobody's weekly shift holds that begins on this day: a holiday."""

    day: date


@dataclass(frozen=True)
class Off:
    """Her weekly shifts that begin on this day don't hold."""

    day: date
    person: Hashable


@dataclass(frozen=True)
class Extra:
    """She is on duty that day beside the weekly pattern, holiday or not."""

    day: date
    person: Hashable
    starts: time
    ends: time


Deviation = Closed | Off | Extra


@dataclass(frozen=True)
class Duty:
    """One person on duty from a moment until before another."""

    person: Hashable
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Roster:
    """The weekly pattern with its exceptions, in one zone."""

    shifts: tuple[Shift, ...]
    exceptions: tuple[Deviation, ...]
    zone: ZoneInfo

    def duties(self, day: date) -> list[Duty]:
        """The duties that begin on a calendar day, in the order in which they begin."""
        today = [each for each in self.exceptions if each.day == day]
        closed = any(isinstance(each, Closed) for each in today)
        off = {each.person for each in today if isinstance(each, Off)}
        found = [] if closed else [
            self._duty(day, shift)
            for shift in self.shifts
            if shift.weekday == day.weekday() and shift.since <= day < shift.until and shift.person not in off
        ]  # fmt: skip
        found += [self._duty(day, each) for each in today if isinstance(each, Extra)]
        return sorted(found, key=lambda duty: (duty.starts, duty.ends))

    def on_duty(self, moment: datetime) -> list[Duty]:
        """Who is on duty at a moment; who ends at it no longer is. Nobody twice."""
        found: dict[Hashable, Duty] = {}
        for duty in self._around(moment, moment):
            if duty.starts <= moment < duty.ends:
                known = found.get(duty.person)
                found[duty.person] = duty if known is None or duty.ends > known.ends else known
        return list(found.values())

    def next_start(self, moment: datetime) -> datetime | None:
        """The first moment from this one on at which somebody is on duty; None when a whole year has none."""
        for duty in self._from(moment):
            if duty.ends > moment:
                return max(duty.starts, moment.astimezone(self.zone))
        return None

    def between(self, since: datetime, until: datetime) -> timedelta:
        """Duty time that passed between two moments; two people at once count once. Nothing when `until` is earlier."""
        spans = _joined((duty.starts, duty.ends) for duty in self._around(since, until))
        passed = timedelta()
        for starts, ends in spans:
            passed += max(timedelta(), min(ends, until) - max(starts, since))
        return passed

    def after(self, since: datetime, wanted: timedelta) -> datetime | None:
        """The moment at which so much duty time has passed; None when a year doesn't hold it."""
        left = wanted
        reached = since
        for duty in self._from(since):
            starts = max(duty.starts, reached)
            if duty.ends <= starts:
                continue
            if duty.ends - starts >= left:
                return (starts + left).astimezone(self.zone)
            left -= duty.ends - starts
            reached = duty.ends
        return None

    def gaps(self, day: date, opens: time, closes: time) -> list[tuple[datetime, datetime]]:
        """The stretches of a day's working hours in which nobody is on duty."""
        start, end = self._moments(day, opens, closes)
        free, at = [], start
        for starts, ends in _joined((duty.starts, duty.ends) for duty in self._around(start, end)):
            if starts > at and at < end:
                free.append((at, min(starts, end)))
            at = max(at, ends)
        if at < end:
            free.append((at, end))
        return [(starts.astimezone(self.zone), ends.astimezone(self.zone)) for starts, ends in free]

    def _duty(self, day: date, each: Shift | Extra) -> Duty:
        return Duty(each.person, *self._moments(day, each.starts, each.ends))

    def _moments(self, day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
        last = day if ends > starts else day + DAY
        # In UTC, so that differences are of moments and not of clock faces.
        return (
            datetime.combine(day, starts, tzinfo=self.zone).astimezone(UTC),
            datetime.combine(last, ends, tzinfo=self.zone).astimezone(UTC),
        )

    def _around(self, since: datetime, until: datetime) -> Iterator[Duty]:
        """Duties that could touch the stretch: those of the day before may reach over midnight."""
        day, last = since.astimezone(self.zone).date() - DAY, until.astimezone(self.zone).date()
        while day <= last:
            yield from self.duties(day)
            day += DAY

    def _from(self, moment: datetime) -> Iterator[Duty]:
        """Duties from the day before a moment on, for a year, by their beginning."""
        first = moment.astimezone(self.zone).date() - DAY
        for number in range(SEARCHED + 1):
            yield from self.duties(first + number * DAY)


def _joined(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Stretches that overlap or touch, as one."""
    joined: list[tuple[datetime, datetime]] = []
    for starts, ends in sorted(spans):
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((starts, ends))
    return joined
