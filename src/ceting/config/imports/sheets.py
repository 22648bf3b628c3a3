"""A small file of an administrator as rows by column: CSV or Excel, its header among the first lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ceting.foundation.core.errors import Problem, RefusedError
from ceting.gateways.interop.reading.sources import SEARCHED_LINES, lines_of
from ceting.registry.office.pasted import Column, ListLine, bare, columns_of, line_of

MAX_LINES = 100_000


@dataclass(frozen=True, order=True)
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

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "BadFileError":
        """What a verb refused about the file as a whole."""
        return cls(*(LineProblem(0, each.sentence) for each in problems))


@dataclass(frozen=True)
class Outcome:
    """What a file brought: new and known before, in words, with what to print beside it."""

    taken: int
    known: int
    notes: tuple[str, ...] = ()


def read(path: Path, columns: Sequence[Column], *, required: Mapping[str, str]) -> list[ListLine]:
    """`required`: column -> how a person calls it who is told that it is missing. Raises BadFileError."""
    if not path.is_file():
        raise BadFileError(LineProblem(0, f"Berkas {path} tidak ada."))
    try:
        lines = list(islice(lines_of(path, lambda cells: _named(cells, columns)), MAX_LINES + 1))
    except RefusedError as refusal:
        raise BadFileError.of(refusal.problems) from refusal
    if len(lines) > MAX_LINES:
        raise BadFileError(LineProblem(0, f"Berkas ini lebih dari {MAX_LINES} baris. Pecah dulu."))
    headers = [columns_of(cells, columns) for _, cells in lines[:SEARCHED_LINES]]
    place = max(range(len(headers)), key=lambda at: (len({*headers[at]} - {""}), -at), default=0)
    header = headers[place] if headers else ()
    missing = ", ".join(f"“{words}”" for column, words in required.items() if column not in header)
    if missing:
        raise BadFileError(
            LineProblem(0, f"Kolom yang belum ada: {missing}. Beri judul kolom itu di baris pertama.")
        )
    rows = [
        line_of(number, [bare(cell) for cell in cells], header, columns)
        for number, cells in lines[place + 1 :]
        if any(cells)
    ]
    if not rows:
        raise BadFileError(LineProblem(0, "Berkas ini tidak berisi baris data."))
    return rows


def _named(cells: Sequence[str], columns: Sequence[Column]) -> int:
    """How many of the columns a row of cells names."""
    return len({*columns_of(cells, columns)} - {""})
