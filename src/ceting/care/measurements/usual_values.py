"""What to expect of a child today: the values that surprise nobody. No database."""

from datetime import date

from ceting.care.measurements.grid import Entry
from ceting.registry.families.models import Child
from ceting.standards.ages import full_months
from ceting.standards.growth import OutOfRangeError, value_at
from ceting.standards.growth.indicators import TableCode
from ceting.standards.plausibility import expected_weight_range

FIVE_YEARS = 60
USUAL_Z = 3.0
# A length within these of the last one raises no question, whatever the age.
SHORTEST_CHANGE, LONGEST_CHANGE = 0.9, 4.0
USUAL_MUAC = (11.5, 19.0)


def usual_weight(entry: Entry, on: date) -> tuple[float, float] | None:
    """The weight that would surprise nobody, from her last one or from her weight at birth."""
    child, row = entry.child, entry.weighing
    if on < child.birth_date:
        return None
    born = child.growth_birth(on)
    previous = None
    if row is not None and row.weight_kg is not None and row.measured_on >= born:
        previous = (row.measured_on, float(row.weight_kg))
    elif child.birth_weight_kg is not None and born == child.birth_date:
        # What a preterm child weighed at birth says nothing on the curve of those born at term.
        previous = (born, float(child.birth_weight_kg))
    return expected_weight_range(child.sex, born, previous, on)


def ranges(
    entry: Entry, on: date, weight: tuple[float, float] | None
) -> dict[str, tuple[float, float] | None]:
    """Per field what raises no question, as far as one can tell without asking the server."""
    last = float(entry.length.lenhei_cm) if entry.length and entry.length.lenhei_cm else None
    near_last = (last - SHORTEST_CHANGE, last + LONGEST_CHANGE) if last else None
    return {
        "weight_kg": weight,
        "lenhei_cm": near_last or _by_age("lhfa", entry.child, on),
        "head_cm": _by_age("hcfa", entry.child, on),
        "muac_cm": USUAL_MUAC,
    }


def _by_age(table: TableCode, child: Child, on: date) -> tuple[float, float] | None:
    if on < child.birth_date or full_months(child.birth_date, on) >= FIVE_YEARS:
        return None
    age_days = (on - child.growth_birth(on)).days
    try:
        return value_at(table, child.sex, age_days, -USUAL_Z), value_at(table, child.sex, age_days, USUAL_Z)
    except OutOfRangeError:
        return None
