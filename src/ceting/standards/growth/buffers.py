"""The working memory of one thread, used again for every chunk."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ceting.standards.growth.layouts import Floats, Singles


class Buffers:
    """Arrays of `size` rows that the steps of a chunk write into, named by what they hold."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.sex, self.age, self.day, self.lenhei, self.clenhei = (np.empty(size) for _ in range(5))
        self.row, self.part = np.empty(size), np.empty(size)
        self.day_row, self.length_row = np.empty(size, dtype=np.intp), np.empty(size, dtype=np.intp)
        self.blank, self.ageless, self.lying, self.upright, self.standing, self.this, self.that = (
            np.empty(size, dtype=np.bool_) for _ in range(7)
        )
        self.code = np.empty(size, dtype=np.uint32)
        self.shift = np.empty(size, dtype=np.int8)
        self.ln_weight, self.ln_other, self.inside, self.a, self.u, self.p = (
            np.empty(size, dtype=np.float32) for _ in range(6)
        )
        self.linear_rows = np.empty((size, 2), dtype=np.float32)
        self.by_day_rows = np.empty((size, 4), dtype=np.float32)
        self.by_length_rows = np.empty((size, 8), dtype=np.float32)


def doubles(column: NDArray[Any], buffer: Floats) -> Floats:
    """Return the column as doubles: itself where it is that already, else converted into the buffer."""
    if column.dtype == np.float64:
        return column
    np.copyto(buffer, column, casting="unsafe")
    return buffer


def logarithm(column: NDArray[Any], typical: float, buffer: Singles) -> Singles:
    """Return ln(column / typical) in single precision; not finite where the column isn't a positive number."""
    np.copyto(buffer, column, casting="unsafe")
    np.multiply(buffer, 1 / typical, out=buffer)
    np.log(buffer, out=buffer)
    return buffer
