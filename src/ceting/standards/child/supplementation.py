"""Vitamin A and deworming: which round a child had, which is due, which she missed; and the mother's capsules.

Sources: `vitamin_a` (Permenkes 21/2015), `tables/supplementation.csv`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ceting.standards import sources, vitamin_a
from ceting.standards.ages import MONTHS_PER_YEAR, add_months, full_months
from ceting.standards.vitamin_a import Capsule

TABLE = "supplementation"


class RoundState(StrEnum):
    GIVEN = "given"
    DUE = "due"
    MISSED = "missed"


@dataclass(frozen=True)
class Round:
    """One round: what it gives in words, from when to before when it counts, and how it went."""

    since: date
    until: date
    what: str
    state: RoundState
    given_on: date | None = None


def vitamin_a_rounds(birth: date, given: Iterable[date], on: date) -> tuple[Round, ...]:
    """Every February and August round of her age until `on`, the newest last.

    A capsule counts for the round that it follows, so that whoever is called on in March had February's. The round is
    due during its month only; after it, without a capsule, it was missed.
    """
    days = sorted(given)
    rounds = []
    for month in _vitamin_a_months(birth, on):
        until = add_months(month, MONTHS_PER_YEAR // len(vitamin_a.MONTHS))
        capsule = _capsule_of_month(birth, month, on)
        if capsule is not None:
            due = vitamin_a.capsule_due(birth, on) is not None and on < add_months(month, 1)
            rounds.append(_round(month, until, f"kapsul {capsule.value}", days, due=due))
    return tuple(rounds)


def next_vitamin_a(birth: date, on: date) -> tuple[date, Capsule] | None:
    """The first day after `on` from which a capsule is due in a round to come, and which; None when she is too old."""
    month = add_months(on.replace(day=1), 1)
    for _ in range(2 * MONTHS_PER_YEAR):
        if vitamin_a.is_vitamin_a_month(month):
            first = max(month, add_months(birth, vitamin_a.BLUE_FROM))
            capsule = vitamin_a.capsule_due(birth, first)
            if capsule is not None:
                return first, capsule
        month = add_months(month, 1)
    return None


def capsule_at(birth: date, on: date) -> Capsule | None:
    """The capsule for her age on that day, whatever the month: for one that is given outside the two months."""
    months = full_months(birth, on)
    if not vitamin_a.BLUE_FROM <= months < vitamin_a.UNTIL:
        return None
    return Capsule.BLUE if months < vitamin_a.RED_FROM else Capsule.RED


def deworming_rounds(birth: date, given: Iterable[date], on: date) -> tuple[Round, ...]:
    """Every half-year's round of her age until `on`, the newest last; due until the half-year is over."""
    days = sorted(given)
    rounds = []
    for half in _halves(add_months(birth, _months("deworming.from")), on):
        until = add_months(half, _months_per_round())
        opens = max(half, add_months(birth, _months("deworming.from")))
        if opens < min(until, add_months(birth, _months("deworming.until"))) and opens <= on:
            what = deworming_dose(birth, max(opens, min(on, until - timedelta(days=1))))
            rounds.append(_round(half, until, what, days, due=on < until))
    return tuple(rounds)


def next_deworming(birth: date, on: date) -> date | None:
    """The day on which the next round opens for her after the one of `on`; None when she is too old by then."""
    first = add_months(birth, _months("deworming.from"))
    opens = first if on < first else add_months(_half_of(on), _months_per_round())
    return opens if opens < add_months(birth, _months("deworming.until")) else None


def may_be_dewormed(birth: date, on: date) -> bool:
    return add_months(birth, _months("deworming.from")) <= on < add_months(birth, _months("deworming.until"))


def deworming_dose(birth: date, on: date) -> str:
    """The dose of her age in the table's words: whole months, the limit itself still has the smaller one."""
    small = full_months(birth, on) <= _months("deworming.small_until")
    return sources.text(TABLE, "deworming.small" if small else "deworming.large")


def vitamin_a_round(on: date) -> date:
    """The first day of the round for which a capsule on that day counts: the February or August before it."""
    month = on.replace(day=1)
    while not vitamin_a.is_vitamin_a_month(month):
        month = add_months(month, -1)
    return month


def deworming_round(on: date) -> date:
    """The first day of the half-year of that day."""
    return _half_of(on)


def round_since(item_rounds: Iterable[Round], on: date) -> Round | None:
    """The round in which a day falls."""
    return next((each for each in item_rounds if each.since <= on < each.until), None)


@dataclass(frozen=True)
class MotherStanding:
    """The capsules of a mother after birth. `next_from` is the day from which one can be given, None when none can."""

    given: int
    wanted: int
    next_from: date | None


def mother_capsules() -> int:
    """How many capsules a mother gets after a birth, in all."""
    return _months("vitamin_a.mother")


def mother_vitamin_a(delivered_on: date, given: Iterable[date], on: date) -> MotherStanding:
    """Two capsules, the second at least a day after the first, until the end of the puerperium.

    Raises ValueError for a capsule before the birth.
    """
    days = sorted(given)
    if days and days[0] < delivered_on:
        raise ValueError(f"a capsule on {days[0]} is before the birth on {delivered_on}")
    wanted = mother_capsules()
    last = delivered_on + timedelta(days=_months("vitamin_a.mother_until"))
    opens = days[-1] + timedelta(days=_months("vitamin_a.mother_apart")) if days else delivered_on
    is_open = len(days) < wanted and max(opens, on) <= last
    return MotherStanding(min(len(days), wanted), wanted, opens if is_open else None)


def _round(since: date, until: date, what: str, days: list[date], *, due: bool) -> Round:
    taken = next((day for day in days if since <= day < until), None)
    if taken is not None:
        return Round(since, until, what, RoundState.GIVEN, taken)
    return Round(since, until, what, RoundState.DUE if due else RoundState.MISSED)


def _vitamin_a_months(birth: date, on: date) -> Iterator[date]:
    month = add_months(birth, vitamin_a.BLUE_FROM).replace(day=1)
    while month <= on:
        if vitamin_a.is_vitamin_a_month(month):
            yield month
        month = add_months(month, 1)


def _capsule_of_month(birth: date, month: date, on: date) -> Capsule | None:
    """The capsule of her age in that month, on its last day that is past; on its first when she grew too old in it."""
    last = min(add_months(month, 1) - timedelta(days=1), on)
    return vitamin_a.capsule_due(birth, last) or vitamin_a.capsule_due(birth, month)


def _halves(since: date, on: date) -> Iterator[date]:
    half = _half_of(since)
    while half <= on:
        yield half
        half = add_months(half, _months_per_round())


def _half_of(day: date) -> date:
    step = _months_per_round()
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def _months_per_round() -> int:
    return MONTHS_PER_YEAR // _months("deworming.rounds")


def _months(key: str) -> int:
    return int(sources.number(TABLE, key))
