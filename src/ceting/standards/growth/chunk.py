"""One chunk of children through every index that their measures allow.

Nearly all of the time goes into passes over memory, so every pass writes into a buffer that stays in the cache.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ceting.standards.growth import exact
from ceting.standards.growth.buffers import Buffers, logarithm
from ceting.standards.growth.children import find_children
from ceting.standards.growth.columns import Columns
from ceting.standards.growth.indicators import INDICES, WEIGHT_FOR_AGE, Index
from ceting.standards.growth.layouts import (
    MARGIN,
    TYPICAL,
    Estimating,
    Floats,
    Singles,
    exact_by_day,
    linear_by_day,
    power_by_day,
    power_by_length,
)

FLAG_MISSING: Final = -1
"""A flag whose z is missing."""

DOUBT: Final = 0.5 - 100 * MARGIN
"""An estimate farther than this from the nearest whole hundredth may belong to the next one."""

FAR: Final = 299.0
"""Estimates beyond this, in hundredths, may need the restricted form or a flag, and aren't close enough."""

Outputs = Mapping[str, NDArray[Any]]
Doubts = list[tuple[Index, NDArray[np.intp]]]


def score_chunk(given: Columns, out: Outputs, b: Buffers) -> None:
    """Fill the output columns (z and flag of each index) for the given rows, all of the buffers' size.

    Missing values are calculated with as NaN, so callers silence numpy's warnings.
    """
    find_children(given, b)
    doubts: Doubts = []
    for index in INDICES:
        if index.z in out:
            estimate(index, given, b)
            settle(index, out, b, doubts)
    compute_exactly(doubts, given, out, b)


def estimate(index: Index, given: Columns, b: Buffers) -> None:
    """Estimate an index into the buffer `a`, in hundredths."""
    if index.table is None:
        estimate_by_length(b)
    elif index.restricted:
        estimate_power(power_by_day(index.table, index.measure), ln_measure(index, given, b), b)
    else:
        measure = b.clenhei if index.measure == "clenhei" else given.given(index.measure)
        estimate_linear(linear_by_day(index.table), measure, b)


def estimate_linear(layout: Estimating, measure: NDArray[Any], b: Buffers) -> None:
    """Estimate an index whose L is 1."""
    rows = np.take(layout.rows, b.day_row, axis=0, out=b.linear_rows, mode="clip")
    np.copyto(b.u, measure, casting="unsafe")
    np.subtract(b.u, rows[:, 0], out=b.a)
    np.multiply(b.a, rows[:, 1], out=b.a)


def estimate_power(layout: Estimating, ln: Singles, b: Buffers) -> None:
    """Estimate an index by age from the logarithm of its measure."""
    rows = np.take(layout.rows, b.day_row, axis=0, out=b.by_day_rows, mode="clip")
    np.subtract(ln, rows[:, 0], out=b.a)
    np.multiply(b.a, rows[:, 1], out=b.u)
    np.multiply(b.a, rows[:, 2], out=b.a)
    bend(layout.polynomial, b)


def ln_measure(index: Index, given: Columns, b: Buffers) -> Singles:
    """Return ln(y / typical) of an index's measure; that of weight is left in its buffer for the next indices."""
    if index.measure == "bmi":
        ln = logarithm(b.clenhei, TYPICAL["clenhei"], b.ln_other)
        np.multiply(ln, -2, out=ln)
        np.add(ln, b.ln_weight, out=ln)
        return ln
    if index.measure == "weight":
        ln = logarithm(given.given("weight"), TYPICAL["weight"], b.ln_weight)
        if given.oedema is not None:
            np.copyto(ln, np.nan, where=given.oedema)
        return ln
    return logarithm(given.given(index.measure), TYPICAL[index.measure], b.ln_other)


def estimate_by_length(b: Buffers) -> None:
    """Estimate weight-for-length/height from the logarithm of the weight, which is in its buffer."""
    layout = power_by_length()
    rows = np.take(layout.rows, b.length_row, axis=0, out=b.by_length_rows, mode="clip")
    # ln(M + part of a step) by two terms of its series.
    np.multiply(b.inside, rows[:, 3], out=b.p)
    np.multiply(b.p, b.p, out=b.u)
    np.multiply(b.u, 0.5, out=b.u)
    np.subtract(b.p, b.u, out=b.p)
    np.add(b.p, rows[:, 0], out=b.p)
    np.subtract(b.ln_weight, b.p, out=b.a)
    np.multiply(b.inside, rows[:, 4], out=b.p)
    np.add(b.p, rows[:, 2], out=b.p)
    np.multiply(b.a, rows[:, 1], out=b.u)
    np.multiply(b.a, b.p, out=b.a)
    bend(layout.polynomial, b)


def bend(polynomial: tuple[np.float32, ...], b: Buffers) -> None:
    """Multiply the buffer `a` by the polynomial of the buffer `u`."""
    highest, next_one, *others = polynomial
    np.multiply(b.u, highest, out=b.p)
    np.add(b.p, next_one, out=b.p)
    for coefficient in others:
        np.multiply(b.p, b.u, out=b.p)
        np.add(b.p, coefficient, out=b.p)
    np.multiply(b.a, b.p, out=b.a)


def settle(index: Index, out: Outputs, b: Buffers, doubts: Doubts) -> None:
    """Write the rounded estimates and their flags (none is set within +-3), and note the rows that are in doubt."""
    z, flag = out[index.z], out[index.flag]
    np.rint(b.a, out=b.p)
    np.add(b.p, 0, out=b.p)  # minus zero becomes zero
    np.divide(b.p, 100, out=z, dtype=np.float64)
    np.subtract(b.a, b.p, out=b.p)
    np.abs(b.p, out=b.p)
    np.greater(b.p, DOUBT, out=b.this)
    np.abs(b.a, out=b.a)
    np.greater(b.a, FAR, out=b.that)
    np.logical_or(b.this, b.that, out=b.this)
    np.isnan(b.a, out=b.that)
    np.negative(b.that.view(np.int8), out=flag)
    rows = np.flatnonzero(b.this)
    if rows.size:
        doubts.append((index, rows))


def compute_exactly(doubts: Doubts, given: Columns, out: Outputs, b: Buffers) -> None:
    """Write the exact z and flag of the rows that are in doubt, all indices in one go."""
    if not doubts:
        return
    y = np.concatenate([measures(index, rows, given, b) for index, rows in doubts])
    parameters = np.concatenate([table_parameters(index, rows, b) for index, rows in doubts])
    restricted = np.concatenate([np.full(len(rows), index.restricted) for index, rows in doubts])
    z = exact.rounded_scores(y, parameters, restricted)
    start = 0
    for index, rows in doubts:
        found = z[start : start + len(rows)]
        start += len(rows)
        out[index.z][rows] = found
        flagged = (found < index.lowest) | (found > index.highest)
        out[index.flag][rows] = np.where(np.isnan(found), FLAG_MISSING, flagged)


def measures(index: Index, rows: NDArray[np.intp], given: Columns, b: Buffers) -> Floats:
    """Return the measures of some rows."""
    if index.measure == "clenhei":
        return b.clenhei[rows]
    if index.measure == "bmi":
        return measures(WEIGHT_FOR_AGE, rows, given, b) / np.square(b.clenhei[rows] / 100)
    return given.given(index.measure)[rows].astype(np.float64)


def table_parameters(index: Index, rows: NDArray[np.intp], b: Buffers) -> Floats:
    """Return L, M, S of some rows, shape (n, 3)."""
    if index.table is None:
        return exact.parameters_by_length(b.length_row[rows], b.clenhei[rows])
    return exact_by_day(index.table).take(b.day_row[rows], axis=0)
