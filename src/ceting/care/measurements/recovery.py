"""When gizi buruk is over: every index by which a child was admitted has recovered at two visits running (rules.md 6).

A visit is a day on which a kader or a health worker measured her. A visit that leaves an admitted index unmeasured
isn't one at which it recovered, and a value from home says nothing: only what was seen well can end it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from ceting.care.measurements.models import Measurement
from ceting.standards import sources

Index = Callable[[Sequence[Measurement]], "bool | None"]
"""Whether an index has recovered on a day's rows; None where they don't say."""


def goes_on(visits: Iterable[tuple[Sequence[Measurement], frozenset[str]]]) -> bool:
    """Whether a child whom something once showed to have gizi buruk hasn't recovered yet.

    `visits`, the oldest first: the rows of a day, and the names of INDICES by which they show gizi buruk.
    """
    wanted = sources.number("gizi_buruk", "visits_recovered")
    admitted: set[str] = set()
    running = 0
    for rows, severe in visits:
        official = [row for row in rows if row.counts_officially]
        if severe:
            admitted |= severe
            running = 0
        elif admitted and official:
            running = running + 1 if all(INDICES[name](official) for name in admitted) else 0
        if running >= wanted:
            admitted, running = set(), 0
    return bool(admitted)


def by_day(rows: Iterable[Measurement]) -> list[list[Measurement]]:
    """The rows of each day, the oldest day first."""
    ordered = sorted(rows, key=Measurement.chronology)
    return [list(same) for _, same in groupby(ordered, key=lambda row: row.measured_on)]


def _wasting(rows: Sequence[Measurement]) -> bool | None:
    found = [row.zwfl for row in rows if row.zwfl is not None and "f" not in row.flags]
    return min(found) >= sources.number("gizi_buruk", "whz_recovered") if found else None


def _arm(rows: Sequence[Measurement]) -> bool | None:
    found = [float(row.muac_cm) for row in rows if row.muac_cm is not None]
    return min(found) >= sources.number("gizi_buruk", "muac_recovered") if found else None


def _oedema(rows: Sequence[Measurement]) -> bool | None:
    """Feet are looked at with a plausible weight and length; a row that says oedema is severe itself."""
    whole = (
        row.zwei is not None and row.zlen is not None and not {"w", "l"} & set(row.flags) for row in rows
    )
    return any(whole) or None


INDICES: Mapping[str, Index] = {"wasting": _wasting, "arm": _arm, "oedema": _oedema}
