"""Fundal height and fetal heart rate: what to expect at an age, and whether a reading needs a second look.

Sources: `tables/pregnancy_thresholds.csv` (fundal.*, heart.*), `tables/fundal_landmarks.csv`, decision
`fundal.judged`.
"""

from dataclasses import dataclass
from enum import StrEnum

from ceting.standards import sources
from ceting.standards.pregnancy.dating import GestationalAge
from ceting.standards.pregnancy.limits import Limits
from ceting.standards.pregnancy.values import check_bounds, whole


class FundalHeight(StrEnum):
    """How a height compares with the age; the value is the code of its words."""

    SMALL = "TFU_KECIL"
    EXPECTED = "TFU_SESUAI"
    LARGE = "TFU_BESAR"


class HeartRate(StrEnum):
    """How a fetal heart beats; the value is the code of its words."""

    NORMAL = "DJJ_NORMAL"
    SLOW = "DJJ_LAMBAT"
    FAST = "DJJ_CEPAT"


@dataclass(frozen=True)
class HeartJudgement:
    """A rate a minute, and the range it was judged by."""

    rate: HeartRate
    beats: int
    least: int
    most: int


def expected_height(age: GestationalAge) -> tuple[int, int] | None:
    """The expected height in cm: completed weeks, 2 less to 2 more; None before 20 and after 40 weeks."""
    if not whole("fundal.expected_from_week") <= age.weeks <= whole("fundal.expected_until_week"):
        return None
    tolerance = whole("fundal.tolerance_cm")
    return age.weeks - tolerance, age.weeks + tolerance


def is_judged(age: GestationalAge) -> bool:
    """Whether a height at this age says something of the size: from 24 to 36 weeks."""
    return whole("fundal.judged_from_week") <= age.weeks <= whole("fundal.judged_until_week")


def judge_height(height_cm: float, age: GestationalAge) -> FundalHeight | None:
    """Small, as expected or large; None outside 24 to 36 weeks, where the height is no measure of size.

    Raises PregnancyValueError: fundal.bounds.
    """
    check_bounds("fundal", height_cm)
    expected = expected_height(age)
    if expected is None or not is_judged(age):
        return None
    if height_cm < expected[0]:
        return FundalHeight.SMALL
    return FundalHeight.LARGE if height_cm > expected[1] else FundalHeight.EXPECTED


def landmark(age: GestationalAge) -> str | None:
    """Where the fundus is felt, in words ("setinggi pusat"); None at weeks for which no book names a place."""
    for row in sources.rows("fundal_landmarks"):
        if int(row["from_week"]) <= age.weeks <= int(row["until_week"]):
            return row["landmark"]
    return None


def judge_heart(beats: int, limits: Limits) -> HeartJudgement:
    """A fetal heart rate a minute: normal from 110 (or 120, a setting) to 160.

    Raises PregnancyValueError: heart.bounds.
    """
    check_bounds("heart", beats)
    least, most = limits.fetal_heart_least, whole("heart.most")
    rate = HeartRate.SLOW if beats < least else HeartRate.FAST if beats > most else HeartRate.NORMAL
    return HeartJudgement(rate, beats, least, most)
