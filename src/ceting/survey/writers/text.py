"""CSV and TSV out: the lines of the file with the results behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ceting.standards.categories import classify
from ceting.survey.block import Block, texts_of
from ceting.survey.results import CATEGORIES, muac_labels, oedema_rows, result_names, severe_label
from ceting.survey.scoring import Scored
from ceting.survey.writers.part import PartFile

# Hundredths of z that stand for "no z", far beyond any z that a measure can give.
_NO_Z = -10_000_000


@dataclass(frozen=True)
class TextStyle:
    """Delimiter to write, delimiter of the lines that were read (None: no text was read), and habits."""

    delimiter: str
    source_delimiter: str | None
    decimal_comma: bool
    bom: bool


class TextWriter:
    """A delimited text file in UTF-8. Lines that need no change are passed on as they are."""

    def __init__(self, path: Path, names: Sequence[str], indexes: Sequence[str], style: TextStyle) -> None:
        self._part = PartFile(path)
        self._style = style
        self._cells = {index: ResultCells(index, style) for index in indexes}
        encoding = "utf-8-sig" if style.bom else "utf-8"
        self._file = self._part.path.open("w", encoding=encoding, newline="")
        header = [*names, *result_names(indexes, names)]
        self._file.write(style.delimiter.join(_quoted(name, style.delimiter) for name in header) + "\n")

    def add(self, scored: Scored) -> None:
        """Write the rows of one block."""
        results = []
        for index, cells in self._cells.items():
            results.append(cells.of(scored))
            if index == "ac":
                results.append(muac_labels(scored))
        lines = map(self._style.delimiter.join, zip(self._inputs(scored.block), *results, strict=True))
        self._file.write("\n".join(lines))
        self._file.write("\n")

    def _inputs(self, block: Block) -> Iterable[str]:
        if block.raw is not None and self._style.source_delimiter == self._style.delimiter:
            return block.raw
        delimiter = self._style.delimiter
        columns = [_quoted_column(texts_of(column), delimiter) for column in block.columns]
        return map(delimiter.join, zip(*columns, strict=True))

    def finish(self) -> None:
        """Complete the file and give it its name."""
        self._file.close()
        self._part.finish()

    def abandon(self) -> None:
        """Remove what was written."""
        self._file.close()
        self._part.abandon()


class ResultCells(dict[int, str]):
    """z, flag and category of one index as one piece of a line, looked up by hundredths of z and flag."""

    def __init__(self, index: str, style: TextStyle) -> None:
        super().__init__()
        self._index = index
        self._style = style
        self._width = 3 if index in CATEGORIES else 2

    def of(self, scored: Scored) -> list[str]:
        """The pieces of one block: n texts."""
        z = scored.zscores[self._index]
        hundredths: NDArray[np.int64] = np.full(z.size, _NO_Z, dtype=np.int64)
        known = ~np.isnan(z)
        hundredths[known] = np.rint(z[known] * 100)
        keys = hundredths * 2 + (scored.flags[self._index] == 1)
        pieces = list(map(self.__getitem__, keys.tolist()))
        if self._index == "wfl":
            for row in np.flatnonzero(oedema_rows(scored)).tolist():
                pieces[row] = self._joined("", "", severe_label())
        return pieces

    def __missing__(self, key: int) -> str:
        hundredths, flagged = key >> 1, key & 1
        if hundredths == _NO_Z:
            piece = self._joined("", "", "")
        else:
            z = hundredths / 100
            category = None if flagged or self._width == 2 else classify(CATEGORIES[self._index][1], z)
            mark = "," if self._style.decimal_comma else "."
            shown = f"{z:.2f}".replace(".", mark)
            piece = self._joined(shown, str(flagged), category.label_id if category else "")
        self[key] = piece
        return piece

    def _joined(self, *cells: str) -> str:
        delimiter = self._style.delimiter
        return delimiter.join(_quoted(cell, delimiter) for cell in cells[: self._width])


def _quoted(cell: str, delimiter: str) -> str:
    if delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _quoted_column(cells: Sequence[str], delimiter: str) -> Sequence[str]:
    """One look at the whole column; nearly always no cell of it needs quotation marks."""
    joined = "\n".join(cells)
    if delimiter in joined or '"' in joined or "\r" in joined or joined.count("\n") >= max(len(cells), 1):
        return [_quoted(cell, delimiter) for cell in cells]
    return cells
