"""How precisely somebody measures, against the worked example of the literature and sums by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.standardisation import (
    MEASURES,
    Grade,
    accuracy,
    least_children,
    precision,
    reliability,
    tem,
)

STATURE = {
    # Ulijaszek & Kerr, Br J Nutr 1999;82:165-177, the example of stature: ten subjects, four observers, in metres;
    # the last number is the subject's share as the paper prints it (in square decimetres).
    1: ((0.865, 0.863, 0.863, 0.864), 0.0003),
    2: ((1.023, 1.023, 1.027, 1.025), 0.0011),
    3: ((0.982, 0.980, 0.989, 0.985), 0.0046),
    4: ((0.817, 0.816, 0.812, 0.817), 0.0017),
    5: ((0.901, 0.894, 0.900, 0.903), 0.0045),
    6: ((0.880, 0.876, 0.881, 0.881), 0.0017),
    7: ((0.948, 0.947, 0.947, 0.946), 0.0002),
    8: ((0.906, 0.905, 0.907, 0.908), 0.0005),
    9: ((0.924, 0.924, 0.926, 0.924), 0.0003),
    10: ((0.989, 0.987, 1.002, 0.993), 0.0133),
}
"""The table as anthrocheckr carries it: R package nutriverse/anthrocheckr, data `stature`."""


@pytest.mark.parametrize("subject", STATURE)
def test_each_subjects_share_is_that_of_the_paper(subject: int) -> None:
    values, printed = STATURE[subject]
    # One subject, four observers: TEM squared times 1 times (4 - 1) is the share.
    assert tem([values]) ** 2 * 3 * 100 == pytest.approx(printed, abs=0.00006)


def test_the_papers_ten_subjects_and_four_observers_give_its_error() -> None:
    shares = sum(share for _, share in STATURE.values())
    by_the_paper = math.sqrt(shares / (10 * 3)) / 10
    assert tem([values for values, _ in STATURE.values()]) == pytest.approx(by_the_paper, abs=0.00001)
    assert by_the_paper == pytest.approx(0.0031, abs=0.00005)


def test_two_measurements_are_the_root_of_squared_differences_by_2n() -> None:
    pairs = [(70.0, 70.4), (81.2, 81.0), (65.5, 65.5), (90.1, 90.9)]
    by_hand = math.sqrt((0.4**2 + 0.2**2 + 0 + 0.8**2) / (2 * 4))
    assert tem(pairs) == pytest.approx(by_hand)


@given(st.lists(st.tuples(st.floats(40, 120), st.floats(40, 120)), min_size=1, max_size=12))
def test_the_general_formula_is_the_short_one_for_two(pairs: list[tuple[float, float]]) -> None:
    short = math.sqrt(sum((a - b) ** 2 for a, b in pairs) / (2 * len(pairs)))
    assert tem(pairs) == pytest.approx(short, abs=1e-9)


def test_whoever_repeats_herself_exactly_has_no_error_and_is_wholly_reliable() -> None:
    found = precision("lenhei_cm", {child: (60.0 + child, 60.0 + child) for child in range(1, 11)})
    assert found is not None
    assert (found.tem, found.mean_difference, found.reliability, found.grade) == (0, 0, 1, Grade.GOOD)


def test_reliability_is_the_part_that_lies_in_the_children() -> None:
    assert reliability(0.5, [70.0, 71.0, 72.0]) == pytest.approx(1 - 0.25 / 1)
    assert reliability(0.5, [70.0, 70.0]) is None, "children of one length say nothing"


@pytest.mark.parametrize(
    ("difference", "grade"), [(0.5, Grade.GOOD), (0.8, Grade.ACCEPTABLE), (0.9, Grade.POOR)]
)
def test_a_length_is_graded_by_its_error(difference: float, grade: Grade) -> None:
    """Constant difference d: TEM = d / sqrt 2, so 0.35, 0.57 and 0.64 against 0.4 and 0.6."""
    found = precision("lenhei_cm", {child: (70.0 + child, 70.0 + child + difference) for child in range(10)})
    assert found is not None
    assert found.tem == pytest.approx(difference / math.sqrt(2))
    assert found.mean_difference == pytest.approx(difference)
    assert found.grade is grade


def test_a_limit_itself_is_no_longer_inside() -> None:
    pairs = dict.fromkeys(range(10), (70.0, 70.0))
    experts = dict.fromkeys(range(10), (69.2, 69.2))
    found = accuracy("lenhei_cm", pairs, experts)
    assert found is not None
    assert found.bias == pytest.approx(0.8)
    assert found.grade is Grade.POOR


def test_bias_is_signed_and_only_of_children_whom_both_measured() -> None:
    hers = {1: (10.0, 10.2), 2: (12.0, 12.2), 9: (50.0, 50.0)}
    experts = {1: (10.2, 10.2), 2: (12.4, 12.2), 8: (1.0, 1.0)}
    found = accuracy("muac_cm", hers, experts)
    assert found is not None
    assert found.children == 2
    assert found.bias == pytest.approx(-0.15)
    assert found.grade is Grade.ACCEPTABLE


def test_nobody_measured_twice_gives_no_answer() -> None:
    assert precision("weight_kg", {}) is None
    assert accuracy("weight_kg", {1: (9.0, 9.1)}, {}) is None


@pytest.mark.parametrize("repeats", [[], [(1.0,)], [(1.0, 2.0), (1.0, 2.0, 3.0)]])
def test_uneven_measurements_are_a_fault(repeats: list[tuple[float, ...]]) -> None:
    with pytest.raises(ValueError, match="two at least"):
        tem(repeats)


def test_every_measure_has_its_limits_and_ten_children_are_the_least() -> None:
    for measure in MEASURES:
        assert precision(measure, {1: (10.0, 10.0)}) is not None
    assert least_children() == 10
