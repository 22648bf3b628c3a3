"""Monthly sheets as kaders keep them in Excel: a child a row, a month a group of columns."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl

FIXED = ("No", "Nama Anak", "Tgl Lahir", "JK", "Nama Ibu")
Child = tuple[str, date, str, str]
ALYA: Child = ("ALYA DELIMA", date(2025, 3, 10), "P", "ROSMA")
BUDI: Child = ("BUDI SANTOSO", date(2024, 11, 2), "L", "YANTI")


def sheet(
    heads: Sequence[Sequence[object]],
    rows: Sequence[tuple[Child, Sequence[object]]],
    *,
    title: str = "",
    merges: Sequence[str] = (),
) -> bytes:
    """Under the `heads` (of the columns after FIXED, row by row) the children with what stands in those columns."""
    book = openpyxl.Workbook()
    page = book.active
    if title:
        page.append([title])
    for number, cells in enumerate(heads):
        page.append([*(FIXED if number == 0 else [None] * len(FIXED)), *cells])
    for number, ((name, born, sex, mother), values) in enumerate(rows, 1):
        page.append([number, name, born, sex, mother, *values])
    for area in merges:
        page.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def two_rows(months: Sequence[str], measures: Sequence[str] = ("BB", "TB")) -> list[list[object]]:
    """Months over measures, as merging leaves them: the name in the first column of each group."""
    above = [cell for month in months for cell in (month, *[None] * (len(measures) - 1))]
    return [above, [measure for _ in months for measure in measures]]
