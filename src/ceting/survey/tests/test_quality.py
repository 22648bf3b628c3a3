"""How well a survey was measured: the counts, and the points they cost."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from ceting.survey.block import block_of_rows
from ceting.survey.columns import resolve
from ceting.survey.grade import GRADES, Component, Grade, digit_preference, grade
from ceting.survey.quality import BIN_WIDTH, BINS, Distribution, QualityCounts, QualityTally
from ceting.survey.scoring import Scorer
from ceting.survey.tests.files import HEADER


def distribution(children: int = 1000, flagged: int = 0, **figures: float) -> Distribution:
    plain = {"mean": -0.5, "deviation": 1.0, "skewness": 0.0, "kurtosis": 0.0}
    return Distribution(children, flagged, **(plain | figures), histogram=np.zeros(BINS, dtype=np.int64))


def well_measured() -> QualityCounts:
    """A survey without a fault: as many boys as girls, every month of age and every digit alike."""
    return QualityCounts(
        rows=1000,
        bad_rows=0,
        over_age=0,
        boys=500,
        girls=500,
        missing=dict.fromkeys(("sex", "age", "weight", "lenhei"), 0),
        # 24 months of 6-29 and 30 of 30-59 in SMART's proportion of 0.85.
        months=np.array([100] * 6 + [170] * 24 + [160] * 30),
        digits={"weight": np.full(10, 100), "lenhei": np.full(10, 100), "armc": np.full(10, 100)},
        indexes={index: distribution() for index in ("len", "wei", "wfl", "bmi")},
        misplaced=0,
        placed=1000,
    )


def component(counts: QualityCounts, code: str) -> Component:
    return next(found for found in grade(counts).components if found.code == code)


def points(counts: QualityCounts, code: str) -> int | None:
    return component(counts, code).points


def test_a_survey_without_a_fault_costs_nothing() -> None:
    verdict = grade(well_measured())
    assert (verdict.points, verdict.letter, verdict.word) == (0, "A", "Sangat baik")
    assert verdict.most == 130


@pytest.mark.parametrize(
    ("deviation", "cost"),
    [(1.0, 0), (1.1, 0), (0.9, 0), (1.12, 5), (0.86, 5), (1.18, 10), (1.3, 20), (0.7, 20)],
)
def test_the_spread_of_weight_for_length_is_judged_as_smart_does(deviation: float, cost: int) -> None:
    counts = replace(well_measured(), indexes={"wfl": distribution(deviation=deviation)})
    assert points(counts, "spread") == cost


@pytest.mark.parametrize(("flagged", "cost"), [(0, 0), (10, 0), (20, 5), (40, 10), (80, 20)])
def test_more_than_one_percent_of_implausible_z_costs_points(flagged: int, cost: int) -> None:
    found = distribution(children=1000 - flagged, flagged=flagged)
    counts = replace(well_measured(), indexes={"len": found, "wfl": distribution()})
    assert points(counts, "flagged") == cost
    assert component(counts, "flagged").detail == "len"


@pytest.mark.parametrize(("missing", "cost"), [(0, 0), (25, 0), (40, 5), (90, 10), (300, 20)])
def test_the_column_with_most_gaps_counts(missing: int, cost: int) -> None:
    counts = replace(well_measured(), missing={"sex": 0, "age": 0, "weight": 3, "lenhei": missing})
    assert points(counts, "missing") == cost


@pytest.mark.parametrize(("value", "cost"), [(0.0, 0), (-0.3, 1), (0.5, 3), (-0.9, 5)])
def test_skewness_and_kurtosis_cost_points_on_both_sides(value: float, cost: int) -> None:
    counts = replace(well_measured(), indexes={"wfl": distribution(skewness=value, kurtosis=-value)})
    assert points(counts, "skewness") == cost
    assert points(counts, "kurtosis") == cost


def test_digit_preference_goes_from_zero_to_a_hundred() -> None:
    assert digit_preference(np.full(10, 50)) == 0
    assert digit_preference(np.array([500] + [0] * 9)) == pytest.approx(100)
    assert math.isnan(digit_preference(np.zeros(10, dtype=np.int64)))
    # Only 0 and 5: chi-square is 4 N, divided by 9 N: 66.7.
    assert digit_preference(np.array([50, 0, 0, 0, 0, 50, 0, 0, 0, 0])) == pytest.approx(100 * 2 / 3)


def test_weights_rounded_to_halves_cost_all_points() -> None:
    digits = {"weight": np.array([500, 0, 0, 0, 0, 500, 0, 0, 0, 0]), "lenhei": np.full(10, 100)}
    counts = replace(well_measured(), digits=digits)
    assert points(counts, "digits_weight") == 10
    assert points(counts, "digits_lenhei") == 0
    assert points(counts, "digits_armc") is None


@pytest.mark.parametrize(("boys", "cost"), [(500, 0), (520, 0), (528, 2), (540, 4), (600, 10)])
def test_far_more_boys_than_girls_cost_points(boys: int, cost: int) -> None:
    assert points(replace(well_measured(), boys=boys, girls=1000 - boys), "sex_ratio") == cost


def test_ages_guessed_in_whole_years_cost_points() -> None:
    months = np.full(60, 10)
    months[[12, 24, 36, 48]] = 60
    assert points(replace(well_measured(), months=months), "age_heaping") == 10
    assert points(well_measured(), "age_heaping") == 0


def test_too_many_young_children_cost_points() -> None:
    months = np.array([10] * 30 + [2] * 30)
    assert points(replace(well_measured(), months=months), "age_ratio") == 10


def test_points_add_up_to_grades_at_smarts_limits() -> None:
    letters = []
    for total in (0, 9, 10, 14, 15, 24, 25, 130):
        letter = next(letter for limit, letter, _ in GRADES if total < limit)
        letters.append(letter)
    assert letters == ["A", "A", "B", "B", "C", "C", "D", "D"]
    assert Grade((Component("a", 1, 5, 20), Component("b", 1, None, 10)), "A", "").most == 20


def test_fewer_than_a_hundred_children_get_no_grade_but_see_every_component() -> None:
    verdict = grade(replace(well_measured(), indexes={"wfl": distribution(children=99)}))
    assert verdict.letter is None
    assert "100" in verdict.reason
    assert len(verdict.components) == 11


def test_a_survey_of_nothing_has_no_points() -> None:
    nothing = QualityTally().counts()
    verdict = grade(nothing)
    assert verdict.letter is None
    assert all(found.points is None or found.code == "missing" for found in verdict.components)


def tally_of(*rows: tuple[str, ...], sizes: int = 1) -> QualityCounts:
    scorer = Scorer(resolve(HEADER, mapping={}), today=date(2026, 11, 26))
    tally = QualityTally()
    for start in range(0, len(rows), sizes):
        part = rows[start : start + sizes]
        tally.add(scorer.score(block_of_rows(part, range(start, start + len(part)), len(HEADER))))
    return tally.counts()


ROWS = (
    ("1", "1", "365", "9.6", "75.7", "l", "n"),
    ("2", "2", "365", "8.9", "74.0", "h", "n"),
    ("3", "1", "1000", "13.55", "92.3", "l", "n"),
    ("4", "", "", "11.0", "", "", "n"),
    ("5", "1", "1900", "20", "110", "h", "n"),
    ("6", "x", "365", "9.6", "75.7", "l", "n"),
    ("7", "1", "365", "30", "75.7", "l", "n"),
)


def test_what_was_measured_is_counted_once_whatever_the_blocks() -> None:
    counts = tally_of(*ROWS, sizes=len(ROWS))
    assert (counts.rows, counts.bad_rows, counts.over_age) == (7, 1, 1)
    assert (counts.boys, counts.girls) == (3, 1)
    # Of six who may be under 60 months; the unreadable row lacks everything.
    assert counts.missing == {"sex": 2, "age": 2, "weight": 1, "lenhei": 2}
    assert counts.months[11] == 3
    assert counts.months[32] == 1
    assert counts.digits["weight"].tolist() == [2, 0, 0, 0, 0, 1, 1, 0, 0, 1]
    assert counts.digits["lenhei"].tolist() == [1, 0, 0, 1, 0, 0, 0, 2, 0, 0]
    assert (counts.misplaced, counts.placed) == (2, 4)
    assert counts.indexes["wei"].flagged == 1
    assert counts.indexes["wei"].children == 3
    assert counts.indexes["wei"].histogram.sum() == 3
    singly = tally_of(*ROWS)
    assert singly.missing == counts.missing
    assert singly.months.tolist() == counts.months.tolist()
    assert singly.indexes["wei"].deviation == pytest.approx(counts.indexes["wei"].deviation)


def test_moments_are_those_of_numpy() -> None:
    rows = [("1", "1", str(30 * number), f"{5 + number * 0.3:.1f}", "", "", "n") for number in range(1, 60)]
    found = tally_of(*rows, sizes=7).indexes["wei"]
    scorer = Scorer(resolve(HEADER, mapping={}), today=date(2026, 11, 26))
    scored = scorer.score(block_of_rows(rows, range(len(rows)), len(HEADER)))
    z = scored.plausible("wei")
    z = z[~np.isnan(z)]
    centred = (z - z.mean()) / z.std()
    assert found.mean == pytest.approx(z.mean())
    assert found.deviation == pytest.approx(z.std(ddof=1))
    assert found.skewness == pytest.approx((centred**3).mean(), abs=1e-9)
    assert found.kurtosis == pytest.approx((centred**4).mean() - 3, abs=1e-9)
    assert found.histogram.tolist() == np.histogram(z, np.arange(BINS + 1) * BIN_WIDTH - 6)[0].tolist()
