"""Verbs about the days on which a posyandu weighs: opening one, and saying that it is over."""

from datetime import date

from django.db import transaction

from ceting.care.measurements.models import Session, SessionClosure, SessionKind
from ceting.care.measurements.sealing import seal_month
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu
from ceting.standards.numbers import format_date

FIRST_DAY = date(2000, 1, 1)
"""No child of a register that still counts was weighed before; an older day is a slip in the year."""
LONGEST_PLACE = 60


@transaction.atomic
def open_session(
    posyandu: Posyandu,
    held_on: date,
    *,
    by: User,
    kind: SessionKind = SessionKind.POSYANDU,
    place: str = "",
) -> Session:
    """The session of this posyandu, day and kind; the same one when it is open already.

    `place` names the PAUD and nothing else. Refuses a day to come, one before `FIRST_DAY` and a PAUD without a name.
    """
    place = " ".join(place.split()).removeprefix("PAUD ") if kind == SessionKind.PAUD else ""
    problems = _impossible_session(held_on, kind, place, today=posyandu.puskesmas.today())
    if problems:
        raise RefusedError(*problems)
    session, made = Session.objects.get_or_create(
        posyandu=posyandu,
        held_on=held_on,
        kind=kind,
        place=place,
        defaults={"puskesmas_id": posyandu.puskesmas_id, "opened_by": by},
    )
    if made:
        audit.record("session.open", "session", [session.pk], by=by, puskesmas_id=posyandu.puskesmas_id)
    return session


@transaction.atomic
def close_session(session: Session, *, by: User) -> SessionClosure:
    """ "Selesai": once; a second time changes nothing."""
    closure, made = SessionClosure.objects.get_or_create(session=session, defaults={"closed_by": by})
    if made:
        audit.record("session.close", "session", [session.pk], by=by, puskesmas_id=session.puskesmas_id)
        seal_month(session.posyandu, session.held_on, by=by)
    return closure


def _impossible_session(held_on: date, kind: SessionKind, place: str, *, today: date) -> list[Problem]:
    problems = []
    if held_on > today:
        sentence = "Hari posyandu belum tiba. Pilih hari ini atau hari yang sudah lewat."
        problems.append(Problem(sentence, "future", "held_on"))
    if held_on < FIRST_DAY:
        sentence = (
            f"Tanggal ini terlalu lama. Pilih tanggal sejak {format_date(FIRST_DAY)}; periksa tahunnya."
        )
        problems.append(Problem(sentence, "too_old", "held_on"))
    if kind == SessionKind.PAUD and not place:
        problems.append(Problem("Isi nama PAUD yang dikunjungi.", "paud_without_name", "place"))
    if len(place) > LONGEST_PLACE:
        sentence = f"Nama PAUD terlalu panjang. Singkat sampai {LONGEST_PLACE} huruf."
        problems.append(Problem(sentence, "long_name", "place"))
    return problems
