"""Nutrition categories of Permenkes 2/2020, at every threshold, just below and just above it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards import sources
from ceting.standards.categories import Index, categories, classify, classify_many, muac_category
from ceting.standards.categories import _scale as scale_of

WEIGHT, LENGTH, WASTING, BMI = (
    Index.WEIGHT_FOR_AGE,
    Index.LENGTH_FOR_AGE,
    Index.WEIGHT_FOR_LENGTH,
    Index.BMI_FOR_AGE,
)


def label(index: Index, z: float) -> str:
    found = classify(index, z)
    assert found is not None
    return found.label_id


@pytest.mark.parametrize(
    ("index", "z", "expected"),
    [
        (WEIGHT, -9.0, "Berat badan sangat kurang"),
        (WEIGHT, -3.01, "Berat badan sangat kurang"),
        (WEIGHT, -3.0, "Berat badan kurang"),
        (WEIGHT, -2.99, "Berat badan kurang"),
        (WEIGHT, -2.01, "Berat badan kurang"),
        (WEIGHT, -2.0, "Berat badan normal"),
        (WEIGHT, -1.99, "Berat badan normal"),
        (WEIGHT, 0.99, "Berat badan normal"),
        (WEIGHT, 1.0, "Berat badan normal"),
        (WEIGHT, 1.01, "Risiko berat badan lebih"),
        (WEIGHT, 5.5, "Risiko berat badan lebih"),
        (LENGTH, -3.01, "Sangat pendek"),
        (LENGTH, -3.0, "Pendek"),
        (LENGTH, -2.99, "Pendek"),
        (LENGTH, -2.01, "Pendek"),
        (LENGTH, -2.0, "Normal"),
        (LENGTH, -1.99, "Normal"),
        (LENGTH, 2.99, "Normal"),
        (LENGTH, 3.0, "Normal"),
        (LENGTH, 3.01, "Tinggi"),
        *(
            (index, z, expected)
            for index in (WASTING, BMI)
            for z, expected in [
                (-3.01, "Gizi buruk"),
                (-3.0, "Gizi kurang"),
                (-2.99, "Gizi kurang"),
                (-2.01, "Gizi kurang"),
                (-2.0, "Gizi baik (normal)"),
                (-1.99, "Gizi baik (normal)"),
                (0.99, "Gizi baik (normal)"),
                (1.0, "Gizi baik (normal)"),
                (1.01, "Berisiko gizi lebih"),
                (1.99, "Berisiko gizi lebih"),
                (2.0, "Berisiko gizi lebih"),
                (2.01, "Gizi lebih"),
                (2.99, "Gizi lebih"),
                (3.0, "Gizi lebih"),
                (3.01, "Obesitas"),
            ]
        ),
    ],
)
def test_a_threshold_belongs_to_the_milder_class(index: Index, z: float, expected: str) -> None:
    assert label(index, z) == expected


def test_the_class_is_that_of_the_two_decimals_that_are_shown() -> None:
    assert label(WEIGHT, -2.004) == "Berat badan normal"
    assert label(WEIGHT, -2.006) == "Berat badan kurang"
    assert label(WEIGHT, 1.004) == "Berat badan normal"
    assert label(WEIGHT, 1.006) == "Risiko berat badan lebih"


@pytest.mark.parametrize("index", Index)
def test_a_missing_z_has_no_category(index: Index) -> None:
    assert classify(index, None) is None
    assert classify(index, math.nan) is None


@pytest.mark.parametrize("z", [math.inf, -math.inf])
def test_an_infinite_z_is_refused_rather_than_classified(z: float) -> None:
    with pytest.raises(ValueError, match="infinite"):
        classify(WEIGHT, z)
    with pytest.raises(ValueError, match="infinite"):
        classify_many(WEIGHT, [0.0, z])


def test_the_index_knows_its_classes_in_order_from_low_to_high() -> None:
    assert [c.code for c in categories(WEIGHT)] == ["BBU_SK", "BBU_K", "BBU_N", "BBU_R"]
    assert [c.code for c in categories(LENGTH)] == ["TBU_SP", "TBU_P", "TBU_N", "TBU_T"]
    assert [len(categories(index)) for index in (WASTING, BMI)] == [6, 6]
    for index in Index:
        assert [c.order for c in categories(index)] == list(range(1, len(categories(index)) + 1))


@pytest.mark.parametrize("index", Index)
def test_below_minus_three_is_danger_and_the_middle_is_normal(index: Index) -> None:
    lowest, low, middle = (classify(index, z) for z in (-3.5, -2.5, 0.0))
    assert lowest is not None
    assert low is not None
    assert middle is not None
    assert (lowest.tone, low.tone, middle.tone) == ("danger", "attention", "normal")
    assert lowest.severity > low.severity > middle.severity == 0


@given(st.sampled_from(Index), st.lists(st.one_of(st.floats(-20, 20), st.just(math.nan)), max_size=40))
def test_many_are_classified_exactly_like_one(index: Index, zs: list[float]) -> None:
    one_by_one = [found.code if (found := classify(index, z)) else "" for z in zs]
    assert classify_many(index, np.array(zs, dtype=float)).tolist() == one_by_one


@pytest.mark.parametrize("index", Index)
def test_many_are_classified_like_one_at_every_thousandth_and_beside_it(index: Index) -> None:
    thousandths = np.arange(-7000, 7001) / 1000
    zs = np.concatenate([thousandths, np.nextafter(thousandths, 99), np.nextafter(thousandths, -99)])
    one_by_one = [found.code if (found := classify(index, z)) else "" for z in zs.tolist()]
    assert classify_many(index, zs).tolist() == one_by_one


@pytest.mark.parametrize(
    ("column", "text"), [("z_low", "-2.5"), ("low_op", ">"), ("z_high", ""), ("high_op", "<=")]
)
def test_a_table_whose_classes_do_not_meet_is_refused(
    monkeypatch: pytest.MonkeyPatch, column: str, text: str
) -> None:
    rows = [dict(row) for row in sources.rows("categories")]
    rows[1][column] = text
    monkeypatch.setattr(sources, "rows", lambda _: tuple(rows))
    with pytest.raises(sources.TableError, match="don't meet"):
        scale_of.__wrapped__(WEIGHT)


@given(st.sampled_from(Index), st.floats(-10, 10), st.floats(-10, 10))
def test_a_higher_z_never_has_a_lower_class(index: Index, one: float, other: float) -> None:
    low, high = classify(index, min(one, other)), classify(index, max(one, other))
    assert low is not None
    assert high is not None
    assert low.order <= high.order


def test_many_keep_their_shape_and_an_empty_column_stays_empty() -> None:
    assert classify_many(LENGTH, [[-4.0, 0.0], [math.nan, 4.0]]).tolist() == [
        ["TBU_SP", "TBU_N"],
        ["", "TBU_T"],
    ]
    assert classify_many(LENGTH, []).tolist() == []


@pytest.mark.parametrize(
    ("cm", "code"),
    [
        (11.49, "LILA_MERAH"),
        (11.5, "LILA_KUNING"),
        (11.51, "LILA_KUNING"),
        (12.4, "LILA_KUNING"),
        (12.45, "LILA_KUNING"),
        (12.49, "LILA_KUNING"),
        (12.5, "LILA_HIJAU"),
        (12.51, "LILA_HIJAU"),
    ],
)
def test_the_arm_is_red_below_11_5_and_yellow_below_12_5(cm: float, code: str) -> None:
    found = muac_category(cm, 24)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("months", "judged"), [(5, False), (5.99, False), (6, True), (59, True), (59.9, True), (60, False)]
)
def test_the_arm_is_judged_from_6_to_59_months_only(months: float, judged: bool) -> None:
    assert (muac_category(11.0, months) is not None) is judged


@pytest.mark.parametrize("cm", [None, math.nan, 0.0, -1.0])
def test_an_arm_that_was_not_measured_has_no_colour(cm: float | None) -> None:
    assert muac_category(cm, 24) is None
