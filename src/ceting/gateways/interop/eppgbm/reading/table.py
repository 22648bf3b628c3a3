"""An uploaded file as a header and the rows under it."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.reading.sniffing import Kind, refuse, sniff
from ceting.gateways.interop.eppgbm.reading.sources import (
    SEARCHED_LINES,
    Line,
    html_lines,
    text_lines,
    workbook_lines,
)

_SOURCES = {Kind.HTML: html_lines, Kind.WORKBOOK: workbook_lines, Kind.TEXT: text_lines}
MAX_LINES = 300_000
MAX_COLUMNS = 400


@dataclass(frozen=True)
class Table:
    """`header` and the role -> position of `columns`; `lines` are those below it that hold anything, once.

    Close it (contextlib.closing): the file stays open as long as its lines aren't read to the end.
    """

    header: list[str]
    columns: dict[str, int]
    lines: Iterator[Line]
    source: Generator[Line, None, None]

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


def _table(source: Generator[Line, None, None], columns_of: Columns) -> Table:
    first = list(islice(source, SEARCHED_LINES))
    if not any(any(cells) for _, cells in first):
        raise refuse("empty", "Berkas ini tidak berisi tabel. Unduh lagi dari e-PPGBM, lalu unggah di sini.")
    place = max(range(len(first)), key=lambda position: (columns.score(first[position][1]), -position))
    header = [name[:100] for name in first[place][1][:MAX_COLUMNS]]
    while header and not header[-1]:
        header.pop()
    found = columns_of(header)
    columns.require_a_table(header, found)
    return Table(header, found, _below(chain(first[place + 1 :], source), header), source)


def _below(lines: Iterator[Line], header: list[str]) -> Iterator[Line]:
    width, count = len(header), 0
    for number, cells in lines:
        # Exports repeat the header on every printed page.
        if not any(cells) or cells[:width] == header:
            continue
        count += 1
        if count > MAX_LINES:
            raise refuse(
                "too_many",
                f"Berkas ini lebih dari {MAX_LINES:,} baris. Pecah per posyandu atau per tahun.".replace(
                    ",", "."
                ),
            )
        yield number, (cells + [""] * width)[:width]
