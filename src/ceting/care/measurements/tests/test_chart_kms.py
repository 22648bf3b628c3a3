"""The KMS: points stand where they belong, nothing implausible is hidden, a missed month breaks the line."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from ceting.care.measurements.charts import kms
from ceting.care.measurements.charts.kms import LEFT, PLOT_HEIGHT, TOP
from ceting.care.measurements.charts.observations import (
    RANGES,
    Observation,
    age_in_months,
    first_of_month,
    month_number,
    range_for,
)
from ceting.foundation.ui.drawing import Drawing, Mark
from ceting.standards.ages import add_months
from ceting.standards.growth import value_at

BORN = date(2025, 3, 18)
INFANT, TODDLER, ALL = RANGES


def seen(on: str, kg: float, *, birth: date = BORN, **more: Any) -> Observation:
    day = date.fromisoformat(on)
    given_values = {"status": "N", "words": f"{on}: {kg} kg", **more}
    return Observation(on=day, age_months=age_in_months(birth, day), weight_kg=kg, **given_values)


def drawn(*observations: Observation, ages: Any = INFANT, sex: int = 2, birth: date = BORN) -> Drawing:
    return kms.draw(sex=sex, birth=birth, observations=observations, ages=ages)


def lines(drawing: Drawing) -> int:
    return sum(shape.path.count("M") for shape in drawing.shapes if shape.css == "own-line")


def words(drawing: Drawing, css: str) -> list[str]:
    return [label.text for label in drawing.labels if css in label.css.split()]


def test_a_girl_has_a_pink_frame_and_a_boy_a_blue_one() -> None:
    assert (drawn(sex=2).css, drawn(sex=1).css) == ("sex-girl", "sex-boy")


def test_points_of_kader_are_filled_and_those_of_the_family_hollow() -> None:
    drawing = drawn(seen("2025-06-05", 5.2), seen("2025-07-05", 5.9, professional=False, status=""))
    assert [mark.shape for mark in drawing.marks] == ["filled", "hollow"]


def test_the_line_runs_over_consecutive_months_and_breaks_where_one_was_missed() -> None:
    june, july, september = seen("2025-06-28", 5.2), seen("2025-07-02", 5.9), seen("2025-09-05", 6.6)
    assert lines(drawn(june, july)) == 1
    assert lines(drawn(july, september)) == 0
    assert lines(drawn(june, july, september)) == 1


def test_a_home_weight_is_never_part_of_the_line() -> None:
    at_home = seen("2025-07-05", 5.9, professional=False, status="")
    assert lines(drawn(seen("2025-06-05", 5.2), at_home, seen("2025-08-05", 6.2))) == 0


@pytest.mark.parametrize("kg", [24.0, 0.6])
def test_an_implausible_weight_is_a_cross_at_the_edge_that_says_its_number(kg: float) -> None:
    drawing = drawn(seen("2025-06-05", 5.2), seen("2025-07-05", kg, flags="w", status=""))
    cross = drawing.marks[-1]
    assert (cross.shape, cross.words) == ("cross", f"2025-07-05: {kg} kg")
    assert TOP <= cross.y <= TOP + PLOT_HEIGHT
    assert lines(drawing) == 0


def test_only_the_last_point_is_marked_as_the_last_and_carries_its_weight() -> None:
    drawing = drawn(seen("2025-07-05", 5.9), seen("2025-06-05", 5.2))
    assert [mark.latest for mark in drawing.marks] == [False, True]
    assert words(drawing, "own-value") == ["5,9 kg"]


def test_a_child_on_the_red_line_is_drawn_on_the_red_line() -> None:
    day = date(2025, 12, 18)
    weight = value_at("wfa", 2, (day - BORN).days, -3)
    (mark,) = drawn(seen("2025-12-18", weight)).marks
    red = next(shape.path for shape in drawn().shapes if shape.css == "kms-red")
    assert mark.x == pytest.approx(LEFT + 9 * 32)
    assert _height_at(red, mark.x) == pytest.approx(mark.y, abs=0.6)


def _height_at(path: str, x: float) -> float:
    start, *curves = path.removeprefix("M").split("c")
    across, up = map(float, start.split())
    for curve in curves:
        *_, dx, dy = map(float, curve.replace("-", " -").split())
        across, up = across + dx, up + dy
        if abs(across - x) < 1:
            return up
    raise AssertionError("the line doesn't come by")


def test_the_strip_shows_the_month_the_weight_the_minimum_gain_and_the_letter() -> None:
    drawing = drawn(seen("2025-06-05", 5.2), seen("2025-07-05", 5.3, status="T", two_t=True))
    assert words(drawing, "cell-status") == ["N", "2T"]
    assert words(drawing, "cell-weight") == ["5,2", "5,3"]
    assert words(drawing, "strip-head") == ["Bulan", "BB (kg)", "KBM (g)", "N/T"]
    assert words(drawing, "cell-month")[:3] == ["Apr", "Mei", "Jun"]
    assert "’26" in words(drawing, "cell-month")
    assert words(drawing, "cell-gain")[0] == "800"


def test_the_second_weighing_of_a_month_doesnt_take_the_box_of_the_counted_one() -> None:
    drawing = drawn(seen("2025-06-05", 5.2), seen("2025-06-20", 5.5, status=""))
    assert words(drawing, "cell-weight") == ["5,2"]
    assert len(drawing.marks) == 2


births = st.dates(date(2019, 1, 1), date(2026, 1, 1))


@given(births, st.integers(0, 1826))
def test_every_point_stands_above_the_box_of_its_own_month(birth: date, days: int) -> None:
    on = birth + timedelta(days=days)
    if age_in_months(birth, on) > 60:
        return
    weighing = seen(on.isoformat(), 9.0, birth=birth)
    for ages in RANGES:
        if not ages.holds(weighing.age_months):
            continue
        drawing = drawn(weighing, ages=ages, birth=birth)
        (mark,) = drawing.marks
        (letter,) = [label for label in drawing.labels if "cell-status" in label.css]
        width = kms.COLUMN[ages.code]
        # Its box is as wide as its month, at most a little more than a column.
        assert abs(letter.x - mark.x) <= width * 1.1 / 2 + 1


@given(births, st.integers(0, 1800))
def test_age_in_months_agrees_with_birthdays_and_grows_every_day(birth: date, days: int) -> None:
    on = birth + timedelta(days=days)
    assert age_in_months(birth, on) < age_in_months(birth, on + timedelta(days=1))
    assert age_in_months(birth, add_months(birth, 7)) == 7


@given(st.dates())
def test_month_numbers_lead_back_to_their_first_day(day: date) -> None:
    assert first_of_month(month_number(day)) == day.replace(day=1)


@pytest.mark.parametrize(
    ("asked", "age", "expected"),
    [("", 23.9, "0-24"), ("", 24, "24-60"), ("0-60", 3, "0-60"), ("0-24", 50, "0-24"), ("<x>", 3, "0-24")],
)
def test_the_page_of_the_card_follows_the_age_unless_somebody_asks(
    asked: str, age: float, expected: str
) -> None:
    assert range_for(asked, age).code == expected


@pytest.mark.parametrize("ages", RANGES)
@pytest.mark.parametrize("sex", [1, 2])
def test_five_years_of_weighings_stay_under_45_kilobytes_and_bring_no_style(ages: Any, sex: int) -> None:
    birth = date(2021, 1, 31)
    weighings = [
        replace(seen(add_months(birth, month).isoformat(), 3 + month / 4, birth=birth), words="x" * 160)
        for month in range(60)
    ]
    drawing = drawn(*weighings, ages=ages, sex=sex, birth=birth)
    svg = render_to_string("ui/chart_svg.html", {"drawing": drawing, "title": "KMS", "summary": "s"})
    # 160 letters of words for every point come on top.
    assert len(svg) - 160 * len(drawing.marks) < 45_000
    assert "style=" not in svg
    assert 'role="img"' in svg


def test_words_of_a_point_are_escaped() -> None:
    drawing = drawn(seen("2025-06-05", 5.2, words="<script>"))
    svg = render_to_string("ui/chart_svg.html", {"drawing": drawing, "title": "<b>", "summary": "&"})
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg
    assert "&lt;b&gt;" in svg


def test_a_child_without_weighings_still_has_a_card() -> None:
    drawing = drawn()
    assert drawing.marks == ()
    assert drawing.latest is None
    assert isinstance(drawing.shapes, tuple)
    assert not any(isinstance(mark, Mark) for mark in drawing.marks)
