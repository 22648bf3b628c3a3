"""The chart of fundal height: the drawn band is the judgement, and outside its weeks nothing is judged."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from ceting.care.pregnancies.charts import fundal_height
from ceting.care.pregnancies.charts.plot import LEFT, PLOT_HEIGHT, TOP, WEEK
from ceting.care.pregnancies.charts.series import Reading
from ceting.foundation.ui.drawing import Drawing
from ceting.standards.pregnancy.dating import GestationalAge
from ceting.standards.pregnancy.fundal import FundalHeight, judge_height

START = date(2026, 3, 1)
CM = PLOT_HEIGHT / 34
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def measured(day: int, cm: float, **more: Any) -> Reading:
    return Reading(START + timedelta(days=day), day, cm, **more)


def edges(drawing: Drawing) -> list[list[tuple[float, float]]]:
    """The lower and the upper edge of the judged band."""
    found = []
    for shape in drawing.shapes:
        if shape.css == "band-edge":
            numbers = [float(number) for number in NUMBER.findall(shape.path)]
            found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


def at(week: float, cm: float) -> tuple[float, float]:
    return pytest.approx(LEFT + (week - 12) * WEEK, abs=0.1), pytest.approx(TOP + (44 - cm) * CM, abs=0.1)


def test_the_judged_band_runs_in_weekly_steps_from_24_to_the_end_of_36_weeks() -> None:
    lower, upper = edges(fundal_height.draw([]))
    assert (lower[0], lower[1], lower[2]) == (at(24, 22), at(25, 22), at(25, 23))
    assert (upper[0], upper[-1]) == (at(24, 26), at(37, 38))


@pytest.mark.parametrize("day", [168, 174, 175, 200, 255, 258])
@pytest.mark.parametrize("cm", range(20, 41))
def test_a_height_is_inside_the_drawn_band_just_when_it_is_as_expected(day: int, cm: int) -> None:
    drawing = fundal_height.draw([measured(day, cm)])
    mark, (lower, upper) = drawing.marks[0], edges(drawing)
    step = 2 * (day // 7 - 24)
    inside = upper[step][1] - 0.1 <= mark.y <= lower[step][1] + 0.1
    assert inside == (judge_height(cm, GestationalAge(day)) is FundalHeight.EXPECTED)


def test_the_first_weeks_and_the_last_are_paler() -> None:
    shapes = [each.css for each in fundal_height.draw([]).shapes]
    assert shapes.index("band-pale") < shapes.index("band-good")


def test_a_point_says_what_it_means_and_early_or_late_ones_arent_judged() -> None:
    page = fundal_height.page([measured(210, 25), measured(150, 20), measured(270, 33), measured(100, 12)])
    assert [mark.words.rsplit("; ", 1)[1] for mark in page.drawing.marks] == [
        fundal_height.NOT_JUDGED, fundal_height.NOT_JUDGED, "TFU lebih kecil dari umur kehamilan",
        fundal_height.NOT_JUDGED,
    ]  # fmt: skip
    assert page.summary.startswith(
        "Grafik tinggi fundus dengan 4 hasil ukur. Terakhir Kam, 26 Nov 2026, 38 minggu"
    )


def test_the_table_says_the_same_the_newest_first() -> None:
    page = fundal_height.page([measured(100, 12), measured(210, 30.5), measured(224, 60, doubtful=True)])
    assert [tuple(cell for _, cell in row) for row in page.rows] == [
        ("Min, 11 Okt 2026", "32 minggu", "60 cm", "30–34 cm", "angka diragukan, ukur ulang"),
        ("Min, 27 Sep 2026", "30 minggu", "30,5 cm", "28–32 cm", "TFU sesuai umur kehamilan"),
        ("Sel, 9 Jun 2026", "14 minggu 2 hari", "12 cm", "", fundal_height.NOT_JUDGED),
    ]


def test_the_paper_grows_and_holds_what_lies_before_it() -> None:
    drawing = fundal_height.draw([measured(70, 8), measured(280, 50)])
    values = [int(label.text) for label in drawing.labels if label.css == "axis end"]
    assert (min(values), max(values)) == (8, 50)
    assert drawing.marks[0].x == LEFT


def test_trimesters_are_named_where_there_is_room() -> None:
    texts = [label.text for label in fundal_height.draw([]).labels]
    assert "Trimester 1" not in texts
    assert {"Trimester 2", "Trimester 3"} <= set(texts)


def test_without_a_height_the_words_say_so() -> None:
    assert fundal_height.page([]).summary == "Grafik tinggi fundus. Belum ada hasil ukur."
