"""The day on which a child of a monthly sheet was weighed, which the sheet doesn't say. Pure.

The day on which her posyandu weighed or meant to weigh in that month, else the day that the person named, else the
15th. Told on the row and kept with the measurement: an estimate must never pass for what was written down.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.eppgbm.reading.heads import read_head
from ceting.standards.numbers import format_date

DEFAULT_DAY = 15
LAST_DAY = 28
"""Of every month."""
NOTE = "Tanggal perkiraan, dari lembar bulanan"
_LATER = re.compile(r"tahun ke-(\d)")


@dataclass(frozen=True)
class Days:
    """`year` of the first month that has none (0: unknown); `day` as the person said (0: as it is known).

    `known`: key of a place -> (year, month) -> the day on which its posyandu weighed or means to weigh.
    """

    year: int = 0
    day: int = 0
    known: Mapping[str, Mapping[tuple[int, int], date]] = field(default_factory=dict)

    def estimate(self, cell: str, place: str, birth: date | None, today: date) -> "Estimate | Problem":
        """The day for a month as the row has it, or why there is none."""
        head = read_head(cell)
        year = head.year or (self.year + self._later(cell) if self.year else 0)
        if not head.month:
            return Problem(
                f"Bulan “{cell[:30]}” tidak dikenal. Tulis misalnya Januari 2026.", "measured_on.month"
            )
        if not year:
            return Problem(f"Tahun untuk {cell[:30]} belum diketahui.", "measured_on.year")
        planned = None if self.day else self.known.get(place, {}).get((year, head.month))
        day = planned or date(year, head.month, self.day or DEFAULT_DAY)
        if birth and (birth.year, birth.month) == (year, head.month):
            day = max(day, birth)
        if (today.year, today.month) == (year, head.month):
            day = min(day, today)
        return Estimate(day, planned == day)

    @staticmethod
    def _later(cell: str) -> int:
        found = _LATER.search(cell)
        return int(found[1]) - 1 if found else 0


@dataclass(frozen=True)
class Estimate:
    """`planned`: it is the posyandu's own day."""

    day: date
    planned: bool

    @property
    def remark(self) -> Problem:
        which = "hari posyandu" if self.planned else "tanggal perkiraan"
        return Problem(
            f"Tanggal timbang tidak ada di berkas; dicatat {format_date(self.day)} ({which}).",
            "estimated_day",
        )
