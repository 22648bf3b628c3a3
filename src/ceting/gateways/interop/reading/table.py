"""An uploaded file as a header and the rows under it."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from ceting.gateways.interop.reading.sniffing import refuse
from ceting.gateways.interop.reading.sources import SEARCHED_LINES, SourceLine, lines_of
from ceting.gateways.interop.vocabulary import Vocabulary

MAX_LINES = 300_000
MAX_COLUMNS = 400


class Line(NamedTuple):
    """A row as Excel numbers it. `part` tells the months of a wide sheet's row apart."""

    number: int
    cells: list[str]
    part: int = 0


class Folded(Protocol):
    """A sheet whose rows stand for several: under which header they come, from which row on, and how."""

    @property
    def header(self) -> list[str]: ...

    @property
    def below(self) -> int: ...

    def lines(self, rows: Iterable[SourceLine]) -> Iterator[tuple[int, list[str], int]]: ...


FoldedT = TypeVar("FoldedT", bound=Folded)
Columns = Callable[[list[str]], dict[str, int]]
Recognise = Callable[[Sequence[list[str]], int, int], FoldedT | None]
"""(first rows, place of the names of columns, width) -> the folded sheet, if it is one."""


@dataclass(frozen=True)
class Table(Generic[FoldedT]):
    """`header` and the role -> position of `columns`; `lines` are those below it that hold anything, once.

    Close it (contextlib.closing): the file stays open as long as its lines aren't read to the end.
    """

    header: list[str]
    columns: dict[str, int]
    lines: Iterator[Line]
    source: Generator[SourceLine, None, None]
    wide: FoldedT | None = None

    def close(self) -> None:
        self.source.close()


def open_table(
    path: Path,
    words: Vocabulary,
    columns_of: Columns,
    recognise: Recognise[FoldedT] | None = None,
    *,
    most: int = MAX_LINES,
) -> Table[FoldedT]:
    """Find the header and what its columns hold. Raises RefusedError for a file without such a table.

    `columns_of` says what the columns of a header hold: a person may have said so before. `recognise` finds a sheet
    that has to be unfolded. `lines` reads on as it is used and can raise RefusedError too, for what is broken further
    down and for more than `most` rows.
    """
    source = lines_of(path, words.score)
    try:
        return _table(source, words, columns_of, recognise, most)
    except BaseException:
        source.close()
        raise


def _table(
    source: Generator[SourceLine, None, None],
    words: Vocabulary,
    columns_of: Columns,
    recognise: Recognise[FoldedT] | None,
    most: int,
) -> Table[FoldedT]:
    first = list(islice(source, SEARCHED_LINES))
    if not any(any(cells) for _, cells in first):
        raise refuse("empty", "Berkas ini tidak berisi tabel. Unduh atau simpan lagi, lalu unggah di sini.")
    place = max(range(len(first)), key=lambda position: (words.score(first[position][1]), -position))
    rows = [cells[:MAX_COLUMNS] for _, cells in first]
    wide = recognise(rows, place, max(map(len, rows))) if recognise else None
    if wide is not None:
        found = columns_of(wide.header)
        words.require_a_table(wide.header, found)
        below = wide.lines(chain(first[wide.below :], source))
        return Table(wide.header, found, _counted((Line(*line) for line in below), most), source, wide)
    header = [name[:100] for name in rows[place]]
    while header and not header[-1]:
        header.pop()
    found = columns_of(header)
    words.require_a_table(header, found)
    return Table(header, found, _counted(_below(chain(first[place + 1 :], source), header), most), source)


def _below(lines: Iterator[SourceLine], header: list[str]) -> Iterator[Line]:
    width = len(header)
    for number, cells in lines:
        # Exports repeat the header on every printed page.
        if any(cells) and cells[:width] != header:
            yield Line(number, (cells + [""] * width)[:width])


def _counted(lines: Iterable[Line], most: int) -> Iterator[Line]:
    for count, line in enumerate(lines, 1):
        if count > most:
            number = f"{most:,}".replace(",", ".")
            raise refuse(
                "too_many", f"Berkas ini lebih dari {number} baris. Pecah per posyandu atau per tahun."
            )
        yield line
