"""Rows and cells that can't be used, each with its line and a reason in plain words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ceting.survey.block import Block, Cell, as_text
from ceting.survey.columns import Columns
from ceting.survey.values import why_not_a_day

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_WORDS = {
    "sex": "Jenis kelamin ini tidak dikenal. Tulis 1, M atau L untuk laki-laki; 2, F atau P untuk perempuan.",
    "measure": "Cara ukur ini tidak dikenal. Tulis L atau Terlentang, H atau Berdiri.",
    "oedema": "Edema ini tidak dikenal. Tulis y, ya atau 1 bila ada; n, tidak atau 2 bila tidak ada.",
    "age_text": "Umur ini tidak terbaca. Tulis misalnya 1 Tahun - 3 Bulan - 12 Hari.",
}
_NUMBER_WORDS = "Angka ini tidak terbaca. Tulis angka saja, misalnya 8,5."


@dataclass(frozen=True)
class Problem:
    """One cell. `empties_row`: the row gets no result; otherwise only the cell counts as missing."""

    line: int
    column: str
    text: str
    reason: str
    empties_row: bool


class ProblemFinder:
    """Collects the problems of one block and the rows that they empty."""

    def __init__(self, block: Block, columns: Columns, today: date) -> None:
        self._block = block
        self._columns = columns
        self._today = today
        self._found: list[tuple[int, Problem]] = []
        self.bad_rows = np.zeros(len(block), dtype=np.bool_)
        self._note_wrong_widths()
        # In a row of the wrong width every cell may stand under a wrong name: one problem says it all.
        self._misaligned = self.bad_rows.copy()

    def unreadable(self, role: str, values: Floats) -> None:
        """Rows whose cell of this role couldn't be read get no result."""
        self.note(role, np.isposinf(values), lambda cell: self._why(role, cell))

    def note(self, role: str, rows: Flags, why: Callable[[Cell], str], *, empties_row: bool = True) -> None:
        """Note the same kind of problem in each of the rows (n,)."""
        rows = rows & ~self._misaligned
        if not rows.any():
            return
        cells = self._block.columns[self._columns.positions[role]]
        name = self._columns.name(role)
        for row in np.flatnonzero(rows).tolist():
            cell = cells[row]
            problem = Problem(self._block.lines[row], name, as_text(cell), why(cell), empties_row)
            self._found.append((row, problem))
        if empties_row:
            self.bad_rows |= rows

    def _note_wrong_widths(self) -> None:
        for row, width in self._block.widths.items():
            reason = (
                f"Baris ini punya {width} kolom, sedangkan judul punya {len(self._columns.names)}. "
                "Periksa tanda pemisah dan koma desimal."
            )
            self._found.append((row, Problem(self._block.lines[row], "", "", reason, empties_row=True)))
            self.bad_rows[row] = True

    def problems(self) -> Iterator[Problem]:
        """All problems in the order of the rows; a row that is emptied anyway keeps only what empties it."""
        for row, problem in sorted(self._found, key=lambda found: found[0]):
            if problem.empties_row or not self.bad_rows[row]:
                yield problem

    def _why(self, role: str, cell: Cell) -> str:
        if role in ("birth_date", "visit_date"):
            return why_not_a_day(cell, self._today)
        return _WORDS.get(role, _NUMBER_WORDS)
