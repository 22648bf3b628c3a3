"""CSV, TSV and their cousins, as a stream."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from pathlib import Path

from ceting.survey.block import ROWS_IN_BLOCK, Block, block_of_rows
from ceting.survey.columns import header_score
from ceting.survey.errors import SurveyError
from ceting.survey.sources.encoding import detect_encoding
from ceting.survey.sources.header import SEARCHED_ROWS, header_names, header_position

DELIMITERS = (",", ";", "\t", "|")
# Numbers with a decimal comma, each alone in its cell.
_DECIMAL_COMMA = re.compile(r"(?<=[;\t|\n])-?\d+,\d+(?=[;\t|\r\n])")
_HOLE = "\0"
_CHUNK = 1 << 21
_SAMPLE = 1 << 16


class TextSource:
    """A delimited text file. Lines without a quotation mark are split directly, the others by `csv`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = max(path.stat().st_size, 1)
        self._read = 0
        self.encoding = detect_encoding(path)
        sample = next(self._texts(_SAMPLE), "")
        self.delimiter = _sniff_delimiter(sample)
        rows, ends = _first_rows(sample, self.delimiter)
        position = header_position(rows)
        self.names = header_names(rows[position]) if rows else ()
        self._header_lines = ends[position] if rows else 0
        self.decimal_comma = self.delimiter != "," and _DECIMAL_COMMA.search(sample) is not None
        self._read = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """A file in an old Windows encoding is worth a word."""
        if self.encoding == "cp1252":
            return ("Berkas dibaca dengan pengodean Windows-1252.",)
        return ()

    def done(self) -> float:
        """Share of the bytes that have been read."""
        return min(self._read / self._size, 1.0)

    def blocks(self) -> Iterator[Block]:
        """Blocks of rows; from the first quotation mark on, rows may span lines and take the careful road."""
        first_line = 1
        texts = self._texts(_CHUNK)
        for text in texts:
            header = max(self._header_lines - (first_line - 1), 0)
            body = _after_lines(text, header)
            if '"' in body:
                unquoted = _without_idle_quotes(body, self.delimiter)
                if unquoted is None:
                    yield from self._quoted_blocks(chain((body,), texts), first_line + header)
                    return
                body = unquoted
            if body:
                yield from self._plain_blocks(body, first_line + header)
            first_line += text.count("\n")

    def _plain_blocks(self, text: str, first_line: int) -> Iterator[Block]:
        lines = text.removesuffix("\n").split("\n")
        columns = _split_evenly(text, len(lines), self.delimiter, len(self.names))
        # Spreadsheets leave rows of bare delimiters behind; they are no rows.
        if columns is not None and self.delimiter * (len(self.names) - 1) not in lines:
            numbers = range(first_line, first_line + len(lines))
            yield Block(columns=columns, lines=numbers, raw=lines)
            return
        filled = [position for position, line in enumerate(lines) if line.strip(self.delimiter)]
        if filled:
            yield block_of_rows(
                [lines[position].split(self.delimiter) for position in filled],
                [first_line + position for position in filled],
                len(self.names),
            )

    def _quoted_blocks(self, texts: Iterable[str], first_line: int) -> Iterator[Block]:
        reader = csv.reader(_lines_of(texts), delimiter=self.delimiter, strict=True)
        line = first_line
        while True:
            lines_before = reader.line_num
            try:
                rows = list(islice(reader, ROWS_IN_BLOCK))
            except csv.Error as error:
                raise SurveyError(
                    f"Baris sekitar {first_line + reader.line_num - 1} tidak bisa dipisah menjadi kolom: "
                    f"tanda kutip tidak berpasangan ({error})."
                ) from None
            if not rows:
                return
            numbers: Sequence[int] = range(line, line + len(rows))
            if reader.line_num - lines_before != len(rows):
                heights = (1 + sum(cell.count("\n") for cell in row) for row in rows)
                numbers = list(accumulate(heights, initial=line))[:-1]
            line = first_line + reader.line_num
            if not all(map(any, rows)):
                numbers = [number for number, row in zip(numbers, rows, strict=True) if any(row)]
                rows = [row for row in rows if any(row)]
            if rows:
                yield block_of_rows(rows, numbers, len(self.names))

    def _texts(self, size: int) -> Iterator[str]:
        """Decoded pieces of the file, each ending at the end of a line."""
        decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        rest = ""
        with self._path.open("rb") as file:
            while chunk := file.read(size):
                self._read = file.tell()
                text = _unix(rest + decoder.decode(chunk))
                cut = text.rfind("\n") + 1
                if cut:
                    yield text[:cut]
                rest = text[cut:]
        rest += decoder.decode(b"", final=True)
        if rest:
            yield _unix(rest + "\n")


def _unix(text: str) -> str:
    """Line ends of Windows and of old Macs become plain; a carriage return at the very end waits."""
    if "\r" not in text:
        return text
    waiting = "\r" if text.endswith("\r") else ""
    return text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n") + waiting


def _lines_of(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (f"{line}\n" for line in text.removesuffix("\n").split("\n"))


def _after_lines(text: str, lines: int) -> str:
    """The text without its first lines."""
    start = 0
    for _ in range(lines):
        start = text.find("\n", start) + 1
        if start == 0:
            return ""
    return text[start:]


def _without_idle_quotes(text: str, delimiter: str) -> str | None:
    """The text without quotation marks, where all of them stand around whole cells that need none, as R writes.

    None where one guards a delimiter, a line end or another mark, or stands where it shouldn't.
    """
    parts = text.split('"')
    inside = "".join(parts[1::2])
    if len(parts) % 2 == 0 or delimiter in inside or "\n" in inside:
        return None
    # Each quoted cell leaves a hole in the text around it, which must lie between two borders of cells.
    around = _HOLE.join(parts[::2])
    holes = len(parts) // 2
    for border_first, at_the_edge in ((True, around.startswith(_HOLE)), (False, around.endswith(_HOLE))):
        at_borders = sum(
            around.count(border + _HOLE if border_first else _HOLE + border) for border in (delimiter, "\n")
        )
        if at_borders + at_the_edge != holes:
            return None
    return text.replace('"', "")


def _split_evenly(text: str, lines: int, delimiter: str, width: int) -> list[list[str]] | None:
    """Columns of a text whose every line has `width` cells; None where one hasn't.

    One split of the whole text instead of one a line: a list a row would keep the garbage collector busy.
    """
    cells = text.removesuffix("\n").replace("\n", f"{delimiter}\n").split(delimiter)
    if len(cells) != lines * width:
        return None
    # Each newline now begins a cell; with `lines` rows in order, all of them begin in the first column.
    first = "".join(cells[::width]).split("\n")
    if len(first) != lines:
        return None
    return [first, *(cells[column::width] for column in range(1, width))]


def _first_rows(sample: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows of the sample and the number of the line on which each ends."""
    reader = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
    rows, ends = [], []
    for row in islice(reader, SEARCHED_ROWS):
        rows.append(row)
        ends.append(reader.line_num)
    return rows, ends


def _sniff_delimiter(sample: str) -> str:
    """The delimiter under which a row names the most known columns, then the one with the most columns."""

    def fitness(delimiter: str) -> tuple[int, int]:
        rows, _ = _first_rows(sample, delimiter)
        best = max(rows, key=header_score, default=[])
        return header_score(best), len(best)

    return max(DELIMITERS, key=fitness)
