"""From the sums of one group to its row in the prevalence table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ceting.survey.estimators import (
    CONFIDENCE,
    logit_interval,
    student_quantile,
    variance_from_rows,
    variance_from_units,
)
from ceting.survey.indicators import CUT_OFFS, INDEXES, LAYOUT, STUNTED_OVERWEIGHT, STUNTED_WASTED

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RATIOS = LAYOUT.positions(LAYOUT.ratios)
_DENOMINATORS = LAYOUT.positions(LAYOUT.denominators)
_MEANS = tuple(index.code for index in INDEXES)
_IS_MEAN = np.array([name in _MEANS for name in LAYOUT.ratios])
# The square of a yes or no is itself; only a mean needs its own sum of squares.
_SQUARES = LAYOUT.positions(tuple(f"{name}_squared" if name in _MEANS else name for name in LAYOUT.ratios))


@dataclass(frozen=True)
class Estimate:
    """A prevalence (in percent) or a mean z with its standard error and 95 % interval; NaN where unknown."""

    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Design:
    """The sampling design: stratum number of each unit (units,) and rows of each stratum (strata,).

    `clustered` is false where every child is its own sampling unit.
    """

    stratum_of_unit: Ints
    rows_in_stratum: Ints
    clustered: bool

    @cached_property
    def units_in_stratum(self) -> Ints:
        """Sampling units of each stratum: (strata,)."""
        if self.clustered:
            return np.bincount(self.stratum_of_unit, minlength=self.rows_in_stratum.size)
        return self.rows_in_stratum

    @cached_property
    def degrees(self) -> int:
        """Degrees of freedom: units less strata."""
        return int(self.units_in_stratum.sum()) - self.units_in_stratum.size

    @cached_property
    def quantile(self) -> float:
        """Student's t of the two-sided interval."""
        return student_quantile((1 + CONFIDENCE) / 2, self.degrees)


@dataclass(frozen=True)
class GroupEstimates:
    """One row of the table.

    estimates: by column prefix (HA_3 ... WH3 and the two combined in percent, HA WA BMI WH in z).
    weighted, children_by: sum of weights and number of children behind each denominator (HAZ, WAZ, ...).
    deviations: standard deviation of each index. children: rows with any z or oedema.
    """

    heading: str
    label: str
    estimates: Mapping[str, Estimate]
    weighted: Mapping[str, float]
    children_by: Mapping[str, int]
    deviations: Mapping[str, float]

    @property
    def name(self) -> str:
        """The group as the reference names it."""
        return f"{self.heading}: {self.label}" if self.heading else self.label

    @property
    def children(self) -> int:
        """The most children that stand behind any figure of the row."""
        return max(self.children_by.values())

    def as_row(self) -> dict[str, str | float]:
        """Columns named and ordered as in the reference."""
        row: dict[str, str | float] = {"Group": self.name}
        for index in INDEXES:
            row |= self._population(f"{index.code}Z", f"{index.code}Z")
            for suffix in CUT_OFFS:
                row |= self._figures(index.code + suffix)
            row |= self._figures(index.code)
            row[f"{index.code}_stdev"] = self.deviations[index.code]
        row |= self._population(STUNTED_WASTED, f"{STUNTED_WASTED}_pop")
        return row | self._figures(STUNTED_WASTED) | self._figures(STUNTED_OVERWEIGHT)

    def _population(self, prefix: str, population: str) -> dict[str, str | float]:
        return {
            f"{prefix}_pop": self.weighted[population],
            f"{prefix}_unwpop": self.children_by[population],
        }

    def _figures(self, prefix: str) -> dict[str, str | float]:
        estimate = self.estimates[prefix]
        return {
            f"{prefix}_r": estimate.value,
            f"{prefix}_se": estimate.error,
            f"{prefix}_ll": estimate.low,
            f"{prefix}_ul": estimate.high,
        }


def estimate_group(
    heading: str, label: str, by_unit: Floats, by_row: Floats, design: Design
) -> GroupEstimates:
    """Estimate one group from its sums.

    by_unit: (units, sums + counts) weighted sums and plain counts of each sampling unit, as LAYOUT has them.
    by_row: (strata, sums) sums weighted twice, of the rows of each stratum.
    """
    width = len(LAYOUT.columns)
    totals = by_unit.sum(axis=0)
    denominator = totals[_DENOMINATORS]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(denominator > 0, totals[_RATIOS] / denominator, np.nan)
    errors = np.sqrt(_variance(by_unit, by_row, ratios, design))
    low, high = logit_interval(ratios, errors, design.quantile)
    low = np.where(_IS_MEAN, ratios - design.quantile * errors, low)
    high = np.where(_IS_MEAN, ratios + design.quantile * errors, high)
    scale = np.where(_IS_MEAN, 1.0, 100.0)
    figures = np.stack((ratios, errors, low, high), axis=1) * scale[:, np.newaxis]
    counts = {name: round(totals[width + column]) for name, column in LAYOUT.counts.items()}
    return GroupEstimates(
        heading=heading,
        label=label,
        estimates={name: Estimate(*figures[row].tolist()) for row, name in enumerate(LAYOUT.ratios)},
        weighted={name: float(totals[LAYOUT.columns[name]]) for name in counts},
        children_by=counts,
        deviations={name: _deviation(name, totals, counts[f"{name}Z_measured"]) for name in _MEANS},
    )


def _variance(by_unit: Floats, by_row: Floats, ratios: Floats, design: Design) -> Floats:
    if design.clustered:
        return variance_from_units(
            by_unit[:, _RATIOS],
            by_unit[:, _DENOMINATORS],
            ratios,
            strata=design.stratum_of_unit,
            units_in_stratum=design.units_in_stratum,
        )
    by_stratum = np.zeros((design.rows_in_stratum.size, by_unit.shape[1]))
    np.add.at(by_stratum, design.stratum_of_unit, by_unit)
    return variance_from_rows(
        by_stratum[:, _RATIOS],
        by_stratum[:, _DENOMINATORS],
        by_row[:, _SQUARES],
        by_row[:, _DENOMINATORS],
        ratios,
        cross=by_row[:, _RATIOS],
        rows_in_stratum=design.rows_in_stratum,
    )


def _deviation(name: str, totals: Floats, children: int) -> float:
    """Weighted standard deviation; one child has none."""
    if children < 2:
        return float("nan")
    weight = totals[LAYOUT.columns[f"{name}Z_measured"]]
    mean = totals[LAYOUT.columns[name]] / weight
    square = totals[LAYOUT.columns[f"{name}_squared"]] / weight - mean**2
    return float(np.sqrt(max(square, 0.0) * children / (children - 1)))
