"""10T and 12T: what a contact should record at its week, what is done, and what is complete over a pregnancy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards import sources
from ceting.standards.pregnancy.checklist import (
    ContactFacts,
    ItemStatus,
    at_contact,
    complete,
    fact_label,
    items,
    over_pregnancy,
    wanted,
)
from ceting.standards.pregnancy.dating import GestationalAge
from ceting.standards.sources import TableError

EVERY = frozenset(row["code"] for row in sources.rows("anc_facts"))
BASICS = frozenset({"weight_kg", "blood_pressure", "iron_tablets", "case_management", "counselling"})


def contact(week: int, *facts: str) -> ContactFacts:
    return ContactFacts(week * 7, frozenset(facts))


def test_twelve_items_of_which_ten_are_the_older_list() -> None:
    assert [item.number for item in items()] == list(range(1, 13))
    assert [item.number for item in items() if not item.in_10t] == [11, 12]
    assert all(item.in_12t for item in items())


def test_every_fact_has_a_label_and_no_label_is_left_over() -> None:
    named = {need.fact for item in items() for need in (*item.each_contact, *item.once, *item.again_third)}
    assert named == EVERY
    assert fact_label("hb") == "Hb"
    with pytest.raises(TableError, match="blood_group"):
        fact_label("blood_group")


def test_the_first_contact_asks_for_the_tests_and_not_for_what_is_too_early() -> None:
    asked = wanted(GestationalAge(9 * 7), [])
    assert {"height_cm", "muac_cm", "tetanus", "hb", "hiv", "ultrasound", "mental_health"} | BASICS <= set(
        asked
    )
    assert not {"fundal_height_cm", "fetal_heart", "presentation"} & set(asked)
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("fact", "week"), [("fetal_heart", 16), ("fundal_height_cm", 20), ("presentation", 24)]
)
def test_what_belongs_to_a_later_week_is_asked_from_its_first_day(fact: str, week: int) -> None:
    assert fact not in wanted(GestationalAge(week * 7 - 1), [])
    assert fact in wanted(GestationalAge(week * 7), [])


def test_a_later_contact_asks_only_what_this_week_needs() -> None:
    earlier = [ContactFacts(60, EVERY)]
    assert set(wanted(GestationalAge(14 * 7), earlier)) == BASICS
    assert set(wanted(GestationalAge(24 * 7 + 6), earlier)) == BASICS | {
        "fundal_height_cm", "fetal_heart", "presentation",
    }  # fmt: skip


def test_blood_urine_scan_and_mind_are_asked_again_in_the_third_trimester_until_they_are_done() -> None:
    again = {"hb", "urine_protein", "ultrasound", "mental_health"}
    earlier = [ContactFacts(60, EVERY)]
    assert again <= set(wanted(GestationalAge(25 * 7), earlier))
    assert not again & set(wanted(GestationalAge(30 * 7), [*earlier, contact(26, *again)]))


def test_a_contact_says_what_is_done_what_is_missing_and_what_is_not_needed() -> None:
    found = at_contact(contact(9, "weight_kg", "blood_pressure", "hb"), [])
    by_number = {state.item.number: state for state in found}
    assert (by_number[1].status, by_number[1].missing) == (ItemStatus.MISSING, ("height_cm",))
    assert by_number[2].status is ItemStatus.DONE
    assert by_number[4].status is ItemStatus.NOT_NEEDED
    assert "hb" not in by_number[8].missing
    assert "urine_protein" in by_number[8].missing


def test_twelve_are_complete_with_scan_and_mind_and_ten_without() -> None:
    without = EVERY - {"ultrasound", "mental_health"}
    assert complete(over_pregnancy([ContactFacts(60, without)]), twelve=False)
    assert not complete(over_pregnancy([ContactFacts(60, without)]))
    assert complete(over_pregnancy([ContactFacts(60, without), contact(30, "ultrasound", "mental_health")]))


@pytest.mark.parametrize("fact", sorted(EVERY))
def test_one_fact_that_nobody_recorded_leaves_its_item_open(fact: str) -> None:
    states = over_pregnancy([ContactFacts(60, EVERY - {fact})])
    assert not complete(states)
    assert [state.missing for state in states if state.status is ItemStatus.MISSING] == [(fact,)]


@given(st.sets(st.sampled_from(sorted(EVERY))), st.integers(0, 308))
def test_a_contact_that_records_what_is_wanted_misses_nothing(before: set[str], day: int) -> None:
    earlier = [ContactFacts(0, frozenset(before))]
    asked = frozenset(wanted(GestationalAge(day), earlier))
    found = at_contact(ContactFacts(day, asked), earlier)
    assert not [state for state in found if state.status is ItemStatus.MISSING]
