"""How fast a finding must be answered: the table names known levels, and the highest reason counts."""

import pytest

from ceting.standards import sources
from ceting.standards.child import illness
from ceting.standards.levels import Level, field_class_of, finding_of, highest, level_of


@pytest.mark.parametrize("code", [row["code"] for row in sources.rows("levels")])
def test_every_finding_has_a_known_level(code: str) -> None:
    assert isinstance(level_of(code), Level)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("TD_DARURAT", Level.MERAH), ("ANEMIA_BERAT", Level.MERAH), ("TD_TINGGI", Level.SEGERA),
        ("ANEMIA_SEDANG", Level.TINGGI), ("LEWAT_BULAN", Level.TINGGI), ("KN1_TERLEWAT", Level.TINGGI),
        ("ANEMIA_RINGAN", Level.SEDANG), ("KEK", Level.SEDANG), ("ANC_TERLEWAT", Level.RINGAN),
        ("KRST", Level.TINGGI), ("KRT", Level.SEDANG), ("PE_POSITIF", Level.SEDANG), ("GWG_KURANG", Level.SEDANG),
        ("DJJ_LAMBAT", Level.SEGERA), ("KEK_TIDAK", None),
    ],
)  # fmt: skip
def test_the_findings_of_a_pregnancy_have_the_level_of_the_rules(code: str, level: Level | None) -> None:
    assert level_of(code) is level


CHILD = {
    Level.MERAH: (
        "TIDAK_MINUM KEJANG TIDAK_SADAR SESAK MUNTAH_TERUS MATA_CEKUNG DIARE_DARAH_DEMAM fever_under_two_months "
        "severe_with_complication N_TIDAK_MENYUSU N_KEJANG N_DEMAM"
    ),
    Level.SEGERA: "severely_wasted muac_red oedema infant_wasted infant_losing measure_again BIRTH_SAME_DAY",
    Level.TINGGI: "wasted severely_underweight two_t_below_red_line two_t_with_illness infant_not_gaining",
    Level.SEDANG: (
        "severely_short short underweight muac_yellow two_t BIRTH_LOW BIRTH_PRETERM not_weighed head KPSP_P obese"
    ),
    Level.RINGAN: "not_gained overweight_risk KPSP_M",
}
"""The rows of rules.md 6 for a child."""


@pytest.mark.parametrize(
    ("code", "level"), [(code, level) for level, row in CHILD.items() for code in row.split()]
)
def test_the_findings_of_a_child_have_the_level_of_the_rules(code: str, level: Level) -> None:
    assert level_of(code) is level


def test_every_danger_sign_of_a_child_is_answered_the_same_day_at_least() -> None:
    signs = [row["code"] for row in sources.rows("child_signs") if row["weight"] == illness.Weight.DANGER]
    assert {code: level_of(code) for code in signs if (level_of(code) or 0) < Level.SEGERA} == {}


@pytest.mark.parametrize("code", [row["code"] for row in sources.rows("levels")])
def test_every_finding_is_said_in_words_to_a_known_class_of_readers(code: str) -> None:
    assert finding_of(code)
    assert field_class_of(code) in ("volunteer", "clinical")


def test_what_a_laboratory_or_a_stethoscope_says_is_for_health_workers() -> None:
    clinical = {row["code"] for row in sources.rows("levels") if row["field_class"] == "clinical"}
    assert clinical == {
        "ANEMIA_BERAT",
        "ANEMIA_SEDANG",
        "ANEMIA_RINGAN",
        "DJJ_LAMBAT",
        "DJJ_CEPAT",
        "PE_POSITIF",
    }


def test_the_highest_reason_sets_the_level_and_no_finding_opens_nothing() -> None:
    assert highest(["KEK", "TD_DARURAT", "KEK_TIDAK"]) is Level.MERAH
    assert highest(["KEK_TIDAK"]) is None
