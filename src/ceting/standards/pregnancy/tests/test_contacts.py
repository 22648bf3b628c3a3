"""Six contacts: their windows, how each stands on a day, and what K1, K4 and K6 count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceting.standards.pregnancy.contacts import (
    Contact,
    FirstContact,
    Pattern,
    SlotState,
    SlotStatus,
    doctor_and_scan,
    first_contact,
    k4_reached,
    k6_reached,
    slots,
    states,
)
from ceting.standards.pregnancy.values import PregnancyValueError
from ceting.standards.sources import TableError

PATTERNS: tuple[Pattern, ...] = ("1-2-3", "2-1-3")
DAY_LISTS = st.lists(st.integers(0, 308), max_size=14)


def at(*days: int, doctor: bool = False, ultrasound: bool = False) -> list[Contact]:
    return [Contact(f"day {day}", day, doctor, ultrasound) for day in days]


def on(today: int, *days: int, pattern: Pattern = "1-2-3") -> str:
    """The states of K1 to K6 in one line."""
    return " ".join(state.status.value for state in states(slots(pattern), at(*days), today))


def test_the_two_patterns_part_the_first_half_differently_and_both_need_a_doctor_and_a_scan_twice() -> None:
    assert [slot.trimester for slot in slots("1-2-3")] == [1, 2, 2, 3, 3, 3]
    assert [slot.trimester for slot in slots("2-1-3")] == [1, 1, 2, 3, 3, 3]
    for pattern in PATTERNS:
        assert [slot.code for slot in slots(pattern)] == ["K1", "K2", "K3", "K4", "K5", "K6"]
        assert [slot.code for slot in slots(pattern) if slot.doctor and slot.ultrasound] == ["K1", "K5"]


def test_the_advised_weeks_of_a_pattern_lie_in_their_trimester_and_follow_one_another() -> None:
    for pattern in PATTERNS:
        last = -1
        for slot in slots(pattern):
            assert slot.from_day <= slot.advised_from_day <= slot.advised_until_day <= slot.until_day
            assert slot.advised_from_day > last
            last = slot.advised_until_day


def test_an_unknown_pattern_is_an_error() -> None:
    with pytest.raises(TableError, match="3-2-1"):
        slots("3-2-1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "days", "expected"),
    [
        (0, (), "due upcoming upcoming upcoming upcoming upcoming"),
        (90, (), "due upcoming upcoming upcoming upcoming upcoming"),
        (91, (), "missed due upcoming upcoming upcoming upcoming"),
        (63, (63,), "done upcoming upcoming upcoming upcoming upcoming"),
        (132, (63,), "done due upcoming upcoming upcoming upcoming"),
        (133, (63,), "done due due upcoming upcoming upcoming"),
        (174, (63, 100), "done done due upcoming upcoming upcoming"),
        (175, (63, 100), "done done missed due upcoming upcoming"),
        (280, (63, 100, 150, 200, 230, 270), "done done done done done done"),
        # First seen at 14 weeks: this is K1, late; two more are wanted in the second trimester.
        (98, (98,), "late due upcoming upcoming upcoming upcoming"),
        (150, (98, 120, 150), "late done done upcoming upcoming upcoming"),
        # A second visit in the first trimester comes before K2 and doesn't replace it.
        (85, (50, 80), "done early upcoming upcoming upcoming upcoming"),
        (91, (50, 80), "done due upcoming upcoming upcoming upcoming"),
        (85, (50, 70, 80), "done early early upcoming upcoming upcoming"),
        # A fourth visit in the last trimester fills the gap of the second.
        (300, (60, 100, 180, 220, 250, 290), "done done late done done done"),
    ],
)
def test_every_slot_says_how_it_stands(today: int, days: tuple[int, ...], expected: str) -> None:
    assert on(today, *days) == expected


def test_in_the_other_pattern_the_first_trimester_wants_two_contacts() -> None:
    assert on(60, 50, pattern="2-1-3") == "done due upcoming upcoming upcoming upcoming"
    assert on(80, 50, 80, pattern="2-1-3") == "done done upcoming upcoming upcoming upcoming"


def test_a_slot_names_the_contact_that_filled_it() -> None:
    found = states(slots(), at(150, 63, 100), 160)
    assert [state.filled_by for state in found] == ["day 63", "day 100", "day 150", None, None, None]


@pytest.mark.parametrize(("today", "overdue"), [(132, False), (133, True), (174, True)])
def test_a_due_contact_is_overdue_after_its_advised_weeks(today: int, overdue: bool) -> None:
    assert states(slots(), at(60), today)[1] == SlotState(slots()[1], SlotStatus.DUE, overdue=overdue)


def test_two_checks_on_one_day_are_one_contact_with_the_doctor_of_either() -> None:
    both = [*at(60), Contact("puskesmas", 60, doctor=True, ultrasound=True)]
    assert [state.filled_by for state in states(slots(), both, 70)][:2] == ["day 60", None]
    assert doctor_and_scan(both).doctor_first
    assert not k4_reached([*both, *at(100, 200, 200)])


def test_a_contact_before_the_pregnancy_is_refused() -> None:
    with pytest.raises(PregnancyValueError, match=r"contacts\.before_start"):
        states(slots(), at(-1), 10)


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        ((), None), ((90,), FirstContact.PURE), ((91,), FirstContact.ACCESS), ((200, 90), FirstContact.PURE),
        ((0,), FirstContact.PURE),
    ],
)  # fmt: skip
def test_k1_is_pure_in_the_first_trimester_and_access_after(
    days: tuple[int, ...], kind: FirstContact | None
) -> None:
    assert first_contact(at(*days)) is kind


@pytest.mark.parametrize(
    ("days", "reached"),
    [
        ((90, 174, 175, 308), True), ((91, 174, 175, 308), False), ((90, 175, 180, 308), False),
        ((90, 91, 174, 175), False), ((60, 100, 120, 150, 200), False), ((60, 100, 200, 220), True),
    ],
)  # fmt: skip
def test_k4_is_one_one_and_two(days: tuple[int, ...], reached: bool) -> None:
    assert k4_reached(at(*days)) is reached


@pytest.mark.parametrize(
    ("pattern", "days", "reached"),
    [
        ("1-2-3", (60, 100, 150, 180, 220, 260), True),
        ("2-1-3", (60, 100, 150, 180, 220, 260), False),
        ("2-1-3", (50, 80, 150, 180, 220, 260), True),
        ("1-2-3", (50, 80, 150, 180, 220, 260), False),
        ("1-2-3", (60, 100, 150, 180, 220), False),
        ("1-2-3", (60, 100, 150, 180, 180, 260), False),
    ],
)
def test_k6_follows_the_pattern_of_the_puskesmas(
    pattern: Pattern, days: tuple[int, ...], reached: bool
) -> None:
    assert k6_reached(pattern, at(*days)) is reached


def test_doctor_and_scan_are_counted_in_the_first_and_the_third_trimester_only() -> None:
    found = doctor_and_scan([*at(90, doctor=True), *at(120, doctor=True, ultrasound=True)])
    assert (found.doctor_first, found.scan_first, found.doctor_third, found.scan_third) == (
        True, False, False, False,
    )  # fmt: skip
    found = doctor_and_scan(at(175, ultrasound=True))
    assert (found.doctor_third, found.scan_third) == (False, True)


@given(DAY_LISTS, st.sampled_from(PATTERNS), st.integers(0, 308))
def test_no_contact_fills_two_slots_and_k6_is_six_in_their_windows(
    days: list[int], pattern: Pattern, today: int
) -> None:
    contacts = at(*days)
    found = states(slots(pattern), contacts, today)
    keys = [state.filled_by for state in found if state.filled_by is not None]
    assert len(keys) == len(set(keys))
    done = all(state.status is SlotStatus.DONE for state in found)
    assert done == k6_reached(pattern, contacts)


@given(DAY_LISTS, st.integers(0, 307), st.sampled_from(PATTERNS))
def test_a_further_contact_never_takes_an_indicator_away(
    days: list[int], another: int, pattern: Pattern
) -> None:
    before, after = at(*days), at(*days, another)
    assert k4_reached(after) or not k4_reached(before)
    assert k6_reached(pattern, after) or not k6_reached(pattern, before)


@given(DAY_LISTS, st.integers(0, 308), st.randoms())
def test_the_order_of_the_entries_says_nothing(days: list[int], today: int, random: st.DataObject) -> None:
    shuffled = list(days)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert on(today, *shuffled) == on(today, *days)
