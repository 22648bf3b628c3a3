"""The chart of weight gain: the corridor for her BMI before pregnancy, and what she has gained week by week.

Left the gain in kg, right the weight that this is for her, so that she finds the number of the scale.
"""

from collections.abc import Sequence
from math import ceil, floor

from ceting.care.pregnancies.charts.plot import (
    LAST_WEEK,
    PLOT_HEIGHT,
    area,
    finished,
    line,
    marks,
    ordered,
    paper,
    scales,
)
from ceting.care.pregnancies.charts.series import ChartPage, Reading, table
from ceting.foundation.ui.drawing import Drawing, Label, Point, Scale, Shape, box
from ceting.standards.numbers import format_date, format_decimal
from ceting.standards.pregnancy.dating import DAYS_PER_WEEK
from ceting.standards.pregnancy.weight_gain import BmiClass, GainJudgement, corridor, judge
from ceting.standards.words import staff_words

HEADERS = ("Tanggal", "Umur kehamilan", "Berat", "Kenaikan", "Koridor", "Hasil")
LOWEST, STEP = -2, 2
ROOM_ABOVE = 2
"""kg of paper above the corridor."""
DUE_WEEK = 40


def page(readings: Sequence[Reading], *, pre_weight_kg: float, of: BmiClass) -> ChartPage:
    """The chart of weights in kg with its words for staff. `of` is the class of the BMI before pregnancy."""
    seen = ordered(readings)
    judged = [_judge(each, pre_weight_kg, of) for each in seen]
    lines = [_line(each, found) for each, found in zip(seen, judged, strict=True)]
    return ChartPage(
        title=f"Kenaikan berat selama hamil, IMT sebelum hamil {of.label.lower()}",
        summary=_summary(seen, judged, pre_weight_kg, of),
        band="kenaikan yang dianjurkan; garis tegak: seluruhnya sampai lahir",
        drawing=draw(seen, pre_weight_kg=pre_weight_kg, of=of),
        headers=HEADERS,
        rows=table(HEADERS, lines),
    )


def draw(
    readings: Sequence[Reading], *, pre_weight_kg: float, of: BmiClass, tall: int = PLOT_HEIGHT
) -> Drawing:
    """The drawing alone; `tall` is the height of its paper."""
    seen = ordered(readings)
    gains = [each.value - pre_weight_kg for each in seen]
    x, y = scales(0, *_span(gains, of), tall)
    shapes, labels = paper(x, y, step=STEP, unit="kg")
    words = [_words(each, _judge(each, pre_weight_kg, of)) for each in seen]
    own = marks(seen, gains, words, x, y)
    return finished(
        x,
        y,
        [
            *_corridor(of, x, y),
            *shapes,
            line([(0, 0), (LAST_WEEK, 0)], "grid-strong", x, y),
            *_total(of, x, y),
        ],
        [*labels, *_weights(pre_weight_kg, x, y), *_total_words(of, x, y)],
        own,
    )


def gain_words(kg: float) -> str:
    """`naik 4,2 kg`, `turun 1 kg`, `tetap`."""
    if not kg:
        return "tetap"
    return f"{'naik' if kg > 0 else 'turun'} {format_decimal(abs(kg))} kg"


def _span(gains: Sequence[float], of: BmiClass) -> tuple[int, int]:
    low = min([LOWEST, *gains])
    high = max([corridor(of, LAST_WEEK * DAYS_PER_WEEK)[1] + ROOM_ABOVE, of.total[1], *gains])
    return floor(low / STEP) * STEP, ceil(high / STEP) * STEP


def _corridor(of: BmiClass, x: Scale, y: Scale) -> list[Shape]:
    lower, upper = _edges(of)
    return [
        area(lower, upper, "band-good", x, y),
        line(lower, "band-edge", x, y),
        line(upper, "band-edge", x, y),
    ]


def _edges(of: BmiClass) -> tuple[list[Point], list[Point]]:
    # Straight between whole weeks, so that a corner of the corridor is a corner on paper.
    bounds = [(week, corridor(of, week * DAYS_PER_WEEK)) for week in range(LAST_WEEK + 1)]
    return [(week, low) for week, (low, _) in bounds], [(week, high) for week, (_, high) in bounds]


def _total(of: BmiClass, x: Scale, y: Scale) -> list[Shape]:
    low, high = of.total
    return [Shape("range-bar", box(x(DUE_WEEK) - 2.5, y(high), 5, y(low) - y(high)))]


def _total_words(of: BmiClass, x: Scale, y: Scale) -> list[Label]:
    low, high = map(format_decimal, of.total)
    return [Label(x(DUE_WEEK) - 8, y(of.total[1]) - 8, f"seluruhnya {low}–{high} kg", "strong end")]


def _weights(pre_weight_kg: float, x: Scale, y: Scale) -> list[Label]:
    labels = [
        Label(x.end + 6, y(gain) + 4, f"{format_decimal(pre_weight_kg + gain, 1)} kg", "axis start")
        for gain in range(int(y.low), int(y.high) + 1, STEP * 2)
    ]
    return [*labels, Label(x.end + 6, y.end - 12, "berat Ibu", "axis-title start")]


def _judge(reading: Reading, pre_weight_kg: float, of: BmiClass) -> GainJudgement:
    return judge(of, reading.day, reading.value - pre_weight_kg)


def _words(reading: Reading, found: GainJudgement) -> str:
    gained = f"{format_decimal(reading.value)} kg, {gain_words(found.gained_kg)}"
    return f"{reading.when}: {gained}; {_result(reading, found)}"


def _result(reading: Reading, found: GainJudgement) -> str:
    return "angka diragukan, timbang ulang" if reading.doubtful else staff_words(found.gain).lower()


def _line(reading: Reading, found: GainJudgement) -> tuple[str, ...]:
    low, high = format_decimal(found.low_kg), format_decimal(found.high_kg)
    return (
        format_date(reading.on),
        reading.age.in_words,
        f"{format_decimal(reading.value)} kg",
        gain_words(found.gained_kg),
        f"{low}–{high} kg",
        _result(reading, found),
    )


def _summary(
    seen: Sequence[Reading], judged: Sequence[GainJudgement], pre_weight_kg: float, of: BmiClass
) -> str:
    low, high = map(format_decimal, of.total)
    aim = (
        f"Berat sebelum hamil {format_decimal(pre_weight_kg)} kg; kenaikan seluruhnya {low} sampai {high} kg."
    )
    if not seen:
        return f"{aim} Belum ada hasil timbang."
    return f"{aim} {len(seen)} hasil timbang. Terakhir {_words(seen[-1], judged[-1])}."
