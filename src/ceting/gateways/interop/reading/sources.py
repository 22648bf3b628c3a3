"""Rows of texts out of each kind of file, as a stream of (number as Excel shows it, cells).

`score` says how many headers a row names: by it the sheet of a workbook and the delimiter of a text are chosen.
"""

import csv
from collections.abc import Generator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine
from lxml import etree

from ceting.gateways.interop.reading.encoding import encoding_of
from ceting.gateways.interop.reading.sniffing import MAX_CELLS, Kind, refuse, sniff
from ceting.gateways.interop.vocabulary import Score

SourceLine = tuple[int, list[str]]
Source = Generator[SourceLine, None, None]
SEARCHED_LINES = 30
"""Exports begin with a title or two; the header stands among the first lines."""
_DELIMITERS = (",", ";", "\t", "|")
_MAX_CELL_CHARACTERS = 1 << 20


def html_lines(path: Path, score: Score) -> Source:
    """Every tr of the page, in order. One at a time: a page of 60 MB never stands in memory as a tree."""
    encoding = encoding_of(path).removesuffix("-sig")
    # Opened here: whoever stops reading half-way closes it by closing this generator.
    with path.open("rb") as file:
        events = etree.iterparse(
            file, events=("end",), tag=("tr",), html=True, encoding=encoding, huge_tree=True, recover=True
        )
        try:
            for number, (_, row) in enumerate(events, 1):
                yield number, [_html_text(cell) for cell in row if cell.tag in ("td", "th")]
                row.clear()
                # The emptied rows before this one would still be kept by their parent.
                while row.getprevious() is not None:
                    del row.getparent()[0]
        except etree.LxmlError as error:
            raise refuse(
                "broken", "Tabel di berkas ini terputus atau rusak. Unduh lagi, lalu unggah."
            ) from error


def _html_text(cell: "etree._Element") -> str:
    text = (cell.text or "") if len(cell) == 0 else "".join(cell.itertext())
    return " ".join(text.split())


def workbook_lines(path: Path, score: Score) -> Source:
    """Every row of the sheet whose first lines name the most known columns."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        sheet = _best_sheet(workbook, score)
        start = sheet.start
        for number, cells in enumerate(sheet.iter_rows(), (start[0] if start else 0) + 1):
            yield number, [_cell_text(cell) for cell in cells]
    except python_calamine.PasswordError as error:
        raise refuse(
            "locked", "Berkas Excel ini dikunci kata sandi. Simpan salinan tanpa kata sandi, lalu unggah."
        ) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise refuse(
            "broken", "Berkas Excel ini rusak atau belum selesai diunduh. Unduh lagi, lalu unggah."
        ) from error


def _best_sheet(workbook: python_calamine.CalamineWorkbook, score: Score) -> python_calamine.CalamineSheet:
    best, best_score = None, -1
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.width * sheet.height > MAX_CELLS:
            raise refuse(
                "too_large", f"Lembar “{name}” terlalu besar. Hapus kolom dan baris kosong yang berlebih."
            )
        lines = (cells for cells, _ in zip(sheet.iter_rows(), range(SEARCHED_LINES), strict=False))
        found = max((score([_cell_text(cell) for cell in cells]) for cells in lines), default=0)
        if found > best_score:
            best, best_score = sheet, found
    if best is None:
        raise refuse("empty", "Berkas Excel ini tidak punya lembar. Unduh lagi, lalu unggah.")
    return best


def _cell_text(cell: object) -> str:
    """What a cell says, as a text. A number too long for Excel keeps its tail ".0", which betrays it as rounded."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "Ya" if cell else "Tidak"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e12 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return ""


def text_lines(path: Path, score: Score) -> Source:
    """Every record of a delimited text, numbered as Excel numbers its rows."""
    encoding = encoding_of(path)
    csv.field_size_limit(_MAX_CELL_CHARACTERS)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(1 << 16)
        delimiter = _delimiter_of(sample, score)
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, 1):
                # PostgreSQL keeps no NUL, and none means anything in a list of children.
                yield number, [" ".join(cell.replace("\0", "").split()) for cell in cells]
        except csv.Error as error:
            raise refuse(
                "broken",
                f"Baris {number + 1} tidak bisa dipisah menjadi kolom: tanda kutipnya tidak berpasangan. "
                "Perbaiki di Excel, simpan lagi, lalu unggah.",
            ) from error


def _delimiter_of(sample: str, score: Score) -> str:
    lines = sample.splitlines()[:SEARCHED_LINES]

    def fitness(delimiter: str) -> tuple[int, int]:
        rows: Sequence[list[str]] = [line.replace('"', "").split(delimiter) for line in lines]
        best = max(rows, key=score, default=[])
        return score(best), len(best)

    return max(_DELIMITERS, key=fitness)


_LINES = {Kind.HTML: html_lines, Kind.WORKBOOK: workbook_lines, Kind.TEXT: text_lines}


def lines_of(path: Path, score: Score) -> Source:
    """The rows of a file, whatever it is. Raises RefusedError for what can't hold a table."""
    return _LINES[sniff(path)](path, score)
