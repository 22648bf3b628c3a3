"""The response clock: each level by hand, then what must hold for every roster."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.duty import Closed, Roster, Shift
from ceting.standards.levels import Level
from ceting.standards.triage.clock import Deadlines, Limits, deadlines

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)
LIMITS = Limits(
    red_escalation_minutes=15,
    urgent_contact_duty_hours=4,
    high_contact_hours=24,
    high_seen_days=3,
    medium_contact_days=3,
    medium_seen_days=14,
)
OFFICE = tuple(Shift("rina", weekday, time(8), time(14)) for weekday in range(6))
"""Monday to Saturday, eight to two."""


def at(day: int, clock: str) -> datetime:
    """A moment so many days after that Monday."""
    return datetime.combine(MONDAY + timedelta(days=day), time.fromisoformat(clock), tzinfo=WIB)


def roster(*exceptions: Closed) -> Roster:
    return Roster(OFFICE, exceptions, WIB)


def due(level: Level, since: datetime, by: Roster | None = None) -> Deadlines:
    found = deadlines(level, since, by or roster(), LIMITS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("level", "since", "contact", "seen"),
    [
        # MERAH runs at any hour, and is seen the same day; a quarter of an hour later may be tomorrow.
        (Level.MERAH, at(0, "09:00"), at(0, "09:15"), at(1, "00:00")),
        (Level.MERAH, at(0, "23:50"), at(1, "00:05"), at(2, "00:00")),
        # SEGERA: four duty hours, over the night and over Sunday.
        (Level.SEGERA, at(0, "09:00"), at(0, "13:00"), at(1, "00:00")),
        (Level.SEGERA, at(0, "10:00"), at(0, "14:00"), at(1, "00:00")),
        (Level.SEGERA, at(0, "10:01"), at(1, "08:01"), at(2, "00:00")),
        (Level.SEGERA, at(5, "13:00"), at(7, "11:00"), at(8, "00:00")),
        (Level.SEGERA, at(5, "20:00"), at(7, "12:00"), at(8, "00:00")),
        # TINGGI: a day of the clock; due at night, it waits for the first hour of the next morning.
        (Level.TINGGI, at(0, "09:00"), at(1, "09:00"), at(4, "00:00")),
        (Level.TINGGI, at(0, "20:00"), at(2, "09:00"), at(4, "00:00")),
        (Level.TINGGI, at(5, "09:00"), at(7, "09:00"), at(9, "00:00")),
        # On a Saturday evening the graver finding is due on Monday at noon, and a milder one not before it.
        (Level.TINGGI, at(5, "20:00"), at(7, "12:00"), at(9, "00:00")),
        # Three days after Thursday are Sunday, on which nobody is there.
        (Level.TINGGI, at(3, "09:00"), at(4, "09:00"), at(8, "00:00")),
        (Level.SEDANG, at(0, "09:00"), at(3, "09:00"), at(15, "00:00")),
        (Level.SEDANG, at(3, "09:00"), at(7, "09:00"), at(18, "00:00")),
    ],
)
def test_each_level_is_due_when_the_rules_say(
    level: Level, since: datetime, contact: datetime, seen: datetime
) -> None:
    assert due(level, since) == Deadlines(contact, seen)


def test_a_finding_for_the_next_session_has_no_clock() -> None:
    assert deadlines(Level.RINGAN, at(0, "09:00"), roster(), LIMITS) is None


def test_a_holiday_moves_what_is_due_on_it() -> None:
    holiday = roster(Closed(MONDAY + timedelta(days=1)))
    assert due(Level.SEGERA, at(0, "12:00"), holiday).contact_by == at(2, "10:00")
    assert due(Level.TINGGI, at(0, "09:00"), holiday).contact_by == at(2, "09:00")


def test_a_puskesmas_own_hours_count() -> None:
    quick = Limits(**{**vars(LIMITS), "urgent_contact_duty_hours": 1, "high_seen_days": 1})
    assert deadlines(Level.SEGERA, at(0, "09:00"), roster(), quick) == Deadlines(
        at(0, "10:00"), at(1, "00:00")
    )
    assert deadlines(Level.TINGGI, at(0, "09:00"), roster(), quick) == Deadlines(
        at(1, "09:00"), at(2, "00:00")
    )


@pytest.mark.parametrize("level", [Level.MERAH, Level.SEGERA, Level.TINGGI, Level.SEDANG])
def test_a_roster_that_nobody_wrote_stops_no_clock(level: Level) -> None:
    found = due(level, at(0, "20:00"), Roster((), (), WIB))
    assert found.contact_by <= at(0, "20:00") + timedelta(days=LIMITS.medium_contact_days)
    assert found.seen_by <= at(LIMITS.medium_seen_days + 1, "00:00")


shifts = st.lists(
    st.builds(Shift, st.sampled_from(["rina", "dewi"]), st.integers(0, 6), st.times(), st.times()), max_size=6
)
moments = st.integers(0, 500 * 24 * 60).map(lambda minutes: at(-300, "00:00") + timedelta(minutes=minutes))
clocked = st.sampled_from([Level.SEDANG, Level.TINGGI, Level.SEGERA, Level.MERAH])


@given(shifts, moments, clocked)
def test_nobody_is_seen_before_she_was_to_be_contacted_and_no_clock_runs_backwards(
    written: list[Shift], since: datetime, level: Level
) -> None:
    found = due(level, since, Roster(tuple(written), (), WIB))
    assert since < found.contact_by <= found.seen_by


@given(shifts, moments, clocked, st.timedeltas(timedelta(), timedelta(days=3)))
def test_who_is_found_later_is_never_due_earlier(
    written: list[Shift], since: datetime, level: Level, later: timedelta
) -> None:
    by = Roster(tuple(written), (), WIB)
    first, second = due(level, since, by), due(level, since + later, by)
    assert first.contact_by <= second.contact_by
    assert first.seen_by <= second.seen_by


@given(shifts, moments)
def test_the_graver_level_is_never_due_later(written: list[Shift], since: datetime) -> None:
    by = Roster(tuple(written), (), WIB)
    found = [due(level, since, by) for level in sorted(Level, reverse=True) if level > Level.RINGAN]
    assert [each.contact_by for each in found] == sorted(each.contact_by for each in found)
    assert [each.seen_by for each in found] == sorted(each.seen_by for each in found)
