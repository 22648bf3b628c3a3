"""What a head of a monthly sheet says: "Jan", "Februari 2026", "BB 1/2026", "TB Jan-26", a date, "LiLA". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ceting.gateways.interop.eppgbm import columns
from ceting.standards.numbers.dates import MONTHS

MEASURED = (*columns.MEASURES, "measured_on")
"""What a month's columns hold."""
_SPELT = (
    *("jan januari january", "feb peb februari pebruari february", "mar mrt maret march", "apr april"),
    *("mei may", "jun juni june", "jul juli july", "agu agt ags agust agustus aug august"),
    *(
        "sep sept september",
        "okt oktober oct october",
        "nov nop november nopember",
        "des desember dec december",
    ),
)
_MONTH_OF = {word: number for number, words in enumerate(_SPELT, 1) for word in words.split()}
_DATES = (
    re.compile(r"^(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)$"),
    re.compile(r"^(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>20\d\d)$"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>20\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)\s?[/.-]\s?(?P<m>\d{1,2})(?!\d)"),
)
_NAMED = re.compile(r"(?<![a-z])(?P<m>" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")(?![a-z])")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# Right after a month: "Jan-26", "Jan '26".
_SHORT_YEAR = re.compile(r"^\s?['’.\-/ ]{0,2}([23]\d)(?!\d)")
_FILLERS = re.compile(r"\b(bulan|bln|thn|tahun|penimbangan|hasil|ke)\b")
_DAYS = frozenset({"tgl", "tanggal", "hari"})


@dataclass(frozen=True)
class Head:
    """What one cell, or the cells above one column, say. A date of the first of a month is a month."""

    month: int = 0
    year: int = 0
    day: int = 0
    role: str = ""

    def under(self, above: "Head") -> "Head":
        """What the cell above says too, where this one is silent."""
        return Head(
            self.month or above.month, self.year or above.year, self.day or above.day, self.role or above.role
        )

    @property
    def says_something(self) -> bool:
        return bool(self.month or self.year or self.role)


def read_head(cell: str) -> Head:
    """Never raises: a head that says nothing known is an empty one."""
    text = cell.casefold()[:60]
    for pattern in _DATES:
        if found := pattern.search(text):
            given = {name: int(number) for name, number in found.groupdict().items()}
            if 1 <= given["m"] <= 12 and given.get("d", 1) <= 31:
                day = given.get("d", 0)
                head = Head(given["m"], given["y"], day if day > 1 else 0)
                return replace(head, role=_role(text[: found.start()] + " " + text[found.end() :]))
    if named := _NAMED.search(text):
        rest = text[named.end() :]
        short = _SHORT_YEAR.match(rest)
        year = _YEAR.search(text)
        number = int(year[1]) if year else 2000 + int(short[1]) if short else 0
        without = text[: named.start()] + " " + (rest[short.end() :] if short and not year else rest)
        return Head(_MONTH_OF[named["m"]], number, 0, _role(_YEAR.sub(" ", without)))
    year = _YEAR.search(text)
    return Head(0, int(year[1]) if year else 0, 0, _role(_YEAR.sub(" ", text)))


def _role(words: str) -> str:
    plain = columns.plain(_FILLERS.sub(" ", words))
    if plain in _DAYS:
        return "measured_on"
    return next((role for role in columns.meanings_of(plain) if role in MEASURED), "")


def year_in(rows: Sequence[Sequence[str]]) -> int:
    """The one year that a title speaks of; 0 when there is none, or more than one."""
    years = {int(found) for cells in rows for cell in cells for found in _YEAR.findall(cell)}
    return years.pop() if len(years) == 1 else 0


def label(month: int, year: int, later: int = 0) -> str:
    """How a month stands in a row that is kept: "Januari 2026"; "Januari (tahun ke-2)" where the year isn't known."""
    name = MONTHS[month - 1]
    return f"{name} {year}" if year else f"{name} (tahun ke-{later + 1})" if later else name
