"""What a cell says: numbers, sex, position, oedema, dates and ages, each distinct text read only once.

A reader returns a float: NaN for a missing value, `UNREADABLE` for a text that means nothing.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ceting.standards.numbers import DateError, NumberError, Unit, parse_date, parse_decimal
from ceting.survey.block import Cell, as_text

UNREADABLE = math.inf
LYING, STANDING = 1.0, 2.0

_MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", ".", "-", "#n/a", "#null!"))
_MOST_REMEMBERED = 200_000
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?|\.\d+", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d*)?e[+-]?\d{1,2}", re.ASCII | re.IGNORECASE)

# 1 = boy, 2 = girl as in WHO files; L = laki-laki and P = perempuan as on every Indonesian form.
_SEXES = {
    **dict.fromkeys(("1", "m", "male", "boy", "l", "lk", "laki laki", "laki", "lelaki", "pria"), 1.0),
    **dict.fromkeys(("2", "f", "female", "girl", "p", "pr", "perempuan", "wanita"), 2.0),
}
# L and H are WHO's letters (length, height).
_POSITIONS = {
    **dict.fromkeys(("l", "length", "lying", "recumbent", "terlentang", "telentang", "tidur"), LYING),
    **dict.fromkeys(("berbaring", "baring", "pb", "panjang", "panjang badan"), LYING),
    **dict.fromkeys(("h", "height", "standing", "berdiri", "diri", "tb", "tinggi", "tinggi badan"), STANDING),
}
# Terlentang and Berdiri, where the form asks "cara ukur". Under WHO's own column name the same letters
# may just as well be Tinggi and Berbaring, the opposite: there they are refused.
_POSITION_LETTERS = {"t": LYING, "b": STANDING}
_OEDEMAS = {
    **dict.fromkeys(("y", "yes", "1", "ya", "ada", "true", "+", "positif"), 1.0),
    **dict.fromkeys(("n", "no", "2", "0", "tidak", "tdk", "t", "tidak ada", "false", "negatif"), 0.0),
}
_AGE_TEXT = re.compile(
    r"(?:(?P<years>\d+)\s*(?:tahun|thn|th))?[\s,-]*"
    r"(?:(?P<months>\d+)\s*(?:bulan|bln|bl))?[\s,-]*(?:(?P<days>\d+)\s*(?:hari|hr))?",
    re.IGNORECASE,
)
_DAYS_OF_YEAR = 365.25
_DAYS_OF_MONTH = 30.4375

Value = TypeVar("Value")


class Remembered(dict[Cell, Value], Generic[Value]):
    """A reader that reads each distinct cell once; what it remembers is bounded."""

    def __init__(self, read: Callable[[Cell], Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Cell) -> Value:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        value = self[cell] = self._read(cell)
        return value


def read_column(cells: Iterable[Cell], reader: Remembered[float], count: int) -> NDArray[np.float64]:
    """Read a column of cells: (count,) with NaN where missing and UNREADABLE where it can't be read."""
    return np.fromiter(map(reader.__getitem__, cells), dtype=np.float64, count=count)


def is_missing(cell: Cell) -> bool:
    """Whether a cell stands for "no value"."""
    if isinstance(cell, float):
        return math.isnan(cell)
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in _MISSING)


def number_reader(unit: Unit) -> Remembered[float]:
    """Reader of decimals: a point or a comma is the decimal mark, a unit behind the number is accepted."""

    def read(cell: Cell) -> float:
        if is_missing(cell):
            return math.nan
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return float(cell) if math.isfinite(cell) else UNREADABLE
        if not isinstance(cell, str):
            return UNREADABLE
        text = cell.strip()
        if _PLAIN_NUMBER.fullmatch(text) or _SCIENTIFIC.fullmatch(text):
            return float(text)
        try:
            return float(parse_decimal(text, unit=unit))
        except NumberError:
            return UNREADABLE

    return Remembered(read)


def sex_reader() -> Remembered[float]:
    """Reader of the sex: 1 boy, 2 girl."""
    return _word_reader(_SEXES)


def position_reader(*, asks_how: bool) -> Remembered[float]:
    """Reader of the position of measuring: LYING or STANDING.

    asks_how: the column is "cara ukur" or alike, whose T is Terlentang and B is Berdiri.
    """
    return _word_reader(_POSITIONS | _POSITION_LETTERS if asks_how else _POSITIONS)


def oedema_reader() -> Remembered[float]:
    """Reader of bilateral oedema: 1 yes, 0 no."""
    return _word_reader(_OEDEMAS)


def _word_reader(words: dict[str, float]) -> Remembered[float]:
    def read(cell: Cell) -> float:
        if is_missing(cell):
            return math.nan
        return words.get(_plain_words(cell), UNREADABLE)

    return Remembered(read)


def _plain_words(cell: Cell) -> str:
    """A cell as a code word: `Laki - laki` and `LAKI-LAKI` are the same."""
    return " ".join(as_text(cell).casefold().replace("-", " ").split())


def position_letters(seen: Iterable[Cell]) -> set[str]:
    """The letters among these cells that a form's own habit decides: T and B."""
    return {word.upper() for word in map(_plain_words, seen) if word in _POSITION_LETTERS}


def day_reader(today: date) -> Remembered[float]:
    """Reader of dates: day numbers (date.toordinal). A date after `today` can't be right."""

    def read(cell: Cell) -> float:
        if is_missing(cell):
            return math.nan
        if isinstance(cell, bool) or not isinstance(cell, str | int | float | date | datetime):
            return UNREADABLE
        try:
            return float(parse_date(cell, today=today).toordinal())
        except ValueError:
            return UNREADABLE

    return Remembered(read)


def why_not_a_day(cell: Cell, today: date) -> str:
    """The sentence that says what is wrong with a date that `day_reader` refused."""
    if isinstance(cell, str | int | float | date) and not isinstance(cell, bool):
        try:
            parse_date(cell, today=today)
        except DateError as error:
            return error.sentence
        except ValueError:
            return "Tanggal ini berzona waktu; tulis tanggalnya saja."
    return "Tanggal ini tidak terbaca."


def age_text_reader() -> Remembered[float]:
    """Reader of ages in words such as "1 Tahun - 3 Bulan - 12 Hari": days."""

    def read(cell: Cell) -> float:
        if is_missing(cell):
            return math.nan
        found = _AGE_TEXT.fullmatch(as_text(cell).strip())
        if found is None or not any(found.groups()):
            return UNREADABLE
        years, months, days = (int(part or 0) for part in found.groups())
        return years * _DAYS_OF_YEAR + months * _DAYS_OF_MONTH + days

    return Remembered(read)
