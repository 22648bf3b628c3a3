"""Immunisation: each dose at, just before and just after its day; catch-up of a late child; what can't have been."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceting.standards.ages import add_months
from ceting.standards.child.doses import Schedule, known_doses, schedule
from ceting.standards.child.immunisation import (
    DoseStanding,
    DoseState,
    Given,
    Impossible,
    Mark,
    impossible,
    marks_of,
    plan,
    standing,
)

BORN = date(2026, 1, 15)
HERE = schedule(endemic=False, rotavirus_until=7)
ENDEMIC = schedule(endemic=True, rotavirus_until=7)


def dose(code: str, on: date, *told: Given, at: Schedule = HERE) -> DoseStanding:
    return next(each for each in standing(BORN, told, on, at) if each.dose.code == code)


def at(months: int, days: int = 0) -> date:
    return add_months(BORN, months) + timedelta(days=days)


def test_the_schedule_is_that_of_the_table() -> None:
    assert [(each.code, each.age) for each in HERE.doses] == [
        ("HB0", 0), ("BCG", 1), ("OPV1", 1), ("DPT1", 2), ("OPV2", 2), ("PCV1", 2), ("RV1", 2), ("DPT2", 3),
        ("OPV3", 3), ("PCV2", 3), ("RV2", 3), ("DPT3", 4), ("OPV4", 4), ("IPV1", 4), ("RV3", 4), ("MR1", 9),
        ("IPV2", 9), ("PCV3", 12), ("DPT4", 18), ("MR2", 18),
    ]  # fmt: skip


def test_je_is_in_the_schedule_where_it_is_endemic_only() -> None:
    assert "JE1" not in {each.code for each in HERE.doses}
    assert next(each.age for each in ENDEMIC.doses if each.code == "JE1") == 10


@pytest.mark.parametrize(
    "code", [each.code for each in ENDEMIC.doses if each.after is None and each.code != "HB0"]
)
def test_a_first_dose_is_next_then_due_on_its_day_and_overdue_a_month_later(code: str) -> None:
    age = known_doses()[code].age
    assert dose(code, at(age, -1), at=ENDEMIC).state is DoseState.NEXT
    assert dose(code, at(age), at=ENDEMIC).state is DoseState.DUE
    assert dose(code, at(age + 1, -1), at=ENDEMIC).state is DoseState.DUE
    assert dose(code, at(age + 1), at=ENDEMIC).state is DoseState.OVERDUE
    assert dose(code, at(age + 1), at=ENDEMIC).since == at(age)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, DoseState.DUE),
        (1, DoseState.DUE),
        (2, DoseState.OVERDUE),
        (30, DoseState.OVERDUE),
        (31, DoseState.NO_LONGER),
    ],
)
def test_hb0_is_due_on_the_first_two_days_and_not_given_any_more_from_one_month(
    days: int, state: DoseState
) -> None:
    assert dose("HB0", BORN + timedelta(days=days)).state is state


@pytest.mark.parametrize(
    ("code", "months"), [("BCG", 12), ("RV1", 7), ("MR1", 60), ("DPT1", 60), ("OPV1", 60)]
)
def test_a_dose_is_not_given_any_more_from_its_upper_age(code: str, months: int) -> None:
    assert dose(code, at(months, -1)).state is DoseState.OVERDUE
    assert dose(code, at(months)).state is DoseState.NO_LONGER


def test_the_upper_age_of_rotavirus_is_the_puskesmas_own() -> None:
    later = schedule(endemic=False, rotavirus_until=8)
    assert dose("RV1", at(7), at=later).state is DoseState.OVERDUE
    assert dose("RV1", at(8), at=later).state is DoseState.NO_LONGER


def test_a_dose_waits_for_the_one_before_it() -> None:
    assert dose("DPT2", at(6)).state is DoseState.TOO_EARLY
    assert dose("DPT2", at(6)).since is None


@pytest.mark.parametrize(("days", "state"), [(27, DoseState.NEXT), (28, DoseState.DUE), (29, DoseState.DUE)])
def test_two_doses_of_one_antigen_are_four_weeks_apart(days: int, state: DoseState) -> None:
    first = Given("DPT1", at(5))
    assert dose("DPT2", at(5, days), first).state is state
    assert dose("DPT2", at(5, days), first).since == at(5, 28)


def test_a_dose_in_time_makes_the_next_one_due_at_its_own_age() -> None:
    # Two months and two days to three months are 29 days: the age decides, not the interval.
    assert dose("DPT2", at(2, 29), Given("DPT1", at(2))).state is DoseState.NEXT
    assert dose("DPT2", at(3), Given("DPT1", at(2))).since == at(3)


@pytest.mark.parametrize(
    ("before", "code", "days"),
    [("PCV2", "PCV3", 56), ("DPT3", "DPT4", 365), ("MR1", "MR2", 180), ("IPV1", "IPV2", 28)],
)
def test_the_longer_intervals_of_later_doses(before: str, code: str, days: int) -> None:
    last = known_doses()[before]
    earlier = [Given(f"{last.antigen}{number}", at(2 + number)) for number in range(1, last.number)]
    told = [*earlier, Given(before, at(20))]
    assert dose(code, at(20, days - 1), *told).state is DoseState.NEXT
    assert dose(code, at(20, days), *told).state is DoseState.DUE


def test_a_given_dose_says_when_and_that_it_was_in_time() -> None:
    found = dose("BCG", at(3), Given("BCG", at(1, 4)))
    assert (found.state, found.given_on, found.marks) == (DoseState.GIVEN, at(1, 4), ())


@pytest.mark.parametrize(
    ("code", "on", "marks"),
    [
        ("BCG", BORN, ()),
        ("BCG", at(2, -1), ()),
        ("BCG", at(2), (Mark.LATE,)),
        ("BCG", at(12, -1), (Mark.LATE,)),
        ("BCG", at(12), (Mark.OLD,)),
        ("MR1", at(9, -1), (Mark.YOUNG,)),
        ("MR1", at(9), ()),
        ("RV1", at(7), (Mark.OLD,)),
        ("HB0", BORN + timedelta(days=1), ()),
        ("HB0", BORN + timedelta(days=2), (Mark.LATE,)),
        ("DPT2", at(3), (Mark.OUT_OF_ORDER,)),
    ],
)
def test_an_early_late_or_lonely_dose_is_accepted_and_marked(
    code: str, on: date, marks: tuple[Mark, ...]
) -> None:
    assert marks_of(code, on, birth=BORN, given=(), schedule=HERE) == marks
    assert impossible(code, on, birth=BORN, given=(), today=at(24)) is None


@pytest.mark.parametrize(("days", "marks"), [(27, (Mark.CLOSE,)), (28, ())])
def test_a_dose_too_soon_after_the_one_before_it_is_marked(days: int, marks: tuple[Mark, ...]) -> None:
    first = Given("DPT1", at(3) - timedelta(days=20))
    assert (
        marks_of("DPT2", first.on + timedelta(days=days), birth=BORN, given=[first], schedule=HERE) == marks
    )


def test_a_second_dose_before_the_first_is_marked_and_the_first_stays_open() -> None:
    told = [Given("DPT2", at(3)), Given("DPT1", at(4))]
    assert dose("DPT2", at(5), *told).marks == (Mark.OUT_OF_ORDER,)
    alone = Given("DPT2", at(3))
    assert dose("DPT1", at(3, 27), alone).state is DoseState.NEXT
    assert dose("DPT1", at(3, 28), alone).state is DoseState.DUE
    # One at a time: the missing first comes before the third.
    assert dose("DPT3", at(5), alone).state is DoseState.TOO_EARLY


@pytest.mark.parametrize(
    ("code", "on", "reason"),
    [
        ("BCG", BORN - timedelta(days=1), Impossible.BEFORE_BIRTH),
        ("BCG", BORN, None),
        ("MR1", at(9), None),
        ("MR1", at(9, 1), Impossible.FUTURE),
        ("OPV1", at(3), Impossible.TWICE),
        ("XYZ", at(3), Impossible.UNKNOWN),
        ("JE1", at(8), None),
    ],
)
def test_what_can_not_have_been_is_refused(code: str, on: date, reason: Impossible | None) -> None:
    told = [Given("OPV1", at(1))]
    assert impossible(code, on, birth=BORN, given=told, today=at(9)) is reason


def test_a_dose_given_elsewhere_stands_although_it_is_not_given_here() -> None:
    assert dose("JE1", at(12), Given("JE1", at(10))).state is DoseState.GIVEN


@pytest.mark.parametrize(
    "told", [[Given("BCG", at(1)), Given("BCG", at(2))], [Given("BCG", at(-1))], [Given("?", BORN)]]
)
def test_a_history_that_can_not_be_is_an_error(told: list[Given]) -> None:
    with pytest.raises(ValueError, match="on 20"):
        standing(BORN, told, at(12), HERE)


def test_the_plan_of_a_newborn_is_the_schedule() -> None:
    assert [(visit.on, len(visit.doses)) for visit in plan(BORN, (), BORN, HERE)] == [
        (at(0), 1), (at(1), 2), (at(2), 4), (at(3), 4), (at(4), 4), (at(9), 2), (at(12), 1), (at(18), 2),
    ]  # fmt: skip


def test_a_late_child_catches_up_as_fast_as_the_intervals_let_her() -> None:
    visits = plan(BORN, [Given("HB0", BORN), Given("BCG", at(1)), Given("OPV1", at(1))], at(10), HERE)
    assert [(visit.on, [each.code for each in visit.doses]) for visit in visits] == [
        (at(10), ["DPT1", "OPV2", "PCV1", "IPV1", "MR1"]),
        (at(10, 28), ["DPT2", "OPV3", "PCV2", "IPV2"]),
        (at(10, 56), ["DPT3", "OPV4"]),
        (at(10, 84), ["PCV3"]),
        (at(18), ["MR2"]),
        (at(10, 56 + 365), ["DPT4"]),
    ]


given_sets = st.dictionaries(
    st.sampled_from(sorted(known_doses())), st.integers(min_value=0, max_value=1500), max_size=21
)


@given(given_sets, st.integers(min_value=0, max_value=1900))
@settings(max_examples=150, deadline=None)
def test_a_plan_ends_and_brings_every_dose_that_can_still_be_given(told: dict[str, int], days: int) -> None:
    history = [Given(code, BORN + timedelta(days=when)) for code, when in told.items()]
    on = BORN + timedelta(days=max([days, *told.values()]))
    visits = plan(BORN, history, on, HERE)
    assert [visit.on for visit in visits] == sorted({visit.on for visit in visits})
    planned = [Given(each.code, visit.on) for visit in visits for each in visit.doses]
    after = standing(BORN, [*history, *planned], at(61), HERE)
    assert {each.state for each in after} <= {DoseState.GIVEN, DoseState.NO_LONGER}
    for each in planned:
        others = [other for other in [*history, *planned] if other.code != each.code]
        marks = marks_of(each.code, each.on, birth=BORN, given=others, schedule=HERE)
        assert not {Mark.YOUNG, Mark.CLOSE, Mark.OLD} & set(marks)


@given(given_sets, st.integers(min_value=0, max_value=1900))
@settings(max_examples=150, deadline=None)
def test_whatever_can_be_given_today_is_the_first_visit_of_the_plan(told: dict[str, int], days: int) -> None:
    history = [Given(code, BORN + timedelta(days=when)) for code, when in told.items()]
    on = BORN + timedelta(days=max([days, *told.values()]))
    today = {each.dose.code for each in standing(BORN, history, on, HERE) if each.can_be_given}
    visits = plan(BORN, history, on, HERE)
    first = {each.code for each in visits[0].doses} if visits and visits[0].on == on else set()
    assert today == first
