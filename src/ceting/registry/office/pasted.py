"""Lists, one thing a line: their columns, however a header calls them, and how a pasted one is read. No database."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 200
"""Lines of one list."""
WIDEST = 200
"""Letters of one cell that are looked at; what is longer is no name."""
_SERIAL = re.compile(r"[0-9]{1,4}[.)]?")


@dataclass(frozen=True)
class Column:
    """What a cell holds. `headings` are the words by which a header calls it, in plain small letters."""

    name: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class ListLine:
    """One line: its number as the person counts, how it was typed, and its cells by column; "" where none was."""

    number: int
    typed: str
    cells: Mapping[str, str]

    def problem(self, sentence: str) -> str:
        """`Baris 3 (“Melati; Andals”): ...`"""
        shown = self.typed if len(self.typed) <= 40 else f"{self.typed[:39]}…"
        return f"Baris {self.number} (“{shown}”): {sentence}"


def line_of(number: int, cells: Sequence[str], order: Sequence[str], columns: Iterable[Column]) -> ListLine:
    """`order` says which column each cell is of; "" for one that nobody needs."""
    held = dict.fromkeys((column.name for column in columns), "")
    held |= {name: cell for name, cell in zip(order, cells, strict=False) if name}
    return ListLine(number, "; ".join(cell for cell in cells if cell), held)


def read(text: str, columns: tuple[Column, ...]) -> list[ListLine]:
    """The lines that hold something. A header may name the columns in any order; without one they stand as given.

    Cells are parted by tabs (as a spreadsheet copies them), else by semicolons, else by commas.
    """
    given = tuple(column.name for column in columns)
    order: tuple[str, ...] | None = None
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _split(line)
        if not any(cells):
            continue
        if order is None:
            order = _header(cells, columns)
            if order:
                continue
            order = given
        if order == given and len(cells) > 1 and _SERIAL.fullmatch(cells[0]):
            cells = cells[1:]
        found.append(line_of(number, cells, order, columns))
    return found


def _split(line: str) -> list[str]:
    mark = next((mark for mark in "\t;" if mark in line), ",")
    return [bare(cell) for cell in line.split(mark)]


def bare(cell: str) -> str:
    """Without quotes and the spaces that nobody sees."""
    return " ".join(cell.strip().strip('"').split())[:WIDEST]


def _header(cells: Iterable[str], columns: tuple[Column, ...]) -> tuple[str, ...]:
    """What the cells name; () when this is no header."""
    names = columns_of(cells, columns)
    return names if sum(map(bool, names)) > 1 else ()


def columns_of(cells: Iterable[str], columns: Iterable[Column]) -> tuple[str, ...]:
    """The column that each cell of a header names; "" for one that nobody needs."""
    known = {heading: column.name for column in columns for heading in column.headings}
    return tuple(known.get(plain(cell), "") for cell in cells)


def plain(word: str) -> str:
    """`Kel. Andalas` -> `kelandalas`: how a word is compared, however it is typed."""
    return "".join(re.findall(r"[^\W_]+", word.casefold()))
