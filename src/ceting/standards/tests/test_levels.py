"""How fast a finding must be answered: the table names known levels, and the highest reason counts."""

import pytest

from ceting.standards import sources
from ceting.standards.levels import Level, highest, level_of


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


def test_the_highest_reason_sets_the_level_and_no_finding_opens_nothing() -> None:
    assert highest(["KEK", "TD_DARURAT", "KEK_TIDAK"]) is Level.MERAH
    assert highest(["KEK_TIDAK"]) is None
