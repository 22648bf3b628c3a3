"""The formula, its inverse and its rounding, as properties."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ceting.standards.growth import OutOfRangeError, assess, curve, value_at, x_range
from ceting.standards.growth.formula import round2, z_score
from ceting.standards.growth.indicators import UNRESTRICTED_TABLES, TableCode
from ceting.standards.growth.tables import TABLE_CODES, table

SEX = st.sampled_from([1, 2])
CODE = st.sampled_from(TABLE_CODES)
MEASURE_OF = {
    "wfa": ("weight", "zwei"),
    "lhfa": ("lenhei", "zlen"),
    "hcfa": ("headc", "zhc"),
    "acfa": ("armc", "zac"),
    "tsfa": ("triskin", "zts"),
    "ssfa": ("subskin", "zss"),
}


def any_x(code: TableCode) -> st.SearchStrategy[float]:
    first, last = x_range(code)
    if code in ("wfl", "wfh"):
        return st.floats(first, last)
    return st.integers(first, last).map(float)


def z_at(code: TableCode, sex: int, x: float, y: float) -> float:
    return z_score(y, table(code).at(sex, x), restricted=code not in UNRESTRICTED_TABLES)


@given(st.data(), CODE, SEX, st.floats(-6, 6))
def test_the_measure_at_a_z_has_that_z(data: st.DataObject, code: TableCode, sex: int, z: float) -> None:
    x = data.draw(any_x(code))
    y = value_at(code, sex, x, z)
    assume(y > 0)
    assert z_at(code, sex, x, y) == pytest.approx(z, abs=1e-7)


@given(st.data(), st.sampled_from(sorted(MEASURE_OF)), SEX, st.integers(-500, 500))
def test_a_child_measured_at_a_z_is_given_that_z(
    data: st.DataObject, code: str, sex: int, hundredths: int
) -> None:
    first, last = x_range(code)
    day = data.draw(st.integers(first, last))
    measure, z = MEASURE_OF[code]
    y = value_at(code, sex, day, hundredths / 100)
    assume(y > 0)
    assert getattr(assess(sex=sex, age_days=day, **{measure: y}), z) == hundredths / 100


@given(st.data(), SEX, st.integers(-500, 500), st.booleans())
def test_a_child_weighed_at_a_z_for_her_length_is_given_that_z(
    data: st.DataObject, sex: int, hundredths: int, standing: bool
) -> None:
    code: TableCode = "wfh" if standing else "wfl"
    length = data.draw(any_x(code))
    weight = value_at(code, sex, length, hundredths / 100)
    child = assess(sex=sex, age_days=1000 if standing else 500, weight=weight, lenhei=length)
    assert child.zwfl == hundredths / 100


@given(st.data(), SEX, st.integers(-500, 500), st.integers(0, 1826))
def test_a_child_of_a_body_mass_at_a_z_is_given_that_z(
    data: st.DataObject, sex: int, hundredths: int, day: int
) -> None:
    length = data.draw(st.floats(45, 120))
    weight = value_at("bmifa", sex, day, hundredths / 100) * (length / 100) ** 2
    assert assess(sex=sex, age_days=day, weight=weight, lenhei=length).zbmi == hundredths / 100


@given(st.data(), CODE, SEX, st.floats(0.2, 150), st.floats(1e-6, 1))
def test_a_larger_measure_never_has_a_smaller_z(
    data: st.DataObject, code: TableCode, sex: int, y: float, more: float
) -> None:
    x = data.draw(any_x(code))
    assert z_at(code, sex, x, y) < z_at(code, sex, x, y * (1 + more))


@given(st.data(), CODE, SEX)
def test_the_scale_has_no_step_where_it_becomes_straight(
    data: st.DataObject, code: TableCode, sex: int
) -> None:
    x = data.draw(any_x(code))
    for z in (-3, 3):
        below, above = (value_at(code, sex, x, z + shift) for shift in (-1e-9, 1e-9))
        assert above - below == pytest.approx(0, abs=1e-6)
        assert below < above


@pytest.mark.parametrize("code", TABLE_CODES)
@pytest.mark.parametrize("sex", [1, 2])
def test_the_lines_of_a_chart_never_cross(code: TableCode, sex: int) -> None:
    first, last = x_range(code)
    xs = np.linspace(first, last, 200).round(1)
    lines = [curve(code, sex, z, xs) for z in range(-3, 4)]
    assert np.all(np.diff(lines, axis=0) > 0)


def test_the_length_curve_steps_down_where_children_begin_to_stand() -> None:
    lying, standing = curve("lhfa", "f", 0, [730, 731])
    assert lying - standing == pytest.approx(0.7, abs=0.03)


def test_a_chart_asks_for_nothing_outside_the_table() -> None:
    with pytest.raises(OutOfRangeError):
        value_at("wfl", 1, 44.9, 0)
    with pytest.raises(OutOfRangeError):
        value_at("acfa", 1, 90, 0)
    with pytest.raises(OutOfRangeError):
        value_at("wfa", 1, 1827, 0)
    assert value_at("wfa", 1, 0, 0) == 3.3464
    assert value_at("lhfa", "f", 0, 0) == 49.1477


@given(st.floats(-1000, 1000))
def test_rounding_goes_to_the_nearest_hundredth(z: float) -> None:
    rounded = round2(z)
    assert rounded == float(f"{rounded:.2f}")
    error = abs(Fraction(z) - Fraction(f"{rounded:.2f}"))
    assert error <= Fraction(1, 200) + Fraction(1, 10**12)


def test_rounding_a_near_tie_is_decided_by_the_number_and_not_by_its_product_with_100() -> None:
    # 2.675 is a little less than its decimal, but 2.675 * 100 is 267.5 and would go up.
    assert round2(2.675) == 2.67
    assert np.round(2.675, 2) == 2.68
    assert round2(-2.675) == -2.67
    assert round2(0.125) == 0.12
    assert round2(0.375) == 0.38


def test_a_z_is_never_minus_zero() -> None:
    assert str(round2(-0.001)) == "0.0"
