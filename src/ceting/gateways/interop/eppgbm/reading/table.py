"""An uploaded file as a header and the rows under it."""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.reading.sniffing import Kind, refuse, sniff
from ceting.gateways.interop.eppgbm.reading.sources import (
    SEARCHED_LINES,
    SourceLine,
    html_lines,
    text_lines,
    workbook_lines,
)
from ceting.gateways.interop.eppgbm.reading.wide import WideSheet, recognise

_SOURCES = {Kind.HTML: html_lines, Kind.WORKBOOK: workbook_lines, Kind.TEXT: text_lines}
MAX_LINES = 300_000
MAX_COLUMNS = 400


class Line(NamedTuple):
    """A row as Excel numbers it. `part` tells the months of a wide sheet's row apart."""

    number: int
    cells: list[str]
    part: int = 0


@dataclass(frozen=True)
class Table:
    """`header` and the role -> position of `columns`; `lines` are those below it that hold anything, once.

    Close it (contextlib.closing): the file stays open as long as its lines aren't read to the end.
    """

    header: list[str]
    columns: dict[str, int]
    lines: Iterator[Line]
    source: Generator[SourceLine, None, None]
    wide: WideSheet | None = None

    def close(self) -> None:
        self.source.close()


Columns = Callable[[list[str]], dict[str, int]]


def open_table(path: Path, columns_of: Columns = columns.detect) -> Table:
    """Find the header and what its columns hold. Raises RefusedError for a file without such a table.

    `columns_of` says what the columns of a header hold: a person may have said so before.
    `lines` reads on as it is used and can raise RefusedError too, for what is broken further down.
    """
    source = _SOURCES[sniff(path)](path)
    try:
        return _table(source, columns_of)
    except BaseException:
        source.close()
        raise


def _table(source: Generator[SourceLine, None, None], columns_of: Columns) -> Table:
    first = list(islice(source, SEARCHED_LINES))
    if not any(any(cells) for _, cells in first):
        raise refuse("empty", "Berkas ini tidak berisi tabel. Unduh lagi dari e-PPGBM, lalu unggah di sini.")
    place = max(range(len(first)), key=lambda position: (columns.score(first[position][1]), -position))
    rows = [cells[:MAX_COLUMNS] for _, cells in first]
    wide = recognise(rows, place, max(map(len, rows)))
    if wide is not None:
        found = columns_of(wide.header)
        columns.require_a_table(wide.header, found)
        below = wide.lines(chain(first[wide.below :], source))
        return Table(wide.header, found, _counted(Line(*line) for line in below), source, wide)
    header = [name[:100] for name in rows[place]]
    while header and not header[-1]:
        header.pop()
    found = columns_of(header)
    columns.require_a_table(header, found)
    return Table(header, found, _counted(_below(chain(first[place + 1 :], source), header)), source)


def _below(lines: Iterator[SourceLine], header: list[str]) -> Iterator[Line]:
    width = len(header)
    for number, cells in lines:
        # Exports repeat the header on every printed page.
        if any(cells) and cells[:width] != header:
            yield Line(number, (cells + [""] * width)[:width])


def _counted(lines: Iterable[Line]) -> Iterator[Line]:
    for count, line in enumerate(lines, 1):
        if count > MAX_LINES:
            raise refuse(
                "too_many",
                f"Berkas ini lebih dari {MAX_LINES:,} baris. Pecah per posyandu atau per tahun.".replace(
                    ",", "."
                ),
            )
        yield line
