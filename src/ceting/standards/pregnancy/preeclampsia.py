"""The screen for pre-eclampsia: its items, when it is positive, and which items follow from what is known.

Sources: `tables/preeclampsia_screening.csv` (Buku KIA), `tables/pregnancy_thresholds.csv` (preeclampsia.*), decision
`preeclampsia.physical`. Items are clinical.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal, cast

from ceting.standards import sources
from ceting.standards.pregnancy.facts import MONTHS_PER_YEAR, Facts, Known, reason_sentence
from ceting.standards.pregnancy.values import number, whole

TABLE = "preeclampsia_screening"
Weight = Literal["moderate", "high"]


@dataclass(frozen=True)
class Item:
    """A row of the form. `group` as it is printed (moderate, high, physical); `counts_as` for the rule."""

    code: str
    group: str
    counts_as: Weight
    label: str


class Screen(StrEnum):
    """The result; the value is the code of its words."""

    NEGATIVE = "PE_NEGATIF"
    POSITIVE = "PE_POSITIF"


@dataclass(frozen=True)
class ScreenResult:
    """The result and how many items of each weight it rests on."""

    screen: Screen
    moderate: int
    high: int


@cache
def items() -> tuple[Item, ...]:
    """The items in the order of the form."""
    return tuple(
        Item(row["code"], row["group"], cast(Weight, row["counts_as"]), row["item"])
        for row in sources.rows(TABLE)
    )


def item(code: str) -> Item:
    """One item. Raises TableError for an unknown code."""
    sources.row(TABLE, "code", code)
    return next(each for each in items() if each.code == code)


def screen(codes: Iterable[str]) -> ScreenResult:
    """Positive from two moderate items or one high item. Raises TableError for an unknown code."""
    found = {sources.row(TABLE, "code", code)["code"] for code in codes}
    weights = [each.counts_as for each in items() if each.code in found]
    moderate, high = weights.count("moderate"), weights.count("high")
    enough = moderate >= whole("preeclampsia.moderate_least") or high >= whole("preeclampsia.high_least")
    return ScreenResult(Screen.POSITIVE if enough else Screen.NEGATIVE, moderate, high)


def known_items(facts: Facts) -> tuple[Known, ...]:
    """The items that follow from what is known, in the order of the form; what isn't known gives none."""
    order = [each.code for each in items()]
    found = (*_of_her(facts), *_of_this_pregnancy(facts))
    return tuple(sorted(found, key=lambda each: order.index(each.code)))


def reason(known: Known) -> str:
    """Why an item is known, for staff. Raises like `reason_sentence`."""
    return reason_sentence(TABLE, known)


def _of_her(facts: Facts) -> Iterator[Known]:
    if facts.age_years is not None and facts.age_years > whole("preeclampsia.old_above_years"):
        yield Known("older", {"age": facts.age_years})
    if facts.is_first or facts.births == 0:
        yield Known("first_birth")
    months = facts.months_since_birth
    if months is not None and months > whole("preeclampsia.far_above_months"):
        yield Known("long_interval", {"years": months // MONTHS_PER_YEAR})
    if facts.bmi is not None and facts.bmi > number("preeclampsia.obese_above_bmi"):
        yield Known("obesity", {"bmi": facts.bmi})


def _of_this_pregnancy(facts: Facts) -> Iterator[Known]:
    if facts.fetuses is not None and facts.fetuses > 1:
        yield Known("multiple", {"fetuses": facts.fetuses})
    if facts.pressure is not None and facts.pressure.map_positive:
        yield Known("map", {"map": facts.pressure.map_mmhg})
    if facts.urine_protein:
        yield Known("proteinuria")
