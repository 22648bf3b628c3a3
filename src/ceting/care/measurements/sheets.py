"""Paper sheets: print one, find it again by its code, and know whose row is whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ceting.care.measurements import grid, planning
from ceting.care.measurements.models import Session, SessionKind
from ceting.care.measurements.plan_models import PlannedDay, PlannedDayChange
from ceting.care.measurements.session_operations import FIRST_DAY
from ceting.care.measurements.sheet_codes import new_code
from ceting.care.measurements.sheet_models import PaperSheet, PaperSheetLine
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.families.models import roots
from ceting.registry.places.models import Posyandu
from ceting.standards.numbers import format_date

AHEAD = timedelta(days=62)
"""No earlier before the day: its children would be others by then."""


def visible_sheets(user: User, *, may: str | None = None) -> QuerySet[PaperSheet]:
    """Sheets that she may see, with all that a heading shows."""
    return PaperSheet.objects.visible_to(user, may=may).select_related(
        "posyandu__village", "posyandu__puskesmas", "printed_by"
    )


@transaction.atomic
def print_sheet(
    posyandu: Posyandu,
    held_on: date,
    *,
    by: User,
    kind: SessionKind | str = SessionKind.POSYANDU,
    place: str = "",
) -> PaperSheet:
    """A new sheet with the children who are expected on that day, by name. The day may be still to come.

    Refuses a day that is too far ahead or too long ago.
    """
    today = posyandu.puskesmas.today()
    if held_on > today + AHEAD:
        sentence = (
            f"Terlalu jauh ke depan. Lembar dicetak paling awal {AHEAD.days} hari sebelum hari posyandu."
        )
        raise RefusedError(Problem(sentence, "too_far", "held_on"))
    if held_on < FIRST_DAY:
        sentence = (
            f"Tanggal ini terlalu lama. Pilih tanggal sejak {format_date(FIRST_DAY)}; periksa tahunnya."
        )
        raise RefusedError(Problem(sentence, "too_old", "held_on"))
    sheet = PaperSheet.objects.create(
        puskesmas_id=posyandu.puskesmas_id,
        posyandu=posyandu,
        held_on=held_on,
        kind=kind,
        place=place,
        code=new_code(),
        printed_by=by,
    )
    entries = grid.entries(day_of(sheet).session, by)
    PaperSheetLine.objects.bulk_create(
        PaperSheetLine(sheet=sheet, number=number, child=entry.child)
        for number, entry in enumerate((entry for entry in entries if entry.registered), start=1)
    )
    audit.record("sheet.print", "paper_sheet", [sheet.pk], by=by, puskesmas_id=sheet.puskesmas_id)
    return sheet


@transaction.atomic
def open_from(sheet: PaperSheet, *, by: User) -> Session:
    """The session of the sheet, opened if nobody did before. Refuses a day that is still to come."""
    return planning.open_session(
        sheet.posyandu, day_of(sheet).session.held_on, by=by, kind=SessionKind(sheet.kind), place=sheet.place
    )


@dataclass(frozen=True)
class SheetDay:
    """What a sheet is typed into. Not `opened`: a session that nobody opened yet, never saved."""

    session: Session
    opened: bool


def day_of(sheet: PaperSheet) -> SheetDay:
    """The session of the sheet. Printed for Thursday, it is Friday's when the posyandu was moved to Friday."""
    days = _days_of(sheet)
    sessions = Session.objects.filter(
        posyandu=sheet.posyandu_id, held_on__in=days, kind=sheet.kind, place=sheet.place
    ).select_related("posyandu__village", "posyandu__puskesmas")
    session = min(sessions, key=lambda session: days.index(session.held_on), default=None)
    if session is not None:
        return SheetDay(session, opened=True)
    planned = PlannedDay.objects.standing().filter(posyandu=sheet.posyandu_id, planned_on__in=days)
    stands = set(planned.values_list("planned_on", flat=True))
    imagined = Session(
        puskesmas_id=sheet.puskesmas_id,
        posyandu=sheet.posyandu,
        held_on=next((day for day in reversed(days) if day in stands), sheet.held_on),
        kind=sheet.kind,
        place=sheet.place,
    )
    return SheetDay(imagined, opened=False)


def _days_of(sheet: PaperSheet) -> list[date]:
    """The day that was printed, and where it was moved to, and from there on."""
    days = [sheet.held_on]
    if sheet.kind != SessionKind.POSYANDU:
        return days
    changes = PlannedDayChange.objects.filter(
        planned__posyandu=sheet.posyandu_id, moved_to__isnull=False, created_at__gte=sheet.created_at
    )
    moves = dict(changes.order_by("created_at").values_list("planned__planned_on", "moved_to__planned_on"))
    while (after := moves.get(days[-1])) is not None and after not in days:
        days.append(after)
    return days


def numbers_of(sheet: PaperSheet) -> dict[int, UUID]:
    """Number on the sheet -> who stands for the child now."""
    lines: Sequence[tuple[int, UUID]] = list(sheet.lines.values_list("number", "child_id"))
    standing = roots(child_id for _, child_id in lines)
    return {number: standing[child_id] for number, child_id in lines}
