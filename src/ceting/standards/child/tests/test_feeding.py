"""Breastfeeding by month, and yesterday's meals: every indicator at, below and above its limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.child.feeding import (
    Answer,
    Exclusive,
    Recall,
    advice,
    breastfeeding,
    group_label,
    judge,
    of_feeding_age,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def recall(groups: str = "2 3 5 7", meals: int = 3, *, breastfed: bool = True, milk: int = 0) -> Recall:
    return Recall(frozenset(int(each) for each in groups.split()), meals, breastfed, milk)


@pytest.mark.parametrize(
    ("age", "answers", "state", "missing", "completed"),
    [
        (0, {}, Exclusive.UNKNOWN, (0,), None),
        (2, {0: YES, 1: YES, 2: YES}, Exclusive.YES, (), None),
        (2, {0: YES, 2: YES}, Exclusive.YES, (1,), None),
        (2, {0: YES, 1: UNKNOWN}, Exclusive.YES, (1, 2), None),
        (3, {0: YES, 1: NO, 2: YES}, Exclusive.NO, (3,), False),
        (3, {1: UNKNOWN}, Exclusive.UNKNOWN, (0, 1, 2, 3), None),
        (5, dict.fromkeys(range(6), YES), Exclusive.YES, (), None),
        (6, dict.fromkeys(range(6), YES), Exclusive.YES, (6,), True),
        (6, dict.fromkeys(range(5), YES), Exclusive.YES, (5, 6), None),
        (6, {6: YES}, Exclusive.YES, (), True),
        (6, {6: NO}, Exclusive.NO, (0, 1, 2, 3, 4, 5), False),
        (20, {3: NO, 6: YES}, Exclusive.NO, (), False),
        (20, {6: YES}, Exclusive.YES, (), True),
    ],
)
def test_exclusive_breastfeeding_by_month(
    age: int, answers: dict[int, Answer], state: Exclusive, missing: tuple[int, ...], completed: bool | None
) -> None:
    found = breastfeeding(age, answers)
    assert (found.state, found.missing, found.completed) == (state, missing, completed)


@pytest.mark.parametrize(("age", "month"), [(2, 3), (12, 7), (5, 6), (4, -1)])
def test_an_answer_for_a_month_that_is_not_there_yet_is_an_error(age: int, month: int) -> None:
    with pytest.raises(ValueError, match="no answer"):
        breastfeeding(age, {month: YES})


@pytest.mark.parametrize(("age", "holds"), [(5, False), (6, True), (23, True), (24, False)])
def test_the_indicators_speak_of_6_to_23_months(age: int, holds: bool) -> None:
    assert of_feeding_age(age) is holds
    assert (judge(age, recall()) is not None) is holds


@pytest.mark.parametrize(
    ("groups", "breastfed", "diverse"),
    [
        ("2 3 5", True, False), ("2 3 5 7", True, True), ("2 3 5 7 8", True, True),
        ("2 3 5 7", False, False), ("2 3 5 7 8", False, True), ("1 2 3 5 7", False, False),
    ],
)  # fmt: skip
def test_five_of_eight_groups_with_breast_milk_among_them(
    groups: str, breastfed: bool, diverse: bool
) -> None:
    found = judge(10, recall(groups, breastfed=breastfed))
    assert found is not None
    assert found.diverse is diverse


@pytest.mark.parametrize(
    ("age", "meals", "milk", "breastfed", "often"),
    [
        (6, 1, 0, True, False), (6, 2, 0, True, True), (8, 2, 0, True, True), (9, 2, 0, True, False),
        (9, 3, 0, True, True), (23, 3, 0, True, True), (23, 2, 9, True, False),
        (6, 3, 0, False, False), (6, 4, 0, False, True), (6, 1, 3, False, True), (6, 0, 4, False, False),
        (6, 1, 2, False, False),
    ],
)  # fmt: skip
def test_how_often_she_must_eat(age: int, meals: int, milk: int, breastfed: bool, often: bool) -> None:
    found = judge(age, recall(meals=meals, milk=milk, breastfed=breastfed))
    assert found is not None
    assert found.often is often


@pytest.mark.parametrize(("milk", "acceptable"), [(1, False), (2, True), (3, True)])
def test_without_breast_milk_an_acceptable_diet_has_two_milk_feeds(milk: int, acceptable: bool) -> None:
    found = judge(12, recall("2 3 4 5 7", meals=4, breastfed=False, milk=milk))
    assert found is not None
    assert found.acceptable is acceptable


@pytest.mark.parametrize(("groups", "animal"), [("2 3 7 8", False), ("5", True), ("6", True), ("5 6", True)])
def test_egg_fish_or_meat(groups: str, animal: bool) -> None:
    found = judge(12, recall(groups))
    assert found is not None
    assert found.animal is animal


def test_good_feeding_is_diverse_with_egg_fish_or_meat_however_often() -> None:
    found = judge(12, recall("2 3 5 7", meals=1))
    assert found is not None
    assert found.good
    assert found.codes == ("FEED_MORE_MEALS",)
    all_well = judge(12, recall("2 3 5 7", meals=3))
    assert all_well is not None
    assert all_well.codes == ("FEED_GOOD",)


@given(
    st.integers(6, 23),
    st.frozensets(st.integers(1, 8)),
    st.integers(0, 9),
    st.booleans(),
    st.integers(0, 9),
)
def test_more_food_is_never_worse(
    age: int, groups: frozenset[int], meals: int, breastfed: bool, milk: int
) -> None:
    less = judge(age, Recall(groups, meals, breastfed, milk))
    more = judge(age, Recall(groups | {6}, meals + 1, breastfed, milk + 1))
    assert less is not None
    assert more is not None
    for indicator in ("diverse", "often", "acceptable", "animal", "good"):
        assert getattr(more, indicator) >= getattr(less, indicator)
    assert not less.acceptable or (less.diverse and less.often)


@pytest.mark.parametrize(("groups", "meals", "milk"), [({9}, 1, 0), ({0}, 1, 0), ({2}, -1, 0), ({2}, 1, -1)])
def test_what_nobody_can_eat_is_an_error(groups: set[int], meals: int, milk: int) -> None:
    with pytest.raises(ValueError, match=r"groups|less than"):
        Recall(frozenset(groups), meals, breastfed=True, milk_feeds=milk)


@pytest.mark.parametrize(
    ("age", "meals"),
    [
        (5, None),
        (6, "2-3 kali"),
        (8, "2-3 kali"),
        (9, "3-4 kali"),
        (11, "3-4 kali"),
        (23, "3-4 kali"),
        (24, None),
    ],
)
def test_the_advice_of_an_age(age: int, meals: str | None) -> None:
    found = advice(age, breastfed=True)
    assert (found.meals if found else None) == meals


def test_the_advice_changes_at_nine_and_twelve_months() -> None:
    textures = {
        age: found.texture for age in (8, 9, 11, 12) if (found := advice(age, breastfed=True)) is not None
    }
    assert textures[8] != textures[9] == textures[11] != textures[12]


def test_a_child_without_breast_milk_adds_milk() -> None:
    without = advice(10, breastfed=False)
    assert without is not None
    assert "gelas susu" in without.beside


def test_every_group_has_a_name() -> None:
    assert len({group_label(group) for group in range(1, 9)}) == 8
