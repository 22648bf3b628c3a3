"""The tables laid out for whole columns of children: one row number finds a child in every table.

Exact layouts hold L, M and S. Estimating layouts hold what a quick estimate of z in single precision needs. With
a = ln(y / M) and u = L a the formula is z = (e^u - 1) / (L S) = (a / S) * (e^u - 1) / u, and the last factor is a
short polynomial in u: no power, and no trouble where L is near zero. Inside +-3 the estimate is within `MARGIN` of the
exact z (`tests/test_estimate.py` measures it on every row of every table), so it knows the second decimal of nearly
every child; `chunk.py` computes the others exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import factorial
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ceting.standards.growth.indicators import Measure, TableCode
from ceting.standards.growth.tables import table

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

MARGIN: Final = 2.5e-5
"""Bound of the error of an estimate inside +-3, in z."""

TYPICAL: Final[Mapping[Measure, float]] = MappingProxyType(
    {
        "weight": 10.0,
        "clenhei": 80.0,
        "bmi": 10.0 / (80.0 / 100) ** 2,
        "armc": 15.0,
        "triskin": 8.0,
        "subskin": 6.0,
    }
)
"""Logarithms are of y / typical: near zero, where single precision is finest. BMI follows from the first two."""

DAYS: Final = 1827
"""Rows of one sex by age: row = DAYS * sex + day. Sex 0 and days without a standard are blank (NaN)."""

MILLIMETRES: Final = 1202
"""Rows of one sex and position by length: row = MILLIMETRES * (2 * sex + standing) + whole millimetres."""

BLANK: Final = 0
"""A blank row of every layout."""

UNDECIDED: Final = (511, 1023)
"""Millimetres that the estimate leaves to the exact formula: below a power of two the reference's 10x + 1 may round
up to the millimetre after the next (102.4 cm computed as 103.1 - 0.7 is one), and the z with it."""


@dataclass(frozen=True, slots=True)
class Estimating:
    """What an estimate needs, a row for each row of the exact layout; NaN gives NaN."""

    rows: Singles
    """Powers: ln(M / typical), L, 100 / S, and by length the steps of M / M and 100 / S to the next millimetre.
    Linear (L = 1): M, 100 / (M S)."""
    polynomial: tuple[np.float32, ...]
    """Coefficients of (e^u - 1) / u, highest power first; empty for a linear measure.

    It ends with an even power: e^u cut there grows everywhere, so the estimate is monotone in y, and a child well
    beyond +-3 can't come out within."""


@cache
def exact_by_day(code: TableCode) -> Floats:
    """Return L, M, S by age, shape (3 DAYS, 3)."""
    source = table(code)
    rows = np.full((3, DAYS, 3), np.nan)
    rows[1:, source.first :] = source.rows
    return rows.reshape(-1, 3)


@cache
def exact_by_length() -> Floats:
    """Return L, M, S of weight by length and by height, shape (6 MILLIMETRES, 3)."""
    rows = np.full((3, 2, MILLIMETRES, 3), np.nan)
    for standing, source in enumerate((table("wfl"), table("wfh"))):
        rows[1:, standing, source.first * 10 : source.last * 10 + 1] = source.rows
    return rows.reshape(-1, 3)


@cache
def linear_by_day(code: TableCode) -> Estimating:
    """Return the estimating layout of a measure with L = 1 by age, rows of shape (3 DAYS, 2)."""
    l, m, s = exact_by_day(code).T  # noqa: E741
    if np.any(l[np.isfinite(l)] != 1):
        raise ValueError(f"{code} isn't linear")
    return Estimating(np.stack([m, 100 / (m * s)], axis=1).astype(np.float32), ())


@cache
def power_by_day(code: TableCode, measure: Measure) -> Estimating:
    """Return the estimating layout of a weight-like measure by age, rows of shape (3 DAYS, 4), the last unused."""
    exact = exact_by_day(code)
    l, m, s = exact.T  # noqa: E741
    rows = np.stack([np.log(m / TYPICAL[measure]), l, 100 / s, np.zeros(len(m))], axis=1)
    return Estimating(rows.astype(np.float32), polynomial(exact))


@cache
def power_by_length() -> Estimating:
    """Return the estimating layout of weight by length and height, rows of shape (6 MILLIMETRES, 8), three unused."""
    exact = exact_by_length()
    l, m, s = exact.T  # noqa: E741
    rows = np.zeros((len(m), 8))
    rows[:, 0], rows[:, 1], rows[:, 2] = np.log(m / TYPICAL["weight"]), l, 100 / s
    rows[:-1, 3], rows[:-1, 4] = np.diff(m) / m[:-1], np.diff(100 / s)
    # The last millimetre has no next one. Below an endless measure every child is far out, hence not estimated.
    undecided = np.isfinite(m) & np.isnan(np.append(m[1:], np.nan))
    for millimetre in UNDECIDED:
        undecided[millimetre::MILLIMETRES] |= np.isfinite(m[millimetre::MILLIMETRES])
    rows[undecided] = (np.inf, -1, 1, 0, 0, 0, 0, 0)
    return Estimating(rows.astype(np.float32), polynomial(exact))


def polynomial(exact: Floats) -> tuple[np.float32, ...]:
    """Return the coefficients of (e^u - 1) / u that are needed inside +-3, up to the first even power that suffices."""
    ls = exact[:, 0] * exact[:, 2]
    widest = np.nanmax(np.abs(np.log(1 + 3 * np.stack([ls, -ls]))))
    power = 2
    while 3 * widest ** (power + 1) / factorial(power + 2) > MARGIN / 20:
        power += 2
    return tuple(np.float32(1 / factorial(k + 1)) for k in range(power, -1, -1))
