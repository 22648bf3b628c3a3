"""Every answer equals the reference's: z to two decimals, what is missing, and flags."""

import csv
from functools import cache

import numpy as np
import pytest

from ceting.standards.growth import (
    FLAG_MISSING,
    Assessment,
    GrowthInputError,
    assess,
    indicators,
    row_problems,
    zscores,
)
from ceting.standards.growth.formula import z_score
from ceting.standards.growth.tables import table
from ceting.standards.growth.tests.oracle import (
    INDICES,
    MEASURES,
    OEDEMA,
    VECTORS,
    Oracle,
    differing,
    number,
    read_oracle,
    without_a_measure,
)

# The reference's own refusals, and ours.
REFUSED = {"negative age": "invalid_age", "bad sex": "invalid_sex", "bad measure": "invalid_measure"}
# Our kernel takes oedema as a truth: reading the letters is the reader's work (`ceting survey` refuses this one).
NOT_OURS = {"bad oedema"}


@cache
def golden() -> Oracle:
    return read_oracle(VECTORS / "oracle_5k.csv.gz")


@cache
def golden_scores() -> dict[str, np.ndarray]:
    return zscores(**golden().inputs)


@pytest.mark.parametrize("index", INDICES)
def test_a_column_of_children_gets_the_scores_of_the_reference(index: str) -> None:
    different = differing(golden_scores()[f"z{index}"], golden().numbers(f"z{index}"))
    allowed = np.flatnonzero(without_a_measure(golden(), index))
    assert set(different) <= set(allowed)
    assert np.isnan(golden_scores()[f"z{index}"][allowed]).all()


@pytest.mark.parametrize("index", INDICES)
def test_a_column_of_children_gets_the_flags_of_the_reference(index: str) -> None:
    expected = np.nan_to_num(golden().numbers(f"f{index}"), nan=FLAG_MISSING)
    different = np.flatnonzero(golden_scores()[f"f{index}"] != expected)
    assert set(different) <= set(np.flatnonzero(without_a_measure(golden(), index)))


def test_the_vectors_have_enough_of_everything_to_prove_it() -> None:
    for index in INDICES:
        flags = golden().numbers(f"f{index}")
        assert np.sum(flags == 1) > 50
        assert np.sum(flags == 0) > 1000
        assert np.sum(np.isnan(flags)) > 500


def test_one_child_at_a_time_gets_the_same_answer_as_the_column() -> None:
    for row, text in enumerate(golden().rows):
        child = assess_text(text, months=text["age_unit"] == "months")
        for index in INDICES:
            z, flag = getattr(child, f"z{index}"), getattr(child, f"f{index}")
            assert np.array_equal(
                np.nan if z is None else z, golden_scores()[f"z{index}"][row], equal_nan=True
            )
            assert (FLAG_MISSING if flag is None else flag) == golden_scores()[f"f{index}"][row]


def test_position_corrected_length_and_bmi_are_the_references_to_the_last_bit() -> None:
    compared = 0
    for text in golden().rows:
        child = assess_text(text, months=text["age_unit"] == "months")
        assert child.measure == text["cmeasure"]
        assert child.c9mo_flag == (text["c9mo_flag"] == "1")
        if not (number(text["weight"]) <= 0 or number(text["lenhei"]) <= 0):
            assert np.array_equal(
                np.nan if child.clenhei is None else child.clenhei, number(text["clenhei"]), equal_nan=True
            )
            assert np.array_equal(
                np.nan if child.bmi is None else child.bmi, number(text["cbmi"]), equal_nan=True
            )
            compared += 1
    assert compared > 4500


def test_before_rounding_the_formula_gives_what_the_reference_has() -> None:
    compared = 0
    for text in golden().rows:
        child = assess_text(text, months=text["age_unit"] == "months")
        measures = {name: number(text[name]) for name in MEASURES} | {
            "clenhei": child.clenhei,
            "bmi": child.bmi,
        }
        for index in indicators.INDICES:
            if getattr(child, index.z) is not None:
                code = index.table or ("wfh" if child.standing else "wfl")
                x = child.age_days if index.table else child.clenhei
                parameters = table(code).at(child.sex, x)
                z = z_score(measures[index.measure], parameters, restricted=index.restricted)
                assert z == pytest.approx(number(text[f"raw_{index.z}"]), abs=1e-9)
                compared += 1
    assert compared > 25_000


def edge_cases() -> list[dict[str, str]]:
    with (VECTORS / "edge_cases.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", edge_cases(), ids=lambda case: f"{case['case']}, {case['age'] or 'no age'}")
def test_each_named_edge_case_is_answered_as_the_reference_answers_it(case: dict[str, str]) -> None:
    if case["case"] in NOT_OURS:
        assert "oedema" in case["error"]
        return
    months = case["months"] == "TRUE"
    if case["error"]:
        with pytest.raises(GrowthInputError) as refusal:
            assess_text(case, months=months)
        assert refusal.value.reason == REFUSED[case["case"]]
        return
    child = assess_text(case, months=months)
    no_measure = {name for name in ("weight", "lenhei") if number(case[name]) <= 0}
    for index in INDICES:
        expected, flag = number(case[f"z{index}"]), number(case[f"f{index}"])
        if no_measure & {"len": {"lenhei"}, "wfl": {"weight", "lenhei"}, "bmi": {"weight", "lenhei"}}.get(
            index, set()
        ):
            expected = flag = np.nan
        z, ours = getattr(child, f"z{index}"), getattr(child, f"f{index}")
        assert np.array_equal(np.nan if z is None else z, expected, equal_nan=True), index
        assert np.array_equal(np.nan if ours is None else float(ours), flag, equal_nan=True), index
    assert child.measure == case["cmeasure"]
    assert child.c9mo_flag == (case["c9mo_flag"] == "1")


def test_a_refused_row_is_named_and_leaves_the_rest_of_the_batch_alone() -> None:
    columns = {"sex": [1, 3, 2, 1], "age_days": [300, 300, -1, 300], "measure": ["l", "l", "l", "s"]}
    scores = zscores(**columns, weight=[9.0] * 4, lenhei=[72.0] * 4)
    for z in ("zwei", "zlen", "zwfl", "zbmi"):
        assert np.isnan(scores[z]).tolist() == [False, True, True, True]
    for flag in ("fwei", "flen", "fwfl", "fbmi"):
        assert scores[flag].tolist() == [0, FLAG_MISSING, FLAG_MISSING, FLAG_MISSING]
    assert [(problem.row, problem.reason, problem.value) for problem in row_problems(**columns)] == [
        (1, "invalid_sex", 3),
        (2, "invalid_age", -1),
        (3, "invalid_measure", "s"),
    ]


def assess_text(text: dict[str, str], *, months: bool) -> Assessment:
    age = None if text["age"] == "" else float(text["age"])
    return assess(
        sex=text["sex"] or None,
        age_months=age if months else None,
        age_days=None if months else age,
        measure=text["measure"],
        oedema=text["oedema"].lower() in OEDEMA,
        **{measure: number(text[measure]) for measure in MEASURES},
    )
