"""Where a child stands with her immunisations, and how a late one catches up.

Ages are chronological, for preterm children too. Sources: see `doses`; decision `child.catch_up`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ceting.standards.ages import add_months
from ceting.standards.child.doses import Dose, Schedule, known_doses


class DoseState(StrEnum):
    """Where one dose stands on a day."""

    GIVEN = "IMM_GIVEN"
    DUE = "IMM_DUE"
    OVERDUE = "IMM_OVERDUE"
    NEXT = "IMM_NEXT"
    """Its day is still to come."""
    TOO_EARLY = "IMM_TOO_EARLY"
    """The dose before it comes first."""
    NO_LONGER = "IMM_NO_LONGER"


class Mark(StrEnum):
    """What is remarkable about a dose that was given: it is accepted and says so."""

    YOUNG = "young"
    """Before the earliest age."""
    CLOSE = "close"
    """Too soon after the dose before it."""
    LATE = "late"
    OLD = "old"
    """At an age at which it isn't given any more."""
    OUT_OF_ORDER = "out_of_order"
    """The dose before it was given later, or isn't known."""


class Impossible(StrEnum):
    """Why a dose can't have been given as it is told."""

    BEFORE_BIRTH = "before_birth"
    FUTURE = "future"
    TWICE = "twice"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Given:
    """One dose that was given: its code in the table, and the day."""

    code: str
    on: date


@dataclass(frozen=True)
class DoseStanding:
    """One dose on a day. `since` is the day from which it can be given (None: not known yet, or closed)."""

    dose: Dose
    state: DoseState
    since: date | None = None
    given_on: date | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def can_be_given(self) -> bool:
        return self.state in (DoseState.DUE, DoseState.OVERDUE)


@dataclass(frozen=True)
class Visit:
    """A day of the catch-up plan and what can be given on it."""

    on: date
    doses: tuple[Dose, ...]


def impossible(code: str, on: date, *, birth: date, given: Iterable[Given], today: date) -> Impossible | None:
    """Why this dose can't have been given on that day; None when it can. A dose out of order can."""
    if code not in known_doses():
        return Impossible.UNKNOWN
    if on < birth:
        return Impossible.BEFORE_BIRTH
    if on > today:
        return Impossible.FUTURE
    if any(each.code == code for each in given):
        return Impossible.TWICE
    return None


def standing(birth: date, given: Iterable[Given], on: date, schedule: Schedule) -> tuple[DoseStanding, ...]:
    """Every dose of the schedule, and whatever was given beside it, on the day `on`.

    Raises ValueError when a dose was given twice, before birth or isn't in the table.
    """
    days = _by_code(birth, given)
    beside = tuple(known_doses()[code] for code in days if code not in {dose.code for dose in schedule.doses})
    return tuple(_stands(dose, birth, days, on) for dose in (*schedule.doses, *beside))


def plan(birth: date, given: Iterable[Given], on: date, schedule: Schedule) -> tuple[Visit, ...]:
    """The visits by which she gets whatever can still be given, as soon as it can, from `on` on.

    For a late child it is the catch-up, for another what is to come. Same errors as `standing`.
    """
    days = dict(_by_code(birth, given))
    visits: list[Visit] = []
    while True:
        open_doses = [(dose, _from(dose, birth, days)) for dose in schedule.doses if dose.code not in days]
        possible = [
            (max(since, on), dose)
            for dose, since in open_doses
            if since is not None and max(since, on) < dose.closes_on(birth)
        ]
        if not possible:
            return tuple(visits)
        day = min(when for when, _ in possible)
        doses = tuple(dose for when, dose in possible if when == day)
        days |= {dose.code: day for dose in doses}
        visits.append(Visit(day, doses))


def marks_of(
    code: str, on: date, *, birth: date, given: Iterable[Given], schedule: Schedule
) -> tuple[Mark, ...]:
    """What is remarkable about this dose on that day, beside the others that were given."""
    others = {each.code: each.on for each in given if each.code != code}
    return _marks(schedule.dose(code), on, birth, others)


def _by_code(birth: date, given: Iterable[Given]) -> Mapping[str, date]:
    days: dict[str, date] = {}
    for each in given:
        wrong = impossible(
            each.code,
            each.on,
            birth=birth,
            given=[Given(code, day) for code, day in days.items()],
            today=date.max,
        )
        if wrong:
            raise ValueError(f"{each.code} on {each.on}: {wrong}")
        days[each.code] = each.on
    return days


def _stands(dose: Dose, birth: date, days: Mapping[str, date], on: date) -> DoseStanding:
    if dose.code in days:
        others = {code: day for code, day in days.items() if code != dose.code}
        marks = _marks(dose, days[dose.code], birth, others)
        return DoseStanding(dose, DoseState.GIVEN, given_on=days[dose.code], marks=marks)
    since = _from(dose, birth, days)
    closes = dose.closes_on(birth)
    if on >= closes or (since is not None and since >= closes):
        return DoseStanding(dose, DoseState.NO_LONGER)
    if since is None:
        return DoseStanding(dose, DoseState.TOO_EARLY)
    if on < since:
        return DoseStanding(dose, DoseState.NEXT, since)
    return DoseStanding(dose, DoseState.OVERDUE if on >= dose.late_from(since) else DoseState.DUE, since)


def _from(dose: Dose, birth: date, days: Mapping[str, date]) -> date | None:
    """The first day on which a dose that wasn't given can be; None while one before it is missing.

    One dose of an antigen at a time: where a later one is known, the missing one comes next all the same.
    """
    if any(code not in days for code in _before(dose)):
        return None
    same = [day for code, day in days.items() if known_doses()[code].antigen == dose.antigen]
    scheduled = dose.scheduled_on(birth)
    return max(scheduled, max(same) + timedelta(days=dose.interval_days)) if same else scheduled


def _before(dose: Dose) -> Iterator[str]:
    """The codes of every dose of its antigen that comes before it."""
    code = dose.after
    while code is not None:
        yield code
        code = known_doses()[code].after


def _marks(dose: Dose, on: date, birth: date, others: Mapping[str, date]) -> tuple[Mark, ...]:
    before = others.get(dose.after) if dose.after else None
    found = (
        (on < add_months(birth, dose.earliest), Mark.YOUNG),
        (before is not None and 0 <= (on - before).days < dose.interval_days, Mark.CLOSE),
        (dose.late_from(dose.scheduled_on(birth)) <= on < dose.closes_on(birth), Mark.LATE),
        (on >= dose.closes_on(birth), Mark.OLD),
        (dose.after is not None and (before is None or before > on), Mark.OUT_OF_ORDER),
    )
    return tuple(mark for holds, mark in found if holds)
