"""Together graver: each rule with and without each of its parts."""

from datetime import date, timedelta

import pytest

from ceting.standards.levels import Level, level_of
from ceting.standards.triage.combining import SEVERE, near, together

DAY = date(2026, 11, 26)


@pytest.mark.parametrize("severe", sorted(SEVERE))
@pytest.mark.parametrize("sign", ["TIDAK_MINUM", "DEMAM_TINGGI", "N_LEMAH", "fever_under_two_months"])
def test_gizi_buruk_with_a_danger_sign_is_red(severe: str, sign: str) -> None:
    assert together([severe], [sign]) == {"severe_with_complication"}
    assert level_of("severe_with_complication") is Level.MERAH


@pytest.mark.parametrize("severe", sorted(SEVERE))
def test_a_cough_is_no_complication_and_gizi_buruk_alone_is_none_either(severe: str) -> None:
    assert together([severe], ["BATUK_PILEK"]) == frozenset()
    assert together([severe], []) == frozenset()


def test_not_gaining_twice_is_graver_with_any_illness() -> None:
    assert together(["two_t"], ["BATUK_PILEK"]) == {"two_t_with_illness"}
    assert together(["two_t"], []) == frozenset()
    assert together(["not_gained"], ["BATUK_PILEK"]) == frozenset()
    assert (level_of("two_t"), level_of("two_t_with_illness")) == (Level.SEDANG, Level.TINGGI)


def test_a_doubted_value_beside_a_danger_sign_is_measured_now() -> None:
    assert together(["implausible"], ["DEMAM_TINGGI"]) == {"measure_again"}
    assert together(["implausible"], ["BATUK_PILEK"]) == frozenset()
    assert level_of("measure_again") is Level.SEGERA


@pytest.mark.parametrize(("days", "expected"), [(0, True), (7, True), (8, False), (-7, True), (-8, False)])
def test_a_sign_counts_within_a_week_of_the_measurement(days: int, expected: bool) -> None:
    assert near(DAY, DAY + timedelta(days=days)) is expected
