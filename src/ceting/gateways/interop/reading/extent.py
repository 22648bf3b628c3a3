"""How far a workbook's cells reach, told before its reader makes room for them.

calamine keeps a sheet as a full rectangle: two cells, one of them in XFD1048576, are half a terabyte, and an allocation
that fails takes the whole server down. So the cells' addresses are read first, out of every part of the archive: which
part is the sheet is for the file to say. Reading also finds a part that is larger than the archive admits.
"""

import re
import zipfile

_CHUNK = 1 << 20
_TAIL = 1024
"""Bytes carried over to the next chunk: longer than any tag of a cell."""
# Only what holds something: a formatted empty row at the sheet's very end is everyday.
_CELL = re.compile(
    rb"<(?:\w{1,20}:)?c\s(?:[^<>]{0,300}?\s)??r=[\"']([A-Za-z]+)([0-9]+)[\"'][^<>]{0,300}(?<!/)>"
)


def area(archive: zipfile.ZipFile) -> int:
    """Cells of the largest rectangle from A1 to the farthest column and row. Raises zipfile.BadZipFile."""
    return max((_area(archive, entry) for entry in archive.infolist()), default=0)


def _area(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    columns, last_row, tail = set[bytes](), 0, b""
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                text = tail + chunk
                found = _CELL.findall(text)
                columns.update(letters for letters, _ in found)
                last_row = max(last_row, *(int(row[:12]) for _, row in found), 0)
                tail = text[-_TAIL:]
    except (RuntimeError, NotImplementedError, EOFError) as error:
        # Encrypted, or packed in a way that no spreadsheet does.
        raise zipfile.BadZipFile(entry.filename) from error
    return last_row * max(map(_column, columns), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:12]:
        number = number * 26 + letter - 64
    return number
