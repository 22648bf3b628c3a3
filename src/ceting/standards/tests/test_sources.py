"""The tables beside the code: complete, unbroken, and the same numbers as the programme's reference data."""

import ast
import csv
import json
from pathlib import Path

import pytest

from ceting.standards import sources
from ceting.standards.sources import Status, TableError
from ceting.standards.words import WORD_TABLES

STANDARDS = Path(sources.__file__).parent


def reference(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "data" / "national" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_of_every_table_names_its_source_and_a_known_status() -> None:
    for path in sources.TABLES.glob("*.csv"):
        if path.stem in WORD_TABLES:
            continue
        for row in sources.rows(path.stem):
            assert row["source_tag"].strip(), (path.stem, row)
            assert Status(row["status"])


def test_a_row_that_claims_to_be_verified_has_a_source_that_says_more_than_the_project_decided_it() -> None:
    for path in sources.TABLES.glob("*.csv"):
        if path.stem in WORD_TABLES:
            continue
        for row in sources.rows(path.stem):
            if row["status"] == "verified":
                assert "project decision" not in row["source_tag"], (path.stem, row)
                assert not row["source_tag"].startswith("background"), (path.stem, row)


@pytest.mark.parametrize("table", ["project_values", "pregnancy_thresholds"])
def test_every_value_is_used_by_the_code_and_none_is_left_over(table: str) -> None:
    texts = {
        node.value
        for path in STANDARDS.parent.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for row in sources.rows(table):
        assert row["key"] in texts, f"{row['key']} is in {table}.csv but nothing reads it"


def test_an_unknown_table_or_key_is_an_error_that_names_it() -> None:
    with pytest.raises(TableError, match="nowhere"):
        sources.rows("nowhere")
    with pytest.raises(TableError, match=r"no\.such\.key"):
        sources.text("project_values", "no.such.key")


def test_a_table_with_a_short_row_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.csv").write_text("key,value\na,1\nb\n", encoding="utf-8")
    monkeypatch.setattr(sources, "TABLES", tmp_path)
    with pytest.raises(TableError, match="line 3"):
        sources.rows("broken")


def test_a_key_that_occurs_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "twice.csv").write_text("key,value\na,1\na,2\n", encoding="utf-8")
    monkeypatch.setattr(sources, "TABLES", tmp_path)
    with pytest.raises(TableError, match="twice"):
        sources.index("twice", "key")


def test_rows_cannot_be_changed_by_who_reads_them() -> None:
    with pytest.raises(TypeError):
        sources.rows("kbm")[0]["sex"] = "P"  # type: ignore[index]


@pytest.mark.shared
def test_the_categories_are_those_of_the_reference_data(shared: Path) -> None:
    wanted = [row for row in reference(shared, "categories") if row["age_range"] == "0-60 mo"]
    ours = [{key: row[key] for key in wanted[0]} for row in sources.rows("categories")]
    assert ours == wanted


@pytest.mark.shared
def test_the_minimum_gains_are_those_of_the_reference_data(shared: Path) -> None:
    wanted = reference(shared, "kbm")
    ours = [{key: row[key] for key in wanted[0]} for row in sources.rows("kbm")]
    assert ours == wanted


@pytest.mark.shared
def test_muac_statuses_skdn_and_flags_are_those_of_the_reference_data(shared: Path) -> None:
    assert [r["muac_cm"] for r in sources.rows("muac_child")] == [
        r["muac_cm"] for r in reference(shared, "muac_child")
    ]
    assert [(r["code"], r["name"], r["precedence"]) for r in sources.rows("kms_status")] == [
        (r["code"], r["name"], r["precedence"]) for r in reference(shared, "kms_status")
    ]
    ours = {r["indicator"]: r["formula"] for r in sources.rows("skdn")}
    for row in reference(shared, "skdn"):
        assert ours[row["indicator"]] == row["formula"]
    flags = {r["rule"]: r["value"] for r in sources.rows("who_flags_and_rules")}
    for row in reference(shared, "who_flags_and_rules"):
        if not row["rule"].startswith("head circ"):
            assert flags[row["rule"]] == row["value"]


@pytest.mark.shared
def test_the_lengths_of_identity_numbers_are_those_of_the_reference_data(shared: Path) -> None:
    wanted = json.loads((shared / "data" / "national" / "identity_numbers.json").read_text(encoding="utf-8"))
    assert sources.number("identity_numbers", "nik.length") == wanted["nik"]["length"]
    assert sources.text("identity_numbers", "nik.layout") == wanted["nik"]["layout"]
    assert sources.number("identity_numbers", "kk.length") == wanted["no_kk"]["length"]
    assert sources.number("identity_numbers", "bpjs.length") == wanted["bpjs"]["length"]


@pytest.mark.shared
def test_the_thresholds_of_pregnancy_quote_the_reference_data(shared: Path) -> None:
    wanted = {row["threshold"] for row in reference(shared, "pregnancy_thresholds")}
    wanted |= {row["trimester"] for row in reference(shared, "anc_visits")}
    wanted |= {row["faktor_risiko"] for row in reference(shared, "kspr")}
    wanted |= {row["item"] for row in reference(shared, "preeclampsia_screening")}
    for row in sources.rows("pregnancy_thresholds"):
        assert not row["rule"] or row["rule"] in wanted, row["key"]


@pytest.mark.shared
def test_the_contacts_and_visits_quote_the_reference_data(shared: Path) -> None:
    rules = {row["visit"]: row["trimester"] for row in reference(shared, "anc_visits")}
    for row in sources.rows("anc_visits"):
        if row["pattern"] == "2-1-3":
            assert row["rule"] == rules["CONFLICT"]
    assert rules["KF1-KF4"] == "6 j-2 h; 3-7 h; 8-28 h; 29-42 h"
    assert rules["KN1-KN3"] == "6-48 j; 3-7 h; 8-28 h"


@pytest.mark.shared
def test_the_schedule_of_immunisation_is_that_of_the_reference_data(shared: Path) -> None:
    names = {"Hepatitis B": "HB0", "DPT-HB-Hib": "DPT", "Rotavirus": "RV", "Campak-Rubela (MR)": "MR"}
    wanted = [
        (int(row["age_month"]), names.get(row["antigen"], row["antigen"]), row["dose"].replace("HB0", "1"))
        for row in reference(shared, "immunisation")
    ]
    ours = [(int(row["age_month"]), row["antigen"], row["dose"]) for row in sources.rows("immunisation")]
    assert sorted(ours) == sorted(wanted)


@pytest.mark.shared
def test_the_tables_of_child_care_quote_the_reference_data(shared: Path) -> None:
    assert [row["age_month"] for row in sources.rows("kpsp")] == [
        row["age_month"] for row in reference(shared, "kpsp")
    ]
    days = [row["durasi_hari"] for row in reference(shared, "pmt_lokal")]
    assert [row["days"] for row in sources.rows("pmt_lokal")] == days[:3]
    signs = {row["sign"].lower() for row in reference(shared, "danger_signs") if "neonatus" in row["target"]}
    assert len(signs) == sum(row["age"] == "neonate" for row in sources.rows("child_signs"))
    portions = [row["energi_mpasi_kkal_hari"] for row in reference(shared, "mpasi")]
    assert [row["energy_kcal"] for row in sources.rows("mpasi")] == portions


@pytest.mark.shared
def test_scores_gains_and_signs_of_pregnancy_are_those_of_the_reference_data(shared: Path) -> None:
    card = [(row["no"], row["faktor_risiko"], row["skor"]) for row in reference(shared, "kspr")]
    assert [(r["code"], r["factor"], r["score"]) for r in sources.rows("kspr")] == card[1:]
    assert int(card[0][2]) == sources.number("pregnancy_thresholds", "kspr.start")
    screened = [row["item"] for row in reference(shared, "preeclampsia_screening")]
    assert [row["item"] for row in sources.rows("preeclampsia_screening")] == screened
    gains = [
        (row["imt_pra_hamil"], row["total_kg_min"], row["total_kg_max"]) for row in reference(shared, "gwg")
    ]
    assert [(r["bmi"], r["total_least_kg"], r["total_most_kg"]) for r in sources.rows("gwg")] == gains
    women = ("ibu_hamil", "ibu_hamil_masalah_lain", "ibu_nifas")
    signs = {row["sign"] for row in reference(shared, "danger_signs") if row["target"] in women}
    assert signs <= {row["sign"] for row in sources.rows("danger_signs")}
    items = [row["item"] for row in reference(shared, "anc_10T_12T")]
    assert [row["item"] for row in sources.rows("anc_10T_12T")] == items
