"""The calendar in words. No database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ceting.care.measurements.measurement_words import Chip
from ceting.care.measurements.plan_models import PlannedDay
from ceting.standards.ages import add_months
from ceting.standards.numbers import format_date, format_month
from ceting.standards.vitamin_a import is_vitamin_a_month

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
NTH = tuple((nth, f"Minggu ke-{nth}") for nth in (1, 2, 3, 4))


@dataclass(frozen=True)
class PlanLine:
    """One planned day. `open`: it can still be moved or cancelled."""

    planned: PlannedDay
    day: str
    title: str
    village: str
    state: Chip
    note: str
    vitamin_a: bool
    open: bool


def line(planned: PlannedDay, today: date) -> PlanLine:
    change = getattr(planned, "change", None)
    opened = hasattr(planned, "opening")
    return PlanLine(
        planned=planned,
        day=format_date(planned.planned_on),
        title=str(planned.posyandu),
        village=str(planned.posyandu.village),
        state=_state(planned, today),
        note=change.reason if change else "",
        vitamin_a=is_vitamin_a_month(planned.planned_on),
        open=change is None and not opened,
    )


def _state(planned: PlannedDay, today: date) -> Chip:
    change = getattr(planned, "change", None)
    if change is not None and change.moved_to is not None:
        return Chip(f"Pindah ke {format_date(change.moved_to.planned_on)}", "attention")
    if change is not None:
        return Chip("Dibatalkan", "neutral")
    if hasattr(planned, "opening"):
        return Chip("Sudah dibuka", "good")
    if planned.planned_on < today:
        return Chip("Belum dibuka", "attention")
    return Chip("Hari ini" if planned.planned_on == today else "Dijadwalkan", "info")


def lines(days: Iterable[PlannedDay], today: date) -> list[PlanLine]:
    return [line(day, today) for day in days]


@dataclass(frozen=True)
class Month:
    """A month with its neighbours, as they stand in an address (`2026-12`)."""

    first: date

    @property
    def label(self) -> str:
        return format_month(self.first)

    @property
    def after(self) -> str:
        return f"{add_months(self.first, 1):%Y-%m}"

    @property
    def before(self) -> str:
        return f"{add_months(self.first, -1):%Y-%m}"


def month_of(typed: str, today: date) -> Month:
    """The month that an address names; this one for anything else."""
    if _MONTH.fullmatch(typed):
        year, month = typed.split("-")
        return Month(date(int(year), int(month), 1))
    return Month(today.replace(day=1))
