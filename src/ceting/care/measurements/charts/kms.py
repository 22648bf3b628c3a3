"""The KMS as people know it from the Buku KIA: weight for age on coloured bands, months and N/T beneath.

Red line -3 SD, orange line +1 SD of BB/U (rules.md, section 3). The strip beneath is the calendar, drawn to the same
scale as the ages: every point stands above the box of its own month, whatever day the child was born.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor

from ceting.care.measurements.charts.curves import band, by_month, line
from ceting.care.measurements.charts.observations import (
    Observation,
    Range,
    age_in_months,
    first_of_month,
    month_number,
)
from ceting.foundation.ui.drawing import (
    Drawing,
    Label,
    Mark,
    Scale,
    Shape,
    box,
    horizontal,
    straight,
    upright,
)
from ceting.standards.ages import full_months
from ceting.standards.kms import minimum_gain_g
from ceting.standards.numbers import format_decimal
from ceting.standards.numbers.dates import MONTHS_SHORT
from ceting.standards.sex import Sex

LEFT, RIGHT, TOP = 62, 40, 14
PLOT_HEIGHT = 430
AGE_ROW = 40
ROW = 23
MONTH, WEIGHT, GAIN, STATUS = ROWS = ("Bulan", "BB (kg)", "KBM (g)", "N/T")
DENSE_ROWS = (MONTH, WEIGHT, STATUS)
NARROW, DENSE = 28, 20
"""Columns below NARROW get smaller letters; below DENSE also the month's initial only, and no KBM."""
COLUMN = {"0-24": 32, "24-60": 25, "0-60": 19}
BANDS = (
    (-3, -2, "kms-yellow"),
    (-2, -1, "kms-light"),
    (-1, 1, "kms-green"),
    (1, 2, "kms-light"),
    (2, 3, "kms-yellow"),
)
STATUS_CELL = {"N": "cell-good", "T": "cell-attention"}
NARROWEST = 0.7
"""Part of a column below which a cut-off month gets no words."""


@dataclass(frozen=True)
class _Month:
    """A calendar month of the strip, in units, and the weighing that counts in it."""

    first: date
    left: float
    right: float
    weighing: Observation | None

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def draw(*, sex: int, birth: date, observations: Sequence[Observation], ages: Range) -> Drawing:
    """The KMS of one child over a range of ages. Observations without a weight, or of other ages, are left out."""
    seen = [each for each in observations if each.weight_kg is not None and ages.holds(each.age_months)]
    width = COLUMN[ages.code] * (ages.last - ages.first)
    x = Scale(ages.first, ages.last, LEFT, LEFT + width)
    y = _weights(sex, ages)
    bottom = TOP + PLOT_HEIGHT
    months = list(_months(birth, seen, ages, x))
    strip_top = bottom + AGE_ROW
    rows = DENSE_ROWS if COLUMN[ages.code] < DENSE else ROWS
    return Drawing(
        width=LEFT + width + RIGHT,
        height=strip_top + ROW * len(rows) + 8,
        plot=box(LEFT, TOP, width, PLOT_HEIGHT),
        css=f"sex-{Sex(sex).name.lower()}{_crowding(COLUMN[ages.code])}",
        shapes=(
            *_standard(sex, ages, x, y),
            *_grid(ages, x, y),
            *_lines(sex, ages, x, y),
            *_strip(months, rows, strip_top, LEFT + width),
            *_own_line(seen, x, y),
        ),
        labels=(
            *_axis_words(ages, x, y),
            *_strip_words(sex, birth, months, rows, strip_top),
            *_latest_words(seen, x, y),
        ),
        marks=tuple(marks(seen, x, y)),
    )


def _crowding(column: int) -> str:
    return " dense" if column < DENSE else " narrow" if column < NARROW else ""


def _weights(sex: int, ages: Range) -> Scale:
    lowest = min(weight for _, weight in by_month("wfa", sex, -3, ages.first, ages.last))
    highest = max(weight for _, weight in by_month("wfa", sex, 3, ages.first, ages.last))
    return Scale(max(floor(lowest) - 1, 0), ceil(highest), TOP + PLOT_HEIGHT, TOP)


def _standard(sex: int, ages: Range, x: Scale, y: Scale) -> Iterable[Shape]:
    def at(z: int) -> Sequence[tuple[float, float]]:
        return by_month("wfa", sex, z, ages.first, ages.last)

    return [band(at(low), at(high), css, x, y) for low, high, css in BANDS]


def _lines(sex: int, ages: Range, x: Scale, y: Scale) -> Iterable[Shape]:
    for z, css in ((0, "kms-median"), (1, "kms-orange"), (-3, "kms-red")):
        yield line(by_month("wfa", sex, z, ages.first, ages.last), css, x, y)


def _grid(ages: Range, x: Scale, y: Scale) -> Iterable[Shape]:
    left, right = x.start, x.end
    yield Shape("grid", upright(map(x, range(ages.first, ages.last + 1)), y.end, y.start))
    yield Shape("grid", horizontal(map(y, range(int(y.low), int(y.high) + 1)), left, right))
    yield Shape("grid-strong", upright(map(x, range(ages.first, ages.last + 1, 12)), y.end, y.start))
    yield Shape("grid-strong", horizontal(map(y, range(_fives(y), int(y.high) + 1, 5)), left, right))


def _fives(y: Scale) -> int:
    return ceil(y.low / 5) * 5


def _axis_words(ages: Range, x: Scale, y: Scale) -> Iterable[Label]:
    every = 1 if ages.last - ages.first <= 36 else 2
    for month in range(ages.first, ages.last + 1, every):
        css = "axis strong middle" if month % 12 == 0 else "axis middle"
        yield Label(x(month), y.start + 16, str(month), css)
    yield Label((x.start + x.end) / 2, y.start + 32, "Umur (bulan)", "axis-title middle")
    for weight in range(int(y.low), int(y.high) + 1):
        css = "axis strong" if weight % 5 == 0 else "axis"
        yield Label(x.start - 6, y(weight) + 4, str(weight), f"{css} end")
        yield Label(x.end + 6, y(weight) + 4, str(weight), f"{css} start")
    yield Label(x.start - 34, y.end + 4, "kg", "axis-title end")


def _months(birth: date, seen: Sequence[Observation], ages: Range, x: Scale) -> Iterable[_Month]:
    counted = {month_number(each.on): each for each in seen if each.status}
    first = month_number(birth)
    for number in range(first, first + ages.last + 1):
        begin = age_in_months(birth, max(first_of_month(number), birth))
        end = age_in_months(birth, first_of_month(number + 1))
        if end > ages.first and begin < ages.last:
            yield _Month(first_of_month(number), x(x.nearest(begin)), x(x.nearest(end)), counted.get(number))


def _strip(months: Sequence[_Month], rows: Sequence[str], top: float, right: float) -> Iterable[Shape]:
    bottom = top + ROW * len(rows)
    for month in months:
        css = STATUS_CELL.get(month.weighing.status) if month.weighing else None
        if css:
            yield Shape(css, box(month.left, bottom - ROW, month.right - month.left, ROW))
    yield Shape("strip", horizontal((top + ROW * row for row in range(len(rows) + 1)), LEFT, right))
    yield Shape("strip", upright([*(month.left for month in months), right], top, bottom))


def _strip_words(
    sex: int, birth: date, months: Sequence[_Month], rows: Sequence[str], top: float
) -> Iterable[Label]:
    base = {row: top + ROW * place + 16 for place, row in enumerate(rows)}
    for row in rows:
        yield Label(LEFT - 6, base[row], row, "strip-head end")
    widest = max(month.right - month.left for month in months)
    for month in months:
        weighing = month.weighing
        if weighing is not None and weighing.weight_kg is not None:
            yield Label(
                month.middle, base[WEIGHT], format_decimal(weighing.weight_kg, 1), "cell-weight middle"
            )
            # The second T in a row is written 2T, as kader do.
            letter = "2T" if weighing.two_t else weighing.status
            yield Label(month.middle, base[STATUS], letter, "cell-status middle")
        if month.right - month.left < NARROWEST * widest:
            continue
        yield Label(month.middle, base[MONTH], _month_word(month.first, widest), "cell-month middle")
        if GAIN in rows:
            yield Label(month.middle, base[GAIN], str(_minimum_gain(sex, birth, month)), "cell-gain middle")


def _month_word(first: date, width: float) -> str:
    # The year stands where it begins; the months between know theirs.
    if first.month == 1:
        return f"’{first:%y}"
    word = MONTHS_SHORT[first.month - 1]
    return word[0] if width < DENSE else word


def _minimum_gain(sex: int, birth: date, month: _Month) -> int:
    day = month.weighing.on if month.weighing else max(month.first.replace(day=15), birth)
    return minimum_gain_g(sex, full_months(birth, day))


def _own_line(seen: Sequence[Observation], x: Scale, y: Scale) -> Iterable[Shape]:
    """Lines between counted weighings of consecutive months; a missed month breaks the line."""
    counted = sorted((each for each in seen if each.status), key=lambda each: each.on)
    strokes = []
    for earlier, later in pairwise(counted):
        if month_number(later.on) - month_number(earlier.on) == 1:
            ends = [
                (x(each.age_months), y(y.nearest(each.weight_kg)))
                for each in (earlier, later)
                if each.weight_kg is not None
            ]
            strokes.append(straight(ends))
    if strokes:
        yield Shape("own-line", "".join(strokes))


def _latest_words(seen: Sequence[Observation], x: Scale, y: Scale) -> Iterable[Label]:
    """The last weight beside its point: on a phone the kilograms at the edge are out of sight."""
    last = max(seen, key=lambda each: each.on, default=None)
    if last is not None and last.weight_kg is not None:
        place = y(y.nearest(last.weight_kg))
        above = place - 16 if place - 28 > y.end else place + 26
        yield Label(x(last.age_months), above, f"{format_decimal(last.weight_kg)} kg", "own-value middle")


def marks(seen: Sequence[Observation], x: Scale, y: Scale) -> Iterable[Mark]:
    """A mark for every weighing; one beyond the chart is held at its edge, its words tell the number."""
    ordered = sorted(seen, key=lambda each: each.on)
    for each in ordered:
        if each.weight_kg is not None:
            place = (x(each.age_months), y(y.nearest(each.weight_kg)))
            yield Mark(*place, each.shape("w"), each.words, latest=each is ordered[-1])
