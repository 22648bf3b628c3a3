"""The statistics underneath, against printed tables and against each other."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.survey.estimators import (
    chi_square_tail,
    logit_interval,
    student_quantile,
    variance_from_rows,
    variance_from_units,
)


@pytest.mark.parametrize(
    ("degrees", "printed"),
    [(1, 12.7062), (2, 4.3027), (5, 2.5706), (10, 2.2281), (30, 2.0423), (120, 1.9799), (1_000_000, 1.95997)],
)
def test_students_t_is_as_printed_in_tables(degrees: int, printed: float) -> None:
    assert student_quantile(0.975, degrees) == pytest.approx(printed, abs=6e-5)


def test_a_design_without_degrees_of_freedom_has_no_quantile() -> None:
    assert math.isnan(student_quantile(0.975, 0))


@pytest.mark.parametrize(("statistic", "printed"), [(2.7055, 0.10), (3.8415, 0.05), (10.8276, 0.001)])
def test_the_tail_of_chi_square_is_as_printed_in_tables(statistic: float, printed: float) -> None:
    assert chi_square_tail(statistic) == pytest.approx(printed, rel=1e-4)


def test_nobody_and_everybody_have_an_interval_without_width() -> None:
    low, high = logit_interval(np.array([0.0, 1.0]), np.array([0.0, 0.0]), 1.96)
    assert low.tolist() == high.tolist() == [0.0, 1.0]


def test_exactly_one_percent_has_a_real_interval() -> None:
    """The reference takes 1 % for 100 % here and answers 1..1."""
    low, high = logit_interval(np.array([0.01]), np.array([0.003]), 1.96)
    assert 0.004 < low[0] < 0.01 < high[0] < 0.02


@given(
    st.lists(
        st.tuples(st.sampled_from((0, 1, 2)), st.booleans(), st.floats(0.1, 9), st.floats(-6, 6)),
        min_size=3,
        max_size=60,
    )
)
def test_rows_as_units_give_the_same_variance_from_moments_and_from_totals(
    rows: list[tuple[int, bool, float, float]],
) -> None:
    strata, inverse = np.unique([row[0] for row in rows], return_inverse=True)
    inside = np.array([[row[1]] for row in rows], dtype=float)
    inside[0] = 1.0
    weight = np.array([[row[2]] for row in rows])
    value = np.array([[row[3]] for row in rows])
    ratio = (weight * inside * value).sum(axis=0) / (weight * inside).sum(axis=0)
    in_stratum = np.bincount(inverse)

    def by_stratum(values: np.ndarray) -> np.ndarray:
        sums = np.zeros((strata.size, 1))
        np.add.at(sums, inverse, values)
        return sums

    from_units = variance_from_units(
        weight * inside * value, weight * inside, ratio, strata=inverse, units_in_stratum=in_stratum
    )
    from_rows = variance_from_rows(
        by_stratum(weight * inside * value),
        by_stratum(weight * inside),
        by_stratum(weight**2 * inside * value**2),
        by_stratum(weight**2 * inside),
        ratio,
        cross=by_stratum(weight**2 * inside * value),
        rows_in_stratum=in_stratum,
    )
    assert from_rows == pytest.approx(from_units, rel=1e-6, abs=1e-9)
