"""The WHO charts of length/height for age and weight for length/height, with the child's own points."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import ceil, floor

from ceting.care.measurements.charts.curves import band, by_length, by_month, line
from ceting.care.measurements.charts.observations import RANGES, Observation, Range
from ceting.foundation.ui.drawing import (
    Drawing,
    Label,
    Mark,
    Point,
    Scale,
    Shape,
    box,
    horizontal,
    straight,
    upright,
)
from ceting.standards.sex import Sex

LEFT, RIGHT, TOP, BOTTOM = 48, 76, 14, 40
PLOT_HEIGHT = 470
LENGTH_COLUMN = {"0-24": 30, "24-60": 22, "0-60": 15}
LONGEST_GAP = 7
"""Months between two lengths that are still joined: e-PPGBM measures in February and August."""
LENGTH_LINES = (-3, -2, 0, 2, 3)
WEIGHT_LINES = (-3, -2, 0, 1, 2, 3)
LYING, STANDING = (45, 110), (65, 120)
CSS = {-3: "who-3", -2: "who-2", 0: "who-0", 1: "who-1", 2: "who-2", 3: "who-3"}
Curve = Callable[[int], Sequence[Point]]


def length_for_age(*, sex: int, observations: Sequence[Observation], ages: Range) -> Drawing:
    """PB/U or TB/U. Over 0-60 months the lines break at 24 months, where lying gives way to standing (0.7 cm)."""
    parts = [each for each in RANGES[:2] if ages.first <= each.first and each.last <= ages.last]
    low = min(length for part in parts for _, length in by_month("lhfa", sex, -3, part.first, part.last))
    high = max(length for part in parts for _, length in by_month("lhfa", sex, 3, part.first, part.last))
    width = LENGTH_COLUMN[ages.code] * (ages.last - ages.first)
    x = Scale(ages.first, ages.last, LEFT, LEFT + width)
    y = Scale(floor(low / 5) * 5, ceil(high / 5) * 5, TOP + PLOT_HEIGHT, TOP)
    seen = [each for each in observations if each.length_cm is not None and ages.holds(each.age_months)]
    standard: list[Shape] = []
    for part in parts:

        def curve(z: int, part: Range = part) -> Sequence[Point]:
            return by_month("lhfa", sex, z, part.first, part.last)

        standard += _bands(curve, ((-3, -2, "who-low"), (-2, 3, "who-normal")), x, y)
        standard += [line(curve(z), CSS[z], x, y) for z in LENGTH_LINES]
    points = [((each.age_months, each.length_cm or 0), each) for each in seen]
    return _drawing(
        sex,
        x,
        y,
        shapes=(
            *standard,
            Shape("grid", upright(map(x, range(ages.first, ages.last + 1)), y.end, y.start)),
            Shape("grid-strong", upright(map(x, range(ages.first, ages.last + 1, 12)), y.end, y.start)),
            Shape("grid", horizontal(map(y, range(int(y.low), int(y.high) + 1, 5)), x.start, x.end)),
            *_joined(points, x, y, "l", LONGEST_GAP),
        ),
        labels=(
            *_values(range(ages.first, ages.last + 1, 2 if ages.last - ages.first <= 24 else 3), x, y),
            *_measures(range(int(y.low), int(y.high) + 1, 5), x, y),
            Label((x.start + x.end) / 2, y.start + 34, "Umur (bulan)", "axis-title middle"),
            Label(x.start - 8, y.end - 3, "cm", "axis-title end"),
            *_z_words(
                {z: by_month("lhfa", sex, z, parts[-1].first, parts[-1].last) for z in LENGTH_LINES}, x, y
            ),
        ),
        marks=tuple(_marks(points, x, y, "l")),
    )


def weight_for_length(*, sex: int, observations: Sequence[Observation], standing: bool) -> Drawing:
    """BB/PB (lying, under 731 days) or BB/TB (standing): weight against the corrected length."""
    first, last = STANDING if standing else LYING
    x = Scale(first, last, LEFT, LEFT + 11 * (last - first))
    highest = max(weight for _, weight in by_length(standing=standing, sex=sex, z=3, first=first, last=last))
    y = Scale(0, ceil(highest / 2) * 2, TOP + PLOT_HEIGHT, TOP)
    seen = [
        each
        for each in observations
        if each.length_cm is not None and each.weight_kg is not None and each.standing is standing
    ]

    def curve(z: int) -> Sequence[Point]:
        return by_length(standing=standing, sex=sex, z=z, first=first, last=last)

    points = [((each.length_cm or 0, each.weight_kg or 0), each) for each in seen]
    return _drawing(
        sex,
        x,
        y,
        shapes=(
            *_bands(curve, ((-3, -2, "who-low"), (-2, 1, "who-normal"), (1, 2, "who-low")), x, y),
            *(line(curve(z), CSS[z], x, y) for z in WEIGHT_LINES),
            Shape("grid", upright(map(x, range(first, last + 1, 5)), y.end, y.start)),
            Shape("grid", horizontal(map(y, range(0, int(y.high) + 1, 2)), x.start, x.end)),
            *_joined(points, x, y, "f", LONGEST_GAP),
        ),
        labels=(
            *_values(range(first, last + 1, 5), x, y),
            *_measures(range(0, int(y.high) + 1, 2), x, y),
            Label(
                (x.start + x.end) / 2,
                y.start + 34,
                "Tinggi badan (cm)" if standing else "Panjang badan (cm)",
                "axis-title middle",
            ),
            Label(x.start - 8, y.end - 3, "kg", "axis-title end"),
            *_z_words({z: curve(z) for z in WEIGHT_LINES}, x, y),
        ),
        marks=tuple(_marks(points, x, y, "f")),
    )


def _drawing(
    sex: int,
    x: Scale,
    y: Scale,
    *,
    shapes: tuple[Shape, ...],
    labels: tuple[Label, ...],
    marks: tuple[Mark, ...],
) -> Drawing:
    return Drawing(
        width=x.end + RIGHT,
        height=y.start + BOTTOM,
        plot=box(x.start, y.end, x.end - x.start, y.start - y.end),
        css=f"sex-{Sex(sex).name.lower()}",
        shapes=shapes,
        labels=labels,
        marks=marks,
    )


def _bands(curve: Curve, edges: Iterable[tuple[int, int, str]], x: Scale, y: Scale) -> list[Shape]:
    return [band(curve(low), curve(high), css, x, y) for low, high, css in edges]


def _values(values: Iterable[int], x: Scale, y: Scale) -> Iterable[Label]:
    return [Label(x(value), y.start + 16, str(value), "axis middle") for value in values]


def _measures(values: Iterable[int], x: Scale, y: Scale) -> Iterable[Label]:
    return [
        Label(x.start - 6, y(value) + 4, str(value), "axis end") for value in values if y(value) > y.end + 8
    ]


def _z_words(curves: dict[int, Sequence[Point]], x: Scale, y: Scale) -> Iterable[Label]:
    for z, points in curves.items():
        word = "median" if z == 0 else f"{z:+d} SD".replace("-", "−")
        yield Label(x.end + 6, y(points[-1][1]) + 4, word, f"z-word {CSS[z]}-word start")


def _marks(points: Sequence[tuple[Point, Observation]], x: Scale, y: Scale, letter: str) -> Iterable[Mark]:
    ordered = sorted(points, key=lambda pair: pair[1].on)
    for (across, up), each in ordered:
        yield Mark(
            x(x.nearest(across)),
            y(y.nearest(up)),
            each.shape(letter),
            each.words,
            latest=each is ordered[-1][1],
        )


def _joined(
    points: Sequence[tuple[Point, Observation]], x: Scale, y: Scale, letter: str, longest_gap: float
) -> Iterable[Shape]:
    trusted = sorted(
        (pair for pair in points if pair[1].shape(letter) == "filled"), key=lambda pair: pair[1].on
    )
    strokes = [
        straight([(x(a), y(b)) for a, b in (begin, end)])
        for (begin, earlier), (end, later) in pairwise(trusted)
        if later.age_months - earlier.age_months <= longest_gap
    ]
    if strokes:
        yield Shape("own-line", "".join(strokes))
