"""Verbs about where a child lives: her first stay, moves, their undoing, her death. Each is published.

A child's stays are a stack: a deed closes the last one, opens another one, or both; undoing the last deed takes
exactly that back. `Child.posyandu`, `puskesmas`, `is_here` and `died_on` follow (`settle`).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.events import RegisterChanged, register_changed
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import (
    Arrival,
    Caregiver,
    Child,
    Death,
    DeathUndoing,
    Departure,
    Household,
    Merge,
    Move,
    MoveKind,
    MoveUndoing,
    Stay,
)
from ceting.registry.places.models import Posyandu, PosyanduClosure, Puskesmas
from ceting.standards.numbers import format_date


def begin_stays(arrivals: Sequence[tuple[Child, date | None]], *, by: User | None) -> None:
    """The first stay of children just registered, since birth or since the day on which they moved here."""
    if not arrivals:
        return
    Stay.objects.bulk_create(
        [
            Stay(
                child=child,
                posyandu_id=child.posyandu_id,
                puskesmas_id=child.puskesmas_id,
                since=arrived_on or child.birth_date,
                arrival=Arrival.MOVED_IN if arrived_on else Arrival.BORN,
                by=by,
            )
            for child, arrived_on in arrivals
        ],
        batch_size=500,
    )
    since = min(arrived_on or child.birth_date for child, arrived_on in arrivals)
    children = [child for child, _ in arrivals]
    _publish(children, {child.posyandu_id for child in children}, since, "registered", by)


def born_on(child: Child, before: date, *, by: User) -> None:
    """A corrected birth date: who was here since birth is here since the new one. Refuses one after she moved."""
    first = child.stays.order_by("since", "id").first()
    if first is None:
        return
    if first.arrival == Arrival.BORN:
        if first.until is not None and first.until < child.birth_date:
            raise refused(
                f"Anak ini tercatat pindah pada {format_date(first.until)}, sebelum tanggal lahir ini. "
                "Periksa tanggalnya.",
                "moved_before_birth",
                "birth_date",
            )
        first.since = child.birth_date
        first.save(update_fields=["since"])
    elif first.since < child.birth_date:
        raise refused(
            f"Anak ini tercatat datang pada {format_date(first.since)}, sebelum tanggal lahir ini. "
            "Periksa tanggalnya.",
            "moved_before_birth",
            "birth_date",
        )
    posyandu = set(child.stays.values_list("posyandu_id", flat=True))
    _publish([child], posyandu, min(before, child.birth_date), "changed", by)


@transaction.atomic
def move_within(child: Child, *, to: Posyandu, on: date, by: User, reason: str = "") -> Move:
    """To another posyandu of her puskesmas, at once."""
    now, last = _locked(child, on)
    _refuse_unless_here(now, last)
    if to.puskesmas_id != now.puskesmas_id:
        raise refused("Pilih posyandu di puskesmas ini.", "other_puskesmas", "to")
    if to.pk == now.posyandu_id:
        raise refused("Anak ini memang sudah di posyandu itu. Pilih posyandu lain.", "same_posyandu", "to")
    _refuse_closed(to)
    _close(last, on, Departure.POSYANDU)
    _open(now, to, on, Arrival.POSYANDU, by)
    return _moved(now, MoveKind.WITHIN, on, last, by, to=to, reason=reason)


@transaction.atomic
def leave(child: Child, *, on: date, by: User, reason: str = "") -> Move:
    """Out of the area of this installation."""
    now, last = _locked(child, on)
    _refuse_unless_here(now, last)
    _close(last, on, Departure.LEFT)
    return _moved(now, MoveKind.LEFT, on, last, by, reason=reason)


@transaction.atomic
def hand_over(child: Child, *, to: Puskesmas, on: date, by: User, reason: str = "") -> Move:
    """To another puskesmas of this installation: it finds her among those who wait to be accepted."""
    now, last = _locked(child, on)
    _refuse_unless_here(now, last)
    if to.pk == now.puskesmas_id:
        raise refused("Untuk puskesmas ini, pilih “Pindah posyandu”.", "same_puskesmas", "puskesmas")
    _close(last, on, Departure.HANDED_OVER)
    return _moved(now, MoveKind.HANDED_OVER, on, last, by, puskesmas=to, reason=reason)


@transaction.atomic
def accept(handing_over: Move, *, to: Posyandu, by: User) -> Move:
    """Take in a child who was handed over to the puskesmas of `to`, from the day on which she left the other one.

    What was measured stays where it was measured (Measurement.puskesmas); who may read it goes by the child.
    """
    now, last = _locked(handing_over.child, handing_over.on)
    if not Move.objects.waiting().filter(pk=handing_over.pk).exists():
        raise refused("Anak ini tidak menunggu lagi: sudah diterima, kembali, atau dibatalkan.", "answered")
    if to.puskesmas_id != handing_over.to_puskesmas_id:
        raise refused("Pilih posyandu di puskesmas yang menerima.", "other_puskesmas", "to")
    _refuse_closed(to)
    _open(now, to, handing_over.on, Arrival.ACCEPTED, by)
    return _moved(now, MoveKind.ACCEPTED, handing_over.on, last, by, to=to, answers=handing_over)


@transaction.atomic
def come_back(child: Child, *, to: Posyandu, on: date, by: User, reason: str = "") -> Move:
    """A child who left lives here again; whoever waited for her elsewhere waits no more."""
    now, last = _locked(child, on)
    _refuse_dead(now)
    if last is None or last.until is None:
        raise refused("Anak ini tidak tercatat pindah, jadi tidak perlu dicatat kembali.", "is_here")
    if to.puskesmas_id != now.puskesmas_id:
        raise refused("Pilih posyandu di puskesmas ini.", "other_puskesmas", "to")
    _refuse_closed(to)
    waiting = Move.objects.waiting().filter(child=now).first()
    _open(now, to, on, Arrival.RETURNED, by)
    return _moved(now, MoveKind.RETURNED, on, last, by, to=to, reason=reason, answers=waiting)


@transaction.atomic
def undo_last_move(child: Child, *, move: Move, reason: str, by: User) -> MoveUndoing:
    """Take back her last move; `move` is the one that the person saw. Refuses any other, and after her death."""
    now = _lock(child)
    _refuse_dead(now)
    last = now.moves.standing().order_by("-id").first()
    if last is None or last.pk != move.pk:
        raise refused("Sesudah perpindahan ini sudah ada catatan lain. Muat ulang halamannya.", "not_last")
    if not reason.strip():
        raise refused("Tulis alasan pembatalan.", "reason", "reason")
    places = _places(now) | {now.posyandu_id}
    if last.kind in (MoveKind.WITHIN, MoveKind.ACCEPTED, MoveKind.RETURNED):
        opened = _last_stay(now)
        assert opened is not None
        opened.delete()
    if last.kind in (MoveKind.WITHIN, MoveKind.LEFT, MoveKind.HANDED_OVER):
        _reopen(_last_stay(now))
    undoing = MoveUndoing.objects.create(move=last, reason=reason.strip(), by=by)
    _settle_one(now)
    audit.record(
        "child.move_undo",
        "child",
        [now.pk],
        by=by,
        puskesmas_id=now.puskesmas_id,
        detail={"move": last.pk, "kind": last.kind, "on": last.on, "to": last.to_posyandu_id},
    )
    _publish([now], places | _places(now), last.on, "returned" if now.is_here else "left", by)
    return undoing


@transaction.atomic
def record_death(child: Child, *, died_on: date, place: str, by: User) -> Death:
    """She died: her stay ends that day, and nothing about her is asked for afterwards."""
    now = _lock(child)
    _refuse_dead(now)
    last = _last_stay(now)
    if died_on > now.puskesmas.today() or died_on < now.birth_date:
        raise refused(
            "Tanggal meninggal antara tanggal lahir dan hari ini. Mohon periksa lagi.", "day", "died_on"
        )
    if last is not None and last.until is None:
        if died_on < last.since:
            raise refused(
                f"Anak tercatat pindah pada {format_date(last.since)}, sesudah tanggal ini. Mohon periksa lagi.",
                "before_move",
                "died_on",
            )
        _close(last, died_on, Departure.DIED)
    death = Death.objects.create(child=now, died_on=died_on, place=place, by=by)
    _settle_one(now)
    audit.record("child.death", "child", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    _publish([now], {now.posyandu_id}, died_on, "left", by)
    return death


@transaction.atomic
def undo_death(child: Child, *, reason: str, by: User) -> DeathUndoing:
    """She lives: the record was a mistake. Refuses without a reason."""
    now = _lock(child)
    death = now.deaths.standing().first()
    if death is None:
        raise refused("Anak ini tidak tercatat meninggal.", "lives")
    if not reason.strip():
        raise refused("Tulis alasan pembatalan.", "reason", "reason")
    last = _last_stay(now)
    if last is not None and last.departure == Departure.DIED:
        _reopen(last)
    undoing = DeathUndoing.objects.create(death=death, reason=reason.strip(), by=by)
    _settle_one(now)
    audit.record("child.death_undo", "child", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    _publish([now], {now.posyandu_id}, death.died_on, "returned", by)
    return undoing


@transaction.atomic
def settle(child_ids: Iterable[UUID]) -> None:
    """Write the copies that children carry of their stays, deaths and merges. Whoever merges calls it too."""
    for child in Child.objects.select_for_update(of=("self",)).filter(pk__in=list(child_ids)):
        _settle_one(child)


def _settle_one(child: Child) -> None:
    last = _last_stay(child)
    death = child.deaths.standing().first()
    absorbed = Merge.objects.standing().filter(absorbed=child).exists()
    before = child.puskesmas_id
    if last is not None:
        child.posyandu_id, child.puskesmas_id = last.posyandu_id, last.puskesmas_id
    child.died_on = death.died_on if death else None
    child.is_here = last is not None and last.until is None and death is None and not absorbed
    child.save(update_fields=["posyandu", "puskesmas", "died_on", "is_here"])
    if child.puskesmas_id != before:
        _household_follows(child, before)
        index_names([child.pk])


def _household_follows(child: Child, before: UUID) -> None:
    """The household moves with its last child: while a sister lives at the old puskesmas it is shared.

    One that stayed at a puskesmas before that isn't this child's to take along.
    """
    stays_behind = Child.objects.here().filter(household=child.household_id, puskesmas=before)
    if not stays_behind.exclude(pk=child.pk).exists():
        moved = Household.objects.filter(pk=child.household_id, puskesmas=before)
        if moved.update(puskesmas=child.puskesmas_id):
            Caregiver.objects.filter(household=child.household_id).update(puskesmas=child.puskesmas_id)


def _lock(child: Child) -> Child:
    now = (
        Child.objects.select_for_update(of=("self",)).select_related("puskesmas", "mistake").get(pk=child.pk)
    )
    if hasattr(now, "mistake"):
        sentence = "Pendaftaran anak ini ditarik karena keliru. Bila ia memang ada, daftarkan lagi."
        raise refused(sentence, "mistaken")
    return now


def _locked(child: Child, on: date) -> tuple[Child, Stay | None]:
    """The child and her last stay, after the day was found possible."""
    now = _lock(child)
    last = _last_stay(now)
    if on > now.puskesmas.today():
        raise refused("Tanggal pindah belum tiba. Catat pada harinya.", "future", "on")
    earliest = max(day for day in (now.birth_date, last and last.since, last and last.until) if day)
    if on < earliest:
        raise refused(
            f"Tanggal pindah tidak boleh sebelum {format_date(earliest)}, catatan terakhirnya.",
            "too_early",
            "on",
        )
    return now, last


def _last_stay(child: Child) -> Stay | None:
    return Stay.objects.filter(child=child).order_by("-since", "-id").first()


def _places(child: Child) -> set[UUID]:
    last = _last_stay(child)
    return {last.posyandu_id} if last else set()


def _close(stay: Stay | None, on: date, departure: Departure) -> None:
    assert stay is not None
    stay.until, stay.departure = on, departure
    stay.save(update_fields=["until", "departure"])


def _reopen(stay: Stay | None) -> None:
    assert stay is not None
    stay.until, stay.departure = None, ""
    stay.save(update_fields=["until", "departure"])


def _open(child: Child, posyandu: Posyandu, on: date, arrival: Arrival, by: User) -> None:
    Stay.objects.create(
        child=child,
        posyandu=posyandu,
        puskesmas_id=posyandu.puskesmas_id,
        since=on,
        arrival=arrival,
        by=by,
    )


CAUSES = {
    MoveKind.WITHIN: "moved",
    MoveKind.HANDED_OVER: "left",
    MoveKind.LEFT: "left",
    MoveKind.ACCEPTED: "moved",
    MoveKind.RETURNED: "returned",
}


def _moved(
    child: Child,
    kind: MoveKind,
    on: date,
    last: Stay | None,
    by: User,
    *,
    to: Posyandu | None = None,
    puskesmas: Puskesmas | None = None,
    reason: str = "",
    answers: Move | None = None,
) -> Move:
    move = Move.objects.create(
        child=child,
        kind=kind,
        on=on,
        from_posyandu_id=last.posyandu_id if last else None,
        to_posyandu=to,
        to_puskesmas=puskesmas,
        reason=reason.strip(),
        answers=answers,
        by=by,
    )
    _settle_one(child)
    detail = {"kind": kind, "on": on, "from": move.from_posyandu_id, "to": move.to_posyandu_id}
    audit.record("child.move", "child", [child.pk], by=by, puskesmas_id=child.puskesmas_id, detail=detail)
    places = {each for each in (move.from_posyandu_id, move.to_posyandu_id) if each}
    _publish([child], places, on, CAUSES[kind], by)
    return move


def _refuse_unless_here(child: Child, last: Stay | None) -> None:
    _refuse_dead(child)
    if last is None or last.until is not None:
        raise refused("Anak ini sudah tercatat pindah. Catat dulu bahwa ia kembali.", "is_away")
    if not child.is_here:
        raise refused("Data ini sudah digabungkan dengan data anak lain.", "merged")


def _refuse_closed(posyandu: Posyandu) -> None:
    """Asked of the locked row: a posyandu that is about to close waits for its children, and they for it."""
    now = Posyandu.objects.select_for_update(of=("self",), no_key=True).get(pk=posyandu.pk)
    if PosyanduClosure.objects.filter(posyandu=now).exists():
        raise refused("Posyandu itu sudah ditutup. Pilih posyandu lain.", "posyandu_closed", "to")


def _refuse_dead(child: Child) -> None:
    if child.died_on is not None:
        raise refused("Anak ini tercatat meninggal.", "died")


def _publish(
    children: Sequence[Child], posyandu: Iterable[UUID], since: date, cause: str, by: User | None
) -> None:
    ids = tuple(child.pk for child in children)
    by_id = by.pk if by else None
    publish(register_changed, RegisterChanged(ids, tuple(sorted(posyandu)), since, cause, by_id))
