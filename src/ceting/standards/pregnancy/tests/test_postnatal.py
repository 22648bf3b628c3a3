"""KF1 to KF4 and KN1 to KN3: the windows at their bounds, in days and in hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.pregnancy.postnatal import Kind, Since, Visit, since_birth, states, windows
from ceting.standards.pregnancy.values import PregnancyValueError

BORN = date(2026, 11, 20)


def now(kind: Kind, since: Since, *visits: Since) -> str:
    found = states(kind, [Visit(number, visit) for number, visit in enumerate(visits)], since)
    return " ".join(state.status.value for state in found)


def test_the_windows_are_those_of_the_programme() -> None:
    assert [(each.code, each.from_day, each.until_day) for each in windows("KF")] == [
        ("KF1", 0, 2), ("KF2", 3, 7), ("KF3", 8, 28), ("KF4", 29, 42),
    ]  # fmt: skip
    assert [(each.code, each.from_hour, each.until_hour) for each in windows("KN")] == [
        ("KN1", 6, 48), ("KN2", None, None), ("KN3", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (0, "KF1"), (2, "KF1"), (3, "KF2"), (7, "KF2"), (8, "KF3"), (28, "KF3"), (29, "KF4"), (42, "KF4"),
        (43, None),
    ],
)  # fmt: skip
def test_a_day_belongs_to_one_visit_of_the_mother(days: int, code: str | None) -> None:
    assert [each.code for each in windows("KF") if each.holds(Since(days))] == ([code] if code else [])


@pytest.mark.parametrize(
    ("hours", "holds"), [(0, False), (5.9, False), (6, True), (6.1, True), (48, True), (48.1, False)]
)
def test_the_first_visit_of_the_newborn_is_told_by_the_hour_when_the_clock_is_known(
    hours: float, holds: bool
) -> None:
    assert windows("KN")[0].holds(Since(int(hours // 24), hours)) is holds


@pytest.mark.parametrize(("days", "holds"), [(0, True), (2, True), (3, False)])
def test_without_a_clock_the_calendar_decides(days: int, holds: bool) -> None:
    assert windows("KN")[0].holds(Since(days)) is holds


@pytest.mark.parametrize(
    ("kind", "today", "visits", "expected"),
    [
        ("KN", Since(0, 2), (), "upcoming upcoming upcoming"),
        ("KN", Since(0, 6), (), "due upcoming upcoming"),
        ("KN", Since(2, 49), (), "missed upcoming upcoming"),
        ("KN", Since(3), (), "missed due upcoming"),
        ("KN", Since(29), (Since(1), Since(5), Since(28)), "done done done"),
        ("KN", Since(29), (Since(0, 3),), "missed missed missed"),
        ("KF", Since(43), (Since(1), Since(10)), "done missed done missed"),
        ("KF", Since(42), (), "missed missed missed due"),
    ],
)
def test_every_visit_says_how_it_stands(
    kind: Kind, today: Since, visits: tuple[Since, ...], expected: str
) -> None:
    assert now(kind, today, *visits) == expected


def test_a_visit_names_what_filled_it() -> None:
    found = states("KF", [Visit("second", Since(2)), Visit("first", Since(1))], Since(5))
    assert [state.filled_by for state in found] == ["first", None, None, None]


def test_time_since_birth_is_in_calendar_days_and_in_hours_when_both_clocks_are_known() -> None:
    at = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
    assert since_birth(BORN, date(2026, 11, 21)) == Since(1)
    assert since_birth(BORN, date(2026, 11, 21), at, at + timedelta(hours=7)) == Since(1, 7.0)
    assert since_birth(BORN, BORN, at) == Since(0)


def test_a_visit_before_the_birth_is_refused() -> None:
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    with pytest.raises(PregnancyValueError, match=r"postnatal\.before_birth"):
        since_birth(BORN, BORN - timedelta(days=1))
    with pytest.raises(PregnancyValueError, match=r"postnatal\.before_birth"):
        since_birth(BORN, BORN, at, at - timedelta(minutes=1))


@given(st.integers(0, 60))
def test_no_day_belongs_to_two_visits(days: int) -> None:
    for kind in ("KF", "KN"):
        assert sum(each.holds(Since(days)) for each in windows(kind)) <= 1
