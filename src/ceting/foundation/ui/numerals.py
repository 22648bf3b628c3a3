"""Dates, numbers and ages for filters and presenters. Moments stand in the zone of the installation unless told."""

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal

from django.utils import timezone

from ceting.standards.numbers import format_age, format_date, format_decimal

_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+(?:,|$))")


def day(value: date | datetime, zone: tzinfo | None = None) -> str:
    """`Kam, 26 Nov 2026`. Give an aware moment the zone of the puskesmas whose people read it."""
    return format_date(_local(value, zone).date() if isinstance(value, datetime) else value)


def moment(value: datetime, zone: tzinfo | None = None) -> str:
    """`Kam, 26 Nov 2026 14.30`, in the zone of the puskesmas whose people read it."""
    local = _local(value, zone)
    return f"{format_date(local.date())} {local:%H.%M}"


def decimal(value: float | Decimal | str, places: int | None = None) -> str:
    """Comma for decimals, point for thousands: 8.5 -> `8,5`, 12500 -> `12.500`, (8, 1) -> `8,0`.

    A number that isn't finite is shown as a dash: a page about one child must not fail over one cell.
    """
    number = Decimal(str(value))
    if not number.is_finite():
        return "–"
    whole, comma, rest = format_decimal(number, places).partition(",")
    return f"{_THOUSANDS.sub('.', whole)}{comma}{rest}"


def age(birth: date, on: date) -> str:
    """`12 hari`, `3 bulan 12 hari`, `1 tahun 4 bulan`; before the birth `belum lahir`."""
    return format_age(birth, on) if on >= birth else "belum lahir"


def _local(value: datetime, zone: tzinfo | None) -> datetime:
    return timezone.localtime(value, zone) if timezone.is_aware(value) else value
