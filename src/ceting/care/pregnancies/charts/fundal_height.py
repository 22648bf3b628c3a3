"""The chart of fundal height: centimetres against weeks, with the range that is expected. For health workers only."""

from collections.abc import Sequence
from math import ceil, floor

from ceting.care.pregnancies.charts.plot import LAST_WEEK, area, finished, line, marks, ordered, paper, scales
from ceting.care.pregnancies.charts.series import ChartPage, Reading, table
from ceting.foundation.ui.drawing import Drawing, Scale, Shape
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.pregnancy.dating import DAYS_PER_WEEK, GestationalAge
from ceting.standards.pregnancy.fundal import expected_height, is_judged, judge_height
from ceting.standards.words import staff_words

HEADERS = ("Tanggal", "Umur kehamilan", "TFU", "Diperkirakan", "Hasil")
FIRST_WEEK, STEP = 12, 2
LOWEST, HIGHEST = 10, 44
NOT_JUDGED = "belum atau tidak dinilai pada umur ini"


def page(readings: Sequence[Reading]) -> ChartPage:
    """The chart of heights in cm with its words."""
    seen = ordered(readings)
    return ChartPage(
        title="Tinggi fundus (TFU)",
        summary=_summary(seen),
        band="TFU yang diharapkan; warna pucat: tidak dinilai pada umur itu",
        drawing=draw(seen),
        headers=HEADERS,
        rows=table(HEADERS, [_line(each) for each in seen]),
    )


def draw(readings: Sequence[Reading]) -> Drawing:
    """The drawing alone."""
    seen = ordered(readings)
    heights = [each.value for each in seen]
    x, y = scales(FIRST_WEEK, *_span(heights))
    shapes, labels = paper(x, y, step=STEP, unit="cm")
    band = [*_band(x, y, judged=False), *_band(x, y, judged=True)]
    own = marks(seen, heights, [_words(each) for each in seen], x, y)
    return finished(x, y, [*band, *shapes], labels, own)


def _span(heights: Sequence[float]) -> tuple[int, int]:
    low, high = min([LOWEST, *heights]), max([HIGHEST, *heights])
    return floor(low / STEP) * STEP, ceil(high / STEP) * STEP


def _band(x: Scale, y: Scale, *, judged: bool) -> list[Shape]:
    """In steps of a week, because a height is judged by completed weeks; paler where nobody judges it."""
    ages = [GestationalAge(week * DAYS_PER_WEEK) for week in range(FIRST_WEEK, LAST_WEEK + 1)]
    found = [(age.weeks, expected_height(age)) for age in ages if not judged or is_judged(age)]
    steps = [(week, bounds) for week, bounds in found if bounds is not None]
    lower, upper = (
        [(week + side, bounds[edge]) for week, bounds in steps for side in (0, 1)] for edge in (0, 1)
    )
    if not judged:
        return [area(lower, upper, "band-pale", x, y)]
    return [
        area(lower, upper, "band-good", x, y),
        *(line(edge, "band-edge", x, y) for edge in (lower, upper)),
    ]


def _words(reading: Reading) -> str:
    return f"{reading.when}: TFU {format_decimal(reading.value)} cm; {_result(reading)}"


def _result(reading: Reading) -> str:
    if reading.doubtful:
        return "angka diragukan, ukur ulang"
    found = judge_height(reading.value, reading.age)
    return NOT_JUDGED if found is None else staff_words(found)


def _line(reading: Reading) -> tuple[str, ...]:
    expected = expected_height(reading.age)
    return (
        format_date(reading.on),
        reading.age.in_words,
        f"{format_decimal(reading.value)} cm",
        f"{expected[0]}–{expected[1]} cm" if expected else "",
        _result(reading),
    )


def _summary(seen: Sequence[Reading]) -> str:
    if not seen:
        return "Grafik tinggi fundus. Belum ada hasil ukur."
    return f"Grafik tinggi fundus dengan {len(seen)} hasil ukur. Terakhir {_words(seen[-1])}."
