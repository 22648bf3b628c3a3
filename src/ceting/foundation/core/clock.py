"""The one clock of the house. Nothing else asks the machine for the time, so tests freeze everything at once."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

DEFAULT_ZONE = "Asia/Jakarta"


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today(zone: str = DEFAULT_ZONE) -> date:
    """The calendar day where the puskesmas is; `zone` is an IANA name (WIB, WITA or WIT)."""
    return now().astimezone(ZoneInfo(zone)).date()
