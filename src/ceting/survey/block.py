"""Rows on their way through a survey: a few ten thousand at a time, column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import cast

Cell = str | float | int | bool | date | datetime | time | timedelta | None

ROWS_IN_BLOCK = 32_768


@dataclass(frozen=True)
class Block:
    """n rows of a file.

    columns: for each column of the header, its n cells. lines: line (or sheet row) number of each row.
    raw: the lines as they stand in the file, where they can be passed on untouched.
    widths: position -> number of cells found, for rows that don't have one cell a column.
    """

    columns: Sequence[Sequence[Cell]]
    lines: Sequence[int]
    raw: Sequence[str] | None = None
    widths: Mapping[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)


def block_of_rows(rows: Sequence[Sequence[Cell]], lines: Sequence[int], width: int) -> Block:
    """Turn rows into a block; a row of the wrong width is cut or filled up, and remembered."""
    widths: dict[int, int] = {}
    if set(map(len, rows)) - {width}:
        evened: list[Sequence[Cell]] = []
        for position, row in enumerate(rows):
            if len(row) != width:
                # Blank cells behind the last column are no cells.
                if len(row) < width or any(row[width:]):
                    widths[position] = len(row)
                row = [*row[:width], *[""] * (width - len(row))]
            evened.append(row)
        rows = evened
    columns: Sequence[Sequence[Cell]] = list(zip(*rows, strict=True)) if rows else [()] * width
    return Block(columns=columns, lines=lines, widths=widths)


def as_text(cell: Cell) -> str:
    """A cell as it is written to a text file and compared with code words."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def texts_of(cells: Sequence[Cell]) -> Sequence[str]:
    """A column as texts; a column of a text file is one already."""
    if set(map(type, cells)) <= {str}:
        return cast(Sequence[str], cells)
    return [as_text(cell) for cell in cells]
