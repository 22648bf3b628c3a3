"""Sums that tell how well a survey was measured; unweighted, for they judge the work, not the population."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ceting.survey.prevalence import DAYS_OF_MONTH, LAST_DAY
from ceting.survey.scoring import Scored

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

DIGIT_MEASURES = ("weight", "lenhei", "headc", "armc")
REQUIRED = ("sex", "age", "weight", "lenhei")
MONTHS = 60
BIN_WIDTH = 0.25
HISTOGRAM_EDGE = 6.0
BINS = int(2 * HISTOGRAM_EDGE / BIN_WIDTH)

_BIN_HUNDREDTHS = 25
_MOMENTS = 5


@dataclass(frozen=True)
class Distribution:
    """Plausible z-scores of one index: how many, their moments, and a histogram from -6 to 6.

    flagged: implausible z. histogram: (BINS,) counts; a z below -6 or above 6 stands in the outermost bin.
    """

    children: int
    flagged: int
    mean: float
    deviation: float
    skewness: float
    kurtosis: float
    histogram: Ints

    @property
    def flagged_share(self) -> float:
        """Share of the z that are implausible, 0..1; NaN without any z."""
        total = self.children + self.flagged
        return self.flagged / total if total else float("nan")


@dataclass(frozen=True)
class QualityCounts:
    """What was counted over the whole file.

    rows; bad_rows (couldn't be read); over_age (60 months and more: not asked any further); boys, girls;
    missing: children without a value, by role; months: (60,) children by completed month;
    digits: last digit of tenths by measure, (10,); indexes: distributions; standing_infants and
    lying_children: positions that don't fit the age, of those whose position is known (placed).
    """

    rows: int
    bad_rows: int
    over_age: int
    boys: int
    girls: int
    missing: Mapping[str, int]
    months: Ints
    digits: Mapping[str, Ints]
    indexes: Mapping[str, Distribution]
    misplaced: int
    placed: int

    @property
    def eligible(self) -> int:
        """Rows of children who may be under 60 months."""
        return self.rows - self.over_age


class QualityTally:
    """Takes scored blocks in any order."""

    def __init__(self) -> None:
        self._rows = self._bad = self._over_age = self._boys = self._girls = 0
        self._misplaced = self._placed = 0
        self._missing = dict.fromkeys(REQUIRED, 0)
        self._months = np.zeros(MONTHS, dtype=np.int64)
        self._digits: dict[str, Ints] = {}
        self._moments: dict[str, Floats] = {}
        self._flagged: dict[str, int] = {}
        self._histograms: dict[str, Ints] = {}

    def add(self, scored: Scored) -> None:
        """Take one block."""
        over_age = np.floor(scored.age_days + 0.5) > LAST_DAY
        eligible = ~over_age
        self._rows += len(scored.block)
        self._bad += int(scored.bad_rows.sum())
        self._over_age += int(over_age.sum())
        self._boys += int((scored.sex[eligible] == 1).sum())
        self._girls += int((scored.sex[eligible] == 2).sum())
        self._count_missing(scored, eligible)
        months = np.floor(scored.age_days[eligible & ~np.isnan(scored.age_days)] / DAYS_OF_MONTH)
        inside = months[months < MONTHS].astype(np.int64)
        self._months += np.bincount(inside, minlength=MONTHS)
        self._count_positions(scored, eligible)
        for role in DIGIT_MEASURES:
            if role in scored.measures:
                self._count_digits(role, scored.measures[role][eligible])
        for index in scored.zscores:
            self._count_z(index, scored)

    def _count_missing(self, scored: Scored, eligible: Flags) -> None:
        values = {"sex": scored.sex, "age": scored.age_days, **scored.measures}
        for role in REQUIRED:
            missing = eligible.sum() if role not in values else np.isnan(values[role][eligible]).sum()
            self._missing[role] += int(missing)

    def _count_positions(self, scored: Scored, eligible: Flags) -> None:
        known = eligible & ~np.isnan(scored.position) & ~np.isnan(scored.age_days)
        standing = scored.position[known] == 2
        young = np.floor(scored.age_days[known] + 0.5) < 731
        self._placed += int(known.sum())
        self._misplaced += int((standing == young).sum())

    def _count_digits(self, role: str, values: Floats) -> None:
        known = values[~np.isnan(values)]
        # 8.3 is 8.299999... in binary: a hair is added before the digits behind are cut off.
        digits = np.floor(known * 10 + 1e-6).astype(np.int64) % 10
        self._digits[role] = self._digits.get(role, 0) + np.bincount(digits, minlength=10)

    def _count_z(self, index: str, scored: Scored) -> None:
        z = scored.plausible(index)
        z = z[~np.isnan(z)]
        self._flagged[index] = self._flagged.get(index, 0) + int((scored.flags[index] == 1).sum())
        moments = np.array([(z**power).sum() for power in range(_MOMENTS)])
        self._moments[index] = self._moments.get(index, 0) + moments
        hundredths = np.rint(z * 100).astype(np.int64) + round(HISTOGRAM_EDGE * 100)
        bins = np.clip(hundredths // _BIN_HUNDREDTHS, 0, BINS - 1)
        self._histograms[index] = self._histograms.get(index, 0) + np.bincount(bins, minlength=BINS)

    def counts(self) -> QualityCounts:
        """What was counted so far."""
        return QualityCounts(
            rows=self._rows,
            bad_rows=self._bad,
            over_age=self._over_age,
            boys=self._boys,
            girls=self._girls,
            missing=dict(self._missing),
            months=self._months.copy(),
            digits=dict(self._digits),
            indexes={index: self._distribution(index) for index in self._moments},
            misplaced=self._misplaced,
            placed=self._placed,
        )

    def _distribution(self, index: str) -> Distribution:
        children, mean, deviation, skewness, kurtosis = _describe(self._moments[index])
        return Distribution(
            children=children,
            flagged=self._flagged[index],
            mean=mean,
            deviation=deviation,
            skewness=skewness,
            kurtosis=kurtosis,
            histogram=self._histograms[index],
        )


def _describe(moments: Floats) -> tuple[int, float, float, float, float]:
    """Count, mean, standard deviation, skewness and excess kurtosis from sums of powers 0..4."""
    children = round(moments[0])
    if children < 2:
        return children, float("nan"), float("nan"), float("nan"), float("nan")
    first, second, third, fourth = (moments[1:] / children).tolist()
    spread = second - first**2
    if spread <= 0:
        return children, first, 0.0, float("nan"), float("nan")
    skew = (third - 3 * first * second + 2 * first**3) / spread**1.5
    kurtosis = (fourth - 4 * first * third + 6 * first**2 * second - 3 * first**4) / spread**2 - 3
    return children, first, float(np.sqrt(spread * children / (children - 1))), skew, kurtosis
