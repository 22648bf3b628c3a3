"""Dates as registers, phones and spreadsheets write them, and dates and ages as people read them."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from ceting.standards.ages import age
from ceting.standards.typed_values import TypedValueError

DAYS_SHORT: Final = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
MONTHS_SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
EARLIEST: Final = date(1900, 1, 1)
EXAMPLE: Final = "26/11/2026 atau 26 Nov 2026"

# Day 0 of spreadsheets, moved back by one for their 29 February 1900, which never was.
_SERIAL_START = date(1899, 12, 30)
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_MONTH_NAMES: Final[dict[str, int]] = {
    name: month
    for month, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags agus aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nopember nop",
            "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = re.compile(r"^(?:sen|sel|rab|kam|jum|sab|min|ahad|mon|tue|wed|thu|fri|sat|sun)[a-z']*[,.]?\s+")
_CLOCK = re.compile(r"(?:t|\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?$", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[-/. ]*([a-z]{3,9})\.?[-/., ]*(\d{4}|\d{2})", re.ASCII)


class DateError(TypedValueError):
    """A typed date that can't be read or can't be right."""


def parse_date(value: str | float | date, *, today: date, earliest: date = EARLIEST) -> date:
    """Return the day that was typed or stood in a spreadsheet cell.

    Takes 2026-11-26, 26/11/2026, 26-11-26, 26.11.2026, 20261126, 26 Nov 2026, 26 November 2026, "Kam, 26 Nov
    2026", a clock time behind any of them (dropped), dates, naive datetimes and spreadsheet serials (46352).
    Two digits of a year mean the last such year that isn't after `today`. Day before month, always.

    Raises DateError: date.empty, date.unreadable, date.impossible, date.month_first, date.future,
    date.too_old; ValueError for a datetime with a time zone, whose day depends on where one stands.
    """
    day = _day(value, today)
    if day > today:
        raise DateError(
            "date.future", f"Tanggal {format_date(day)} belum tiba. Periksa tanggal, bulan dan tahunnya."
        )
    if day < earliest:
        raise DateError(
            "date.too_old",
            f"Tanggal {format_date(day)} terlalu lama. Periksa tahunnya (paling awal {earliest.year}).",
        )
    return day


def format_date(day: date) -> str:
    """Return the day as people read it: "Kam, 26 Nov 2026"."""
    return f"{DAYS_SHORT[day.weekday()]}, {day.day} {MONTHS_SHORT[day.month - 1]} {day.year}"


def format_month(day: date) -> str:
    """Return the month that the day lies in: "Oktober 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def format_age(birth: date, on: date) -> str:
    """Return the age in words: "12 hari", "3 bulan 12 hari" under a year, "1 tahun 3 bulan" from then on.

    Parts that are zero are left out, but a newborn is "0 hari". Raises ValueError when `on` is before birth.
    """
    completed = age(birth, on)
    if completed.years:
        parts = ((completed.years, "tahun"), (completed.months, "bulan"))
    else:
        parts = ((completed.months, "bulan"), (completed.days, "hari"))
    return " ".join(f"{number} {name}" for number, name in parts if number) or "0 hari"


def _day(value: str | float | date, today: date) -> date:
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError("give a naive datetime: the day of an aware one depends on the place")
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return _from_text(value, today)
    return _from_serial(float(value))


def _from_text(text: str, today: date) -> date:
    typed = " ".join(text.replace("\u00a0", " ").strip().strip("'’").lower().split())
    if not typed:
        raise DateError("date.empty", f"Tanggalnya masih kosong. Tulis misalnya {EXAMPLE}.")
    if _SERIAL.fullmatch(typed):
        return _from_serial(float(typed.replace(",", ".")))
    typed = _CLOCK.sub("", _WEEKDAY.sub("", typed))
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups() if part is not None)
        return _built(year, month, day)
    if found := _DAY_FIRST.fullmatch(typed):
        return _with_year(found[3], int(found[2]), int(found[1]), today)
    if (found := _NAMED.fullmatch(typed)) and found[2] in _MONTH_NAMES:
        return _with_year(found[3], _MONTH_NAMES[found[2]], int(found[1]), today)
    raise DateError("date.unreadable", f"Tanggal ini tidak terbaca. Tulis misalnya {EXAMPLE}.")


def _with_year(year: str, month: int, day: int, today: date) -> date:
    if len(year) == 4:
        return _built(int(year), month, day)
    century = today.year // 100 * 100
    this_century = _built(century + int(year), month, day)
    return this_century if this_century <= today else _built(century - 100 + int(year), month, day)


def _built(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        if month > 12 >= day:
            raise DateError(
                "date.month_first",
                f"Bulan {month} tidak ada. Tulis tanggal dulu, lalu bulan, misalnya {EXAMPLE}.",
            ) from error
        raise DateError(
            "date.impossible", f"Tanggal ini tidak ada di kalender. Periksa lagi, misalnya {EXAMPLE}."
        ) from error


def _from_serial(serial: float) -> date:
    try:
        day = _SERIAL_START + timedelta(days=int(serial))
    except (OverflowError, ValueError) as error:
        raise DateError("date.unreadable", f"Tanggal ini tidak terbaca. Tulis misalnya {EXAMPLE}.") from error
    if serial < 1:
        raise DateError("date.unreadable", f"Tanggal ini tidak terbaca. Tulis misalnya {EXAMPLE}.")
    return day
