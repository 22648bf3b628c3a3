"""The weight to expect of a child at the next weighing, from the last one.

A child keeps close to her own z-score. How far it drifts in a healthy child was computed from the weight
increments of the WHO velocity standards (2009): one SD of the change is about 0.25 z in a month, 0.5 below
two months of age, and grows with the square root of the time. Values: `tables/project_values.csv` (band.*).
"""

import math
from datetime import date

from ceting.standards import sources
from ceting.standards.growth import OutOfRangeError, assess, value_at
from ceting.standards.growth.indicators import AGE_LIMIT, DAYS_OF_MONTH


def expected_weight_range(
    sex: int, birth_date: date, previous: tuple[date, float] | None, on: date
) -> tuple[float, float] | None:
    """Lowest and highest weight in kg (one decimal) that would surprise nobody on the day `on`.

    `previous` is the day and weight in kg of an earlier weighing (birth weight may serve). With it: its
    z-score plus and minus two SD of the usual change; without it, or if it is itself implausible: -3 to +3 SD
    of all children. Up to 10 days of age a loss of 10 % is expected. None from 60 months on. Raises
    ValueError when `on` or the previous day is before birth, or `on` before the previous day.
    """
    age_days = (on - birth_date).days
    if age_days < 0:
        raise ValueError(f"{on} is before birth on {birth_date}")
    found = None
    if previous is not None:
        before = (previous[0] - birth_date).days
        if not 0 <= before <= age_days:
            raise ValueError(f"the previous weighing on {previous[0]} must lie between birth and {on}")
        found = band(sex, before, previous[1], age_days, _value("band.expected_sd"))
    if found is None:
        edge = _value("band.first_z")
        found = _between(sex, age_days, -edge, edge)
    return None if found is None else (round(found[0], 1), round(found[1], 1))


def band(
    sex: int, previous_age_days: int, previous_kg: float, age_days: int, sds: float
) -> tuple[float, float] | None:
    """Weights in kg within `sds` SD of the usual change; None where the standard ends or the previous is
    implausible.
    """
    previous = assess(sex=sex, age_days=previous_age_days, weight=previous_kg)
    if previous.zwei is None or previous.fwei:
        return None
    half = sds * _sd_of_change(previous_age_days, age_days)
    found = _between(sex, age_days, previous.zwei - half, previous.zwei + half)
    if found is not None and age_days <= _value("band.newborn_days"):
        kept = 1 - _value("band.newborn_loss_percent") / 100
        return min(found[0], previous_kg * kept), found[1]
    return found


def _sd_of_change(previous_age_days: int, age_days: int) -> float:
    # Two weighings close together still differ by a meal, a nappy and the scale: no less than one month's drift.
    months = max(1.0, (age_days - previous_age_days) / DAYS_OF_MONTH)
    infant = previous_age_days / DAYS_OF_MONTH < _value("band.infant_below_months")
    per_month = _value("band.sd_per_month_infant" if infant else "band.sd_per_month")
    return min(_value("band.sd_cap"), per_month * math.sqrt(months))


def _between(sex: int, age_days: int, low: float, high: float) -> tuple[float, float] | None:
    if age_days >= AGE_LIMIT:
        return None
    try:
        return value_at("wfa", sex, age_days, low), value_at("wfa", sex, age_days, high)
    except OutOfRangeError:
        return None


def _value(key: str) -> float:
    return sources.number("project_values", key)
