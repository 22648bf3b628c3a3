"""The standard as curves, for charts and for turning a z-score back into a measure."""

from collections.abc import Iterable

from ceting.standards.growth.assessment import checked_sex
from ceting.standards.growth.errors import GrowthInputError
from ceting.standards.growth.formula import value
from ceting.standards.growth.indicators import UNRESTRICTED_TABLES, TableCode
from ceting.standards.growth.tables import table


def value_at(indicator: TableCode, sex: int | str, x: float, z: float) -> float:
    """Return the measure (kg, cm, mm or kg/m2) whose z-score is z, at x: days for tables by age, cm for wfl and wfh.

    The inverse of the z-score: the restricted form beyond +-3 for weight-like measures. Days are rounded half up.
    Raises OutOfRangeError where the table has no x, GrowthInputError for a sex that isn't known.
    """
    known_sex = checked_sex(sex)
    if known_sex is None:
        raise GrowthInputError("sex", "invalid_sex", sex)
    return value(z, table(indicator).at(known_sex, x), restricted=indicator not in UNRESTRICTED_TABLES)


def curve(indicator: TableCode, sex: int | str, z: float, xs: Iterable[float]) -> list[float]:
    """Return the measure at z for each x: one line of a chart. Units and errors as `value_at`.

    lhfa jumps down by 0.7 cm at day 731, where lying length gives way to standing height: draw it as two lines.
    """
    return [value_at(indicator, sex, x, z) for x in xs]


def x_range(indicator: TableCode) -> tuple[int, int]:
    """Return the first and last x of a table: days, or cm for wfl and wfh."""
    found = table(indicator)
    return found.first, found.last
