"""Paths: they pass through their points, stay on the standard between them, and stay small."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.care.measurements.charts.curves import by_length, by_month
from ceting.care.measurements.charts.observations import RANGES, Range
from ceting.foundation.ui.drawing import Scale, box, horizontal, ribbon, smooth, straight, upright
from ceting.standards.growth import value_at

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def ends_of(path: str) -> list[tuple[float, float]]:
    """The corners that a smooth path passes through."""
    start, *curves = path.split("c")
    x, y = (float(number) for number in NUMBER.findall(start))
    corners = [(x, y)]
    for curve in curves:
        *_, dx, dy = (float(number) for number in NUMBER.findall(curve))
        corners.append((x + dx, y + dy))
        x, y = corners[-1]
    return corners


def middles_of(path: str) -> list[tuple[float, float]]:
    """Where each curve of a smooth path is halfway."""
    corners, middles = ends_of(path), []
    for (x, y), curve in zip(corners, path.split("c")[1:], strict=False):
        ax, ay, bx, by, cx, cy = (float(number) for number in NUMBER.findall(curve))
        middles.append((x + (3 * ax + 3 * bx + cx) / 8, y + (3 * ay + 3 * by + cy) / 8))
    return middles


@given(st.floats(0, 60), st.floats(0, 60))
def test_a_scale_keeps_the_order_and_the_proportions(a: float, b: float) -> None:
    scale = Scale(0, 60, 40, 640)
    assert scale(a) - scale(b) == pytest.approx((a - b) * 10)


def test_a_scale_holds_what_lies_beyond_at_its_edge() -> None:
    scale = Scale(2, 18, 400, 0)
    assert (scale.nearest(30), scale.nearest(1), scale.nearest(7)) == (18, 2, 7)
    assert not scale.holds(18.1)
    assert scale.holds(18)


def test_a_smooth_path_passes_through_its_points() -> None:
    points = [(0.0, 10.0), (5.0, 12.5), (9.0, 11.0), (20.0, 30.0)]
    for found, wanted in zip(ends_of(smooth(points)), points, strict=True):
        assert found == pytest.approx(wanted, abs=0.11)


def test_fewer_than_two_points_draw_nothing() -> None:
    assert smooth([(1, 1)]) == straight([(1, 1)]) == straight([]) == ""


def test_grids_boxes_and_bands_are_closed_where_they_should_be() -> None:
    assert horizontal([10, 20], 0, 5) == "M0 10H5M0 20H5"
    assert upright([1], 0, 9) == "M1 0V9"
    assert box(1, 2, 3, 4) == "M1 2h3v4h-3Z"
    assert ribbon([(0, 0), (1, 0)], [(0, 5), (1, 5)]).endswith("Z")


@pytest.mark.parametrize("sex", [1, 2])
@pytest.mark.parametrize("z", [-3, 0, 3])
@pytest.mark.parametrize("ages", RANGES)
def test_between_its_corners_the_curve_of_weight_stays_on_the_standard(sex: int, z: int, ages: Range) -> None:
    """26 units are a kilogram, and the line is 3 units wide."""
    x, y = Scale(ages.first, ages.last, 0, 32 * (ages.last - ages.first)), Scale(0, 28, 728, 0)
    points = by_month("wfa", sex, z, ages.first, ages.last)
    for across, up in middles_of(smooth([(x(month), y(weight)) for month, weight in points])):
        month = ages.first + across / 32
        exact = value_at("wfa", sex, month * 30.4375, z)
        # In the first week of life the standard itself has a corner.
        assert abs(up - y(exact)) < (1 if month > 0.5 else 2.5)


def test_the_months_of_a_curve_rise_and_end_at_both_sides_of_the_step_at_two_years() -> None:
    lying = by_month("lhfa", 1, 0, 0, 24)
    standing = by_month("lhfa", 1, 0, 24, 60)
    assert all(a < b for (a, _), (b, _) in pairwise(lying))
    assert lying[-1][1] == value_at("lhfa", 1, 730, 0)
    assert standing[0][1] == value_at("lhfa", 1, 731, 0)
    assert 0.6 < lying[-1][1] - standing[0][1] < 0.8


def test_curves_by_length_cover_the_whole_table() -> None:
    assert [by_length(standing=False, sex=2, z=0, first=45, last=110)[place][0] for place in (0, -1)] == [
        45,
        110,
    ]
    assert by_length(standing=True, sex=2, z=-2, first=65, last=120)[-1][1] == value_at("wfh", 2, 120, -2)
