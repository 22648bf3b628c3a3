"""The reference's own files, which lie beside the repository."""

from pathlib import Path

import pytest

from ceting.survey.prevalence import PrevalenceTally
from ceting.survey.tests.files import rows_of, survey
from ceting.survey.tests.reference import DESIGNS, VECTORS, differing_cells, read_rows, synthetic_children

pytestmark = pytest.mark.shared

INDEXES = ("len", "wei", "wfl", "bmi", "hc", "ac", "ts", "ss")
# Children over 60 months, for whom older software still gave a z.
TOO_OLD = {"4", "44", "95", "343"}


def test_our_copy_of_the_vectors_is_theirs(shared: Path) -> None:
    for name in ("inputs", *DESIGNS):
        theirs = read_rows(shared / "vectors" / f"prev_synthetic_{name}.csv")
        assert read_rows(VECTORS / f"prev_synthetic_{name}.csv.gz") == theirs


@pytest.mark.parametrize("design", DESIGNS)
def test_every_cell_of_the_prevalence_is_the_references(shared: Path, design: str) -> None:
    inputs = read_rows(shared / "vectors" / "prev_synthetic_inputs.csv")
    tally = PrevalenceTally(("Area", "Wealth quintile") if design == "complex" else ())
    tally.add(synthetic_children(inputs, design))
    theirs = read_rows(shared / "vectors" / f"prev_synthetic_{design}.csv")
    assert differing_cells(tally.table().rows(), theirs) == []


def test_whos_sample_survey_goes_through_with_every_z_as_who_gives_it(shared: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "hasil.csv", tmp_path / "laporan.html"
    file = shared / "vectors" / "who_sample_survey.csv"
    assert survey(file, "--out", out, "--report", report, "--prevalence", tmp_path / "prevalensi.csv") == 0
    rows = rows_of(out)
    assert len(rows) == 498
    assert {row["id"] for row in rows if row["zwei"] == "" and row["exp_zwei"] != ""} == TOO_OLD
    compared = 0
    for row in rows:
        if row["id"] in TOO_OLD:
            assert all(row[f"z{index}"] == "" for index in INDEXES if index != "hc")
            continue
        for index in INDEXES:
            if f"z{index}" in row:
                assert numbers(row[f"z{index}"], row[f"f{index}"]) == numbers(
                    row[f"exp_z{index}"], row[f"exp_f{index}"]
                ), (row["id"], index)
                compared += 1
    assert compared == 494 * 8
    assert "Geographical region: West" in {row["Group"] for row in rows_of(tmp_path / "prevalensi.csv")}


def numbers(z: str, flag: str) -> tuple[float | None, float | None]:
    return float(z) if z else None, float(flag) if flag else None
