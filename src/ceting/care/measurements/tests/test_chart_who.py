"""The WHO charts: the step at two years, the right table for the position, joined and broken lines."""

from datetime import date
from typing import Any

import pytest

from ceting.care.measurements.charts import who
from ceting.care.measurements.charts.observations import RANGES, Observation, age_in_months
from ceting.foundation.ui.drawing import Drawing
from ceting.standards.growth import value_at

BORN = date(2024, 1, 10)
INFANT, TODDLER, ALL = RANGES


def seen(on: str, cm: float, kg: float | None = 9.0, **more: Any) -> Observation:
    day = date.fromisoformat(on)
    age = age_in_months(BORN, day)
    given = {"standing": age >= 24, "words": on, **more}
    return Observation(on=day, age_months=age, length_cm=cm, weight_kg=kg, **given)


def css(drawing: Drawing, name: str) -> int:
    return sum(shape.path.count("M") for shape in drawing.shapes if shape.css == name)


def test_over_five_years_every_line_is_drawn_twice_because_it_steps_down_at_two_years() -> None:
    assert css(who.length_for_age(sex=1, observations=[], ages=INFANT), "who-0") == 1
    assert css(who.length_for_age(sex=1, observations=[], ages=ALL), "who-0") == 2


@pytest.mark.parametrize("z", [-3, -2, 0, 2, 3])
@pytest.mark.parametrize("ages", RANGES)
def test_a_length_on_a_line_of_the_standard_is_drawn_on_it(z: int, ages: Any) -> None:
    on = date(2025, 7, 10) if ages is not TODDLER else date(2027, 7, 10)
    length = value_at("lhfa", 2, (on - BORN).days, z)
    drawing = who.length_for_age(sex=2, observations=[seen(on.isoformat(), length)], ages=ages)
    (mark,) = drawing.marks
    paths = [shape.path for shape in drawing.shapes if shape.css == who.CSS[z]]
    assert any(abs(_height_at(path, mark.x) - mark.y) < 0.8 for path in paths)


def _height_at(path: str, x: float) -> float:
    start, *curves = path.removeprefix("M").split("c")
    across, up = map(float, start.split())
    for curve in curves:
        *_, dx, dy = map(float, curve.replace("-", " -").split())
        across, up = across + dx, up + dy
        if abs(across - x) < 1.2:
            return up
    return -1.0


def test_lengths_half_a_year_apart_are_joined_and_a_year_apart_are_not() -> None:
    february, august, next_august = seen("2024-08-10", 66), seen("2025-02-10", 73), seen("2026-02-10", 83)
    assert css(who.length_for_age(sex=1, observations=[february, august], ages=ALL), "own-line") == 1
    assert css(who.length_for_age(sex=1, observations=[august, next_august], ages=ALL), "own-line") == 0


def test_an_implausible_length_is_a_cross_and_not_joined() -> None:
    observations = [seen("2024-08-10", 66), seen("2024-09-10", 120, flags="l")]
    drawing = who.length_for_age(sex=1, observations=observations, ages=INFANT)
    assert [mark.shape for mark in drawing.marks] == ["filled", "cross"]
    assert css(drawing, "own-line") == 0


def test_a_length_from_home_is_hollow() -> None:
    drawing = who.length_for_age(
        sex=1, observations=[seen("2024-08-10", 66, professional=False)], ages=INFANT
    )
    assert drawing.marks[0].shape == "hollow"


def test_lying_lengths_are_on_the_chart_of_length_and_standing_heights_on_that_of_height() -> None:
    observations = [seen("2025-08-10", 79), seen("2026-08-10", 88)]
    lying = who.weight_for_length(sex=1, observations=observations, standing=False)
    standing = who.weight_for_length(sex=1, observations=observations, standing=True)
    assert [mark.words for mark in lying.marks] == ["2025-08-10"]
    assert [mark.words for mark in standing.marks] == ["2026-08-10"]
    assert "Panjang badan (cm)" in [label.text for label in lying.labels]
    assert "Tinggi badan (cm)" in [label.text for label in standing.labels]


def test_the_lines_are_named_with_a_real_minus_sign() -> None:
    drawing = who.weight_for_length(sex=1, observations=[], standing=True)
    names = [label.text for label in drawing.labels if "z-word" in label.css]
    assert names == ["−3 SD", "−2 SD", "median", "+1 SD", "+2 SD", "+3 SD"]


def test_a_length_beyond_the_chart_is_held_at_its_edge() -> None:
    drawing = who.weight_for_length(
        sex=1, observations=[seen("2025-08-10", 130, kg=60, flags="f")], standing=False
    )
    (mark,) = drawing.marks
    assert mark.shape == "cross"
    assert 0 <= mark.x <= drawing.width
    assert 0 <= mark.y <= drawing.height
