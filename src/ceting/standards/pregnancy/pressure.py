"""Blood pressure in pregnancy and in the 42 days after birth: the level, and the mean arterial pressure (MAP).

Source: `tables/pregnancy_thresholds.csv` (pressure.*); rules.md 4 and 6.
"""

from dataclasses import dataclass
from enum import StrEnum

from ceting.standards.pregnancy.values import PregnancyValueError, number


class PressureLevel(StrEnum):
    """The value is the code of its words."""

    NORMAL = "TD_NORMAL"
    HIGH = "TD_TINGGI"
    EMERGENCY = "TD_DARURAT"


@dataclass(frozen=True)
class Pressure:
    """One reading. `map_mmhg` has one decimal; `map_positive`: an item of the pre-eclampsia screen."""

    systolic: int
    diastolic: int
    level: PressureLevel
    map_mmhg: float
    map_positive: bool


def judge(systolic: int, diastolic: int, *, severe_sign: bool = False) -> Pressure:
    """High from 140 or 90, emergency from 160 or 110 mmHg.

    `severe_sign`: severe headache, blurred vision or epigastric pain at the same time make a high pressure an
    emergency (`danger_signs.makes_high_pressure_severe`). Raises PregnancyValueError: pressure.bounds,
    pressure.swapped.
    """
    _check(systolic, diastolic)
    # In whole numbers: 270 / 3 is exactly 90 and not above it.
    positive = systolic + 2 * diastolic > 3 * number("pressure.map_above")
    level = _level(systolic, diastolic, severe_sign)
    return Pressure(systolic, diastolic, level, round((systolic + 2 * diastolic) / 3, 1), positive)


def _level(systolic: int, diastolic: int, severe_sign: bool) -> PressureLevel:
    if systolic >= number("pressure.emergency_systolic") or diastolic >= number(
        "pressure.emergency_diastolic"
    ):
        return PressureLevel.EMERGENCY
    if systolic >= number("pressure.high_systolic") or diastolic >= number("pressure.high_diastolic"):
        return PressureLevel.EMERGENCY if severe_sign else PressureLevel.HIGH
    return PressureLevel.NORMAL


def _check(systolic: int, diastolic: int) -> None:
    if diastolic >= systolic:
        raise PregnancyValueError(
            "pressure.swapped",
            "Angka atas harus lebih besar daripada angka bawah. Tulis misalnya 110/70.",
        )
    within = number("bounds.systolic_least") <= systolic <= number("bounds.systolic_most")
    if not within or diastolic < number("bounds.diastolic_least"):
        raise PregnancyValueError(
            "pressure.bounds", "Tekanan darah ini tidak mungkin. Ukur lagi, tulis misalnya 110/70."
        )
