"""The nutrition of a pregnant woman: risk of KEK, anaemia, iron tablets, days of extra food.

Sources: `tables/pregnancy_thresholds.csv`, `tables/settings.csv`; the severity of an anaemia by SIGIZI KESGA. Every
judgement carries the limits that it was made with.
"""

from dataclasses import dataclass
from enum import StrEnum

from ceting.standards.growth.formula import round2
from ceting.standards.pregnancy.dating import Trimester
from ceting.standards.pregnancy.limits import Limits
from ceting.standards.pregnancy.values import PregnancyValueError, check_bounds, number, whole

CM_PER_M = 100


class KekReason(StrEnum):
    """By which measure a woman is at risk of KEK."""

    MUAC = "KEK_LILA"
    BMI = "KEK_IMT"


@dataclass(frozen=True)
class Kek:
    """Risk of chronic energy deficiency. `at_risk` is None where nothing was measured: that isn't normal."""

    at_risk: bool | None
    reasons: tuple[KekReason, ...]
    limits: Limits

    @property
    def code(self) -> str | None:
        """The code of its words."""
        return None if self.at_risk is None else ("KEK" if self.at_risk else "KEK_TIDAK")


class AnaemiaLevel(StrEnum):
    """How severe an anaemia is; the value is the code of its words."""

    NONE = "ANEMIA_TIDAK"
    MILD = "ANEMIA_RINGAN"
    MODERATE = "ANEMIA_SEDANG"
    SEVERE = "ANEMIA_BERAT"


@dataclass(frozen=True)
class Anaemia:
    """The level of an Hb; `below` is the threshold in g/dL of the trimester it was judged by."""

    level: AnaemiaLevel
    below: float
    limits: Limits


@dataclass(frozen=True)
class Tablets:
    """Iron tablets over a pregnancy. `reached`: the puskesmas' own target; both official counts beside it."""

    taken: int
    target: int
    reached: bool
    reached_90: bool
    reached_180: bool


@dataclass(frozen=True)
class FoodDays:
    """Days of extra food for KEK: received, of how many, and how many are left."""

    received: int
    target: int

    @property
    def left(self) -> int:
        return max(self.target - self.received, 0)

    @property
    def complete(self) -> bool:
        return self.received >= self.target


def body_mass_index(weight_kg: float, height_cm: float) -> float:
    """BMI in kg/m2 with the two decimals that are shown and judged.

    Raises PregnancyValueError: weight.bounds, height.bounds.
    """
    check_bounds("weight", weight_kg)
    check_bounds("height", height_cm)
    return round2(weight_kg / (height_cm / CM_PER_M) ** 2)


def kek(muac_cm: float | None, pre_pregnancy_bmi: float | None, limits: Limits) -> Kek:
    """Risk of KEK: MUAC below 23.5 cm or BMI before pregnancy below 18.5; either measure is enough to judge.

    Raises PregnancyValueError: muac.bounds.
    """
    if muac_cm is None and pre_pregnancy_bmi is None:
        return Kek(None, (), limits)
    if muac_cm is not None:
        check_bounds("muac", muac_cm)
    found = (
        (muac_cm is not None and muac_cm < limits.kek_muac_cm, KekReason.MUAC),
        (pre_pregnancy_bmi is not None and pre_pregnancy_bmi < limits.kek_bmi, KekReason.BMI),
    )
    reasons = tuple(reason for holds, reason in found if holds)
    return Kek(bool(reasons), reasons, limits)


def anaemia(hb: float, trimester: Trimester, limits: Limits) -> Anaemia:
    """The level of an Hb in g/dL. A severity applies only below the threshold of the trimester itself.

    Severe below 7 (or 8, a setting), moderate below 10, mild above. Raises PregnancyValueError: hb.bounds.
    """
    check_bounds("hb", hb)
    below = {1: limits.anaemia_hb_first, 2: limits.anaemia_hb_second, 3: limits.anaemia_hb_third}[trimester]
    return Anaemia(_anaemia_level(hb, below, limits), below, limits)


def tablets(taken: int, limits: Limits) -> Tablets:
    """Iron tablets against the target of the puskesmas and against both official counts.

    Raises PregnancyValueError: tablets.negative.
    """
    _not_negative("tablets", taken, "Jumlah tablet tidak boleh kurang dari nol.")
    return Tablets(
        taken,
        limits.iron_tablets,
        reached=taken >= limits.iron_tablets,
        reached_90=taken >= whole("tablets.perpres"),
        reached_180=taken >= whole("tablets.sigizi"),
    )


def food_days(received: int, limits: Limits) -> FoodDays:
    """Days of extra food received. Raises PregnancyValueError: food_days.negative."""
    _not_negative("food_days", received, "Jumlah hari tidak boleh kurang dari nol.")
    return FoodDays(received, limits.food_days)


def _anaemia_level(hb: float, below: float, limits: Limits) -> AnaemiaLevel:
    if hb >= below:
        return AnaemiaLevel.NONE
    if hb < limits.severe_anaemia_hb:
        return AnaemiaLevel.SEVERE
    return AnaemiaLevel.MODERATE if hb < number("anaemia.mild_from") else AnaemiaLevel.MILD


def _not_negative(name: str, value: int, sentence: str) -> None:
    if value < 0:
        raise PregnancyValueError(f"{name}.negative", sentence)
