"""Duty hours: what a clock of SEGERA runs on. Examples that one can check by hand, then properties."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.duty import Closed, Extra, Off, Roster, Shift

WIB, WITA, WIT = (ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"))
RINA, DEWI = "rina", "dewi"
MONDAY = date(2026, 11, 23)
OFFICE = tuple(Shift(RINA, weekday, time(8), time(14)) for weekday in range(6))


def roster(*exceptions, shifts=OFFICE, zone=WIB):
    return Roster(tuple(shifts), tuple(exceptions), zone)


def at(day, clock, zone=WIB):
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)


def hours(number):
    return timedelta(hours=number)


def people(found, moment):
    return {duty.person for duty in found.on_duty(moment)}


def test_rina_is_on_duty_from_eight_until_before_two():
    assert people(roster(), at(MONDAY, "07:59")) == set()
    assert people(roster(), at(MONDAY, "08:00")) == {RINA}
    assert people(roster(), at(MONDAY, "13:59")) == {RINA}
    assert people(roster(), at(MONDAY, "14:00")) == set()


def test_four_duty_hours_from_saturday_noon_end_on_monday_at_ten():
    saturday = MONDAY - timedelta(days=2)
    assert roster().between(at(saturday, "12:00"), at(MONDAY, "10:00")) == hours(4)
    assert roster().after(at(saturday, "12:00"), hours(4)) == at(MONDAY, "10:00")


def test_a_night_reaches_over_midnight_and_over_the_end_of_the_week():
    night = roster(shifts=[Shift(DEWI, 6, time(20), time(7))])
    sunday = MONDAY - timedelta(days=1)
    assert people(night, at(MONDAY, "06:59")) == {DEWI}
    assert people(night, at(sunday, "06:59")) == set()
    assert night.between(at(sunday, "00:00"), at(MONDAY, "23:59")) == hours(11)


def test_a_shift_that_ends_when_it_begins_is_a_whole_day():
    whole = roster(shifts=[Shift(DEWI, 0, time(8), time(8))])
    assert whole.between(at(MONDAY, "00:00"), at(MONDAY + timedelta(days=2), "00:00")) == hours(24)


def test_two_people_at_once_count_once():
    both = roster(shifts=[*OFFICE, Shift(DEWI, 0, time(12), time(16))])
    assert people(both, at(MONDAY, "13:00")) == {RINA, DEWI}
    assert both.between(at(MONDAY, "00:00"), at(MONDAY, "23:00")) == hours(8)


def test_a_holiday_has_no_duty_but_what_was_added():
    holiday = roster(Closed(MONDAY), Extra(MONDAY, DEWI, time(9), time(10)))
    assert holiday.between(at(MONDAY, "00:00"), at(MONDAY, "23:59")) == hours(1)
    assert holiday.next_start(at(MONDAY, "07:00")) == at(MONDAY, "09:00")


def test_a_swap_is_one_off_and_the_other_in():
    swapped = roster(Off(MONDAY, RINA), Extra(MONDAY, DEWI, time(8), time(14)))
    assert people(swapped, at(MONDAY, "09:00")) == {DEWI}
    assert people(swapped, at(MONDAY + timedelta(days=1), "09:00")) == {RINA}


def test_a_shift_holds_from_its_first_day_until_before_its_last():
    later = roster(shifts=[Shift(RINA, 0, time(8), time(14), MONDAY, MONDAY + timedelta(days=7))])
    assert people(later, at(MONDAY - timedelta(days=7), "09:00")) == set()
    assert people(later, at(MONDAY, "09:00")) == {RINA}
    assert people(later, at(MONDAY + timedelta(days=7), "09:00")) == set()


def test_next_start_is_now_while_somebody_is_there_and_none_for_an_empty_roster():
    assert roster().next_start(at(MONDAY, "09:00")) == at(MONDAY, "09:00")
    assert roster().next_start(at(MONDAY, "14:00")) == at(MONDAY + timedelta(days=1), "08:00")
    assert roster(shifts=[]).next_start(at(MONDAY, "09:00")) is None
    assert roster(shifts=[]).after(at(MONDAY, "09:00"), hours(1)) is None


def test_what_the_working_hours_lack_is_named():
    short = roster(shifts=[Shift(RINA, 0, time(9), time(11)), Shift(DEWI, 0, time(12), time(13))])
    found = [(f"{start:%H.%M}", f"{end:%H.%M}") for start, end in short.gaps(MONDAY, time(8), time(14))]
    assert found == [("08.00", "09.00"), ("11.00", "12.00"), ("13.00", "14.00")]
    assert roster().gaps(MONDAY, time(8), time(14)) == []


@pytest.mark.parametrize(("zone", "utc"), [(WIB, 1), (WITA, 0), (WIT, -1)])
def test_eight_o_clock_is_where_the_puskesmas_is(zone, utc):
    found = roster(zone=zone).next_start(at(MONDAY, "00:00", zone))
    assert found == datetime(2026, 11, 23, 0, tzinfo=UTC) + hours(utc)


clocks = st.times().map(lambda each: each.replace(second=0, microsecond=0))
days = st.dates(MONDAY - timedelta(days=10), MONDAY + timedelta(days=20))
names = st.sampled_from([RINA, DEWI, "hasan"])
shifts = st.builds(Shift, names, st.integers(0, 6), clocks, clocks, days, days)
exceptions = st.one_of(
    st.builds(Closed, days), st.builds(Off, days, names), st.builds(Extra, days, names, clocks, clocks)
)
rosters = st.builds(
    Roster,
    st.lists(shifts, max_size=8).map(tuple),
    st.lists(exceptions, max_size=6).map(tuple),
    st.sampled_from([WIB, WITA, WIT]),
)
moments = st.builds(
    lambda passed, zone: (datetime(2026, 11, 10, tzinfo=UTC) + passed).astimezone(zone),
    st.timedeltas(timedelta(), timedelta(days=36)),
    st.sampled_from([UTC, WIB, WIT]),
)


@given(rosters, moments, moments, moments)
def test_the_hours_of_two_stretches_are_the_hours_of_both(found, one, two, three):
    first, middle, last = sorted((one, two, three))
    assert found.between(first, middle) + found.between(middle, last) == found.between(first, last)


@given(rosters, moments, moments)
def test_duty_time_is_never_negative_and_never_more_than_what_passed(found, one, two):
    first, last = sorted((one, two))
    assert timedelta() <= found.between(first, last) <= last - first
    assert found.between(last, first) == timedelta()


@given(rosters, moments, st.timedeltas(timedelta(minutes=1), timedelta(hours=60)))
def test_after_is_the_first_moment_by_which_so_much_duty_has_passed(found, since, wanted):
    reached = found.after(since, wanted)
    if reached is not None:
        assert found.between(since, reached) == wanted
        assert found.between(since, reached - timedelta(seconds=1)) < wanted


@given(rosters, moments)
def test_somebody_is_on_duty_exactly_when_the_clock_runs(found, moment):
    runs = found.between(moment, moment + timedelta(microseconds=1)) > timedelta()
    assert bool(found.on_duty(moment)) is runs


@given(rosters, moments)
def test_until_the_next_start_no_duty_time_passes(found, moment):
    start = found.next_start(moment)
    if start is not None:
        assert start >= moment
        assert found.between(moment, start) == timedelta()
        assert found.on_duty(start)


@given(rosters, days, clocks, clocks)
def test_gaps_and_duty_together_are_the_working_hours(found, day, opens, closes):
    gaps = found.gaps(day, opens, closes)
    start = datetime.combine(day, opens, tzinfo=found.zone)
    end = datetime.combine(day if closes > opens else day + timedelta(days=1), closes, tzinfo=found.zone)
    free = sum((last - first for first, last in gaps), timedelta())
    assert free + found.between(start, end) == end - start
    assert all(found.between(first, last) == timedelta() for first, last in gaps)


@given(rosters, moments)
def test_the_same_moment_in_another_zone_has_the_same_answer(found, moment):
    assert found.on_duty(moment) == found.on_duty(moment.astimezone(WITA))
