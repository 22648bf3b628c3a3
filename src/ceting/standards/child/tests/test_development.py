"""KPSP: the questionnaire of an age, and what nine, eight, seven and six yeses mean."""

from datetime import date, timedelta

import pytest

from ceting.standards.ages import add_months
from ceting.standards.child.development import (
    interpret,
    interpretation,
    next_questionnaire,
    questionnaire_ages,
    questionnaire_for,
    repeat_on,
)

BORN = date(2025, 1, 10)


def test_there_are_sixteen_ages() -> None:
    assert questionnaire_ages() == (3, 6, 9, 12, 15, 18, 21, 24, 30, 36, 42, 48, 54, 60, 66, 72)


@pytest.mark.parametrize(
    ("months", "days", "age"),
    [
        (2, 15, None), (2, 16, 3), (3, 0, 3), (5, 15, 3), (5, 16, 6), (7, 0, 6), (8, 15, 6), (8, 16, 9),
        (23, 15, 21), (23, 16, 24), (26, 0, 24), (29, 15, 24), (29, 16, 30), (35, 15, 30), (60, 0, 60), (80, 0, 72),
    ],
)  # fmt: skip
def test_the_nearest_age_that_was_reached_rounding_from_the_sixteenth_day(
    months: int, days: int, age: int | None
) -> None:
    assert questionnaire_for(BORN, add_months(BORN, months) + timedelta(days=days)) == age


def test_a_preterm_child_has_the_questionnaire_of_her_corrected_age_until_two_years() -> None:
    # 35 weeks: 35 days to take off.
    on = add_months(BORN, 6)
    assert questionnaire_for(BORN, on) == 6
    assert questionnaire_for(BORN, on, 245) == 3
    # 22 days to take off: five months and 15 days, then 16.
    assert questionnaire_for(BORN, on + timedelta(days=6), 258) == 3
    assert questionnaire_for(BORN, on + timedelta(days=7), 258) == 6
    assert questionnaire_for(BORN, on, 259) == 6
    assert questionnaire_for(BORN, add_months(BORN, 24) - timedelta(days=1), 245) == 21
    assert questionnaire_for(BORN, add_months(BORN, 24), 245) == 24


def test_the_next_questionnaire_has_its_day() -> None:
    assert next_questionnaire(BORN, BORN) == (3, date(2025, 4, 10))
    assert next_questionnaire(BORN, date(2025, 4, 10)) == (6, date(2025, 7, 10))
    assert next_questionnaire(BORN, date(2025, 2, 1), 245) == (3, date(2025, 5, 10) + timedelta(days=4))
    assert next_questionnaire(BORN, add_months(BORN, 72)) is None


def test_the_correction_ends_at_two_years_for_the_next_questionnaire_too() -> None:
    assert next_questionnaire(BORN, add_months(BORN, 22), 245) == (24, add_months(BORN, 24))
    assert next_questionnaire(BORN, add_months(BORN, 25), 245) == (30, add_months(BORN, 30))


@pytest.mark.parametrize(
    ("yes", "code"), [(10, "S"), (9, "S"), (8, "M"), (7, "M"), (6, "P"), (5, "P"), (0, "P")]
)
def test_nine_and_ten_are_well_seven_and_eight_doubtful_six_and_less_need_a_look(yes: int, code: str) -> None:
    found = interpret([True] * yes + [False] * (10 - yes))
    assert found.code == code
    assert found.words == f"KPSP_{code}"


@pytest.mark.parametrize("answers", [9, 11, 0])
def test_ten_answers_and_no_other_number_can_be_judged(answers: int) -> None:
    with pytest.raises(ValueError, match="10 answers"):
        interpret([True] * answers)


@pytest.mark.parametrize("yes", [-1, 11])
def test_a_number_that_ten_questions_do_not_give_is_an_error(yes: int) -> None:
    with pytest.raises(ValueError, match="yeses"):
        interpretation(yes)


def test_a_doubtful_result_is_repeated_after_the_weeks_of_the_puskesmas() -> None:
    assert repeat_on(BORN, "M", 2) == date(2025, 1, 24)
    assert repeat_on(BORN, "M", 3) == date(2025, 1, 31)
    assert repeat_on(BORN, "S", 2) is None
    assert repeat_on(BORN, "P", 2) is None
