"""Verbs of the calendar: plan a year by its pattern, move or cancel a day, open what was planned."""

from datetime import date, timedelta

from django.db import transaction

from ceting.care.measurements import session_operations
from ceting.care.measurements.models import Session, SessionKind
from ceting.care.measurements.plan_models import PlannedDay, PlannedDayChange, PlannedDayOpening
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu

WEEK = 7
WEEKS = (1, 2, 3, 4)
"""A fifth Thursday isn't in every month."""
LONGEST_REASON = 120


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The `nth` (1 to 4) Monday (0) to Sunday (6) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % WEEK + (nth - 1) * WEEK)


@transaction.atomic
def plan_year(posyandu: Posyandu, year: int, *, weekday: int, nth: int, by: User) -> list[PlannedDay]:
    """Plan the `nth` weekday of each month of a year from today on.

    A month that was planned before keeps its plan, cancelled ones too: planning again adds nothing.
    """
    _lock(posyandu)
    planned = PlannedDay.objects.filter(posyandu=posyandu, planned_on__year=year)
    taken = {day.month for day in planned.values_list("planned_on", flat=True)}
    today = posyandu.puskesmas.today()
    days = [nth_weekday(year, month, weekday, nth) for month in range(1, 13) if month not in taken]
    return _write(posyandu, [day for day in days if day >= today], by=by)


@transaction.atomic
def move_day(planned: PlannedDay, to: date, *, reason: str, by: User) -> PlannedDay:
    """The day is held at another date. Refuses one that is over, is taken, or has no reason."""
    _lock(planned.posyandu)
    reason = _reason(planned, reason)
    if to < planned.posyandu.puskesmas.today():
        raise RefusedError(Problem("Tanggal baru sudah lewat. Pilih hari ini atau sesudahnya.", "past", "to"))
    if PlannedDay.objects.standing().filter(posyandu=planned.posyandu, planned_on=to).exists():
        raise RefusedError(
            Problem("Posyandu ini sudah dijadwalkan pada tanggal itu. Pilih tanggal lain.", "taken", "to")
        )
    (new,) = _write(planned.posyandu, [to], by=by)
    _change(planned, reason, moved_to=new, by=by)
    return new


@transaction.atomic
def cancel_day(planned: PlannedDay, *, reason: str, by: User) -> PlannedDayChange:
    """The day isn't held. Refuses one that is changed or opened already, or without a reason."""
    _lock(planned.posyandu)
    return _change(planned, _reason(planned, reason), moved_to=None, by=by)


@transaction.atomic
def open_session(
    posyandu: Posyandu,
    held_on: date,
    *,
    by: User,
    kind: SessionKind = SessionKind.POSYANDU,
    place: str = "",
) -> Session:
    """As `session_operations.open_session`; a posyandu's day keeps which planned day it is."""
    session = session_operations.open_session(posyandu, held_on, by=by, kind=kind, place=place)
    if session.kind == SessionKind.POSYANDU:
        planned = PlannedDay.objects.standing().filter(posyandu=posyandu, planned_on=held_on).first()
        if planned is not None:
            PlannedDayOpening.objects.get_or_create(planned=planned, defaults={"session": session})
    return session


def _lock(posyandu: Posyandu) -> None:
    """Two planners of one posyandu come one after the other."""
    Posyandu.objects.select_for_update(of=("self",)).only("pk").get(pk=posyandu.pk)


def _reason(planned: PlannedDay, typed: str) -> str:
    if PlannedDayChange.objects.filter(planned=planned).exists():
        sentence = "Jadwal ini sudah diubah orang lain. Muat ulang halaman jadwal."
        raise RefusedError(Problem(sentence, "changed"))
    if PlannedDayOpening.objects.filter(planned=planned).exists():
        raise RefusedError(Problem("Hari posyandu ini sudah dibuka, jadwalnya tidak bisa diubah.", "opened"))
    reason = " ".join(typed.split())
    if not reason:
        raise RefusedError(Problem("Isi alasannya, misalnya: bertepatan hari libur.", "no_reason", "reason"))
    if len(reason) > LONGEST_REASON:
        sentence = f"Alasan terlalu panjang. Singkat sampai {LONGEST_REASON} huruf."
        raise RefusedError(Problem(sentence, "long_reason", "reason"))
    return reason


def _write(posyandu: Posyandu, days: list[date], *, by: User) -> list[PlannedDay]:
    rows = PlannedDay.objects.bulk_create(
        PlannedDay(puskesmas_id=posyandu.puskesmas_id, posyandu=posyandu, planned_on=day, planned_by=by)
        for day in days
    )
    if rows:
        keys = [row.pk for row in rows]
        audit.record("plan.write", "planned_day", keys, by=by, puskesmas_id=posyandu.puskesmas_id)
    return rows


def _change(planned: PlannedDay, reason: str, *, moved_to: PlannedDay | None, by: User) -> PlannedDayChange:
    change = PlannedDayChange.objects.create(planned=planned, moved_to=moved_to, reason=reason, changed_by=by)
    audit.record("plan.change", "planned_day", [planned.pk], by=by, puskesmas_id=planned.puskesmas_id)
    return change
