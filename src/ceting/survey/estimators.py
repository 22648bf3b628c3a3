"""Design-based estimates of a proportion or a mean from sums, without the rows.

Sources: Taylor linearisation of a ratio in a stratified design with primary sampling units drawn with
replacement (W. G. Cochran, Sampling Techniques, 3rd ed., ch. 6 and 11; K. M. Wolter, Introduction to
Variance Estimation, 2nd ed., ch. 6); the logit interval with the degrees of freedom of the design as WHO
and UNICEF recommend (Recommendations for data collection, analysis and reporting on anthropometric
indicators in children under 5 years old, 2019, ch. 3).
"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CONFIDENCE = 0.95


def variance_from_units(
    numerators: Floats, denominators: Floats, ratios: Floats, *, strata: Ints, units_in_stratum: Ints
) -> Floats:
    """Variance of k ratios from the totals of each primary sampling unit.

    numerators, denominators: (units, k) weighted totals in the domain, zero rows for units without a member.
    ratios: (k,). strata: (units,) stratum number of each unit. units_in_stratum: (strata,) units of the
    whole design. A stratum with a single unit is centred on the grand mean, which is zero for a residual.
    """
    totals = denominators.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        residuals = (numerators - denominators * ratios) / totals
    units = units_in_stratum[:, np.newaxis].astype(np.float64)
    alone = units == 1
    sums = np.zeros((units_in_stratum.size, ratios.size))
    np.add.at(sums, strata, residuals)
    present = np.bincount(strata, minlength=units_in_stratum.size)[:, np.newaxis]
    centres = np.where(alone, 0.0, sums / units)
    spread = (units - present) * centres**2
    np.add.at(spread, strata, (residuals - centres[strata]) ** 2)
    variance: Floats = (spread * np.where(alone, 1.0, units / np.where(alone, 1.0, units - 1))).sum(axis=0)
    return variance


def variance_from_rows(
    numerators: Floats,
    denominators: Floats,
    squared_numerators: Floats,
    squared_denominators: Floats,
    ratios: Floats,
    *,
    cross: Floats,
    rows_in_stratum: Ints,
) -> Floats:
    """Variance of k ratios where every row is its own sampling unit.

    All sums are (strata, k) over the domain: w*y, w, w^2*y^2, w^2, and `cross` w^2*y.
    rows_in_stratum: (strata,) rows of the whole design.
    """
    totals = denominators.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = squared_numerators - 2 * ratios * cross + ratios**2 * squared_denominators
        sums = numerators - ratios * denominators
        rows = rows_in_stratum[:, np.newaxis].astype(np.float64)
        alone = rows == 1
        factor = np.where(alone, 1.0, rows / np.where(alone, 1.0, rows - 1))
        spread = squares - np.where(alone, 0.0, sums**2 / rows)
        variance: Floats = (np.maximum(spread, 0.0) * factor).sum(axis=0) / totals**2
    return variance


def logit_interval(share: Floats, error: Floats, quantile: float) -> tuple[Floats, Floats]:
    """Interval of a proportion on the logit scale; a proportion of exactly 0 or 1 has no width.

    share, error: proportions (0..1) and their standard errors. Returns lower and upper proportions.
    """
    inside = (share > 0) & (share < 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.log(share / (1 - share))
        width = quantile * error / (share * (1 - share))
        low = 1 / (1 + np.exp(-(centre - width)))
        high = 1 / (1 + np.exp(-(centre + width)))
    return np.where(inside, low, share), np.where(inside, high, share)


def student_quantile(probability: float, degrees: float) -> float:
    """Quantile of Student's t (probability in 0.5..1), NaN where the design leaves no degrees of freedom."""
    if degrees < 1:
        return math.nan
    low, high = 0.0, 1.0
    while _student_cdf(high, degrees) < probability:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _student_cdf(middle, degrees) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def chi_square_tail(statistic: float) -> float:
    """P(chi-square with one degree of freedom > statistic)."""
    return math.erfc(math.sqrt(max(statistic, 0.0) / 2))


def _student_cdf(value: float, degrees: float) -> float:
    return 1 - _incomplete_beta(degrees / 2, 0.5, degrees / (degrees + value * value)) / 2


def _incomplete_beta(first: float, second: float, x: float) -> float:
    """Regularised incomplete beta by its continued fraction (Abramowitz and Stegun 26.5.8)."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    if x > (first + 1) / (first + second + 2):
        return 1 - _incomplete_beta(second, first, 1 - x)
    front = math.exp(
        math.lgamma(first + second)
        - math.lgamma(first)
        - math.lgamma(second)
        + first * math.log(x)
        + second * math.log1p(-x)
    )
    # Evaluated backwards from a depth where the next term no longer changes a double.
    fraction = 1.0
    for depth in range(300, 0, -1):
        half, odd = divmod(depth, 2)
        low = first + 2 * half
        if odd:
            term = -(first + half) * (first + second + half) * x / (low * (low + 1))
        else:
            term = half * (second - half) * x / ((low - 1) * low)
        fraction = 1 + term / fraction
    return front / first / fraction
