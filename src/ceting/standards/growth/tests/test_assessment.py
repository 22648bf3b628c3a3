"""One child, as bidan Rina and petugas gizi Dewi would ask about her."""

from dataclasses import FrozenInstanceError

import pytest

from ceting.standards.growth import GrowthInputError, assess


def test_a_median_newborn_boy_is_at_zero() -> None:
    child = assess(sex=1, age_days=0, weight=3.3464, lenhei=49.8842, headc=34.4618)
    assert (child.zwei, child.zlen, child.zhc) == (0, 0, 0)
    assert (child.fwei, child.flen, child.fhc) == (False, False, False)
    assert child.zac is None
    assert child.fac is None


def test_the_answer_cannot_be_changed_afterwards() -> None:
    child = assess(sex="f", age_days=400, weight=9)
    with pytest.raises(FrozenInstanceError):
        child.zwei = 0


def test_age_may_be_given_in_months() -> None:
    in_months = assess(sex="f", age_months=24, weight=9, lenhei=77.5, measure="l")
    in_days = assess(sex="f", age_days=24 * 30.4375, weight=9, lenhei=77.5, measure="l")
    assert in_months == in_days
    assert in_months.age_days == 731
    assert in_months.age_months == 24


def test_a_child_of_two_years_measured_lying_is_made_shorter() -> None:
    child = assess(sex=2, age_days=731, lenhei=77.5, measure="l")
    assert child.clenhei == 77.5 - 0.7
    assert child.standing is True
    assert assess(sex=2, age_days=730, lenhei=77.5, measure="h").clenhei == 77.5 + 0.7


def test_a_baby_said_to_stand_is_not_believed() -> None:
    child = assess(sex=1, age_days=273, weight=8, lenhei=70, measure="h")
    assert child.c9mo_flag
    assert child.measure == ""
    assert child.clenhei == 70
    assert not assess(sex=1, age_months=9, weight=8, lenhei=70, measure="h").c9mo_flag


def test_oedema_voids_what_rests_on_weight_and_nothing_else() -> None:
    child = assess(sex=2, age_days=500, weight=9, lenhei=75, headc=45, armc=14, oedema=True)
    assert (child.zwei, child.zwfl, child.zbmi) == (None, None, None)
    assert (child.fwei, child.fwfl, child.fbmi) == (None, None, None)
    assert None not in (child.zlen, child.zhc, child.zac)


def test_without_an_age_only_weight_for_length_is_given() -> None:
    child = assess(sex=1, weight=10, lenhei=80, headc=45, armc=14)
    assert child.zwfl is not None
    assert (child.zwei, child.zlen, child.zbmi, child.zhc, child.zac) == (None,) * 5


@pytest.mark.parametrize("nothing", [0, -1, None, float("nan"), float("inf")])
def test_a_measure_of_nothing_is_missing_for_every_index(nothing: float | None) -> None:
    child = assess(sex=1, age_days=500, weight=9, lenhei=nothing)
    assert (child.zlen, child.zwfl, child.zbmi, child.clenhei, child.bmi) == (None,) * 5
    child = assess(sex=1, age_days=500, weight=nothing, lenhei=75)
    assert (child.zwei, child.zwfl, child.zbmi, child.bmi) == (None,) * 4
    child = assess(sex=1, age_days=500, headc=nothing, armc=nothing, triskin=nothing, subskin=nothing)
    assert (child.zhc, child.zac, child.zts, child.zss) == (None,) * 4


def test_an_implausible_z_is_flagged_and_still_returned() -> None:
    child = assess(sex=1, age_days=365, weight=3.7)
    assert child.zwei == -6.96
    assert child.fwei is True


def test_a_weight_of_85_instead_of_8_point_5_is_returned_with_its_flag() -> None:
    child = assess(sex=1, age_days=365, weight=85, lenhei=75)
    assert child.zwei > 50
    assert (child.fwei, child.fwfl, child.fbmi) == (True, True, True)


def test_absurd_numbers_get_an_answer_and_not_a_crash() -> None:
    for weight in (5e-324, 1e-300, 1e300):
        for lenhei in (5e-324, 1e-160, 1e300):
            child = assess(sex=1, age_days=365, weight=weight, lenhei=lenhei)
            assert child.fwei is True
            assert child.flen is True


def test_an_unknown_sex_gets_no_scores() -> None:
    child = assess(sex=None, age_days=100, weight=6, lenhei=60)
    assert child.zwei is None
    assert child.clenhei == 60


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"sex": 3}, "sex", "invalid_sex"),
        ({"sex": "X"}, "sex", "invalid_sex"),
        ({"age_days": -1}, "age_days", "invalid_age"),
        ({"age_days": float("inf")}, "age_days", "invalid_age"),
        ({"age_days": None, "age_months": -0.1}, "age_months", "invalid_age"),
        ({"measure": "s"}, "measure", "invalid_measure"),
    ],
)
def test_what_cannot_be_a_childs_is_refused_by_name(
    wrong: dict[str, object], field: str, reason: str
) -> None:
    with pytest.raises(GrowthInputError) as refusal:
        assess(**{"sex": 1, "age_days": 100, **wrong})
    assert refusal.value.field == field
    assert refusal.value.reason == reason


def test_an_age_in_two_units_is_refused() -> None:
    with pytest.raises(TypeError):
        assess(sex=1, age_days=100, age_months=3)
