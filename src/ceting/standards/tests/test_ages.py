"""Completed months, as on the growth card."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.ages import Age, add_months, age, full_months, months_from_days

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("birth", "on", "months"),
    [
        (date(2026, 7, 28), date(2026, 8, 1), 0),
        (date(2026, 7, 28), date(2026, 8, 27), 0),
        (date(2026, 7, 28), date(2026, 8, 28), 1),
        (date(2026, 7, 28), date(2026, 8, 29), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2025, 12, 15), date(2026, 1, 14), 0),
        (date(2025, 12, 15), date(2026, 1, 15), 1),
        (date(2026, 5, 5), date(2026, 5, 5), 0),
    ],
)
def test_a_month_is_complete_on_the_day_of_birth_or_the_last_day_of_a_short_month(
    birth: date, on: date, months: int
) -> None:
    assert full_months(birth, on) == months


def test_a_day_before_birth_is_refused() -> None:
    with pytest.raises(ValueError, match="before birth"):
        full_months(date(2026, 5, 5), date(2026, 5, 4))


def test_the_age_in_years_months_and_days() -> None:
    assert age(date(2025, 8, 14), date(2026, 11, 26)) == Age(1, 3, 12)


@given(DAYS, st.integers(0, 2500))
def test_years_months_and_days_lead_back_to_the_day(birth: date, later: int) -> None:
    on = birth + timedelta(days=later)
    found = age(birth, on)
    assert add_months(birth, 12 * found.years + found.months) + timedelta(days=found.days) == on
    assert 0 <= found.months < 12
    assert 0 <= found.days <= 30


@given(DAYS, st.integers(0, 2500))
def test_nobody_grows_younger(birth: date, later: int) -> None:
    on = birth + timedelta(days=later)
    assert full_months(birth, on) <= full_months(birth, on + timedelta(days=1)) <= full_months(birth, on) + 1


@pytest.mark.parametrize(
    ("days", "months"), [(30, 0), (31, 1), (273, 8), (274, 9), (730, 23), (731, 24), (1826, 59), (1827, 60)]
)
def test_months_of_an_age_known_only_in_days_are_those_of_the_who(days: int, months: int) -> None:
    assert months_from_days(days) == months
