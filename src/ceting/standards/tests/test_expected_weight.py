"""The range beside each child's name in the session grid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.growth import assess, value_at
from ceting.standards.plausibility import expected_weight_range

BORN = date(2026, 1, 1)


def on(days: int) -> date:
    return BORN + timedelta(days=days)


def weight_z(age_days: int, kg: float) -> float:
    z = assess(sex=1, age_days=age_days, weight=kg).zwei
    assert z is not None
    return z


def test_a_child_is_expected_near_her_own_line() -> None:
    kg = value_at("wfa", 2, 250, -1.5)
    low, high = expected_weight_range(2, BORN, (on(250), kg), on(280)) or (0, 0)
    assert low == round(value_at("wfa", 2, 280, -2.0), 1)
    assert high == round(value_at("wfa", 2, 280, -1.0), 1)


def test_the_range_widens_with_time_and_then_no_further() -> None:
    kg = value_at("wfa", 1, 250, 0.0)
    widths = []
    for days in (30, 120, 600, 900):
        low, high = expected_weight_range(1, BORN, (on(250), kg), on(250 + days)) or (0, 0)
        widths.append(weight_z(250 + days, high) - weight_z(250 + days, low))
    assert widths == pytest.approx([1.0, 2.0, 4.0, 4.0], abs=0.15)


@pytest.mark.parametrize(("days", "half"), [(59, 1.0), (60, 1.0), (61, 0.5)])
def test_a_young_infant_may_drift_twice_as_far(days: int, half: float) -> None:
    kg = value_at("wfa", 1, days, 0.0)
    low, _ = expected_weight_range(1, BORN, (on(days), kg), on(days + 30)) or (0, 0)
    assert low == pytest.approx(value_at("wfa", 1, days + 30, -half), abs=0.06)


def test_without_a_previous_weighing_the_range_is_that_of_all_children() -> None:
    assert expected_weight_range(1, BORN, None, on(280)) == (
        round(value_at("wfa", 1, 280, -3), 1),
        round(value_at("wfa", 1, 280, 3), 1),
    )


def test_a_previous_weight_that_cannot_be_true_is_not_built_upon() -> None:
    assert expected_weight_range(1, BORN, (on(250), 85.0), on(280)) == expected_weight_range(
        1, BORN, None, on(280)
    )


@pytest.mark.parametrize(("days", "allows_ten_percent"), [(3, True), (10, True), (11, False)])
def test_a_newborn_may_have_lost_a_tenth_of_her_birth_weight(days: int, allows_ten_percent: bool) -> None:
    big = 4.4
    low, _ = expected_weight_range(2, BORN, (BORN, big), on(days)) or (0, 0)
    assert (low <= round(0.9 * big, 1)) is allows_ten_percent


@pytest.mark.parametrize(("days", "known"), [(1826, True), (1827, False)])
def test_the_standard_ends_at_sixty_months(days: int, known: bool) -> None:
    assert (expected_weight_range(1, BORN, (on(1800), 17.0), on(days)) is not None) is known
    assert (expected_weight_range(1, BORN, None, on(days)) is not None) is known


def test_the_day_of_birth_and_a_second_weighing_on_one_day_are_days_like_any_other() -> None:
    assert expected_weight_range(1, BORN, None, BORN) is not None
    low, high = expected_weight_range(1, BORN, (on(250), 8.6), on(250)) or (0, 0)
    assert low < 8.6 < high


def test_days_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="before birth"):
        expected_weight_range(1, BORN, None, on(-1))
    with pytest.raises(ValueError, match="between birth"):
        expected_weight_range(1, BORN, (on(-1), 3.0), on(30))
    with pytest.raises(ValueError, match="between birth"):
        expected_weight_range(1, BORN, (on(31), 3.0), on(30))


@given(st.sampled_from([1, 2]), st.integers(0, 1700), st.integers(1, 125), st.floats(-5, 4))
def test_a_child_who_keeps_her_line_is_always_inside(sex: int, start: int, later: int, z: float) -> None:
    kg = value_at("wfa", sex, start, z)
    low, high = expected_weight_range(sex, BORN, (on(start), kg), on(start + later)) or (0, 0)
    assert low - 0.06 <= value_at("wfa", sex, start + later, z) <= high + 0.06
    assert 0 < low < high
