"""KEK, anaemia, tablets and extra food: at, just below and just above every limit, and by the setting."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.pregnancy.limits import Limits, default_limits, limits_from
from ceting.standards.pregnancy.nutrition import (
    AnaemiaLevel,
    KekReason,
    anaemia,
    body_mass_index,
    food_days,
    kek,
    tablets,
)
from ceting.standards.pregnancy.values import PregnancyValueError

LIMITS = default_limits()
NONE, MILD, MODERATE, SEVERE = AnaemiaLevel


def test_a_puskesmas_that_chose_nothing_has_the_defaults_of_the_table() -> None:
    assert Limits(
        anc_pattern="1-2-3", kek_muac_cm=23.5, kek_bmi=18.5, anaemia_hb_first=11, anaemia_hb_second=10.5,
        anaemia_hb_third=11, severe_anaemia_hb=7, short_mother_cm=145, iron_tablets=90, food_days=120,
        fetal_heart_least=110,
    ) == LIMITS  # fmt: skip


def test_what_a_puskesmas_chose_takes_the_place_of_the_default() -> None:
    chosen = limits_from(
        {
            "pregnancy.anc_pattern": "2-1-3",
            "pregnancy.severe_anaemia_hb": "8",
            "pregnancy.kek_muac_cm": Decimal("23"),
            "pregnancy.food_days": "90",
            "words.greeting": "Halo",
        }
    )
    assert chosen == replace(LIMITS, anc_pattern="2-1-3", severe_anaemia_hb=8, kek_muac_cm=23, food_days=90)


def test_the_limits_that_a_judgement_was_made_with_can_be_kept_and_read_back() -> None:
    assert Limits(**kek(23, None, LIMITS).limits.as_record) == LIMITS  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("muac", "bmi", "at_risk", "reasons"),
    [
        (23.4, None, True, (KekReason.MUAC,)),
        (23.5, None, False, ()),
        (23.6, None, False, ()),
        (None, 18.49, True, (KekReason.BMI,)),
        (None, 18.5, False, ()),
        (None, 18.51, False, ()),
        (25.0, 17.0, True, (KekReason.BMI,)),
        (22.0, 22.0, True, (KekReason.MUAC,)),
        (22.0, 17.0, True, (KekReason.MUAC, KekReason.BMI)),
        (None, None, None, ()),
    ],
)
def test_kek_is_a_small_arm_or_a_low_bmi_and_nothing_measured_is_not_normal(
    muac: float | None, bmi: float | None, at_risk: bool | None, reasons: tuple[KekReason, ...]
) -> None:
    found = kek(muac, bmi, LIMITS)
    assert (found.at_risk, found.reasons) == (at_risk, reasons)
    assert found.code == {True: "KEK", False: "KEK_TIDAK", None: None}[at_risk]


def test_kek_follows_the_limit_of_the_puskesmas() -> None:
    assert kek(23.4, None, replace(LIMITS, kek_muac_cm=23.0)).at_risk is False


@pytest.mark.parametrize(
    ("hb", "first", "second", "third"),
    [
        (11.1, NONE, NONE, NONE), (11.0, NONE, NONE, NONE), (10.9, MILD, NONE, MILD), (10.6, MILD, NONE, MILD),
        (10.5, MILD, NONE, MILD), (10.4, MILD, MILD, MILD), (10.0, MILD, MILD, MILD),
        (9.9, MODERATE, MODERATE, MODERATE), (7.0, MODERATE, MODERATE, MODERATE), (6.9, SEVERE, SEVERE, SEVERE),
    ],
)  # fmt: skip
def test_an_anaemia_is_told_by_the_threshold_of_its_own_trimester(
    hb: float, first: AnaemiaLevel, second: AnaemiaLevel, third: AnaemiaLevel
) -> None:
    assert [anaemia(hb, number, LIMITS).level for number in (1, 2, 3)] == [first, second, third]


@pytest.mark.parametrize(("hb", "level"), [(7.9, SEVERE), (8.0, MODERATE), (8.1, MODERATE), (6.9, SEVERE)])
def test_severe_is_below_eight_where_the_puskesmas_counts_so_and_the_record_says_it(
    hb: float, level: AnaemiaLevel
) -> None:
    found = anaemia(hb, 1, replace(LIMITS, severe_anaemia_hb=8))
    assert (found.level, found.limits.severe_anaemia_hb) == (level, 8)


def test_a_threshold_of_the_second_trimester_above_the_others_makes_it_mild_from_there() -> None:
    strict = replace(LIMITS, anaemia_hb_second=12)
    assert anaemia(11.9, 2, strict).level is MILD
    assert anaemia(12.0, 2, strict).level is NONE
    assert anaemia(11.9, 2, strict).below == 12


@given(st.integers(10, 249), st.sampled_from([1, 2, 3]))
def test_more_haemoglobin_is_never_a_worse_anaemia(tenths: int, trimester: int) -> None:
    order = list(AnaemiaLevel)
    lower, higher = (anaemia(each / 10, trimester, LIMITS).level for each in (tenths, tenths + 1))
    assert order.index(higher) <= order.index(lower)


@pytest.mark.parametrize("hb", [0.9, 25.1, 112, -1])
def test_an_impossible_hb_is_refused(hb: float) -> None:
    with pytest.raises(PregnancyValueError, match=r"hb\.bounds"):
        anaemia(hb, 1, LIMITS)


@pytest.mark.parametrize("hb", [1.0, 25.0])
def test_the_bounds_of_an_hb_are_still_possible(hb: float) -> None:
    assert anaemia(hb, 1, LIMITS).below == 11


@pytest.mark.parametrize(
    ("taken", "first", "second"),
    [(0, False, False), (89, False, False), (90, True, False), (91, True, False), (179, True, False),
     (180, True, True), (181, True, True)],
)  # fmt: skip
def test_tablets_are_counted_by_both_official_numbers(taken: int, first: bool, second: bool) -> None:
    found = tablets(taken, LIMITS)
    assert (found.reached_90, found.reached_180, found.reached, found.target) == (first, second, first, 90)
    strict = tablets(taken, replace(LIMITS, iron_tablets=180))
    assert (strict.reached, strict.target) == (second, 180)


@pytest.mark.parametrize(
    ("received", "left", "complete"), [(0, 120, False), (119, 1, False), (120, 0, True), (130, 0, True)]
)
def test_extra_food_is_for_120_days(received: int, left: int, complete: bool) -> None:
    found = food_days(received, LIMITS)
    assert (found.left, found.complete) == (left, complete)


def test_extra_food_is_for_90_days_where_the_puskesmas_counts_so() -> None:
    assert food_days(90, replace(LIMITS, food_days=90)).complete


def test_negative_counts_are_refused_in_words() -> None:
    for count, code in ((tablets, "tablets.negative"), (food_days, "food_days.negative")):
        with pytest.raises(PregnancyValueError) as refused:
            count(-1, LIMITS)
        assert refused.value.code == code
        assert "kurang dari nol" in refused.value.sentence


@pytest.mark.parametrize(
    ("kg", "cm", "bmi"), [(50, 160, 19.53), (47.36, 160, 18.5), (64, 160, 25.0), (45.5, 150, 20.22)]
)
def test_a_bmi_has_the_two_decimals_that_are_shown(kg: float, cm: float, bmi: float) -> None:
    assert body_mass_index(kg, cm) == bmi


@pytest.mark.parametrize(
    ("kg", "cm", "code"),
    [(19.9, 150, "weight.bounds"), (250.1, 150, "weight.bounds"), (50, 99, "height.bounds"),
     (50, 1.55, "height.bounds"), (50, 220.1, "height.bounds")],
)  # fmt: skip
def test_an_impossible_weight_or_height_is_refused(kg: float, cm: float, code: str) -> None:
    with pytest.raises(PregnancyValueError) as refused:
        body_mass_index(kg, cm)
    assert refused.value.code == code


@pytest.mark.parametrize("muac", [9.9, 60.1, 0, 235])
def test_an_impossible_muac_is_refused(muac: float) -> None:
    with pytest.raises(PregnancyValueError, match=r"muac\.bounds"):
        kek(muac, None, LIMITS)
