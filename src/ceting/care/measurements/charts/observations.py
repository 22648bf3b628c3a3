"""One child's measurements as the charts need them, and her age as a place on the x axis."""

from dataclasses import dataclass
from datetime import date

from ceting.standards.ages import MONTHS_PER_YEAR, add_months, full_months


@dataclass(frozen=True)
class Observation:
    """What was measured on one day.

    `length_cm` is corrected for the position, as the WHO tables want it, and `standing` says for which table.
    `flags`: letters of implausible indices (assessment.INDICES).
    """

    on: date
    age_months: float
    words: str
    weight_kg: float | None = None
    length_cm: float | None = None
    standing: bool | None = None
    professional: bool = True
    flags: str = ""
    status: str = ""
    two_t: bool = False

    def shape(self, *letters: str) -> str:
        """How the point is drawn, where `letters` are the indices that the chart rests on."""
        if any(letter in self.flags for letter in letters):
            return "cross"
        return "filled" if self.professional else "hollow"


@dataclass(frozen=True)
class Range:
    """Ages that a chart shows, in months; `code` stands in addresses, `label` on screen."""

    code: str
    label: str
    first: int
    last: int

    def holds(self, age_months: float) -> bool:
        """Whether a child of this age is on the page; on her birthday she turns it."""
        return self.first <= age_months < self.last


RANGES = (
    Range("0-24", "0–24 bulan", 0, 24),
    Range("24-60", "24–60 bulan", 24, 60),
    Range("0-60", "0–60 bulan", 0, 60),
)


def range_for(code: str, age_months: float) -> Range:
    """The range somebody asked for, else the page of the paper card that this age is on."""
    for each in RANGES:
        if each.code == code:
            return each
    return RANGES[0] if age_months < RANGES[0].last else RANGES[1]


def age_in_months(birth: date, on: date) -> float:
    """Completed calendar months and the part of the running one. Raises ValueError for a day before birth."""
    months = full_months(birth, on)
    begun, next_one = add_months(birth, months), add_months(birth, months + 1)
    return months + (on - begun).days / (next_one - begun).days


def month_number(on: date) -> int:
    """Calendar months as consecutive numbers."""
    return on.year * MONTHS_PER_YEAR + on.month - 1


def first_of_month(number: int) -> date:
    """The first day of a calendar month by its number."""
    year, month = divmod(number, MONTHS_PER_YEAR)
    return date(year, month + 1, 1)
