"""Findings that are graver together than each by itself: gizi buruk with a complication, 2T with an illness.

Source: rules.md, section 6. Codes are those of `levels.csv`; how near to one another two facts must lie is the value
`triage.complication_days`.
"""

from collections.abc import Collection
from datetime import date, timedelta

from ceting.standards import sources
from ceting.standards.levels import Level, level_of

SEVERE = frozenset({"severely_wasted", "infant_wasted", "muac_red", "oedema"})
"""Gizi buruk, by each index of it."""
COMPLICATED, ILL_AND_NOT_GAINING, MEASURE_NOW = (
    "severe_with_complication",
    "two_t_with_illness",
    "measure_again",
)


def together(growth: Collection[str], signs: Collection[str]) -> frozenset[str]:
    """What growth findings and the signs of an illness near them say together, as codes; maybe nothing.

    `growth` are the codes that stand after a measurement. `signs` are codes of `levels.csv` for danger signs, and any
    other text for a complaint that is none.
    """
    danger = any((level_of(sign) or Level.RINGAN) >= Level.SEGERA for sign in signs)
    found = set()
    if danger and SEVERE & set(growth):
        found.add(COMPLICATED)
    if signs and "two_t" in growth:
        found.add(ILL_AND_NOT_GAINING)
    if danger and "implausible" in growth:
        found.add(MEASURE_NOW)
    return frozenset(found)


def near(one: date, other: date) -> bool:
    """Whether a measurement and a sign lie so near to one another that they are read together."""
    return abs(one - other) <= timedelta(days=sources.number("project_values", "triage.complication_days"))
