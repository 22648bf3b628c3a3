"""XLSX out."""

import math
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import IllegalCharacterError

from ceting.survey.block import Cell, as_text
from ceting.survey.columns import Columns
from ceting.survey.errors import SurveyError
from ceting.survey.results import result_columns, result_names
from ceting.survey.scoring import Scored
from ceting.survey.writers.part import PartFile

_MOST_ROWS = 1_048_575


class SheetWriter:
    """A workbook with one sheet, written as a stream."""

    def __init__(self, path: Path, columns: Columns, indexes: Sequence[str]) -> None:
        self._part = PartFile(path)
        self._workbook = Workbook(write_only=True)
        self._sheet = self._workbook.create_sheet("Hasil")
        self._columns = columns
        self._names = result_names(indexes, columns.names)
        self._sheet.append([self._safe(name) for name in (*columns.names, *self._names)])
        self._rows = 0

    def add(self, scored: Scored) -> None:
        """Write the rows of one block."""
        self._rows += len(scored.block)
        if self._rows > _MOST_ROWS:
            raise SurveyError(
                "Lembar Excel hanya memuat 1.048.575 baris. Pakai --out berakhiran .csv atau .parquet."
            )
        results = [column.values for column in result_columns(scored, self._names)]
        for row in zip(*self._inputs(scored), *results, strict=True):
            self._sheet.append([self._safe(cell) for cell in row])

    def _inputs(self, scored: Scored) -> list[Sequence[Cell]]:
        """The cells that were read; measures that came as text become numbers, identity numbers never do."""
        columns = list(scored.block.columns)
        for role, values in scored.measures.items():
            position = self._columns.positions[role]
            columns[position] = [
                value if isinstance(cell, str) and value == value else cell
                for cell, value in zip(columns[position], values.tolist(), strict=True)
            ]
        return columns

    def _safe(self, cell: Cell) -> object:
        """Text stays text: a formula in a cell of the input must not become a formula of ours."""
        if isinstance(cell, str):
            return self._text(cell)
        if isinstance(cell, float) and not math.isfinite(cell):
            return None
        if cell is None or isinstance(cell, int | float | date):
            return cell
        return as_text(cell)

    def _text(self, text: str) -> object:
        try:
            written = WriteOnlyCell(self._sheet, value=text)
        except IllegalCharacterError:
            written = WriteOnlyCell(self._sheet, value="".join(filter(str.isprintable, text)))
        if written.data_type == "f":
            written.data_type = "s"
        return written

    def finish(self) -> None:
        """Complete the file and give it its name."""
        self._workbook.save(self._part.path)
        self._part.finish()

    def abandon(self) -> None:
        """Remove what was written."""
        # An unclosed sheet complains when it is forgotten; its own temporary file goes at the end of the process.
        with suppress(OSError):
            self._sheet.close()
        self._part.abandon()
