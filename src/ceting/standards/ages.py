"""Age as a posyandu counts it: completed calendar months, and the days beyond them.

The WHO tables use days; these months are for the KBM table, for limits in words and for people.
Source of the convention: KMS, "umur bulan penuh"; the end of short months is decision `months.end`.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

MONTHS_PER_YEAR = 12
DAYS_PER_MONTH = 30.4375  # WHO, for ages known only in days


@dataclass(frozen=True)
class Age:
    """Completed years, months and days."""

    years: int
    months: int
    days: int


# The same days again and again: lists and counts ask for five years before the day that they speak of.
@lru_cache(maxsize=8192)
def add_months(start: date, months: int) -> date:
    """The same day `months` months on, or the last day of a month that is too short for it."""
    year, zero_based = divmod(start.year * MONTHS_PER_YEAR + start.month - 1 + months, MONTHS_PER_YEAR)
    last = calendar.monthrange(year, zero_based + 1)[1]
    return date(year, zero_based + 1, min(start.day, last))


def full_months(birth: date, on: date) -> int:
    """Completed months of age. Raises ValueError when `on` is before birth."""
    if on < birth:
        raise ValueError(f"{on} is before birth on {birth}")
    months = (on.year - birth.year) * MONTHS_PER_YEAR + on.month - birth.month
    if on.day >= birth.day or on.day == calendar.monthrange(on.year, on.month)[1]:
        return months
    return months - 1


def age(birth: date, on: date) -> Age:
    """Completed years, months and days. Raises ValueError when `on` is before birth."""
    completed = full_months(birth, on)
    years, months = divmod(completed, MONTHS_PER_YEAR)
    return Age(years, months, (on - add_months(birth, completed)).days)


def months_from_days(days: float) -> int:
    """Completed months for an age known only in days (WHO: 30.4375 days a month)."""
    return int(days / DAYS_PER_MONTH)
