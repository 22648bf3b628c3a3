"""The routine schedule of immunisation as data: which dose at which age, from when, until when, how far apart.

Sources: `tables/immunisation.csv` (KMK 1098/2024 as amended), `tables/immunisation_limits.csv` (ages and intervals,
most of them background), the settings `child.japanese_encephalitis` and `child.rotavirus_until_months`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ceting.standards import sources
from ceting.standards.ages import add_months
from ceting.standards.sources import Row

ROTAVIRUS = "RV"


@dataclass(frozen=True)
class Dose:
    """One dose. Ages in completed months since birth (chronological, for everybody), intervals in days.

    `earliest` may come before the scheduled `age`; `until` is the first age at which it isn't given any more;
    `after` is the dose before it, None for a first one.
    """

    code: str
    antigen: str
    number: int
    label: str
    age: int
    earliest: int
    until: int
    interval_days: int
    on_time_days: int | None
    after: str | None

    def scheduled_on(self, birth: date) -> date:
        """The day on which she reaches the age for it."""
        return add_months(birth, self.age)

    def closes_on(self, birth: date) -> date:
        """The first day on which it isn't given any more."""
        return add_months(birth, self.until)

    def late_from(self, due_on: date) -> date:
        """The first day that is late for a dose which was due on `due_on`."""
        if self.on_time_days is not None:
            return due_on + timedelta(days=self.on_time_days + 1)
        return add_months(due_on, int(sources.number("immunisation_limits", "on_time")))


@dataclass(frozen=True)
class Schedule:
    """The doses that a puskesmas gives, in the order of their ages."""

    doses: tuple[Dose, ...]

    def dose(self, code: str) -> Dose:
        """As this schedule has it, else as the table does. Raises KeyError for an unknown code."""
        return next((dose for dose in self.doses if dose.code == code), None) or known_doses()[code]


@cache
def known_doses() -> Mapping[str, Dose]:
    """Every dose of the table by its code, also those that are given in some places only."""
    return {dose.code: dose for dose in _doses(int(sources.number("immunisation_limits", "until")))}


@cache
def schedule(*, endemic: bool, rotavirus_until: int) -> Schedule:
    """The schedule of a puskesmas: `endemic` adds JE; rotavirus closes at `rotavirus_until` months."""
    wanted = {row["code"] for row in sources.rows("immunisation") if endemic or not row["only_if"]}
    return Schedule(tuple(dose for dose in _doses(rotavirus_until) if dose.code in wanted))


def _doses(rotavirus_until: int) -> list[Dose]:
    codes = {(row["antigen"], int(row["dose"])): row["code"] for row in sources.rows("immunisation")}
    found = [_dose(row, rotavirus_until, codes) for row in sources.rows("immunisation")]
    return sorted(found, key=lambda dose: dose.age)


def _dose(row: Row, rotavirus_until: int, codes: Mapping[tuple[str, int], str]) -> Dose:
    antigen, number, age = row["antigen"], int(row["dose"]), int(row["age_month"])
    until = rotavirus_until if antigen == ROTAVIRUS else _limit("until", row)
    earliest = _limit("earliest", row)
    return Dose(
        code=row["code"],
        antigen=antigen,
        number=number,
        label=row["label"],
        age=age,
        earliest=age if earliest is None else earliest,
        until=until or 0,
        interval_days=_limit("interval", row) or 0,
        on_time_days=_limit("on_time_days", row),
        after=codes.get((antigen, number - 1)),
    )


def _limit(kind: str, row: Row) -> int | None:
    """The limit of this dose, else the one for all; None when the table has neither."""
    limits = sources.index("immunisation_limits", "key")
    found = limits.get(f"{kind}.{row['code']}") or limits.get(kind)
    return None if found is None else int(found["value"])
