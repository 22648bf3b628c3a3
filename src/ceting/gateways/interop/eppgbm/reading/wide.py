"""A kader's monthly sheet: a child is a row, months are groups of columns. Read as one line a child and month.

The months' heads may stand in one row ("BB Jan"), or over or under the measures in two or three rows, merged or not:
every column is read as the stack of its heads, and a head holds for the empty cells to its right.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.reading.heads import MEASURED, Head, label, read_head, year_in

MONTH_HEADER = "Bulan penimbangan"
HEADERS = {
    "measured_on": "Tanggal pengukuran",
    "weight": "Berat",
    "lenhei": "Panjang/tinggi",
    "muac": "LiLA",
    "head": "Lingkar kepala",
}
MAX_MONTHS = 72
HEAD_ROWS = 2
"""So many rows above and below the row of names may belong to the heads."""
ABSENT = frozenset(
    {
        *(
            "",
            "t",
            "th",
            "tt",
            "tdk",
            "tidak",
            "x",
            "o",
            "0",
            "a",
            "i",
            "s",
            "-",
            "--",
            "–",
            "—",
            ".",
            "null",
        ),
        *("tidak hadir", "tdk hadir", "tidak datang", "tdk datang", "absen", "alpa", "izin", "ijin", "sakit"),
        *("tidak timbang", "tidak ditimbang", "tdk ditimbang", "belum", "kosong", "pindah", "libur", "td"),
    }
)


@dataclass(frozen=True)
class Month:
    """A group of columns: role -> position. Without a year the first such month is of the year that a person says."""

    label: str
    number: int
    year: int
    day: int
    places: dict[str, int]


@dataclass(frozen=True)
class WideSheet:
    """How a sheet is read: the header of the lines that come of it, and the first row below its heads."""

    header: list[str]
    months: list[Month]
    fixed: list[int]
    roles: list[str]
    below: int
    heads: list[list[str]]

    @property
    def needs_year(self) -> bool:
        return any(not month.year for month in self.months)

    def lines(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str], int]]:
        """(row as Excel shows it, cells by `header`, which of the row's months). A child without any comes once."""
        for number, cells in rows:
            if not any(cells) or any(cells[: len(head)] == head for head in self.heads):
                continue
            fixed = [_cell(cells, place) for place in self.fixed]
            if not any(fixed):
                continue
            part = 0
            for month in self.months:
                values = [_value(cells, month, role) for role in self.roles]
                if any(
                    value for value, role in zip(values, self.roles, strict=True) if role != "measured_on"
                ):
                    yield number, [month.label, *values, *fixed], part
                    part += 1
            if not part:
                yield number, ["", *("" for _ in self.roles), *fixed], 0


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _value(cells: Sequence[str], month: Month, role: str) -> str:
    cell = _cell(cells, month.places.get(role))
    if role == "measured_on" and not cell and month.day:
        return f"{month.year}-{month.number:02}-{month.day:02}" if month.year else ""
    return "" if cell.casefold().strip(" .") in ABSENT else cell


def recognise(rows: Sequence[list[str]], place: int, width: int) -> WideSheet | None:
    """None unless the heads around row `place` (where the names of columns stand) speak of months with measures."""
    first, last = _block(rows, place)
    block = [[_cell(cells, position) for position in range(width)] for cells in rows[first : last + 1]]
    heads = _stacked(block)
    found = [head if head.month and head.role in MEASURED else None for head in heads]
    if not any(found):
        # A sheet of weights needs no sub-heads: under "Jan" stands the weight.
        found = [
            _as_weight(head) if _is_bare_month(head, block, at) else None for at, head in enumerate(heads)
        ]
    months = _months(found, year_in(rows[: last + 1]))
    if not any(role != "measured_on" for month in months for role in month.places):
        return None
    fixed = [at for at in range(width) if found[at] is None and any(row[at] for row in block)]
    names = [_name(block, at) for at in fixed]
    if "measured_on" in columns.detect(names):
        # A list of weighings, of which some column happens to be called like a month.
        return None
    roles = [role for role in HEADERS if any(role in month.places for month in months)]
    if "measured_on" not in roles:
        roles.insert(0, "measured_on")
    header = [MONTH_HEADER, *(HEADERS[role] for role in roles), *names]
    return WideSheet(
        header, months, fixed, roles, last + 1, [row for row in rows[first : last + 1] if any(row)]
    )


def _block(rows: Sequence[list[str]], place: int) -> tuple[int, int]:
    """First and last row of the heads around the row of names."""
    first = last = place
    while first > 0 and place - first < HEAD_ROWS and _is_above(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and last - place < HEAD_ROWS and _is_below(rows[last + 1]):
        last += 1
    return first, last


def _is_above(cells: Sequence[str]) -> bool:
    """Months, measures or years over the names; a title is one cell."""
    said = [read_head(cell) for cell in cells if cell]
    return len(said) > 1 and any(head.says_something for head in said)


def _is_below(cells: Sequence[str]) -> bool:
    """Only heads: a child's row has a name."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 0 and all(_is_head(cell) for cell in filled)


def _is_head(cell: str) -> bool:
    return (
        read_head(cell).says_something
        or columns.score([cell]) > 0
        or cell.casefold() in ("kg", "cm", "n/t", "ket")
    )


def _stacked(block: Sequence[Sequence[str]]) -> list[Head]:
    """For each column what its heads say together."""
    width = len(block[0])
    stacked = [Head()] * width
    for number, cells in enumerate(block):
        is_last = number == len(block) - 1
        held = Head()
        for at, cell in enumerate(cells):
            own = read_head(cell) if cell else Head()
            if cell:
                held = Head() if is_last else own
            stacked[at] = (own if cell else held).under(stacked[at])
    return stacked


def _is_bare_month(head: Head, block: Sequence[Sequence[str]], at: int) -> bool:
    return bool(head.month) and not head.role and any(read_head(row[at]).month for row in block if row[at])


def _as_weight(head: Head) -> Head:
    return Head(head.month, head.year, head.day, "weight")


def _months(found: Sequence[Head | None], title_year: int) -> list[Month]:
    """In the order of the sheet. A measure's months run on: a year once said holds, after December comes the next.

    So it doesn't matter whether the measures stand under each month or the months under each measure.
    """
    first_year = title_year or next((head.year for head in found if head is not None and head.year), 0)
    made: dict[tuple[int, int, int], Month] = {}
    # Role -> the year and month where its columns are, and how many unknown years have passed.
    runs: dict[str, tuple[int, int, int]] = {}
    for at, head in enumerate(found):
        if head is None:
            continue
        year, later, before = runs.get(head.role, (first_year, 0, 0))
        if head.year:
            year, later = head.year, 0
        elif head.month < before:
            year, later = (year + 1, 0) if year else (0, later + 1)
        runs[head.role] = (year, later, head.month)
        name = label(head.month, year, later)
        month = made.setdefault((head.month, year, later), Month(name, head.month, year, head.day, {}))
        month.places.setdefault(head.role, at)
    return list(made.values()) if len(made) <= MAX_MONTHS else []


def _name(block: Sequence[Sequence[str]], at: int) -> str:
    """A column's name: the lowest of its heads that is known, else all of them."""
    said = [row[at] for row in block if row[at]]
    known = [cell for cell in said if columns.score([cell])]
    return (known[-1] if known else " ".join(said))[:100]
