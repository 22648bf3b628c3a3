"""Danger signs: each says what to do now, and none that the rules call an emergency is milder here."""

import pytest

from ceting.standards import sources
from ceting.standards.levels import Level
from ceting.standards.pregnancy.danger_signs import (
    Target,
    danger_sign,
    danger_signs,
    emergencies,
    makes_high_pressure_severe,
)
from ceting.standards.sources import TableError

EMERGENCY = (
    "Ini tanda bahaya. Jangan tunggu balasan pesan. Segera ke IGD atau bidan terdekat. "
    "Minta keluarga atau tetangga mengantar. Bawa Buku KIA."
)
ALL = [sign for target in Target for sign in danger_signs(target)]


def test_every_row_belongs_to_a_target_and_says_what_to_do() -> None:
    assert len(ALL) == len(sources.rows("danger_signs"))
    for sign in ALL:
        assert sign.code.startswith(f"{sign.target}.")
        assert (sign.action == EMERGENCY) == sign.emergency


@pytest.mark.parametrize("target", [Target.PREGNANT, Target.POSTNATAL])
def test_every_danger_sign_of_the_book_is_an_emergency_but_sadness_which_is_confided(target: Target) -> None:
    calm = [sign for sign in danger_signs(target) if not sign.emergency]
    assert [sign.code for sign in calm] == (["postnatal.sadness"] if target is Target.POSTNATAL else [])
    for sign in calm:
        assert sign.confidential
        assert "IGD" not in sign.action


@pytest.mark.parametrize(
    "code",
    [
        "pregnant.unconscious", "pregnant.swelling_convulsion", "pregnant.bleeding", "pregnant.abdominal_pain",
        "pregnant.less_movement", "postnatal.bleeding", "postnatal.unconscious",
    ],
)  # fmt: skip
def test_what_the_rules_call_red_is_red(code: str) -> None:
    assert danger_sign(code).level is Level.MERAH


def test_no_emergency_waits_longer_than_the_same_day() -> None:
    assert min(sign.level for sign in ALL if sign.emergency) is Level.SEGERA


def test_other_troubles_need_a_visit_and_are_no_emergency() -> None:
    for sign in danger_signs(Target.PREGNANT_OTHER):
        assert not sign.emergency
        assert "bidan hari ini" in sign.action


def test_headache_eyes_and_stomach_make_a_high_pressure_severe() -> None:
    severe = {sign.code for sign in ALL if sign.severe_with_pressure}
    signs = ("severe_headache", "blurred_vision", "epigastric_pain")
    assert severe == {f"{target}.{sign}" for target in ("pregnant", "postnatal") for sign in signs}
    assert makes_high_pressure_severe(["pregnant.vomiting", "pregnant.blurred_vision"])
    assert not makes_high_pressure_severe(["pregnant.bleeding"])
    assert not makes_high_pressure_severe([])


def test_emergencies_come_the_most_urgent_first_and_the_calm_ones_not() -> None:
    found = emergencies(["pregnant.vomiting", "pregnant_other.cough", "pregnant.bleeding"])
    assert [sign.code for sign in found] == ["pregnant.bleeding", "pregnant.vomiting"]


def test_an_unknown_sign_is_an_error_and_never_silently_nothing() -> None:
    for ask in (emergencies, makes_high_pressure_severe):
        with pytest.raises(TableError, match=r"pregnant\.nothing"):
            ask(["pregnant.nothing"])
