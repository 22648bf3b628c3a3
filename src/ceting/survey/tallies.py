"""Running sums by group and sampling unit: all that a prevalence with its standard error needs of the rows.

Memory grows with groups x sampling units, never with children.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ceting.survey.block import Cell, as_text
from ceting.survey.errors import SurveyError
from ceting.survey.values import is_missing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_UNIT_BITS = 32
_UNIT_MASK = (1 << _UNIT_BITS) - 1


class Codes(dict[Cell, int]):
    """Numbers each text in the order in which it first appears; a missing value is -1.

    Looked up by the cells as they were read, so that a cell is made into a text only when it is new.
    """

    def __init__(
        self,
        *,
        clean: Callable[[str], str] = str.strip,
        limit: int | None = None,
        name: str = "",
    ) -> None:
        super().__init__()
        self._clean = clean
        self._limit = limit
        self._name = name
        self._numbers: dict[str, int] = {}

    def __missing__(self, cell: Cell) -> int:
        text = "" if is_missing(cell) else self._clean(as_text(cell))
        code = self._numbers.setdefault(text, len(self._numbers)) if text else -1
        if self._limit is not None and len(self._numbers) > self._limit:
            raise SurveyError(
                f"Kolom {self._name!r} punya lebih dari {self._limit} isi yang berbeda, "
                "terlalu banyak untuk dijadikan kelompok. Pilih kolom lain untuk --by."
            )
        self[cell] = code
        return code

    def encode(self, cells: Sequence[Cell]) -> Ints:
        """Numbers of many cells: (n,)."""
        return np.fromiter(map(self.__getitem__, cells), dtype=np.int64, count=len(cells))

    def code(self, text: str) -> int | None:
        """Number of a cleaned text, None where it hasn't occurred."""
        return self._numbers.get(text)

    @property
    def texts(self) -> list[str]:
        """The texts in the order of their numbers."""
        return list(self._numbers)


class Pairs:
    """The pairs (group, unit) that occur in a block, and which rows belong to each."""

    def __init__(self, groups: Ints, units: Ints) -> None:
        """groups, units: (n,). Rows with a negative group belong to no pair."""
        keys = (groups << _UNIT_BITS) | units
        order = np.argsort(keys, kind="stable")
        self._order = order[np.searchsorted(keys[order], 0) :]
        ordered = keys[self._order]
        self._starts = np.flatnonzero(np.diff(ordered, prepend=-1))
        self.keys = ordered[self._starts]

    def sums(self, values: Floats) -> Floats:
        """Sums of the columns (width, n) of each pair: (pairs, width)."""
        return np.add.reduceat(values[:, self._order], self._starts, axis=1).T


class GroupedSums:
    """Sums of the rows of a matrix, kept for each pair (group, unit) that occurs."""

    def __init__(self, width: int) -> None:
        self._slots: dict[int, int] = {}
        self._sums = np.zeros((64, width))

    def add(self, pairs: "Pairs", values: Floats) -> None:
        """Add rows: values (width, n) of the n rows that `pairs` was made of."""
        if pairs.keys.size == 0:
            return
        slots = np.fromiter(map(self._slot, pairs.keys.tolist()), dtype=np.int64, count=pairs.keys.size)
        if len(self._slots) > self._sums.shape[0]:
            grown = np.zeros((2 * len(self._slots), self._sums.shape[1]))
            grown[: self._sums.shape[0]] = self._sums
            self._sums = grown
        self._sums[slots] += pairs.sums(values)

    def _slot(self, key: int) -> int:
        return self._slots.setdefault(key, len(self._slots))

    def sealed(self) -> "SealedSums":
        """The sums so far, in order of group, ready to be asked."""
        keys = np.fromiter(self._slots, dtype=np.int64, count=len(self._slots))
        order = np.argsort(keys)
        return SealedSums(keys[order], self._sums[order])


@dataclass(frozen=True)
class SealedSums:
    """Sums in order of (group, unit): keys (m,), sums (m, width)."""

    keys: Ints
    sums: Floats

    def by_unit(self, groups: Iterable[int], units: int) -> Floats:
        """Sums over the given groups for each unit: (units, width)."""
        total = np.zeros((units, self.sums.shape[1]))
        for group in groups:
            bounds = [group << _UNIT_BITS, (group + 1) << _UNIT_BITS]
            first, last = np.searchsorted(self.keys, bounds, side="left").tolist()
            # A unit occurs once within a group, so plain indexing adds every row.
            total[self.keys[first:last] & _UNIT_MASK] += self.sums[first:last]
        return total
