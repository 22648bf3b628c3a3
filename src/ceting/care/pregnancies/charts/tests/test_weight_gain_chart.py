"""The chart of weight gain: points where they belong, a corridor that agrees with the judgement, words that say all."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from ceting.care.pregnancies.charts import weight_gain
from ceting.care.pregnancies.charts.plot import LEFT, PLOT_HEIGHT, TOP, WEEK
from ceting.care.pregnancies.charts.series import Reading
from ceting.foundation.ui.drawing import Drawing
from ceting.standards.pregnancy.weight_gain import Gain, bmi_class, bmi_classes, corridor, judge

START = date(2026, 3, 1)
NORMAL = bmi_class(20)
BEFORE = 50.0
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def weighed(day: int, kg: float, **more: Any) -> Reading:
    return Reading(START + timedelta(days=day), day, kg, **more)


def draw(*readings: Reading, before: float = BEFORE) -> Drawing:
    return weight_gain.draw(readings, pre_weight_kg=before, of=NORMAL)


def shape(drawing: Drawing, css: str) -> str:
    return "".join(each.path for each in drawing.shapes if each.css == css)


def corners(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in NUMBER.findall(path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_a_weight_stands_at_its_week_and_at_its_gain() -> None:
    (mark,) = draw(weighed(140, 54)).marks
    assert mark.x == LEFT + 20 * WEEK
    # From -2 to 18 kg: 4 kg are six of twenty parts up.
    assert mark.y == pytest.approx(TOP + PLOT_HEIGHT * (1 - 6 / 20))
    assert mark.latest


def test_the_corridor_begins_at_nothing_turns_at_13_weeks_and_is_level_after_40() -> None:
    edge = corners(shape(draw(), "band-edge").split("M")[1])
    zero = TOP + PLOT_HEIGHT * (1 - 2 / 20)
    assert edge[0] == (LEFT, pytest.approx(zero, abs=0.1))
    assert edge[13] == (LEFT + 13 * WEEK, pytest.approx(zero - 0.5 * PLOT_HEIGHT / 20, abs=0.1))
    assert edge[40][1] == edge[44][1]


@given(st.sampled_from(bmi_classes()), st.integers(0, 308), st.floats(-3, 25))
def test_a_point_lies_in_the_drawn_corridor_just_when_the_gain_is_enough(
    of: Any, day: int, gained: float
) -> None:
    found = judge(of, day, gained)
    low, high = corridor(of, day)
    # The judgement is by the decimal that is shown: a line's width on paper.
    if found.gain is Gain.ENOUGH:
        assert low - 0.1 <= gained <= high + 0.1
    else:
        assert gained < low + 0.1 or gained > high - 0.1


def test_the_total_range_stands_at_40_weeks_because_the_corridor_ends_a_little_lower() -> None:
    drawing = draw()
    assert "seluruhnya 11,5–16 kg" in {label.text for label in drawing.labels}
    x, y, _, height, _ = (float(number) for number in NUMBER.findall(shape(drawing, "range-bar")))
    assert (x, y) == (LEFT + 40 * WEEK - 2.5, pytest.approx(TOP + PLOT_HEIGHT * 2 / 20, abs=0.1))
    assert height == pytest.approx(4.5 * PLOT_HEIGHT / 20, abs=0.1)


def test_beside_the_gain_stands_the_weight_that_this_is_for_her() -> None:
    labels = [label.text for label in draw(before=47.5).labels]
    assert {"45,5 kg", "49,5 kg", "65,5 kg", "berat Ibu"} <= set(labels)


def test_home_is_hollow_doubt_is_a_cross_and_neither_is_joined() -> None:
    drawing = draw(
        weighed(70, 50.4),
        weighed(98, 52, professional=False),
        weighed(126, 69, doubtful=True),
        weighed(154, 53.6),
    )
    assert [mark.shape for mark in drawing.marks] == ["filled", "hollow", "cross", "filled"]
    assert len(corners(shape(drawing, "own-line"))) == 2
    assert [mark.latest for mark in drawing.marks] == [False, False, False, True]


def test_a_doubtful_last_weight_isnt_where_she_stands() -> None:
    drawing = draw(weighed(126, 53), weighed(154, 90, doubtful=True))
    assert [mark.latest for mark in drawing.marks] == [True, False]


@pytest.mark.parametrize(("kg", "lowest", "highest"), [(38, -12, 18), (71.5, -2, 22), (52, -2, 18)])
def test_the_paper_grows_until_no_weight_is_hidden(kg: float, lowest: int, highest: int) -> None:
    drawing = draw(weighed(140, kg))
    values = [int(label.text.replace("−", "-")) for label in drawing.labels if label.css == "axis end"]
    assert (min(values), max(values)) == (lowest, highest)
    assert TOP <= drawing.marks[0].y <= TOP + PLOT_HEIGHT


def test_late_and_unordered_weights_are_drawn_in_their_order() -> None:
    drawing = draw(weighed(154, 53), weighed(70, 50.4), weighed(126, 52))
    assert [mark.x for mark in drawing.marks] == sorted(mark.x for mark in drawing.marks)


def test_a_weight_from_before_the_pregnancy_is_left_out() -> None:
    assert draw(weighed(-3, 50)).marks == ()


def test_a_point_says_the_day_the_age_the_gain_and_what_it_means() -> None:
    page = weight_gain.page([weighed(140, 51.2), weighed(168, 55.3)], pre_weight_kg=BEFORE, of=NORMAL)
    assert [mark.words for mark in page.drawing.marks] == [
        "Min, 19 Jul 2026, 20 minggu: 51,2 kg, naik 1,2 kg; kenaikan berat kurang",
        "Min, 16 Agu 2026, 24 minggu: 55,3 kg, naik 5,3 kg; kenaikan berat sesuai",
    ]
    assert page.title == "Kenaikan berat selama hamil, IMT sebelum hamil normal"
    assert page.summary == (
        "Berat sebelum hamil 50 kg; kenaikan seluruhnya 11,5 sampai 16 kg. 2 hasil timbang. "
        "Terakhir Min, 16 Agu 2026, 24 minggu: 55,3 kg, naik 5,3 kg; kenaikan berat sesuai."
    )


def test_the_table_says_the_same_the_newest_first() -> None:
    page = weight_gain.page(
        [weighed(140, 49.2), weighed(168, 80, doubtful=True)], pre_weight_kg=BEFORE, of=NORMAL
    )
    assert [tuple(cell for _, cell in row) for row in page.rows] == [
        (
            "Min, 16 Agu 2026",
            "24 minggu",
            "80 kg",
            "naik 30 kg",
            "4,4–7,5 kg",
            "angka diragukan, timbang ulang",
        ),
        ("Min, 19 Jul 2026", "20 minggu", "49,2 kg", "turun 0,8 kg", "3–5,5 kg", "kenaikan berat kurang"),
    ]


def test_without_a_weight_the_corridor_stands_alone_and_the_words_say_so() -> None:
    page = weight_gain.page([], pre_weight_kg=BEFORE, of=NORMAL)
    assert page.summary.endswith("Belum ada hasil timbang.")
    assert page.rows == ()
    assert page.drawing.latest is None
    assert "own-line" not in {each.css for each in page.drawing.shapes}


@pytest.mark.parametrize(("kg", "words"), [(0, "tetap"), (4.2, "naik 4,2 kg"), (-1, "turun 1 kg")])
def test_a_gain_is_said_in_words(kg: float, words: str) -> None:
    assert weight_gain.gain_words(kg) == words


def test_forty_weights_stay_under_20_kilobytes_and_bring_no_style() -> None:
    page = weight_gain.page(
        [weighed(day, 50 + day / 25) for day in range(0, 280, 7)], pre_weight_kg=BEFORE, of=NORMAL
    )
    svg = render_to_string(
        "ui/chart_svg.html",
        {"drawing": page.drawing, "title": page.title, "summary": page.summary, "key": "berat"},
    )
    assert len(svg.encode()) < 20_000
    assert "style" not in svg
    assert 'aria-labelledby="berat-judul berat-ringkasan"' in svg
