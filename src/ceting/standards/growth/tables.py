"""WHO's L, M and S parameters, loaded from the package's own file on first use.

The file is made by `scripts/build_growth_tables.py`; its notice lies beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from math import floor, trunc
from types import MappingProxyType
from typing import Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from ceting.standards.growth.errors import OutOfRangeError
from ceting.standards.growth.indicators import TableCode

TABLE_CODES: Final[tuple[TableCode, ...]] = get_args(TableCode)
LENGTH_TABLES: Final[frozenset[TableCode]] = frozenset({"wfl", "wfh"})
FIRST: Final[Mapping[TableCode, int]] = MappingProxyType(
    {"wfa": 0, "lhfa": 0, "bmifa": 0, "hcfa": 0, "acfa": 91, "tsfa": 91, "ssfa": 91, "wfl": 45, "wfh": 65}
)
SCALES: Final = (1e4, 1e4, 1e5)


class Parameters(NamedTuple):
    """L (power), M (median, in the unit of the measure) and S (coefficient of variation) at one x."""

    l: float  # noqa: E741 -- WHO's own name for the parameter
    m: float
    s: float


@dataclass(frozen=True, slots=True)
class Table:
    """One table: by day of age (one row a day) or by length in cm (one row a millimetre), for both sexes."""

    code: TableCode
    first: int
    """x of the first row: days, or cm."""
    rows_per_unit: int
    rows: NDArray[np.float64]
    """Shape (2 sexes, rows, 3 parameters L M S); sex 1 (boys) first."""

    @property
    def last(self) -> int:
        """The x of the last row: days, or cm."""
        rows: int = self.rows.shape[1]
        return self.first + (rows - 1) // self.rows_per_unit

    def covers(self, x: float) -> bool:
        """Whether the table has a row for x (a rounded day, or cm)."""
        return self.first <= x <= self.last

    def at(self, sex: int, x: float) -> Parameters:
        """Return the parameters of sex 1 or 2 at x: days, rounded half up, or cm, interpolated inside a millimetre.

        Raises OutOfRangeError where x isn't in the table.
        """
        if self.rows_per_unit == 1:
            x = floor(x + 0.5)
        if not self.covers(x):
            raise OutOfRangeError(self.code, x, self.first, self.last)
        rows = self.rows[sex - 1]
        if self.rows_per_unit == 1:
            return Parameters(*rows[int(x) - self.first].tolist())
        # In floating point exactly as the reference does it, otherwise the last digit of some z differs.
        row = trunc(x * 10)
        weight = (x - row / 10) / 0.1
        low = rows[row - self.first * 10].tolist()
        if weight <= 0:
            return Parameters(*low)
        high = rows[trunc(x * 10 + 1) - self.first * 10].tolist()
        return Parameters(*(a + weight * (b - a) for a, b in zip(low, high, strict=True)))


@cache
def table(code: TableCode) -> Table:
    """Return one table. The file is read once, when the first table is asked for (a few milliseconds)."""
    scaled = archive()[code]
    rows = scaled / np.array(SCALES)
    rows.flags.writeable = False
    return Table(code, FIRST[code], 10 if code in LENGTH_TABLES else 1, rows)


@cache
def archive() -> Mapping[str, NDArray[np.int32]]:
    """Return the file: scaled integers, shape (2 sexes, rows, 3 parameters), by code of table."""
    with as_file(files("ceting.standards.growth") / "data" / "who2006.npz") as path, np.load(path) as archive:
        return {code: archive[code] for code in archive.files}
