"""A grade for the quality of the measurements, from penalty points that are all shown.

The idea, and where nothing else is said the limits, are those of the SMART plausibility check (ENA for SMART,
SMART Methodology 2.0, 2017; Action Against Hunger and Technical Advisory Group): each component costs points,
0-9 in all is excellent, 10-14 good, 15-24 acceptable, from 25 on problematic. Ours differs where it must:
the WHO flags instead of SMART's (with stricter limits, for WHO/UNICEF 2019 call more than 1 % implausible z a
sign of poor quality); a component for missing values; age heaping instead of the Poisson test of clusters.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ceting.survey.estimators import chi_square_tail
from ceting.survey.quality import QualityCounts

Ints = NDArray[np.int64]

FEWEST_CHILDREN = 100
GRADES = ((10, "A", "Sangat baik"), (15, "B", "Baik"), (25, "C", "Cukup"), (math.inf, "D", "Bermasalah"))

# (upper limit, points): the first limit that the value doesn't exceed gives the points.
_DIGITS = ((7.5, 0), (12.5, 2), (20.5, 4), (math.inf, 10))
_FLAGGED = ((0.01, 0), (0.025, 5), (0.05, 10), (math.inf, 20))
_MISSING = ((0.025, 0), (0.05, 5), (0.10, 10), (math.inf, 20))
_SHAPE = ((0.2, 0), (0.4, 1), (0.6, 3), (math.inf, 5))
# Distance of the standard deviation from 1, as SMART's bands 0.9-1.1, 0.85-1.15 and 0.8-1.2 mean it.
_SPREAD = ((0.1, 0), (0.15, 5), (0.2, 10), (math.inf, 20))
# SMART expects 0.85 children of 6-29 months for each of 30-59 months.
_AGE_RATIO = 0.85


@dataclass(frozen=True)
class Component:
    """One thing that was looked at. points is None where it can't be computed or isn't graded."""

    code: str
    value: float
    points: int | None
    most: int
    detail: str = ""


@dataclass(frozen=True)
class Grade:
    """The sum of the points and what it means; letter is None where the data don't allow a grade."""

    components: Sequence[Component]
    letter: str | None
    word: str
    reason: str = ""

    @property
    def points(self) -> int:
        """Sum of all points."""
        return sum(component.points or 0 for component in self.components)

    @property
    def most(self) -> int:
        """The most points that the computed components could have cost."""
        return sum(component.most for component in self.components if component.points is not None)


def grade(counts: QualityCounts) -> Grade:
    """Grade a survey; at least 100 children with weight-for-length are needed."""
    components = (
        _worst_flagged(counts),
        _worst_missing(counts),
        _spread(counts),
        _shape("skewness", counts),
        _shape("kurtosis", counts),
        *(_digits(role, counts) for role in ("weight", "lenhei", "armc")),
        _sex_ratio(counts),
        _age_ratio(counts),
        _age_heaping(counts),
    )
    measured = counts.indexes.get("wfl")
    if measured is None or measured.children < FEWEST_CHILDREN:
        return Grade(
            components,
            None,
            "Belum dinilai",
            f"Perlu paling sedikit {FEWEST_CHILDREN} anak dengan BB/TB yang masuk akal.",
        )
    total = sum(component.points or 0 for component in components)
    letter, word = next((letter, word) for limit, letter, word in GRADES if total < limit)
    return Grade(components, letter, word)


def digit_preference(counts: Ints) -> float:
    """SMART's digit preference score, 0 (none) to 100: counts (k,) of k digits expected equally often."""
    total = int(counts.sum())
    if total == 0:
        return math.nan
    expected = total / counts.size
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    return 100 * math.sqrt(chi_square / ((counts.size - 1) * total))


def _points(value: float, limits: Sequence[tuple[float, int]]) -> int | None:
    if math.isnan(value):
        return None
    # Shares such as 0.1 + 1e-17 must not cost points.
    return next(points for limit, points in limits if value <= limit + 1e-9)


def _component(
    code: str,
    value: float,
    limits: Sequence[tuple[float, int]],
    detail: str = "",
    *,
    judged: float | None = None,
) -> Component:
    points = _points(value if judged is None else judged, limits)
    return Component(code, value, points, limits[-1][1], detail)


def _worst_flagged(counts: QualityCounts) -> Component:
    shares = {
        index: counts.indexes[index].flagged_share
        for index in ("len", "wei", "wfl")
        if index in counts.indexes and not math.isnan(counts.indexes[index].flagged_share)
    }
    if not shares:
        return _component("flagged", math.nan, _FLAGGED)
    worst = max(shares, key=lambda index: shares[index])
    return _component("flagged", shares[worst], _FLAGGED, worst)


def _worst_missing(counts: QualityCounts) -> Component:
    if counts.eligible == 0:
        return _component("missing", math.nan, _MISSING)
    worst = max(counts.missing, key=lambda role: counts.missing[role])
    return _component("missing", counts.missing[worst] / counts.eligible, _MISSING, worst)


def _spread(counts: QualityCounts) -> Component:
    found = counts.indexes.get("wfl")
    deviation = math.nan if found is None else found.deviation
    return _component("spread", deviation, _SPREAD, judged=abs(deviation - 1))


def _shape(code: str, counts: QualityCounts) -> Component:
    found = counts.indexes.get("wfl")
    value = math.nan if found is None else (found.skewness if code == "skewness" else found.kurtosis)
    return _component(code, value, _SHAPE, judged=abs(value))


def _digits(role: str, counts: QualityCounts) -> Component:
    found = counts.digits.get(role)
    value = math.nan if found is None else digit_preference(found)
    return _component(f"digits_{role}", value, _DIGITS)


def _sex_ratio(counts: QualityCounts) -> Component:
    total = counts.boys + counts.girls
    if counts.boys == 0 or counts.girls == 0:
        return Component("sex_ratio", math.nan, None, 10)
    tail = chi_square_tail((counts.boys - counts.girls) ** 2 / total)
    return Component("sex_ratio", counts.boys / counts.girls, _points_of_tail(tail), 10, _tail_text(tail))


def _age_ratio(counts: QualityCounts) -> Component:
    young, old = int(counts.months[6:30].sum()), int(counts.months[30:].sum())
    if young == 0 or old == 0:
        return Component("age_ratio", math.nan, None, 10)
    expected = (young + old) * _AGE_RATIO / (1 + _AGE_RATIO)
    tail = chi_square_tail(
        (young - expected) ** 2 / expected + (young - expected) ** 2 / (young + old - expected)
    )
    return Component("age_ratio", young / old, _points_of_tail(tail), 10, _tail_text(tail))


def _age_heaping(counts: QualityCounts) -> Component:
    """Months of age from 12 to 59 by their place in the year: whole years attract guesses."""
    places = counts.months[12:].reshape(-1, 12).sum(axis=0)
    return _component("age_heaping", digit_preference(places), _DIGITS)


def _points_of_tail(tail: float) -> int:
    """SMART's points of a chance probability."""
    return next(points for limit, points in ((0.1, 0), (0.05, 2), (0.001, 4), (-1.0, 10)) if tail > limit)


def _tail_text(tail: float) -> str:
    return "p < 0,001" if tail < 0.001 else f"p = {tail:.3f}".replace(".", ",")
