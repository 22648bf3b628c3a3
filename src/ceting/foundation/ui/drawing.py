"""What a chart is made of, numbers only. Lengths are units of the viewBox; y grows downwards.

`css` names a class of the ink: ui/chart_ink.css, or the sheet that an app adds to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True)
class Scale:
    """A straight line from values to units: `low` lies at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high

    def nearest(self, value: float) -> float:
        """The value itself, or the edge of the chart that it lies beyond."""
        return min(max(value, self.low), self.high)


@dataclass(frozen=True)
class Shape:
    """A path: an area, a line, a grid."""

    css: str
    path: str


@dataclass(frozen=True)
class _Placed:
    x: float
    y: float

    @property
    def across(self) -> str:
        return shown(self.x)

    @property
    def down(self) -> str:
        return shown(self.y)


@dataclass(frozen=True)
class Label(_Placed):
    """A short text; `css` also says where its anchor is (start, middle, end)."""

    text: str
    css: str


@dataclass(frozen=True)
class Mark(_Placed):
    """An own point. `shape`: filled (health worker, kader, import), hollow (family), cross (implausible).

    `words` says all of it: it is the tooltip, and what a tap shows.
    """

    shape: str
    words: str
    latest: bool = False

    @property
    def cross(self) -> str:
        return f"M{shown(self.x - 5)} {shown(self.y - 5)}l10 10m0-10l-10 10"


@dataclass(frozen=True)
class Drawing:
    """A chart, ready for the template."""

    width: float
    height: float
    plot: str
    """The box of the curves, as a path."""
    css: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]

    @property
    def size(self) -> tuple[str, str]:
        """Width and height of the viewBox."""
        return shown(self.width), shown(self.height)

    @property
    def latest(self) -> Mark | None:
        return next((mark for mark in self.marks if mark.latest), None)


def shown(value: float) -> str:
    """A coordinate with a tenth of a unit, and no more characters than that needs."""
    return f"{round(value, 1):g}"


def straight(points: Iterable[Point]) -> str:
    """A path from point to point; "" for fewer than two."""
    corners = [f"{shown(x)} {shown(y)}" for x, y in points]
    return f"M{'L'.join(corners)}" if len(corners) > 1 else ""


def smooth(points: Sequence[Point]) -> str:
    """A path through the points without corners (Catmull-Rom as cubic curves); "" for fewer than two."""
    if len(points) < 2:
        return ""
    return f"M{shown(points[0][0])} {shown(points[0][1])}{_curves(points)}"


def ribbon(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    """The closed area between two smooth lines that both run from left to right."""
    back = lower[::-1]
    turn = f"L{shown(back[0][0])} {shown(back[0][1])}"
    return f"{smooth(upper)}{turn}{_curves(back)}Z"


def _curves(points: Sequence[Point]) -> str:
    # Rounded first: the relative steps then end exactly where they should, however many there are.
    rounded = [(round(x, 1), round(y, 1)) for x, y in points]
    # The ends are doubled, so that the first and the last stretch have a neighbour too.
    padded = [rounded[0], *rounded, rounded[-1]]
    parts = []
    for place, (begin, end) in enumerate(pairwise(rounded)):
        before, after = padded[place], padded[place + 3]
        first = (begin[0] + (end[0] - before[0]) / 6, begin[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - begin[0]) / 6, end[1] - (after[1] - begin[1]) / 6)
        # Relative coordinates are a third shorter.
        steps = (first, second, end)
        parts.append("c" + " ".join(f"{shown(x - begin[0])} {shown(y - begin[1])}" for x, y in steps))
    return "".join(parts)


def horizontal(ys: Iterable[float], left: float, right: float) -> str:
    """Level lines from left to right."""
    return "".join(f"M{shown(left)} {shown(y)}H{shown(right)}" for y in ys)


def upright(xs: Iterable[float], top: float, bottom: float) -> str:
    """Upright lines from top to bottom."""
    return "".join(f"M{shown(x)} {shown(top)}V{shown(bottom)}" for x in xs)


def box(left: float, top: float, width: float, height: float) -> str:
    """A rectangle."""
    return f"M{shown(left)} {shown(top)}h{shown(width)}v{shown(height)}h{shown(-width)}Z"
