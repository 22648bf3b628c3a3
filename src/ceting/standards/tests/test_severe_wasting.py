"""Gizi buruk: which of the three signs, at which age, and what an implausible z-score does to it."""

import pytest

from ceting.standards.categories import SevereWasting, severe_wasting

WHZ, MUAC, OEDEMA, AGAIN = (
    SevereWasting.WEIGHT_FOR_LENGTH,
    SevereWasting.MUAC,
    SevereWasting.OEDEMA,
    SevereWasting.MEASURE_AGAIN,
)


def reasons(
    *,
    whz: float | None = None,
    muac: float | None = None,
    oedema: bool | None = None,
    age_months: float | None = 24,
    flagged: bool = False,
) -> tuple[SevereWasting, ...]:
    return severe_wasting(whz=whz, muac=muac, oedema=oedema, age_months=age_months, whz_flagged=flagged)


def test_a_child_with_good_measures_has_no_reason() -> None:
    assert reasons(whz=0.2, muac=14.0, oedema=False) == ()


def test_nothing_measured_gives_no_reason_and_no_clearance_to_read_into_it() -> None:
    assert reasons() == ()


@pytest.mark.parametrize(
    ("whz", "expected"), [(-3.01, (WHZ,)), (-3.0, ()), (-2.99, ()), (-3.004, ()), (-3.006, (WHZ,))]
)
def test_weight_for_length_counts_below_minus_three_as_shown(
    whz: float, expected: tuple[SevereWasting, ...]
) -> None:
    assert reasons(whz=whz) == expected


@pytest.mark.parametrize(("muac", "expected"), [(11.49, (MUAC,)), (11.5, ()), (11.51, ())])
def test_the_arm_counts_below_11_5_cm(muac: float, expected: tuple[SevereWasting, ...]) -> None:
    assert reasons(muac=muac) == expected


def test_oedema_alone_is_enough() -> None:
    assert reasons(oedema=True) == (OEDEMA,)


def test_all_three_signs_are_named_in_a_fixed_order() -> None:
    assert reasons(whz=-3.5, muac=11.0, oedema=True) == (WHZ, MUAC, OEDEMA)


@pytest.mark.parametrize(
    ("months", "expected"),
    [(5.9, (WHZ, OEDEMA)), (6, (WHZ, MUAC, OEDEMA)), (59.9, (WHZ, MUAC, OEDEMA)), (60, ())],
)
def test_the_arm_is_left_out_under_six_months_and_everything_from_sixty_on(
    months: float, expected: tuple[SevereWasting, ...]
) -> None:
    assert reasons(whz=-3.5, muac=11.0, oedema=True, age_months=months) == expected


def test_an_unknown_age_is_treated_as_the_age_that_the_rule_was_made_for() -> None:
    assert reasons(whz=-3.5, muac=11.0, age_months=None) == (WHZ, MUAC)


def test_an_implausibly_low_weight_for_length_is_measured_again_and_not_yet_called_severe() -> None:
    assert reasons(whz=-5.4, flagged=True) == (AGAIN,)


def test_an_implausible_value_beside_a_small_arm_or_oedema_is_measured_again_too() -> None:
    assert reasons(whz=5.6, muac=11.0, flagged=True) == (MUAC, AGAIN)
    assert reasons(whz=5.6, oedema=True, flagged=True) == (OEDEMA, AGAIN)


def test_an_implausibly_high_value_alone_is_no_reason() -> None:
    assert reasons(whz=5.6, muac=14.0, flagged=True) == ()
