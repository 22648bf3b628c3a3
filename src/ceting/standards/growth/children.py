"""Children of a chunk: age, position, corrected length, and the rows of the tables where each is found."""

from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ceting.standards.growth.buffers import Buffers, doubles
from ceting.standards.growth.columns import LOWER_CASE, LYING, NO_POSITION, STANDING, Columns
from ceting.standards.growth.indicators import (
    AGE_LIMIT,
    POSITION_DIFFERENCE,
    STANDING_ALLOWED_FROM,
    STANDING_FROM_DAY,
    STANDING_FROM_LENGTH,
)
from ceting.standards.growth.layouts import BLANK, DAYS, MILLIMETRES, Floats


def find_children(given: Columns, b: Buffers) -> None:
    """Fill the buffers `clenhei`, `standing`, `day_row`, `length_row` and `inside` for the given rows.

    A child without a place in a table gets its blank row, one without a length NaN. `standing`, `length_row` and
    `inside` (the part of a millimetre) are filled only where lengths are given.
    """
    sex, age = doubles(given.sex, b.sex), doubles(given.age_days, b.age)
    find_age(sex, age, b)
    find_position(given.measure, age, b)
    find_day_rows(sex, b)
    if given.lenhei is not None:
        correct_length(doubles(given.lenhei, b.lenhei), b)
        find_length_rows(sex, b)


def find_age(sex: Floats, age: Floats, b: Buffers) -> None:
    """Round the age and mark the rows without any result: sex unknown or wrong, age wrong or past the standard."""
    np.equal(sex, 1, out=b.this)
    np.equal(sex, 2, out=b.that)
    np.logical_or(b.this, b.that, out=b.this)
    np.logical_not(b.this, out=b.blank)
    np.less(age, 0, out=b.this)
    np.logical_or(b.blank, b.this, out=b.blank)
    np.greater_equal(age, AGE_LIMIT, out=b.this)
    np.logical_or(b.blank, b.this, out=b.blank)
    np.isnan(age, out=b.ageless)
    np.add(age, 0.5, out=b.day)
    np.floor(b.day, out=b.day)


def find_position(measure: NDArray[Any] | None, age: Floats, b: Buffers) -> None:
    """Find who was measured lying and who upright, as far as it is believed; a position that can't be blanks."""
    if measure is None:
        b.lying[:] = False
        b.upright[:] = False
        return
    np.equal(measure, NO_POSITION, out=b.this)
    np.copyto(b.code, measure, casting="unsafe")
    np.bitwise_or(b.code, LOWER_CASE, out=b.code)
    np.equal(b.code, LYING, out=b.lying)
    np.equal(b.code, STANDING, out=b.upright)
    np.logical_or(b.this, b.lying, out=b.this)
    np.logical_or(b.this, b.upright, out=b.this)
    np.logical_not(b.this, out=b.this)
    np.logical_or(b.blank, b.this, out=b.blank)
    np.less(age, STANDING_ALLOWED_FROM, out=b.this)
    np.greater(b.upright, b.this, out=b.upright)


def find_day_rows(sex: Floats, b: Buffers) -> None:
    """Find the row of each child in the layouts by age."""
    np.multiply(sex, DAYS, out=b.row)
    np.add(b.row, b.day, out=b.row)
    np.logical_or(b.blank, b.ageless, out=b.this)
    np.copyto(b.row, BLANK, where=b.this)
    np.copyto(b.day_row, b.row, casting="unsafe")


def correct_length(lenhei: Floats, b: Buffers) -> None:
    """Correct the length for the position, NaN where it is missing, and find who counts as standing."""
    np.greater_equal(b.day, STANDING_FROM_DAY, out=b.standing)
    np.less(b.day, STANDING_FROM_DAY, out=b.this)
    np.logical_and(b.this, b.upright, out=b.this)
    np.logical_and(b.standing, b.lying, out=b.that)
    np.subtract(b.this.view(np.int8), b.that.view(np.int8), out=b.shift)
    np.multiply(b.shift, POSITION_DIFFERENCE, out=b.part)
    np.add(lenhei, b.part, out=b.clenhei)
    np.greater(lenhei, 0, out=b.this)
    np.greater(b.clenhei, 0, out=b.that)
    np.logical_and(b.this, b.that, out=b.this)
    np.less(b.clenhei, inf, out=b.that)
    np.logical_and(b.this, b.that, out=b.this)
    np.logical_not(b.this, out=b.this)
    np.copyto(b.clenhei, np.nan, where=b.this)

    ageless = np.flatnonzero(b.ageless)
    long = ~b.lying[ageless] & (b.clenhei[ageless] >= STANDING_FROM_LENGTH)
    b.standing[ageless] = b.upright[ageless] | long


def find_length_rows(sex: Floats, b: Buffers) -> None:
    """Find the row of each child in the layouts by length, and how far it is towards the next millimetre."""
    np.multiply(b.clenhei, 10, out=b.part)
    np.floor(b.part, out=b.row)
    np.subtract(b.part, b.row, out=b.part)
    np.copyto(b.inside, b.part, casting="unsafe")
    np.minimum(b.row, MILLIMETRES - 1, out=b.row)
    np.multiply(sex, 2 * MILLIMETRES, out=b.part)
    np.add(b.row, b.part, out=b.row)
    np.multiply(b.standing, float(MILLIMETRES), out=b.part)
    np.add(b.row, b.part, out=b.row)
    np.isnan(b.clenhei, out=b.this)
    np.logical_or(b.blank, b.this, out=b.this)
    np.copyto(b.row, BLANK, where=b.this)
    np.copyto(b.length_row, b.row, casting="unsafe")
