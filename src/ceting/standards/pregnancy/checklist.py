"""The ten (10T) or twelve (12T) things that belong to antenatal care: done, missing, and what to ask this week.

Source: `tables/anc_10T_12T.csv`, labels in `tables/anc_facts.csv`, decision `checklist.when`. A fact is the name of
something recorded ("hb"), never its value: that a test was done says nothing of its result.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from ceting.standards import sources
from ceting.standards.pregnancy.dating import GestationalAge, trimester


@dataclass(frozen=True)
class ContactFacts:
    """What was recorded at a contact on a day of gestation."""

    day: int
    facts: frozenset[str]


@dataclass(frozen=True)
class Need:
    """A fact that an item wants from a completed week on: at each contact, once, or again in the third trimester."""

    fact: str
    from_week: int = 0


@dataclass(frozen=True)
class Item:
    """One of the twelve. `number` and `label` are official."""

    number: int
    label: str
    in_10t: bool
    in_12t: bool
    each_contact: tuple[Need, ...]
    once: tuple[Need, ...]
    again_third: tuple[Need, ...]


class ItemStatus(Enum):
    """How an item stands at a contact; NOT_NEEDED: too early, or done before and not due again."""

    DONE = "done"
    MISSING = "missing"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True)
class ItemState:
    """An item, and the facts that are missing for it."""

    item: Item
    status: ItemStatus
    missing: tuple[str, ...]


@cache
def items() -> tuple[Item, ...]:
    """The twelve items in their official order."""
    return tuple(_item(row) for row in sources.rows("anc_10T_12T"))


def fact_label(fact: str) -> str:
    """What people call a fact. Raises TableError for an unknown one."""
    return sources.row("anc_facts", "code", fact)["label"]


def wanted(age: GestationalAge, earlier: Iterable[ContactFacts]) -> tuple[str, ...]:
    """The facts that a contact at this age should record, given what earlier contacts hold."""
    before = list(earlier)
    return tuple(fact for item in items() for fact in _wanted_of(item, age, before))


def at_contact(contact: ContactFacts, earlier: Iterable[ContactFacts]) -> list[ItemState]:
    """How every item stands at one contact, given the earlier ones."""
    before = list(earlier)
    return [_state(item, contact, before) for item in items()]


def over_pregnancy(contacts: Iterable[ContactFacts]) -> list[ItemState]:
    """How every item stands over all contacts of a pregnancy: done when each of its facts was recorded once."""
    given = list(contacts)
    facts = frozenset().union(*(each.facts for each in given))
    return [_over_all(item, facts) for item in items()]


def complete(states: Iterable[ItemState], *, twelve: bool = True) -> bool:
    """Whether every item of the 12T (or of the 10T) is done."""
    return all(
        state.status is ItemStatus.DONE
        for state in states
        if (state.item.in_12t if twelve else state.item.in_10t)
    )


def _item(row: sources.Row) -> Item:
    return Item(
        number=int(row["no"]),
        label=row["item"],
        in_10t=row["in_10T"] == "1",
        in_12t=row["in_12T"] == "1",
        each_contact=_needs(row["each_contact"]),
        once=_needs(row["once"]),
        again_third=_needs(row["again_third"]),
    )


def _needs(cell: str) -> tuple[Need, ...]:
    parts = (text.partition("@") for text in cell.split())
    return tuple(Need(fact, int(week or 0)) for fact, _, week in parts)


def _wanted_of(item: Item, age: GestationalAge, before: Sequence[ContactFacts]) -> list[str]:
    ever = {fact for each in before for fact in each.facts}
    third = {fact for each in before if trimester(GestationalAge(each.day)) == 3 for fact in each.facts}
    needs = [*item.each_contact, *(need for need in item.once if need.fact not in ever)]
    if trimester(age) == 3:
        needs += [need for need in item.again_third if need.fact not in third]
    return list(dict.fromkeys(need.fact for need in needs if age.weeks >= need.from_week))


def _state(item: Item, contact: ContactFacts, before: Sequence[ContactFacts]) -> ItemState:
    needed = _wanted_of(item, GestationalAge(contact.day), before)
    missing = tuple(fact for fact in needed if fact not in contact.facts)
    if missing:
        return ItemState(item, ItemStatus.MISSING, missing)
    return ItemState(item, ItemStatus.DONE if needed else ItemStatus.NOT_NEEDED, ())


def _over_all(item: Item, facts: frozenset[str]) -> ItemState:
    needed = (*item.each_contact, *item.once)
    missing = tuple(need.fact for need in needed if need.fact not in facts)
    return ItemState(item, ItemStatus.MISSING if missing else ItemStatus.DONE, missing)
