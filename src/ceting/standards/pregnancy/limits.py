"""The values that a puskesmas may choose, together: what a judgement rests on and what its record keeps.

Source: `tables/settings.csv` (pregnancy.*), `tables/pregnancy_thresholds.csv` for what nobody chooses.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import time
from decimal import Decimal
from functools import cache
from typing import cast

from ceting.standards import sources
from ceting.standards.pregnancy.contacts import Pattern
from ceting.standards.pregnancy.values import number

PREFIX = "pregnancy."


@dataclass(frozen=True)
class Limits:
    """MUAC and height in cm, BMI in kg/m2, Hb in g/dL; tablets, days and beats a minute are counts."""

    anc_pattern: Pattern
    kek_muac_cm: float
    kek_bmi: float
    anaemia_hb_first: float
    anaemia_hb_second: float
    anaemia_hb_third: float
    severe_anaemia_hb: float
    short_mother_cm: float
    iron_tablets: int
    food_days: int
    fetal_heart_least: int

    @property
    def as_record(self) -> dict[str, str | float | int]:
        """Plain values to keep beside a judgement; `Limits(**record)` gives the limits back."""
        return asdict(self)


def limits_from(settings: Mapping[str, Decimal | str | time]) -> Limits:
    """The limits of a puskesmas from its settings by code; a code that is missing has the default of the table.

    Raises ValueError for a value that isn't a number where one is needed.
    """
    chosen = {row["key"]: row["value"] for row in sources.rows("settings")}
    chosen |= {key: str(value) for key, value in settings.items() if key in chosen}

    def value(name: str) -> float:
        return float(chosen[PREFIX + name])

    return Limits(
        anc_pattern=cast(Pattern, chosen[f"{PREFIX}anc_pattern"]),
        kek_muac_cm=value("kek_muac_cm"),
        kek_bmi=value("kek_bmi"),
        anaemia_hb_first=number("anaemia.first_below"),
        anaemia_hb_second=value("anaemia_hb_second"),
        anaemia_hb_third=number("anaemia.third_below"),
        severe_anaemia_hb=value("severe_anaemia_hb"),
        short_mother_cm=value("short_mother_cm"),
        iron_tablets=int(value("iron_tablets")),
        food_days=int(value("food_days")),
        fetal_heart_least=int(value("fetal_heart_least")),
    )


@cache
def default_limits() -> Limits:
    """The limits of a puskesmas that chose nothing."""
    return limits_from({})
