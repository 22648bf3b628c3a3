"""Due date, gestational age, trimester: at every bound, a day before it and a day after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.pregnancy.dating import (
    GestationalAge,
    Term,
    asks_for_outcome,
    check_start,
    due_date,
    due_date_from_scan,
    gestational_age,
    is_beyond_last_day,
    is_overdue,
    last_day,
    start_from_scan,
    term,
    trimester,
    trimester_days,
)
from ceting.standards.pregnancy.values import PregnancyValueError

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("lmp", "due"),
    [
        (date(2026, 1, 1), date(2026, 10, 8)),
        (date(2026, 3, 10), date(2026, 12, 17)),
        (date(2026, 4, 20), date(2027, 1, 27)),
        (date(2026, 12, 31), date(2027, 10, 7)),
        # Seven days first: 7 March, then nine months on.
        (date(2026, 2, 28), date(2026, 12, 7)),
        (date(2028, 2, 29), date(2028, 12, 7)),
        # 31 May less three months is the last day of February.
        (date(2026, 5, 24), date(2027, 2, 28)),
        (date(2027, 5, 24), date(2028, 2, 29)),
        (date(2026, 5, 23), date(2027, 2, 28)),
        (date(2026, 5, 25), date(2027, 3, 1)),
    ],
)
def test_the_due_date_is_seven_days_on_three_months_back_and_a_year_on(lmp: date, due: date) -> None:
    assert due_date(lmp) == due


@given(DAYS)
def test_the_calendar_moves_the_due_date_by_a_few_days_and_never_back(lmp: date) -> None:
    assert 280 <= (due_date(lmp) - lmp).days <= 283
    assert due_date(lmp + timedelta(days=1)) >= due_date(lmp)


@given(DAYS, st.integers(1, 308))
def test_an_ultrasound_puts_a_day_in_the_place_of_the_last_period(scanned_on: date, age_days: int) -> None:
    start = start_from_scan(scanned_on, age_days)
    assert gestational_age(start, scanned_on).days == age_days
    assert (due_date_from_scan(scanned_on, age_days) - start).days == 280


@pytest.mark.parametrize("age_days", [-1, 0, 309])
def test_an_ultrasound_age_that_no_pregnancy_has_is_refused(age_days: int) -> None:
    with pytest.raises(PregnancyValueError) as refused:
        start_from_scan(date(2026, 11, 26), age_days)
    assert refused.value.code == "dating.scan_age"
    assert "44 minggu" in refused.value.sentence


def test_the_age_is_said_in_completed_weeks_and_days() -> None:
    start = date(2026, 6, 8)
    assert gestational_age(start, start).in_words == "0 minggu"
    age = gestational_age(start, date(2026, 11, 26))
    assert (age.weeks, age.rest, age.in_words) == (24, 3, "24 minggu 3 hari")
    assert GestationalAge(168).in_words == "24 minggu"


def test_a_day_before_the_start_has_no_age() -> None:
    with pytest.raises(PregnancyValueError, match=r"dating\.before_start"):
        gestational_age(date(2026, 6, 8), date(2026, 6, 7))


def test_an_outcome_told_late_still_has_an_age() -> None:
    assert gestational_age(date(2025, 1, 1), date(2026, 1, 1)).weeks == 52


@pytest.mark.parametrize(
    ("days", "number"),
    [(0, 1), (84, 1), (90, 1), (91, 2), (92, 2), (168, 2), (174, 2), (175, 3), (176, 3), (308, 3), (400, 3)],
)
def test_trimesters_are_told_by_completed_weeks(days: int, number: int) -> None:
    assert trimester(GestationalAge(days)) == number


def test_trimesters_follow_one_another_without_a_gap() -> None:
    spans = [trimester_days(1), trimester_days(2), trimester_days(3)]
    assert spans == [(0, 90), (91, 174), (175, 308)]
    for number, (first, last) in enumerate(spans, start=1):
        assert trimester(GestationalAge(first)) == trimester(GestationalAge(last)) == number


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (258, Term.PRETERM), (259, Term.AT_TERM), (260, Term.AT_TERM),
        (293, Term.AT_TERM), (294, Term.POST_TERM), (295, Term.POST_TERM),
    ],
)  # fmt: skip
def test_a_birth_is_preterm_before_37_weeks_and_post_term_from_42(days: int, expected: Term) -> None:
    assert term(GestationalAge(days)) is expected


@pytest.mark.parametrize(
    ("days", "asks", "overdue", "beyond"),
    [
        (279, False, False, False), (280, True, False, False), (287, True, False, False),
        (288, True, True, False), (308, True, True, False), (309, True, True, True),
    ],
)  # fmt: skip
def test_the_end_is_asked_from_40_weeks_urgent_beyond_41_and_missing_beyond_44(
    days: int, asks: bool, overdue: bool, beyond: bool
) -> None:
    age = GestationalAge(days)
    assert (asks_for_outcome(age), is_overdue(age), is_beyond_last_day(age)) == (asks, overdue, beyond)


def test_a_pregnancy_can_be_entered_until_44_weeks_and_not_before_it_began() -> None:
    today = date(2026, 11, 26)
    check_start(today, today)
    check_start(today - timedelta(days=last_day()), today)
    for start, code in ((1, "dating.future"), (-last_day() - 1, "dating.too_long_ago")):
        with pytest.raises(PregnancyValueError) as refused:
            check_start(today + timedelta(days=start), today)
        assert refused.value.code == code
