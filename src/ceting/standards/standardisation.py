"""How precisely somebody measures: the technical error of measurement (TEM) of a standardisation exercise.

Formulae: Ulijaszek & Kerr, Br J Nutr 1999; 82:165-177. Limits: `tables/standardisation.csv` (SMART, background).
Values are kg or cm, as everywhere; nothing here is about a child, only about who measures.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import fmean, stdev
from typing import Literal

from ceting.standards import sources

Measure = Literal["weight_kg", "lenhei_cm", "muac_cm", "head_cm"]
MEASURES: tuple[Measure, ...] = ("weight_kg", "lenhei_cm", "muac_cm", "head_cm")
TABLE = "standardisation"
DIGITS = 6
"""A limit is compared with the value without the noise of floating point."""

Pair = tuple[float, float]
"""The first and the second measurement of one child by one person."""


class Grade(IntEnum):
    """How good a person's measuring is; the lower the better."""

    GOOD = 0
    ACCEPTABLE = 1
    POOR = 2


@dataclass(frozen=True)
class Precision:
    """How close a person's two measurements are. `reliability` is None where the children don't differ at all."""

    children: int
    tem: float
    relative_percent: float
    reliability: float | None
    mean_difference: float
    grade: Grade


@dataclass(frozen=True)
class Accuracy:
    """How close a person is to the expert, over children whom both measured twice. `bias`: hers minus the expert's."""

    children: int
    tem: float
    bias: float
    grade: Grade


def tem(repeats: Sequence[Sequence[float]]) -> float:
    """The technical error of K measurements of each of N subjects, in their unit.

    sqrt(sum of squared deviations from each subject's mean / N(K-1)); for two measurements this is
    sqrt(sum of d squared / 2N). Raises ValueError without subjects, or where one has another number of measurements.
    """
    if not repeats or len(repeats[0]) < 2 or any(len(each) != len(repeats[0]) for each in repeats):
        raise ValueError("every subject needs the same number of measurements, two at least")
    squares = sum((value - fmean(each)) ** 2 for each in repeats for value in each)
    return math.sqrt(squares / (len(repeats) * (len(repeats[0]) - 1)))


def reliability(error: float, values: Sequence[float]) -> float | None:
    """R = 1 - TEM²/SD²: the part of the differences that lies in the children and not in the measuring."""
    if len(values) < 2 or not (spread := stdev(values)):
        return None
    return 1 - error**2 / spread**2


def precision(measure: Measure, pairs: Mapping[int, Pair]) -> Precision | None:
    """A person's own two measurements of each child (by its number); None when no child was measured twice."""
    if not pairs:
        return None
    values = [value for pair in pairs.values() for value in pair]
    error = tem(list(pairs.values()))
    return Precision(
        children=len(pairs),
        tem=error,
        relative_percent=error / fmean(values) * 100,
        reliability=reliability(error, values),
        mean_difference=fmean(abs(first - second) for first, second in pairs.values()),
        grade=_grade(measure, "tem", error),
    )


def accuracy(measure: Measure, hers: Mapping[int, Pair], experts: Mapping[int, Pair]) -> Accuracy | None:
    """A person against the expert, by the means of their two measurements; None without a child of both."""
    both = sorted(hers.keys() & experts.keys())
    if not both:
        return None
    means = [(fmean(hers[child]), fmean(experts[child])) for child in both]
    bias = fmean(own - expert for own, expert in means)
    return Accuracy(len(both), tem(means), bias, _grade(measure, "bias", abs(bias)))


def least_children() -> int:
    """Fewer say too little about anybody."""
    return int(sources.number(TABLE, "children.least"))


def _grade(measure: Measure, of: str, value: float) -> Grade:
    shown = round(value, DIGITS)
    if shown < sources.number(TABLE, f"{measure}.{of}_good"):
        return Grade.GOOD
    return Grade.ACCEPTABLE if shown < sources.number(TABLE, f"{measure}.{of}_acceptable") else Grade.POOR
