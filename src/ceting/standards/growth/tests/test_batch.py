"""A column of children gets what each child would get alone, however the column is given."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceting.standards.growth import FLAG_MISSING, GrowthInputError, assess, batch, row_problems, zscores
from ceting.standards.growth.tests.oracle import INDICES, MEASURES, VECTORS, read_oracle

NOTHING = st.sampled_from([math.nan, 0.0, -1.0, math.inf, -math.inf])


def sometimes_nothing(values: st.SearchStrategy[float]) -> st.SearchStrategy[float]:
    return st.one_of(values, values, values, NOTHING)


CHILD = st.fixed_dictionaries(
    {
        "sex": st.sampled_from([1, 2, 1, 2, 1, 2, 3, 0]),
        "age_days": st.one_of(
            st.floats(0, 1900),
            st.integers(0, 1900).map(float),
            st.sampled_from([math.nan, -1.0, math.inf, 730.5, 273.9375, 90.5, 1826.25]),
        ),
        "weight": sometimes_nothing(st.one_of(st.floats(0.5, 40), st.floats(1e-6, 1e6))),
        "lenhei": sometimes_nothing(st.one_of(st.floats(40, 125), st.floats(1e-6, 1e6))),
        "measure": st.sampled_from(["l", "h", "", "L", "H", "x"]),
        "headc": sometimes_nothing(st.floats(25, 60)),
        "armc": sometimes_nothing(st.floats(5, 30)),
        "triskin": sometimes_nothing(st.floats(1, 40)),
        "subskin": sometimes_nothing(st.floats(1, 40)),
        "oedema": st.booleans(),
    }
)
COLUMNS = ("sex", "age_days", "measure", "oedema", *MEASURES)


def as_columns(children: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [child[name] for child in children] for name in COLUMNS}


@settings(deadline=None)
@given(st.lists(CHILD, min_size=1, max_size=40))
def test_the_batch_equals_one_child_at_a_time(children: list[dict[str, Any]]) -> None:
    scores = zscores(**as_columns(children))
    problems = row_problems(**{name: as_columns(children)[name] for name in ("sex", "age_days", "measure")})
    for row, child in enumerate(children):
        refused = [problem.reason for problem in problems if problem.row == row]
        if refused:
            alone = None
            with pytest.raises(GrowthInputError) as refusal:
                assess(**child)
            assert refusal.value.reason in refused
        else:
            alone = assess(**child)
        for index in INDICES:
            z = getattr(alone, f"z{index}", None)
            flag = getattr(alone, f"f{index}", None)
            assert np.array_equal(scores[f"z{index}"][row], np.nan if z is None else z, equal_nan=True)
            assert scores[f"f{index}"][row] == (FLAG_MISSING if flag is None else flag)
            assert (z is None) == (flag is None)


def golden_inputs() -> dict[str, np.ndarray]:
    return read_oracle(VECTORS / "oracle_5k.csv.gz").inputs


def test_two_threads_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = zscores(**golden_inputs(), threads=1)
    for rows in (97, 512, 5013):
        monkeypatch.setattr(batch, "CHUNK", rows)
        for threads in (1, 2):
            chunked = zscores(**golden_inputs(), threads=threads)
            assert list(chunked) == list(whole)
            for name, column in whole.items():
                assert np.array_equal(chunked[name], column, equal_nan=True)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_the_children_changes_nothing(seed: int) -> None:
    inputs = golden_inputs()
    order = np.random.default_rng(seed).permutation(len(inputs["sex"]))
    straight = zscores(**inputs)
    shuffled = zscores(**{name: column[order] for name, column in inputs.items()})
    for name, column in straight.items():
        assert np.array_equal(column[order], shuffled[name], equal_nan=True)


@pytest.mark.parametrize(
    "convert",
    [
        lambda measure: measure,
        lambda measure: measure.astype("S1"),
        lambda measure: measure.astype("U7"),
        lambda measure: measure.astype("S4"),
        lambda measure: np.array([ord(letter or "\0") for letter in measure], dtype=np.uint8),
        lambda measure: np.array([letter or None for letter in measure], dtype=object),
        lambda measure: np.array([letter or math.nan for letter in measure], dtype=object),
        lambda measure: measure.tolist(),
        lambda measure: np.repeat(measure, 2)[::2],
    ],
    ids=["text", "bytes", "wide text", "wide bytes", "codes", "none", "nan", "list", "strided"],
)
def test_a_position_may_be_written_in_many_ways(convert: Any) -> None:
    inputs = golden_inputs()
    expected = zscores(**inputs)
    scores = zscores(**{**inputs, "measure": convert(inputs["measure"])})
    for name, column in expected.items():
        assert np.array_equal(scores[name], column, equal_nan=True)


def test_columns_may_be_integers_or_single_precision_or_have_gaps() -> None:
    expected = zscores(sex=[1.0, 2.0, 1.0], age_days=[100.0, 500.0, 900.0], weight=[6.0, 9.0, 13.0])
    for given_columns in (
        {"sex": np.array([1, 2, 1], dtype=np.int8), "age_days": [100, 500, 900], "weight": [6, 9, 13]},
        {
            "sex": np.array([1, 2, 1], dtype=np.uint8),
            "age_days": np.float32([100, 500, 900]),
            "weight": [6, 9, 13],
        },
        {
            "sex": np.array([1, 0, 2, 0, 1, 0])[::2],
            "age_days": [100, 500, 900],
            "weight": np.float32([6, 9, 13]),
        },
    ):
        scores = zscores(**given_columns)
        assert scores["zwei"].tolist() == expected["zwei"].tolist()
    with_gap = zscores(sex=[1, 2, 1], age_days=[100, None, 900], weight=np.array([6, 9, None], dtype=object))
    assert np.isnan(with_gap["zwei"]).tolist() == [False, True, True]


def test_only_the_indices_whose_measures_are_given_are_returned() -> None:
    who = {"sex": [1], "age_days": [400]}
    assert list(zscores(**who)) == []
    assert list(zscores(**who, weight=[9])) == ["zwei", "fwei"]
    assert list(zscores(**who, lenhei=[75])) == ["zlen", "flen"]
    assert set(zscores(**who, weight=[9], lenhei=[75])) == {
        *("zlen", "flen", "zwei", "fwei", "zwfl", "fwfl", "zbmi", "fbmi")
    }
    assert list(zscores(**who, headc=[45], armc=[14])) == ["zhc", "fhc", "zac", "fac"]


def test_no_children_get_no_scores() -> None:
    scores = zscores(sex=[], age_days=[], weight=[])
    assert scores["zwei"].shape == (0,)
    assert scores["zwei"].dtype == np.float64
    assert scores["fwei"].dtype == np.int8


def test_the_columns_that_were_given_are_left_as_they_were() -> None:
    inputs = golden_inputs()
    before = {name: column.copy() for name, column in inputs.items()}
    zscores(**inputs)
    for name, column in before.items():
        assert column.tobytes() == inputs[name].tobytes()


def test_missing_oedema_isnt_oedema() -> None:
    scores = zscores(sex=[1, 1, 1], age_days=[400] * 3, weight=[9.0] * 3, oedema=[np.nan, 0.0, 1.0])
    assert np.isnan(scores["zwei"]).tolist() == [False, False, True]


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="weight: 2 values are needed"):
        zscores(sex=[1, 2], age_days=[100, 200], weight=[6.0])


def test_a_position_that_is_a_number_with_a_fraction_is_refused() -> None:
    with pytest.raises(TypeError, match="measure"):
        zscores(sex=[1], age_days=[100], lenhei=[60.0], measure=[1.5])


def test_no_thread_is_too_few() -> None:
    with pytest.raises(ValueError, match="threads"):
        zscores(sex=[1], age_days=[100], threads=0)


def test_an_error_in_a_chunk_comes_out_and_doesnt_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a broken chunk")

    monkeypatch.setattr(batch, "CHUNK", 100)
    monkeypatch.setattr(batch, "score_chunk", fail)
    with pytest.raises(RuntimeError, match="a broken chunk"):
        zscores(sex=np.ones(1000), age_days=np.ones(1000), weight=np.ones(1000), threads=2)


def test_row_problems_name_the_value_as_it_was_given() -> None:
    problems = row_problems(sex=[1, 7, np.nan], age_days=[-3, 10, np.inf], measure=["l", "berdiri", "q"])
    assert [(problem.row, problem.field, problem.value) for problem in problems] == [
        (0, "age_days", -3),
        (1, "sex", 7),
        (1, "measure", "berdiri"),
        (2, "age_days", np.inf),
        (2, "measure", "q"),
    ]
