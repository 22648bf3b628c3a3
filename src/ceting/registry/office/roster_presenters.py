"""Words for the pages of the duty roster; no database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ceting.registry.accounts.models import DeviationKind, DutyDeviation, DutyShift, WrittenRoster
from ceting.registry.places.models import WEEKDAYS, Settings
from ceting.standards.duty import Roster
from ceting.standards.numbers import format_date


@dataclass(frozen=True)
class DutyLine:
    """Somebody's duty on a day: `note` says why it isn't the usual one."""

    name: str
    hours: str
    note: str


@dataclass(frozen=True)
class DayLine:
    """A day of the week table. `gaps` are sentences: nobody is on duty then, though somebody should be.

    What is over has no gaps any more: there is nothing left to do about them.
    """

    day: date
    name: str
    date_words: str
    today: bool
    duties: tuple[DutyLine, ...]
    closed: str
    gaps: tuple[str, ...]
    working: bool
    over: bool

    @property
    def complete(self) -> bool:
        return self.working and not self.over and not self.gaps


def week(written: WrittenRoster, settings: Settings, monday: date, today: date) -> list[DayLine]:
    """Seven days from a Monday."""
    rules = written.rules
    return [_day(written, rules, settings, monday + timedelta(days=number), today) for number in range(7)]


def _day(written: WrittenRoster, rules: Roster, settings: Settings, day: date, today: date) -> DayLine:
    deviations = [each for each in written.deviations if each.day == day]
    closed = next((each.reason for each in deviations if each.kind == DeviationKind.CLOSED), "")
    extra = {each.user_id for each in deviations if each.kind == DeviationKind.EXTRA}
    people, name = written.people, WEEKDAYS[day.weekday()]
    working = str(day.weekday()) in settings.text("duty.days") and not closed
    return DayLine(
        day=day,
        name=name,
        date_words=format_date(day),
        today=day == today,
        duties=tuple(
            DutyLine(
                name=people[UUID(str(duty.person))].name,
                hours=_hours(duty.starts.astimezone(rules.zone), duty.ends.astimezone(rules.zone)),
                note="tambahan atau pengganti" if duty.person in extra else "",
            )
            for duty in rules.duties(day)
        ),
        closed=closed,
        gaps=_gaps(rules, settings, day) if working and day >= today else (),
        working=working,
        over=day < today,
    )


def _gaps(rules: Roster, settings: Settings, day: date) -> tuple[str, ...]:
    free = rules.gaps(day, settings.time("duty.opens"), settings.time("duty.closes"))
    return tuple(f"{_hours(starts, ends)} belum ada yang bertugas" for starts, ends in free)


def _hours(starts: datetime, ends: datetime) -> str:
    """`08.00-14.00`; `20.00-07.00 esok` over midnight."""
    tail = " esok" if ends.date() > starts.date() else ""
    return f"{starts:%H.%M}-{ends:%H.%M}{tail}"


@dataclass(frozen=True)
class ShiftLine:
    shift: DutyShift
    day: str
    name: str
    hours: str
    since: str


def shift_lines(written: WrittenRoster, today: date) -> list[ShiftLine]:
    """The weekly pattern that holds from today on."""
    return [
        ShiftLine(
            shift=shift,
            day=WEEKDAYS[shift.weekday],
            name=shift.user.name,
            hours=f"{shift.starts:%H.%M}-{shift.ends:%H.%M}"
            + (" esok" if shift.ends <= shift.starts else ""),
            since=f"mulai {format_date(shift.since)}" if shift.since > today else "",
        )
        for shift in written.shifts
        if shift.until is None
    ]


@dataclass(frozen=True)
class DeviationLine:
    deviation: DutyDeviation
    day: str
    sentence: str
    reason: str


def deviation_lines(written: WrittenRoster, today: date) -> list[DeviationLine]:
    """What differs from the pattern, from today on."""
    return [
        DeviationLine(each, format_date(each.day), _deviation(each), each.reason)
        for each in written.deviations
        if each.day >= today
    ]


def _deviation(each: DutyDeviation) -> str:
    if each.kind == DeviationKind.CLOSED or each.user is None:
        return "Libur: jadwal mingguan tidak berlaku"
    if each.starts is None or each.ends is None:
        return f"{each.user.name} tidak bertugas"
    return f"{each.user.name} bertugas {each.starts:%H.%M}-{each.ends:%H.%M}"
