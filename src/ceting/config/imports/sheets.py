"""A small file of an administrator as rows by column: CSV or Excel, its header among the first lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop.eppgbm.columns import plain
from ceting.gateways.interop.eppgbm.reading.sniffing import Kind, sniff
from ceting.gateways.interop.eppgbm.reading.sources import (
    SEARCHED_LINES,
    html_lines,
    text_lines,
    workbook_lines,
)

SOURCES = {Kind.HTML: html_lines, Kind.WORKBOOK: workbook_lines, Kind.TEXT: text_lines}
MAX_LINES = 100_000


@dataclass(frozen=True)
class LineProblem:
    """What is wrong in which line, in Indonesian. Line 0 is the file as a whole."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Baris {self.line}: {self.sentence}" if self.line else self.sentence


class BadFileError(Exception):
    """Nothing of the file was taken, for these reasons."""

    def __init__(self, *problems: LineProblem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Outcome:
    """What a file brought: new and known before, in words, with what to print beside it."""

    taken: int
    known: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A line and its cells by column; a column that the file doesn't have is empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


def read(path: Path, columns: Mapping[str, Sequence[str]], *, required: Sequence[str]) -> list[Row]:
    """`columns`: column -> how its header may be written. Raises BadFileError."""
    if not path.is_file():
        raise BadFileError(LineProblem(0, f"Berkas {path} tidak ada."))
    names = {plain(spelt): column for column, spellings in columns.items() for spelt in (column, *spellings)}
    try:
        lines = list(islice(SOURCES[sniff(path)](path), MAX_LINES + 1))
    except RefusedError as refusal:
        raise BadFileError(*(LineProblem(0, problem.sentence) for problem in refusal.problems)) from refusal
    if len(lines) > MAX_LINES:
        raise BadFileError(LineProblem(0, f"Berkas ini lebih dari {MAX_LINES} baris. Pecah dulu."))
    heads = lines[:SEARCHED_LINES]
    place = max(range(len(heads)), key=lambda at: (_known(heads[at][1], names), -at), default=0)
    header = [names.get(plain(cell), "") for cell in heads[place][1]] if heads else []
    missing = [column for column in required if column not in header]
    if missing:
        words = ", ".join(f"“{column}”" for column in missing)
        raise BadFileError(
            LineProblem(0, f"Kolom yang belum ada: {words}. Beri judul kolom itu di baris pertama.")
        )
    rows = [
        Row(number, {column: cell for column, cell in zip(header, cells, strict=False) if column})
        for number, cells in lines[place + 1 :]
        if any(cells)
    ]
    if not rows:
        raise BadFileError(LineProblem(0, "Berkas ini tidak berisi baris data."))
    return rows


def _known(cells: Sequence[str], names: Mapping[str, str]) -> int:
    return len({plain(cell) for cell in cells} & set(names))
