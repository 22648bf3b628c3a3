"""Questions about a measurement, at each limit, with the number that was probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.growth import assess, value_at
from ceting.standards.growth.indicators import POSITION_DIFFERENCE
from ceting.standards.plausibility import MeasurementWarning, Measures, check_measurement
from ceting.standards.plausibility.measures import Position

NINE_MONTHS = 280
BOY = 1


def codes(warnings: tuple[MeasurementWarning, ...]) -> list[str]:
    return [warning.code for warning in warnings]


def at_nine_months(
    weight_kg: float | None = None,
    lenhei_cm: float | None = None,
    position: Position = "",
    headc_cm: float | None = None,
    muac_cm: float | None = None,
    previous: Measures | None = None,
) -> tuple[MeasurementWarning, ...]:
    return check_measurement(
        sex=BOY,
        age_days=NINE_MONTHS,
        weight_kg=weight_kg,
        lenhei_cm=lenhei_cm,
        position=position,
        headc_cm=headc_cm,
        muac_cm=muac_cm,
        previous=previous,
    )


def test_a_healthy_child_raises_no_question() -> None:
    previous = Measures(250, 8.6, 70.5, "l", 44.5, 14.0)
    assert at_nine_months(8.9, 71.8, "l", 45.0, 14.1, previous) == ()
    assert at_nine_months() == ()


def test_85_for_8_5_kg_is_asked_back_with_the_number_that_was_meant() -> None:
    (warning,) = at_nine_months(weight_kg=85)
    assert warning == MeasurementWarning(
        code="weight.implausible_high",
        field="weight_kg",
        sentence="Berat 85 kg tidak mungkin untuk umur 9 bulan. Maksud Ibu 8,5 kg?",
        suggestion=8.5,
        hard=False,
    )


@pytest.mark.parametrize(("typed", "meant"), [(85, 8.5), (0.85, 8.5), (850, 8.5), (0.085, 8.5), (8500, 8.5)])
def test_a_slip_of_the_decimal_mark_or_grams_for_kilograms_is_understood(typed: float, meant: float) -> None:
    (warning,) = at_nine_months(weight_kg=typed)
    assert warning.suggestion == meant


@pytest.mark.parametrize(("typed", "meant"), [(715, 71.5), (7.15, 71.5), (0.715, 71.5), (7150, 71.5)])
def test_millimetres_and_metres_are_understood_as_a_length(typed: float, meant: float) -> None:
    (warning,) = at_nine_months(lenhei_cm=typed)
    assert warning.suggestion == meant


def test_an_arm_in_millimetres_is_understood() -> None:
    (warning,) = at_nine_months(muac_cm=135)
    assert (warning.code, warning.suggestion) == ("muac.too_large", 13.5)


def test_a_very_low_weight_that_may_be_true_is_measured_again_and_reported_rather_than_talked_away() -> None:
    (warning,) = at_nine_months(weight_kg=3.1)
    assert warning.code == "weight.implausible_low"
    assert warning.suggestion is None
    assert not warning.hard
    assert warning.sentence == (
        "Berat 3,1 kg jauh di bawah biasanya untuk umur 9 bulan. Timbang ulang sekarang. "
        "Bila tetap sama, simpan dan hubungi petugas hari ini."
    )


def test_the_question_begins_exactly_where_the_who_flags() -> None:
    for indicator, field, z_low, z_high in [
        ("wfa", "weight_kg", -6, 5),
        ("lhfa", "lenhei_cm", -6, 6),
        ("hcfa", "headc_cm", -5, 5),
        ("acfa", "muac_cm", -5, 5),
    ]:
        for z, beyond in [(z_low, -0.02), (z_high, 0.02)]:
            inside = value_at(indicator, BOY, NINE_MONTHS, z)  # type: ignore[arg-type]
            outside = value_at(indicator, BOY, NINE_MONTHS, z + beyond)  # type: ignore[arg-type]
            assert at_nine_months(**{field: inside}) == ()  # type: ignore[arg-type]
            (warning,) = at_nine_months(**{field: outside})  # type: ignore[arg-type]
            assert warning.field == field
            assert "implausible" in warning.code


@pytest.mark.parametrize(
    ("field", "largest"), [("weight_kg", 100), ("lenhei_cm", 150), ("headc_cm", 80), ("muac_cm", 50)]
)
def test_beyond_the_absolute_bound_a_value_is_refused_and_at_it_only_questioned(
    field: str, largest: float
) -> None:
    (at_bound,) = at_nine_months(**{field: largest})  # type: ignore[arg-type]
    (beyond,) = at_nine_months(**{field: largest + 0.01})  # type: ignore[arg-type]
    assert (at_bound.hard, beyond.hard) == (False, True)
    assert beyond.code.endswith(".too_large")


@pytest.mark.parametrize("field", ["weight_kg", "lenhei_cm", "headc_cm", "muac_cm"])
@pytest.mark.parametrize("value", [0.0, -0.1, -8.5, float("nan"), float("inf")])
def test_zero_negative_and_no_number_at_all_are_refused(field: str, value: float) -> None:
    (warning,) = at_nine_months(**{field: value})  # type: ignore[arg-type]
    assert warning.hard
    assert warning.code.endswith(".not_positive")
    assert warning.sentence.endswith("atau kosongkan bila tidak diukur.")


def test_swapped_weight_and_length_are_noticed_and_both_are_offered_back() -> None:
    weight, length = at_nine_months(weight_kg=71.5, lenhei_cm=8.9)
    assert (weight.code, weight.field, weight.suggestion) == ("swapped", "weight_kg", 8.9)
    assert (length.code, length.field, length.suggestion) == ("swapped", "lenhei_cm", 71.5)
    assert weight.sentence == "Berat dan panjang tampaknya tertukar. Maksud Ibu berat 8,9 kg?"


def test_a_swap_is_noticed_even_where_the_length_is_beyond_the_bound_of_weights() -> None:
    warnings = check_measurement(sex=BOY, age_days=1700, weight_kg=104.0, lenhei_cm=16.5)
    assert codes(warnings) == ["swapped", "swapped"]


def test_a_weight_and_length_that_are_each_possible_but_not_together_are_asked_for_again() -> None:
    (warning,) = at_nine_months(weight_kg=12.0, lenhei_cm=66.0, position="l")
    assert (warning.code, warning.field) == ("weight_lenhei.mismatch", "lenhei_cm")
    assert "hubungi petugas" in warning.sentence


def test_weight_for_length_is_questioned_exactly_where_the_who_flags_it() -> None:
    for z, beyond in [(5, 0.02), (-5, -0.02)]:
        assert at_nine_months(weight_kg=value_at("wfl", BOY, 70.0, z), lenhei_cm=70.0) == ()
        outside = at_nine_months(weight_kg=value_at("wfl", BOY, 70.0, z + beyond), lenhei_cm=70.0)
        assert codes(outside) == ["weight_lenhei.mismatch"]


@pytest.mark.parametrize(
    ("age_days", "position", "expected"),
    [
        (730, "l", []),
        (730, "h", ["position.standing"]),
        (731, "l", ["position.lying"]),
        (731, "h", []),
        (730, "", []),
        (731, "", []),
    ],
)
def test_the_position_is_asked_about_when_it_is_unusual_for_the_age(
    age_days: int, position: Position, expected: list[str]
) -> None:
    found = check_measurement(sex=BOY, age_days=age_days, lenhei_cm=87.0, position=position)
    assert codes(found) == expected


def test_a_position_without_a_length_is_no_question() -> None:
    assert at_nine_months(position="h") == ()


@pytest.mark.parametrize(("now", "expected"), [(69.5, []), (69.4, ["lenhei.shrank"]), (69.6, [])])
def test_a_child_who_shrank_more_than_a_centimetre_is_measured_again(now: float, expected: list[str]) -> None:
    assert (
        codes(at_nine_months(lenhei_cm=now, position="l", previous=Measures(250, None, 70.5, "l")))
        == expected
    )


def test_standing_after_lying_is_not_shrinking() -> None:
    lying = Measures(700, None, 86.0, "l")
    stood = 86.0 - POSITION_DIFFERENCE
    assert check_measurement(sex=BOY, age_days=740, lenhei_cm=stood - 1.0, position="h", previous=lying) == ()
    found = check_measurement(sex=BOY, age_days=740, lenhei_cm=stood - 1.1, position="h", previous=lying)
    assert codes(found) == ["lenhei.shrank"]


def test_a_length_that_leaps_by_more_than_two_z_is_measured_again() -> None:
    previous = Measures(250, None, value_at("lhfa", BOY, 250, -1.0), "l")
    for z, expected in [(0.99, []), (1.0, []), (1.02, ["lenhei.jumped"])]:
        now = value_at("lhfa", BOY, NINE_MONTHS, z)
        assert codes(at_nine_months(lenhei_cm=now, position="l", previous=previous)) == expected


@pytest.mark.parametrize(("now", "expected"), [(43.5, []), (43.4, ["headc.shrank"])])
def test_a_head_that_shrank_more_than_a_centimetre_is_measured_again(now: float, expected: list[str]) -> None:
    assert codes(at_nine_months(headc_cm=now, previous=Measures(250, headc_cm=44.5))) == expected


def test_a_weight_that_moved_further_than_a_healthy_childs_ever_does_is_weighed_again() -> None:
    # 30 days after z = 0: four SD of 0.25 are one z either way.
    previous = Measures(250, round(value_at("wfa", BOY, 250, 0.0), 3))
    for z, expected in [
        (-1.02, ["weight.dropped"]),
        (-0.98, []),
        (0.98, []),
        (1.02, ["weight.jumped"]),
    ]:
        now = value_at("wfa", BOY, NINE_MONTHS, z)
        assert codes(at_nine_months(weight_kg=now, previous=previous)) == expected


@pytest.mark.parametrize(
    ("kg", "words"),
    [(6.9, "turun 1,6 kg"), (10.5, "naik 2 kg")],
)
def test_a_change_of_weight_is_told_in_words(kg: float, words: str) -> None:
    (warning,) = at_nine_months(weight_kg=kg, previous=Measures(250, 8.5))
    assert words in warning.sentence
    assert "(8,5 kg)" in warning.sentence


def test_a_newborn_who_has_not_gained_in_two_months_is_questioned_in_words() -> None:
    (same,) = check_measurement(sex=BOY, age_days=70, weight_kg=3.4, previous=Measures(7, 3.4))
    assert (same.code, "belum naik" in same.sentence) == ("weight.dropped", True)
    (little,) = check_measurement(sex=BOY, age_days=70, weight_kg=3.5, previous=Measures(7, 3.4))
    assert "hanya naik 0,1 kg" in little.sentence


def test_nothing_is_compared_with_a_previous_weight_that_was_itself_implausible() -> None:
    assert at_nine_months(weight_kg=8.9, previous=Measures(250, 85.0)) == ()


def test_a_value_that_is_questioned_for_itself_is_not_questioned_again_by_comparison() -> None:
    assert codes(at_nine_months(weight_kg=85, lenhei_cm=71, previous=Measures(250, 8.5, 70.0))) == [
        "weight.implausible_high"
    ]


@pytest.mark.parametrize("age_days", [NINE_MONTHS, NINE_MONTHS + 1])
def test_the_previous_measurement_must_be_older(age_days: int) -> None:
    with pytest.raises(ValueError, match="older"):
        at_nine_months(weight_kg=8.9, previous=Measures(age_days, 8.5))


def test_an_older_child_is_only_held_to_the_bounds_and_to_not_shrinking() -> None:
    six_years = 2200
    assert check_measurement(sex=BOY, age_days=six_years, weight_kg=60, lenhei_cm=115) == ()
    found = check_measurement(
        sex=BOY, age_days=six_years, weight_kg=101, lenhei_cm=110, previous=Measures(2000, 18, 112)
    )
    assert codes(found) == ["weight.too_large", "lenhei.shrank"]


@pytest.mark.parametrize(
    ("age_days", "words"), [(12, "12 hari"), (400, "13 bulan"), (731, "2 tahun"), (830, "2 tahun 3 bulan")]
)
def test_the_age_is_said_as_people_say_it(age_days: int, words: str) -> None:
    (warning,) = check_measurement(sex=BOY, age_days=age_days, weight_kg=90)
    assert f"untuk umur {words}." in warning.sentence


def test_from_two_years_on_a_length_is_called_a_height() -> None:
    assert at_nine_months(lenhei_cm=200)[0].sentence.startswith("Panjang 200 cm")
    assert check_measurement(sex=BOY, age_days=800, lenhei_cm=200)[0].sentence.startswith("Tinggi 200 cm")


@given(
    st.sampled_from([1, 2]),
    st.integers(0, 1826),
    st.one_of(st.none(), st.floats(-5, 200)),
    st.one_of(st.none(), st.floats(-5, 200)),
)
def test_every_question_has_words_and_every_suggestion_is_itself_plausible(
    sex: int, age_days: int, weight: float | None, length: float | None
) -> None:
    for warning in check_measurement(sex=sex, age_days=age_days, weight_kg=weight, lenhei_cm=length):
        assert warning.sentence[0].isupper()
        assert warning.sentence[-1] in ".?"
        if warning.suggestion is not None and warning.field == "weight_kg":
            assert assess(sex=sex, age_days=age_days, weight=warning.suggestion).fwei is False
        if warning.suggestion is not None and warning.field == "lenhei_cm":
            assert assess(sex=sex, age_days=age_days, lenhei=warning.suggestion).flen is False


@given(st.sampled_from([1, 2]), st.integers(30, 1800), st.floats(-2.5, 2.5), st.floats(-2.5, 2.5))
def test_a_child_within_the_normal_bands_is_never_questioned(
    sex: int, age_days: int, zl: float, zw: float
) -> None:
    length = value_at("lhfa", sex, age_days, zl)
    weight = value_at("wfh" if age_days >= 731 else "wfl", sex, length, zw)
    found = check_measurement(sex=sex, age_days=age_days, weight_kg=weight, lenhei_cm=length)
    assert found == () or assess(sex=sex, age_days=age_days, weight=weight).fwei is not False
