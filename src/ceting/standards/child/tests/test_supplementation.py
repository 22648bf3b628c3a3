"""Vitamin A by round, deworming by half-year, the mother's capsules: at, before and after each limit."""

from datetime import date, timedelta

import pytest

from ceting.standards.child.supplementation import (
    Round,
    RoundState,
    capsule_at,
    deworming_dose,
    deworming_round,
    deworming_rounds,
    may_be_dewormed,
    mother_vitamin_a,
    next_deworming,
    next_vitamin_a,
    round_since,
    vitamin_a_round,
    vitamin_a_rounds,
)
from ceting.standards.vitamin_a import Capsule

BORN = date(2025, 3, 10)


def states(rounds: tuple[Round, ...]) -> list[tuple[str, str]]:
    return [(f"{each.since:%Y-%m}", each.state.value) for each in rounds]


def test_no_round_speaks_of_a_child_under_six_months() -> None:
    assert vitamin_a_rounds(BORN, (), date(2025, 8, 31)) == ()


def test_she_who_turns_six_months_within_the_month_is_due_from_that_day() -> None:
    born = date(2025, 8, 20)
    assert vitamin_a_rounds(born, (), date(2026, 2, 19)) == ()
    (found,) = vitamin_a_rounds(born, (), date(2026, 2, 20))
    assert (found.state, found.what) == (RoundState.DUE, "kapsul biru")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 2, 1), "due"),
        (date(2026, 2, 28), "due"),
        (date(2026, 3, 1), "missed"),
        (date(2026, 7, 31), "missed"),
    ],
)
def test_a_round_is_due_in_its_month_and_missed_after_it(on: date, state: str) -> None:
    assert states(vitamin_a_rounds(BORN, (), on)) == [("2026-02", state)]


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (date(2026, 1, 31), "missed"), (date(2026, 2, 1), "given"), (date(2026, 4, 3), "given"),
        (date(2026, 7, 31), "given"), (date(2026, 8, 1), "missed"),
    ],
)  # fmt: skip
def test_a_capsule_counts_for_the_round_that_it_follows(given: date, state: str) -> None:
    assert states(vitamin_a_rounds(BORN, [given], date(2026, 12, 1)))[0] == ("2026-02", state)


def test_the_colour_is_that_of_her_age() -> None:
    found = vitamin_a_rounds(BORN, (), date(2026, 9, 1))
    assert [each.what for each in found] == ["kapsul biru", "kapsul merah"]


@pytest.mark.parametrize(
    ("on", "capsule"),
    [
        (date(2025, 9, 9), None), (date(2025, 9, 10), Capsule.BLUE), (date(2026, 3, 9), Capsule.BLUE),
        (date(2026, 3, 10), Capsule.RED), (date(2030, 3, 9), Capsule.RED), (date(2030, 3, 10), None),
    ],
)  # fmt: skip
def test_the_capsule_of_an_age_whatever_the_month(on: date, capsule: Capsule | None) -> None:
    assert capsule_at(BORN, on) is capsule


@pytest.mark.parametrize(
    ("on", "when"),
    [
        (date(2025, 4, 1), (date(2026, 2, 1), Capsule.BLUE)),
        (date(2026, 2, 1), (date(2026, 8, 1), Capsule.RED)),
        (date(2029, 7, 31), (date(2029, 8, 1), Capsule.RED)),
        (date(2029, 8, 1), (date(2030, 2, 1), Capsule.RED)),
        (date(2030, 2, 1), None),
    ],
)
def test_the_next_capsule(on: date, when: tuple[date, Capsule] | None) -> None:
    assert next_vitamin_a(BORN, on) == when


def test_the_next_capsule_of_one_who_turns_six_months_within_the_round() -> None:
    assert next_vitamin_a(date(2025, 8, 20), date(2026, 1, 1)) == (date(2026, 2, 20), Capsule.BLUE)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 9), []),
        (date(2026, 3, 10), [("2026-01", "due")]),
        (date(2026, 6, 30), [("2026-01", "due")]),
        (date(2026, 7, 1), [("2026-01", "missed"), ("2026-07", "due")]),
    ],
)
def test_deworming_opens_on_the_first_birthday_and_once_each_half_year(
    on: date, expected: list[tuple[str, str]]
) -> None:
    assert states(deworming_rounds(BORN, (), on)) == expected


def test_a_dose_makes_the_half_year_a_given_one() -> None:
    found = deworming_rounds(BORN, [date(2026, 4, 1)], date(2026, 7, 1))
    assert states(found) == [("2026-01", "given"), ("2026-07", "due")]
    assert round_since(found, date(2026, 6, 30)) == found[0]
    assert round_since(found, date(2025, 6, 30)) is None


def test_deworming_ends_with_the_fifth_birthday() -> None:
    assert may_be_dewormed(BORN, date(2030, 3, 9))
    assert not may_be_dewormed(BORN, date(2030, 3, 10))
    assert not may_be_dewormed(BORN, date(2026, 3, 9))
    assert states(deworming_rounds(BORN, (), date(2030, 12, 1)))[-1] == ("2030-01", "missed")


@pytest.mark.parametrize(
    ("on", "opens"),
    [
        (date(2025, 4, 1), date(2026, 3, 10)), (date(2026, 3, 10), date(2026, 7, 1)),
        (date(2029, 12, 31), date(2030, 1, 1)), (date(2030, 1, 1), None),
    ],
)  # fmt: skip
def test_the_next_deworming(on: date, opens: date | None) -> None:
    assert next_deworming(BORN, on) == opens


@pytest.mark.parametrize(
    ("on", "dose"),
    [
        (date(2026, 3, 10), "albendazol 200 mg"),
        (date(2027, 3, 10), "albendazol 200 mg"),
        (date(2027, 4, 9), "albendazol 200 mg"),
        (date(2027, 4, 10), "albendazol 400 mg"),
    ],
)
def test_the_dose_in_words_follows_the_table(on: date, dose: str) -> None:
    assert deworming_dose(BORN, on) == dose


def test_a_mother_gets_two_capsules_a_day_apart() -> None:
    born = date(2026, 5, 1)
    assert mother_vitamin_a(born, (), born).next_from == born
    one = mother_vitamin_a(born, [born], born)
    assert (one.given, one.wanted, one.next_from) == (1, 2, date(2026, 5, 2))
    assert mother_vitamin_a(born, [born, date(2026, 5, 2)], date(2026, 5, 3)).next_from is None


def test_the_mothers_capsules_end_with_the_puerperium() -> None:
    born = date(2026, 5, 1)
    assert mother_vitamin_a(born, (), born + timedelta(days=42)).next_from == born
    assert mother_vitamin_a(born, (), born + timedelta(days=43)).next_from is None


def test_a_capsule_before_the_birth_is_an_error() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        mother_vitamin_a(date(2026, 5, 1), [date(2026, 4, 30)], date(2026, 5, 2))


@pytest.mark.parametrize(
    ("on", "capsules", "worms"),
    [
        (date(2026, 1, 31), date(2025, 8, 1), date(2026, 1, 1)),
        (date(2026, 2, 1), date(2026, 2, 1), date(2026, 1, 1)),
        (date(2026, 6, 30), date(2026, 2, 1), date(2026, 1, 1)),
        (date(2026, 7, 1), date(2026, 2, 1), date(2026, 7, 1)),
        (date(2026, 8, 1), date(2026, 8, 1), date(2026, 7, 1)),
    ],
)
def test_the_round_of_a_day(on: date, capsules: date, worms: date) -> None:
    assert vitamin_a_round(on) == capsules
    assert deworming_round(on) == worms
