"""A newborn: what her weight, length and gestation mean. Her three visits are `pregnancy.postnatal`'s KN.

Sources: `tables/newborn.csv`, the setting `child.low_birth_weight_g`, `corrected_age` for preterm.
"""

from enum import StrEnum

from ceting.standards import sources
from ceting.standards.child.corrected_age import is_preterm


class BirthFinding(StrEnum):
    """Codes of child_words.csv, the gravest first."""

    SAME_DAY = "BIRTH_SAME_DAY"
    VERY_LOW_WEIGHT = "BIRTH_VERY_LOW"
    LOW_WEIGHT = "BIRTH_LOW"
    PRETERM = "BIRTH_PRETERM"
    SHORT = "BIRTH_LENGTH_LOW"


def birth_findings(
    weight_g: int | None, length_cm: float | None, gestation_days: int | None, *, low_weight_g: int
) -> tuple[BirthFinding, ...]:
    """What stands out at birth, the gravest first; what nobody measured says nothing.

    `low_weight_g` is the puskesmas' own setting. Weight in grams, length in cm, gestation in completed days.
    """
    very_low = _below("weight.very_low_g", weight_g)
    low = weight_g is not None and weight_g < low_weight_g and not very_low
    same_day = _below("weight.same_day_g", weight_g) or _below("gestation.same_day_days", gestation_days)
    found = (
        (same_day, BirthFinding.SAME_DAY),
        (very_low, BirthFinding.VERY_LOW_WEIGHT),
        (low, BirthFinding.LOW_WEIGHT),
        (is_preterm(gestation_days), BirthFinding.PRETERM),
        (_below("length.short_cm", length_cm), BirthFinding.SHORT),
    )
    return tuple(finding for holds, finding in found if holds)


def _below(key: str, value: float | None) -> bool:
    return value is not None and value < sources.number("newborn", key)
