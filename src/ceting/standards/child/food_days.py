"""PMT: for how many days a child gets extra local food, by the reason. Source: `tables/pmt_lokal.csv`."""

from dataclasses import dataclass
from functools import cache

from ceting.standards import sources


@dataclass(frozen=True)
class FoodReason:
    """Why, in words, and for how many days in all."""

    code: str
    label: str
    days: int


@dataclass(frozen=True)
class FoodStanding:
    """How many days of food she had of those that she is to get."""

    reason: FoodReason
    received: int

    @property
    def remaining(self) -> int:
        return max(self.reason.days - self.received, 0)

    @property
    def complete(self) -> bool:
        return self.remaining == 0


@cache
def reasons() -> tuple[FoodReason, ...]:
    return tuple(FoodReason(row["code"], row["label"], int(row["days"])) for row in sources.rows("pmt_lokal"))


def reason_of(code: str) -> FoodReason:
    """Raises TableError for an unknown code."""
    row = sources.row("pmt_lokal", "code", code)
    return FoodReason(row["code"], row["label"], int(row["days"]))


def standing(code: str, received: int) -> FoodStanding:
    """Raises TableError for an unknown reason and ValueError for less than no day."""
    if received < 0:
        raise ValueError("nobody gets food for less than no day")
    return FoodStanding(reason_of(code), received)
