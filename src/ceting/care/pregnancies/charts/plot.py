"""The paper that both charts are drawn on: weeks across, trimesters above, own points joined in their order."""

from collections.abc import Iterable, Sequence

from ceting.care.pregnancies.charts.series import Reading, in_order
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
from ceting.standards.pregnancy.dating import DAYS_PER_WEEK, Trimester, trimester_days

LEFT, RIGHT, TOP, BOTTOM = 52, 86, 30, 44
WEEK, PLOT_HEIGHT = 19, 440
LAST_WEEK = 44
ROOM_FOR_WORDS = 4
"""Weeks that a trimester needs for its name."""
TRIMESTERS: tuple[Trimester, ...] = (1, 2, 3)


def scales(first_week: int, low: float, high: float, tall: int = PLOT_HEIGHT) -> tuple[Scale, Scale]:
    """Weeks across and values up, on paper as high as `tall`."""
    right = LEFT + WEEK * (LAST_WEEK - first_week)
    return Scale(first_week, LAST_WEEK, LEFT, right), Scale(low, high, TOP + tall, TOP)


def paper(x: Scale, y: Scale, *, step: int, unit: str) -> tuple[list[Shape], list[Label]]:
    """Grid, axes and trimesters; `step` between two values of the grid."""
    weeks = range(int(x.low), LAST_WEEK + 1)
    values = range(int(y.low), int(y.high) + 1, step)
    shapes = [
        Shape("grid", upright(map(x, weeks), y.end, y.start)),
        Shape("grid", horizontal(map(y, values), x.start, x.end)),
        Shape("grid-strong", upright([x(week) for week in _turns() if x.holds(week)], y.end, y.start)),
    ]
    labels = [
        *(Label(x(week), y.start + 16, str(week), "axis middle") for week in weeks if week % 4 == 0),
        *(Label(x.start - 6, y(value) + 4, f"{value}".replace("-", "−"), "axis end") for value in values),
        Label((x.start + x.end) / 2, y.start + 36, "Umur kehamilan (minggu)", "axis-title middle"),
        Label(x.start - 6, y.end - 12, unit, "axis-title end"),
        *_trimesters(x, y),
    ]
    return shapes, labels


def marks(
    readings: Sequence[Reading], heights: Sequence[float], words: Sequence[str], x: Scale, y: Scale
) -> list[Mark]:
    """A mark for every reading at its height, kept on the paper; the latest trusted one is the latest."""
    trusted = [each for each in readings if not each.doubtful] or list(readings)
    return [
        Mark(x(x.nearest(each.weeks)), y(y.nearest(height)), each.shape, text, latest=each is trusted[-1])
        for each, height, text in zip(readings, heights, words, strict=True)
    ]


def joined(points: Sequence[Mark]) -> list[Shape]:
    """The line through the points that a health worker or volunteer measured and nobody doubts."""
    path = straight([(mark.x, mark.y) for mark in points if mark.shape == "filled"])
    return [Shape("own-line", path)] if path else []


def area(lower: Sequence[Point], upper: Sequence[Point], css: str, x: Scale, y: Scale) -> Shape:
    """The closed area between two broken lines that both run from left to right."""
    corners = [(x(week), y(value)) for week, value in (*upper, *reversed(lower))]
    return Shape(css, f"{straight(corners)}Z")


def line(points: Iterable[Point], css: str, x: Scale, y: Scale) -> Shape:
    """A broken line."""
    return Shape(css, straight([(x(week), y(value)) for week, value in points]))


def finished(x: Scale, y: Scale, shapes: list[Shape], labels: list[Label], own: list[Mark]) -> Drawing:
    """The drawing of it all."""
    return Drawing(
        width=x.end + RIGHT,
        height=y.start + BOTTOM,
        plot=box(x.start, y.end, x.end - x.start, y.start - y.end),
        css="pregnancy",
        shapes=(*shapes, *joined(own)),
        labels=tuple(labels),
        marks=tuple(own),
    )


def ordered(readings: Sequence[Reading]) -> list[Reading]:
    """Those that the paper has room for, the oldest first."""
    return [each for each in in_order(readings) if each.day >= 0]


def _turns() -> list[float]:
    return [trimester_days(number)[0] / DAYS_PER_WEEK for number in TRIMESTERS[1:]]


def _trimesters(x: Scale, y: Scale) -> list[Label]:
    found = []
    for number in TRIMESTERS:
        first, last = trimester_days(number)
        begin, end = max(first / DAYS_PER_WEEK, x.low), (last + 1) / DAYS_PER_WEEK
        if end - begin >= ROOM_FOR_WORDS:
            found.append(
                Label(x((begin + min(end, x.high)) / 2), y.end - 8, f"Trimester {number}", "strong middle")
            )
    return found
