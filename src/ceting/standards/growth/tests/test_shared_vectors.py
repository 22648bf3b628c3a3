"""The whole of the reference's answers, which lie beside the repository and aren't part of it."""

import csv

import numpy as np
import pytest

from ceting.standards.growth import FLAG_MISSING, zscores
from ceting.standards.growth.tests.oracle import (
    INDICES,
    MEASURES,
    SHARED,
    differing,
    number,
    read_oracle,
    without_a_measure,
)

pytestmark = pytest.mark.shared

# Cells where the reference calculates with a measure of zero or less, and we say that it is missing.
NONSENSE_CELLS = {"len": 4, "wfl": 22, "bmi": 98}


def test_fifty_thousand_children_differ_only_where_the_reference_calculates_with_no_measure() -> None:
    oracle = read_oracle(SHARED / "oracle_50k.csv.gz")
    assert len(oracle.rows) == 50_000
    scores = zscores(**oracle.inputs)
    for index in INDICES:
        ours, theirs = scores[f"z{index}"], oracle.numbers(f"z{index}")
        different = differing(ours, theirs)
        assert len(different) == NONSENSE_CELLS.get(index, 0), index
        nonsense = np.flatnonzero(without_a_measure(oracle, index) & ~np.isnan(theirs))
        assert different.tolist() == nonsense.tolist()
        assert np.isnan(ours[different]).all()

        flags = np.nan_to_num(oracle.numbers(f"f{index}"), nan=FLAG_MISSING)
        assert np.flatnonzero(scores[f"f{index}"] != flags).tolist() == different.tolist()


def test_whos_own_survey_differs_only_in_four_children_who_are_past_the_standard() -> None:
    with (SHARED / "who_sample_survey.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 498
    scores = zscores(
        sex=[number(row["sex"]) for row in rows],
        age_days=[number(row["age_months"]) * 30.4375 for row in rows],
        measure=[row["measure"] for row in rows],
        oedema=[row["oedema"] == "y" for row in rows],
        **{measure: [number(row[measure]) for row in rows] for measure in MEASURES},
    )
    past = [row for row, text in enumerate(rows) if float(text["age_months"]) >= 60]
    assert len(past) == 4
    compared = 0
    for index in INDICES:
        expected = np.array([number(row[f"exp_z{index}"]) for row in rows])
        different = differing(scores[f"z{index}"], expected)
        assert different.tolist() == [row for row in past if not np.isnan(expected[row])]
        flags = np.nan_to_num([number(row[f"exp_f{index}"]) for row in rows], nan=FLAG_MISSING)
        assert np.flatnonzero(scores[f"f{index}"] != flags).tolist() == different.tolist()
        compared += np.count_nonzero(~np.isnan(expected)) - len(different)
    assert compared > 3000
