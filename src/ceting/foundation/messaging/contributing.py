"""What upper floors tell messaging of a puskesmas: its clock, its quiet hours, its channel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from ceting.foundation.core import clock

CLICK_TO_CHAT = "click_to_chat"


@dataclass(frozen=True)
class HouseRules:
    """How a puskesmas sends. Nobody is woken between `quiet_from` and `quiet_until` on its own clock; when they are
    equal, nothing is quiet.
    """

    zone: str = clock.DEFAULT_ZONE
    quiet_from: time = time(20)
    quiet_until: time = time(7)
    channel: str = CLICK_TO_CHAT

    def quiet_ends(self, now: datetime) -> datetime | None:
        """When the quiet hours that hold now are over; None when there are none now."""
        here = now.astimezone(ZoneInfo(self.zone))
        hour, begins, ends = here.time(), self.quiet_from, self.quiet_until
        overnight = begins > ends
        quiet = (hour >= begins or hour < ends) if overnight else begins <= hour < ends
        if not quiet:
            return None
        day = here.date() + timedelta(days=1 if overnight and hour >= begins else 0)
        return datetime.combine(day, ends, tzinfo=here.tzinfo)


_sources: list[Callable[[UUID], HouseRules]] = []


def contribute_rules(source: Callable[[UUID], HouseRules]) -> None:
    """Name who knows the rules of a puskesmas by its key. One answers for all; the last one counts."""
    _sources.append(source)


def rules_of(puskesmas_id: UUID) -> HouseRules:
    """Its rules; those of nobody in particular while no upper floor knows better."""
    return _sources[-1](puskesmas_id) if _sources else HouseRules()
