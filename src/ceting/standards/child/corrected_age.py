"""Corrected age: a preterm child is judged by the age that she would have, had she been born at 40 weeks.

For growth and development until 24 months; never for immunisation. Both ages are shown. Sources:
`tables/pregnancy_thresholds.csv` (dating.*), `tables/newborn.csv` (corrected_until).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ceting.standards import sources
from ceting.standards.ages import Age, age, full_months
from ceting.standards.pregnancy.values import whole


@dataclass(frozen=True)
class BothAges:
    """`corrected` is None for a child who isn't corrected; on days before her due date it is an age of nothing."""

    chronological: Age
    corrected: Age | None


def is_preterm(gestation_days: int | None) -> bool:
    """Born before 37 completed weeks; a gestation that nobody knows isn't preterm."""
    return gestation_days is not None and gestation_days < whole("dating.preterm_below_days")


def correction_days(gestation_days: int | None) -> int:
    """Days to take off her age: what was missing to 40 weeks for a preterm child, else none."""
    if gestation_days is None or not is_preterm(gestation_days):
        return 0
    return whole("dating.term_days") - gestation_days


def is_corrected(birth: date, on: date, gestation_days: int | None) -> bool:
    """Whether the corrected age holds on that day: preterm, and under 24 months since birth."""
    return is_preterm(gestation_days) and full_months(birth, on) < int(
        sources.number("newborn", "corrected_until")
    )


def birth_for_age(birth: date, on: date, gestation_days: int | None) -> date:
    """The day from which her age is counted on `on`; never after `on`: a child before her due date is 0 days old."""
    if not is_corrected(birth, on, gestation_days):
        return birth
    return min(birth + timedelta(days=correction_days(gestation_days)), on)


def both_ages(birth: date, on: date, gestation_days: int | None) -> BothAges:
    """The age since birth, and the corrected one where it holds. Raises ValueError when `on` is before birth."""
    chronological = age(birth, on)
    if not is_corrected(birth, on, gestation_days):
        return BothAges(chronological, None)
    return BothAges(chronological, age(birth_for_age(birth, on, gestation_days), on))
