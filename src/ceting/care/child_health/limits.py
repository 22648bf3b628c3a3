"""What a puskesmas chose for the care of children, kept with every entry as it held on the day of the entry."""

from collections.abc import Iterable
from datetime import date

from ceting.care.child_health.models import Entry
from ceting.registry.places.models import Puskesmas, settings_of

RULES_VERSION = "2026.1"
"""Of everything in standards/child. A new one when a result of the same answers changes."""
PREFIX = "child."
KPSP_REPEAT = f"{PREFIX}kpsp_repeat_weeks"


def keep_limits(entries: Iterable[Entry]) -> None:
    """Put into unsaved entries by what they are judged; two queries for each puskesmas."""
    entries = list(entries)
    houses = Puskesmas.objects.in_bulk({entry.puskesmas_id for entry in entries})
    chosen = {
        (house, day): _chosen(houses[house], day)
        for house, day in {(entry.puskesmas_id, entry.happened_on) for entry in entries}
    }
    for entry in entries:
        entry.limits = chosen[entry.puskesmas_id, entry.happened_on]
        entry.rules_version = RULES_VERSION


def repeat_weeks(entry: Entry, puskesmas: Puskesmas) -> int:
    """Weeks after which a doubtful KPSP is asked again: as the puskesmas of that day had chosen.

    An entry from before limits were kept has what `puskesmas` says of its day.
    """
    kept = entry.limits.get(KPSP_REPEAT)
    if kept is None:
        return int(settings_of(puskesmas, entry.happened_on).number(KPSP_REPEAT))
    return int(float(kept))


def _chosen(puskesmas: Puskesmas, on: date) -> dict[str, str]:
    """Code -> value as the settings page writes it."""
    return {code: str(value) for code, value in settings_of(puskesmas, on).starting(PREFIX).items()}
