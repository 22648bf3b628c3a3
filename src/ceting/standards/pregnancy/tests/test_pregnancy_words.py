"""Every result of the rules of pregnancy has words, and families read the agreed ones."""

import pytest

from ceting.standards import sources
from ceting.standards.levels import Level, level_of
from ceting.standards.pregnancy.fundal import FundalHeight, HeartRate
from ceting.standards.pregnancy.nutrition import AnaemiaLevel, KekReason
from ceting.standards.pregnancy.preeclampsia import Screen
from ceting.standards.pregnancy.pressure import PressureLevel
from ceting.standards.pregnancy.weight_gain import Gain
from ceting.standards.words import family_words, severity_of

RESULTS = (KekReason, AnaemiaLevel, PressureLevel, FundalHeight, HeartRate, Screen, Gain)
GROUPS = {row["code"] for row in sources.rows("kspr_groups")}
CODES = {row["code"] for row in sources.rows("pregnancy_words")}


def test_every_result_has_its_words_and_no_words_are_left_over() -> None:
    assert {each.value for kind in RESULTS for each in kind} | GROUPS | {"KEK", "KEK_TIDAK"} == CODES


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("KEK", "Ibu perlu tambahan gizi"),
        ("ANEMIA_RINGAN", "Hb rendah (kurang darah)"),
        ("ANEMIA_SEDANG", "Hb rendah (kurang darah)"),
        ("KRT", "Kehamilan ini perlu perhatian khusus"),
        ("KRST", "Kehamilan ini perlu perhatian khusus"),
    ],
)
def test_families_read_the_agreed_sentences(code: str, what: str) -> None:
    assert family_words(code).what == what


@pytest.mark.parametrize("code", sorted(CODES))
def test_what_must_be_answered_now_is_worded_as_urgent_and_what_opens_nothing_is_calm(code: str) -> None:
    level = level_of(code)
    assert (severity_of(code) == 3) == (level is not None and level >= Level.SEGERA)
    if severity_of(code) == 0:
        assert level is None
