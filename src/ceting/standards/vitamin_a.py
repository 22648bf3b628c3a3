"""Which vitamin A capsule a child is due for in a vitamin A month.

Source: Permenkes 21/2015 (Standar Kapsul Vitamin A): each February and August, blue (100.000 IU) at 6-11 months and
red (200.000 IU) at 12-59 months.
"""

from datetime import date
from enum import Enum

from ceting.standards.ages import full_months

MONTHS = (2, 8)
BLUE_FROM, RED_FROM, UNTIL = 6, 12, 60


class Capsule(Enum):
    """The colour that everybody calls it by."""

    BLUE = "biru"
    RED = "merah"


def is_vitamin_a_month(on: date) -> bool:
    return on.month in MONTHS


def capsule_due(birth: date, on: date) -> Capsule | None:
    """The capsule for a child of this age in a vitamin A month; None in other months and at other ages."""
    if not is_vitamin_a_month(on) or on < birth:
        return None
    months = full_months(birth, on)
    if not BLUE_FROM <= months < UNTIL:
        return None
    return Capsule.BLUE if months < RED_FROM else Capsule.RED
