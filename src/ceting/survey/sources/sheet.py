"""Workbooks: .xlsx, .xlsm, .xlsb, .ods and the old .xls."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import python_calamine

from ceting.survey.block import ROWS_IN_BLOCK, Block, block_of_rows
from ceting.survey.errors import SurveyError
from ceting.survey.sources.header import SEARCHED_ROWS, header_names, header_position


class SheetSource:
    """One sheet of a workbook: the named one, or else the first."""

    def __init__(self, path: Path, *, sheet: str | None = None) -> None:
        try:
            workbook = python_calamine.CalamineWorkbook.from_path(str(path))
            names = workbook.sheet_names
            if sheet is not None and sheet not in names:
                raise SurveyError(f"Lembar {sheet!r} tidak ada. Lembar di berkas: {', '.join(names)}.")
            self._sheet = workbook.get_sheet_by_name(sheet if sheet is not None else names[0])
        except python_calamine.PasswordError:
            raise SurveyError(f"{path} dikunci kata sandi. Simpan salinan tanpa kata sandi.") from None
        except (python_calamine.CalamineError, IndexError, OSError) as error:
            raise SurveyError(
                f"{path} bukan lembar kerja yang bisa dibaca ({error}). Simpan ulang sebagai .xlsx atau CSV."
            ) from None
        first_rows = list(islice(self._sheet.iter_rows(), SEARCHED_ROWS))
        self._header = header_position(first_rows)
        self.names = header_names(first_rows[self._header]) if first_rows else ()
        self._other_sheets = [name for name in names if name != self._sheet.name]
        self._rows = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """Which sheet was read, where there was a choice."""
        if not self._other_sheets:
            return ()
        others = ", ".join(self._other_sheets)
        return (f'Yang dibaca: lembar "{self._sheet.name}". Lembar lain (pilih dengan --sheet): {others}.',)

    def done(self) -> float:
        """Share of the rows that have been read."""
        return min(self._rows / max(self._sheet.height, 1), 1.0)

    def blocks(self) -> Iterator[Block]:
        """Blocks of rows; rows without any cell filled are left out."""
        start = self._sheet.start
        first_row = (start[0] if start else 0) + 1
        rows = enumerate(self._sheet.iter_rows(), first_row)
        width = len(self.names)
        following = islice(rows, self._header + 1, None)
        while taken := list(islice(following, ROWS_IN_BLOCK)):
            self._rows += len(taken)
            filled = [(number, row[:width]) for number, row in taken if any(cell != "" for cell in row)]
            if filled:
                yield block_of_rows([row for _, row in filled], [number for number, _ in filled], width)
