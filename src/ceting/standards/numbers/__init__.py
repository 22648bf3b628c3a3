"""Numbers and dates as people type them in Indonesia, and as they read them."""

from ceting.standards.numbers.dates import DateError, format_age, format_date, format_month, parse_date
from ceting.standards.numbers.decimals import NumberError, Unit, format_decimal, parse_decimal

__all__ = [
    "DateError",
    "NumberError",
    "Unit",
    "format_age",
    "format_date",
    "format_decimal",
    "format_month",
    "parse_date",
    "parse_decimal",
]
