"""Weight gain in pregnancy by the BMI before it: the corridor of the woman's own chart, and where she stands.

Source: `tables/gwg.csv` (IOM 2009), decision `gain.corridor`; `tables/pregnancy_thresholds.csv` (gain.*). For one
fetus: for twins IOM has other ranges, which aren't here.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache

from ceting.standards import sources
from ceting.standards.pregnancy.dating import DAYS_PER_WEEK, trimester_days
from ceting.standards.pregnancy.values import PregnancyValueError, number, whole

NOISE = 6
"""Digits of a gain in kg that floating point leaves right."""


@dataclass(frozen=True)
class BmiClass:
    """One class of the BMI before pregnancy, from `bmi_from` to below `bmi_below`; all gains in kg."""

    code: str
    label: str
    bmi_from: float
    bmi_below: float
    total: tuple[float, float]
    first_trimester: tuple[float, float]
    per_week: tuple[float, float]


class Gain(StrEnum):
    """Where a gain lies; the value is the code of its words."""

    LOW = "GWG_KURANG"
    ENOUGH = "GWG_CUKUP"
    HIGH = "GWG_LEBIH"


@dataclass(frozen=True)
class GainJudgement:
    """A gain in kg on a day, and the corridor it was judged by; all with the one decimal that is shown."""

    gain: Gain
    gained_kg: float
    low_kg: float
    high_kg: float


@dataclass(frozen=True)
class BookMinimum:
    """What the Buku KIA tells every woman: at least so much in all, and in a month."""

    total_kg: float
    month_kg: float


@cache
def bmi_classes() -> tuple[BmiClass, ...]:
    """The four classes, from the lowest."""
    return tuple(_class(row) for row in sources.rows("gwg"))


def bmi_class(bmi: float) -> BmiClass:
    """The class of a BMI in kg/m2 (half-open: 18.5 is normal, 25 overweight, 30 obese).

    Raises PregnancyValueError: bmi.bounds for a BMI that isn't a positive number.
    """
    for each in bmi_classes():
        if bmi > 0 and each.bmi_from <= bmi < each.bmi_below:
            return each
    raise PregnancyValueError("bmi.bounds", "IMT ini tidak mungkin. Periksa lagi berat dan tinggi badan ibu.")


def corridor(of: BmiClass, day: int) -> tuple[float, float]:
    """The lowest and the highest gain in kg since before the pregnancy on a day of gestation.

    Straight from 0 to the range of the first trimester at 13 weeks, then by the week to 40 weeks, then level.
    Raises PregnancyValueError: gain.before_start.
    """
    if day < 0:
        raise PregnancyValueError(
            "gain.before_start", "Tanggal ini sebelum kehamilan dimulai. Periksa lagi tanggalnya."
        )
    first_ends = trimester_days(1)[1] + 1
    part = min(day, first_ends) / first_ends
    weeks = max(min(day, whole("dating.term_days")) - first_ends, 0) / DAYS_PER_WEEK
    low, high = (
        first * part + week * weeks for first, week in zip(of.first_trimester, of.per_week, strict=True)
    )
    return low, high


def judge(of: BmiClass, day: int, gained_kg: float) -> GainJudgement:
    """Where a gain lies on a day; exactly on a bound is enough. Raises like `corridor`."""
    low, high = (_shown(bound) for bound in corridor(of, day))
    gained = _shown(gained_kg)
    gain = Gain.LOW if gained < low else Gain.HIGH if gained > high else Gain.ENOUGH
    return GainJudgement(gain, gained, low, high)


def book_minimum() -> BookMinimum:
    """The plain words of the Buku KIA beside the corridor: 9 kg in all, 1 kg a month."""
    return BookMinimum(number("gain.book_total_kg"), number("gain.book_month_kg"))


def _class(row: sources.Row) -> BmiClass:
    return BmiClass(
        code=row["code"],
        label=row["label"],
        bmi_from=float(row["bmi_from"] or 0),
        bmi_below=float(row["bmi_below"] or "inf"),
        total=(float(row["total_least_kg"]), float(row["total_most_kg"])),
        first_trimester=(float(row["first_least_kg"]), float(row["first_most_kg"])),
        per_week=(float(row["week_least_kg"]), float(row["week_most_kg"])),
    )


def _shown(kg: float) -> float:
    # Half up, as the screen rounds; first without the noise of floating point, in which 0.35 x 10 is a hair off 3.5.
    exact = Decimal(repr(round(kg, NOISE)))
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
