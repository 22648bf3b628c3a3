"""Birth weight, length and gestation at their limits, and the corrected age."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.ages import Age, add_months
from ceting.standards.child.corrected_age import (
    birth_for_age,
    both_ages,
    correction_days,
    is_corrected,
    is_preterm,
)
from ceting.standards.child.newborn import BirthFinding, birth_findings

BORN = date(2026, 3, 10)
F = BirthFinding


@pytest.mark.parametrize(
    ("grams", "found"),
    [
        (2500, ()), (2499, (F.LOW_WEIGHT,)), (2501, ()), (2000, (F.LOW_WEIGHT,)),
        (1999, (F.SAME_DAY, F.LOW_WEIGHT)), (1500, (F.SAME_DAY, F.LOW_WEIGHT)),
        (1499, (F.SAME_DAY, F.VERY_LOW_WEIGHT)), (None, ()),
    ],
)  # fmt: skip
def test_birth_weight(grams: int | None, found: tuple[BirthFinding, ...]) -> None:
    assert birth_findings(grams, None, None, low_weight_g=2500) == found


def test_the_limit_of_a_low_weight_is_the_puskesmas_own() -> None:
    assert birth_findings(2499, None, None, low_weight_g=2400) == ()
    assert birth_findings(2399, None, None, low_weight_g=2400) == (F.LOW_WEIGHT,)


@pytest.mark.parametrize(("cm", "found"), [(47.9, (F.SHORT,)), (48.0, ()), (48.1, ())])
def test_birth_length(cm: float, found: tuple[BirthFinding, ...]) -> None:
    assert birth_findings(None, cm, None, low_weight_g=2500) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [(237, (F.SAME_DAY, F.PRETERM)), (238, (F.PRETERM,)), (258, (F.PRETERM,)), (259, ()), (260, ())],
)
def test_gestation(days: int, found: tuple[BirthFinding, ...]) -> None:
    assert birth_findings(None, None, days, low_weight_g=2500) == found


@pytest.mark.parametrize(
    ("gestation", "days"), [(None, 0), (258, 22), (259, 0), (260, 0), (252, 28), (196, 84), (280, 0)]
)
def test_what_is_taken_off_the_age(gestation: int | None, days: int) -> None:
    assert correction_days(gestation) == days
    assert is_preterm(gestation) is (days > 0)


def test_the_corrected_age_holds_until_the_day_before_two_years() -> None:
    last = add_months(BORN, 24) - timedelta(days=1)
    assert is_corrected(BORN, last, 252)
    assert not is_corrected(BORN, add_months(BORN, 24), 252)
    assert birth_for_age(BORN, last, 252) == BORN + timedelta(days=28)
    assert birth_for_age(BORN, add_months(BORN, 24), 252) == BORN


def test_both_ages_are_told() -> None:
    found = both_ages(BORN, date(2026, 9, 10), 252)
    assert (found.chronological, found.corrected) == (Age(0, 6, 0), Age(0, 5, 3))
    assert both_ages(BORN, date(2026, 9, 10), 259).corrected is None


def test_before_her_due_date_the_corrected_age_is_nothing() -> None:
    assert both_ages(BORN, BORN + timedelta(days=10), 252).corrected == Age(0, 0, 0)


def test_a_day_before_birth_is_an_error() -> None:
    with pytest.raises(ValueError, match="before birth"):
        both_ages(BORN, BORN - timedelta(days=1), 252)


@given(st.integers(154, 315), st.integers(0, 1500))
def test_the_corrected_age_is_never_more_and_ends_once(gestation: int, days: int) -> None:
    on = BORN + timedelta(days=days)
    counted = (on - birth_for_age(BORN, on, gestation)).days
    assert 0 <= counted <= days
    assert (days - counted in (0, correction_days(gestation))) or counted == 0
