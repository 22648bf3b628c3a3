"""Prevalence as WHO's reference gives it, whatever the order of the rows and the size of the blocks."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceting.survey.errors import SurveyError
from ceting.survey.prevalence import Children, PrevalenceTable, PrevalenceTally
from ceting.survey.tests.reference import (
    DESIGNS,
    VECTORS,
    differing_cells,
    read_rows,
    synthetic_children,
    taken,
)

INPUTS = read_rows(VECTORS / "prev_synthetic_inputs.csv.gz")


def headings(design: str) -> tuple[str, ...]:
    return ("Area", "Wealth quintile") if design == "complex" else ()


def table_of(*blocks: Children, by: tuple[str, ...] = ()) -> PrevalenceTable:
    tally = PrevalenceTally(by)
    for block in blocks:
        tally.add(block)
    return tally.table()


def children(**given: object) -> Children:
    """A few girls of two years, by their z of length."""
    z = np.array(given.pop("zlen", [0.0]), dtype=float)
    wfl = np.array(given.pop("zwfl", [0.0] * z.size), dtype=float)
    plain: dict[str, object] = {
        "sex": np.full(z.size, 2.0),
        "age_days": np.full(z.size, 730.0),
        "oedema": np.zeros(z.size, dtype=bool),
        "zscores": {"zlen": z, "zwei": z, "zwfl": wfl, "zbmi": z},
    }
    return Children(**(plain | given))


@pytest.mark.parametrize("design", DESIGNS)
def test_every_cell_is_the_references(design: str) -> None:
    table = table_of(synthetic_children(INPUTS, design), by=headings(design))
    theirs = read_rows(VECTORS / f"prev_synthetic_{design}.csv.gz")
    assert differing_cells(table.rows(), theirs) == []


@pytest.mark.parametrize("design", DESIGNS)
@settings(max_examples=20)
@given(sizes=st.lists(st.integers(1, 900), min_size=1, max_size=6), seed=st.integers(0, 2**32 - 1))
def test_order_and_blocks_change_nothing(design: str, sizes: list[int], seed: int) -> None:
    everybody = synthetic_children(INPUTS[:1500], design)
    order = np.random.default_rng(seed).permutation(1500)
    blocks = [taken(everybody, part) for part in np.split(order, np.cumsum(sizes)) if part.size]
    at_once = table_of(everybody, by=headings(design)).rows()
    in_blocks = table_of(*blocks, by=headings(design)).rows()
    for one, other in zip(at_once, in_blocks, strict=True):
        assert one["Group"] == other["Group"]
        figures = [value for name, value in one.items() if name != "Group"]
        assert [other[name] for name in one if name != "Group"] == pytest.approx(
            figures, rel=1e-9, abs=1e-9, nan_ok=True
        )


def test_cut_offs_are_strict() -> None:
    everybody = table_of(children(zlen=[-3.0, -2.0, 2.0, 3.0])).groups[0]
    assert everybody.estimates["HA_3"].value == 0
    assert everybody.estimates["HA_2"].value == 25
    assert everybody.estimates["HA2"].value == 25
    assert everybody.estimates["HA3"].value == 0


def test_oedema_counts_as_below_three_but_not_in_the_mean() -> None:
    z = [math.nan, 1.0]
    everybody = table_of(children(zlen=z, zwfl=z, oedema=np.array([True, False]))).groups[0]
    for prefix in ("WA", "WH", "BMI"):
        assert everybody.estimates[f"{prefix}_3"].value == 50
        assert everybody.children_by[f"{prefix}Z"] == 2
        assert everybody.estimates[prefix].value == 1.0
    assert everybody.children_by["HAZ"] == 1


def test_stunted_and_wasted_asks_for_both() -> None:
    everybody = table_of(children(zlen=[-2.5, -2.5, -2.5, 0], zwfl=[-2.5, 2.5, math.nan, -2.5])).groups[0]
    assert everybody.children_by["HA_2_WH_2_pop"] == 3
    assert everybody.estimates["HA_2_WH_2"].value == pytest.approx(100 / 3)
    assert everybody.estimates["HA_2_WH2"].value == pytest.approx(100 / 3)


def test_one_percent_of_a_hundred_children_has_an_interval() -> None:
    one = table_of(children(zlen=[-2.5] + [0.0] * 99)).groups[0].estimates["HA_2"]
    assert one.value == pytest.approx(1)
    assert 0.1 < one.low < 1 < one.high < 8


def test_children_over_the_standard_take_no_part_not_even_with_oedema() -> None:
    table = table_of(
        children(zlen=[-2.5, 0.0], age_days=np.array([1827.0, 100.0]), oedema=np.array([True, False]))
    )
    assert table.over_age == 1
    assert table.groups[0].children_by["WHZ"] == 1


def test_children_without_weight_cluster_or_stratum_are_left_out_and_counted() -> None:
    table = table_of(
        children(
            zlen=[-2.5, 0.0, 0.0, 0.0, 0.0],
            weight=np.array([0.0, 1, 1, 1, 1]),
            cluster=["1", "", "2", "3", "4"],
            strata=["a", "a", "", "a", "a"],
        )
    )
    assert table.without_design == 3
    assert table.groups[0].children_by["HAZ"] == 2


def test_a_stratum_with_a_single_cluster_still_adds_to_the_variance() -> None:
    z = [-2.5, 0.0, 0.0, -2.5, 0.0, -2.5]
    table = table_of(children(zlen=z, cluster=list("112233"), strata=list("aaaabb")))
    # Residuals of the three clusters are 0; those of a cluster with one below -2 in two are 0 as well.
    assert table.design.units_in_stratum.tolist() == [2, 1]
    lonely = table_of(
        children(zlen=[-2.5, 0.0, 0.0, -2.5, -2.5, -2.5], cluster=list("112233"), strata=list("aaaabb"))
    )
    # p = 4/6; residual totals (1-2p, 1-2p, 2-2p)/6: stratum a has no spread, b counts against zero.
    assert lonely.groups[0].estimates["HA_2"].error == pytest.approx(100 * (2 - 8 / 6) / 6)


def test_a_single_cluster_is_read_as_a_survey_without_clusters() -> None:
    z = [-2.5, 0.0, 0.0, 0.0]
    one_cluster, none = table_of(children(zlen=z, cluster=["x"] * 4)), table_of(children(zlen=z))
    assert one_cluster.groups[0] == none.groups[0]
    assert one_cluster.design.degrees == 3


def test_the_same_cluster_number_in_two_strata_is_two_clusters() -> None:
    table = table_of(children(zlen=[0.0] * 4, cluster=list("1212"), strata=list("aabb")))
    assert table.design.units_in_stratum.tolist() == [2, 2]
    assert table.design.degrees == 2


def test_one_child_has_a_mean_but_neither_deviation_nor_interval() -> None:
    row = table_of(children(zlen=[-1.0])).rows()[0]
    assert row["HA_r"] == -1.0
    assert math.isnan(row["HA_stdev"])
    assert math.isnan(row["HA_ll"])


def test_headings_that_nobody_belongs_to_are_left_out() -> None:
    table = table_of(children(zlen=[0.0, 0.0], age_days=np.full(2, np.nan)), by=("Area",))
    assert {group.heading for group in table.groups} == {"", "Sex"}


def test_groups_in_numbers_come_by_size() -> None:
    table = table_of(children(zlen=[0.0] * 3, groups={"rw": ["10", "9", "melati"]}), by=("rw",))
    assert [group.name for group in table.groups if group.heading == "rw"] == [
        "rw: 9",
        "rw: 10",
        "rw: melati",
    ]


def test_a_column_of_names_is_no_grouping() -> None:
    names = [f"Ibu Sari {number}" for number in range(501)]
    with pytest.raises(SurveyError, match="lebih dari 500"):
        table_of(children(zlen=[0.0] * 501, groups={"nama": names}), by=("nama",))
