"""What the charts of a pregnancy are drawn from, and what comes out for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ceting.foundation.ui.drawing import Drawing
from ceting.standards.numbers import format_date
from ceting.standards.pregnancy.dating import DAYS_PER_WEEK, GestationalAge

MarkShape = Literal["filled", "hollow", "cross"]
ONE_BABY = (
    "Janin lebih dari satu. Tabel kenaikan berat dan tinggi fundus (TFU) dibuat untuk satu bayi, jadi di sini keduanya "
    "tidak dinilai; bidan atau dokter yang menilai."
)
"""Instead of the charts where more than one fetus is known, for health workers."""
NOT_CHARTED = "Kenaikan berat pada kehamilan ini dinilai bidan atau dokter, tidak dengan grafik."
"""The same for whoever may not read how many there are."""


@dataclass(frozen=True)
class Reading:
    """One reading on a day: `day` of gestation, `value` in kg or cm.

    `professional`: by a volunteer or health worker, not by the family. `doubtful`: nobody has confirmed it.
    """

    on: date
    day: int
    value: float
    professional: bool = True
    doubtful: bool = False

    @property
    def weeks(self) -> float:
        """The place on the axis: weeks with their fraction."""
        return self.day / DAYS_PER_WEEK

    @property
    def age(self) -> GestationalAge:
        return GestationalAge(self.day)

    @property
    def shape(self) -> MarkShape:
        if self.doubtful:
            return "cross"
        return "filled" if self.professional else "hollow"

    @property
    def when(self) -> str:
        """Day and gestational age, as people say them."""
        return f"{format_date(self.on)}, {self.age.in_words}"


@dataclass(frozen=True)
class ChartPage:
    """A chart with its words, as `ui/chart.html` shows it; `rows` are a table that says the same, the newest first.

    `band` says what the coloured band is.
    """

    title: str
    summary: str
    band: str
    drawing: Drawing
    headers: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]


def in_order(readings: Sequence[Reading]) -> list[Reading]:
    """The oldest first; of one day in the order in which they were given."""
    return sorted(readings, key=lambda each: each.day)


def table(
    headers: tuple[str, ...], lines: Sequence[tuple[str, ...]]
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Lines that run from old to new, as rows that begin with the newest; each cell with its header."""
    return tuple(tuple(zip(headers, line, strict=True)) for line in reversed(lines))
