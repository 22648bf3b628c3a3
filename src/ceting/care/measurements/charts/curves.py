"""The standard's lines of a chart: where each z runs, and the areas between them."""

from collections.abc import Iterable, Sequence
from functools import cache

from ceting.foundation.ui.drawing import Point, Scale, Shape, ribbon, smooth
from ceting.standards.growth import curve
from ceting.standards.growth.indicators import DAYS_OF_MONTH, STANDING_FROM_DAY, TableCode

# Months at which a curve by age is computed: closer where it bends more.
SAMPLES = (0, 0.25, 0.5, 1, 1.5, 2, 2.5, *range(3, 24), *range(24, 61, 3))


@cache
def by_month(indicator: TableCode, sex: int, z: int, first: int, last: int) -> tuple[Point, ...]:
    """(age in months, measure) along one z line, sampled at SAMPLES.

    A range that ends at 24 months ends on the last day of the table of lying length, one that begins there begins
    on the first day of standing height: lhfa jumps between them.
    """
    months = [month for month in SAMPLES if first <= month <= last]
    turn = STANDING_FROM_DAY / DAYS_OF_MONTH
    days = [month * DAYS_OF_MONTH for month in months]
    if last < turn:
        days[-1] = min(days[-1], STANDING_FROM_DAY - 1)
    if first == int(turn):
        days[0] = max(days[0], STANDING_FROM_DAY)
    return tuple(zip(months, curve(indicator, sex, z, days), strict=True))


@cache
def by_length(*, standing: bool, sex: int, z: int, first: int, last: int) -> tuple[Point, ...]:
    """(length or height in cm, weight in kg) along one z line, sampled every second centimetre."""
    lengths = list(range(first, last + 1, 2))
    if lengths[-1] != last:
        lengths.append(last)
    return tuple(zip(map(float, lengths), curve("wfh" if standing else "wfl", sex, z, lengths), strict=True))


def placed(points: Iterable[Point], x: Scale, y: Scale) -> list[Point]:
    """Values as places on the drawing."""
    return [(x(a), y(b)) for a, b in points]


def band(lower: Sequence[Point], upper: Sequence[Point], css: str, x: Scale, y: Scale) -> Shape:
    """The area between two lines of the standard."""
    return Shape(css, ribbon(placed(upper, x, y), placed(lower, x, y)))


def line(points: Sequence[Point], css: str, x: Scale, y: Scale) -> Shape:
    """One line of the standard."""
    return Shape(css, smooth(placed(points, x, y)))
