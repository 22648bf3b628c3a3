"""Blood pressure: at, just below and just above every bound, and the mean arterial pressure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.levels import Level, level_of
from ceting.standards.pregnancy.pressure import PressureLevel, judge
from ceting.standards.pregnancy.values import PregnancyValueError

NORMAL, HIGH, EMERGENCY = PressureLevel


@pytest.mark.parametrize(
    ("systolic", "diastolic", "level"),
    [
        (139, 89, NORMAL), (140, 89, HIGH), (141, 80, HIGH), (139, 90, HIGH), (130, 91, HIGH),
        (159, 109, HIGH), (160, 80, EMERGENCY), (161, 80, EMERGENCY), (159, 110, EMERGENCY),
        (140, 111, EMERGENCY), (110, 70, NORMAL),
    ],
)  # fmt: skip
def test_high_from_140_or_90_and_emergency_from_160_or_110(
    systolic: int, diastolic: int, level: PressureLevel
) -> None:
    assert judge(systolic, diastolic).level is level


@pytest.mark.parametrize(
    ("systolic", "diastolic", "level"),
    [(139, 89, NORMAL), (140, 80, EMERGENCY), (120, 90, EMERGENCY), (160, 100, EMERGENCY)],
)
def test_a_severe_sign_makes_a_high_pressure_an_emergency_and_a_normal_one_not(
    systolic: int, diastolic: int, level: PressureLevel
) -> None:
    assert judge(systolic, diastolic, severe_sign=True).level is level


@pytest.mark.parametrize(
    ("systolic", "diastolic", "shown", "positive"),
    [(120, 74, 89.3, False), (121, 74, 89.7, False), (110, 80, 90.0, False), (120, 75, 90.0, False),
     (121, 75, 90.3, True), (120, 76, 90.7, True), (130, 90, 103.3, True)],
)  # fmt: skip
def test_a_mean_arterial_pressure_above_90_is_positive_and_90_is_not(
    systolic: int, diastolic: int, shown: float, positive: bool
) -> None:
    found = judge(systolic, diastolic)
    assert (found.map_mmhg, found.map_positive) == (shown, positive)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "code"),
    [
        (70, 110, "pressure.swapped"), (90, 90, "pressure.swapped"), (49, 30, "pressure.bounds"),
        (301, 90, "pressure.bounds"), (120, 19, "pressure.bounds"),
    ],
)  # fmt: skip
def test_impossible_readings_are_refused_in_words(systolic: int, diastolic: int, code: str) -> None:
    with pytest.raises(PregnancyValueError) as refused:
        judge(systolic, diastolic)
    assert refused.value.code == code
    assert "110/70" in refused.value.sentence


@pytest.mark.parametrize(("systolic", "diastolic"), [(50, 20), (300, 299)])
def test_the_bounds_themselves_are_possible(systolic: int, diastolic: int) -> None:
    assert judge(systolic, diastolic).systolic == systolic


@given(st.integers(60, 299), st.integers(20, 200))
def test_a_higher_pressure_is_never_less_urgent(systolic: int, diastolic: int) -> None:
    if diastolic >= systolic:
        return
    order = list(PressureLevel)
    assert order.index(judge(systolic + 1, diastolic).level) >= order.index(judge(systolic, diastolic).level)


def test_each_level_has_its_urgency() -> None:
    assert [level_of(each) for each in PressureLevel] == [None, Level.SEGERA, Level.MERAH]
