"""Verbs about where a child lives: moves, their undoing, her death. Each closes or opens a stay, and is published.

Undoing the last deed takes exactly that back.
"""

from datetime import date

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.events import ChildDied, child_died
from ceting.registry.families.models import (
    Arrival,
    Child,
    Death,
    DeathUndoing,
    Departure,
    Move,
    MoveKind,
    MoveUndoing,
    Stay,
)
from ceting.registry.families.stays import (
    end_stay,
    last_stay,
    open_stay,
    posyandu_of_last,
    publish_change,
    reopen_stay,
    settle_one,
)
from ceting.registry.places.models import Posyandu, PosyanduClosure, Puskesmas
from ceting.standards.numbers import format_date


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
    end_stay(last, on, Departure.POSYANDU)
    open_stay(now, to, on, Arrival.POSYANDU, by)
    return _moved(now, MoveKind.WITHIN, on, last, by, to=to, reason=reason)


@transaction.atomic
def leave(child: Child, *, on: date, by: User, reason: str = "") -> Move:
    """Out of the area of this installation."""
    now, last = _locked(child, on)
    _refuse_unless_here(now, last)
    end_stay(last, on, Departure.LEFT)
    return _moved(now, MoveKind.LEFT, on, last, by, reason=reason)


@transaction.atomic
def hand_over(child: Child, *, to: Puskesmas, on: date, by: User, reason: str = "") -> Move:
    """To another puskesmas of this installation: it finds her among those who wait to be accepted."""
    now, last = _locked(child, on)
    _refuse_unless_here(now, last)
    if to.pk == now.puskesmas_id:
        raise refused("Untuk puskesmas ini, pilih “Pindah posyandu”.", "same_puskesmas", "puskesmas")
    end_stay(last, on, Departure.HANDED_OVER)
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
    open_stay(now, to, handing_over.on, Arrival.ACCEPTED, by)
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
    open_stay(now, to, on, Arrival.RETURNED, by)
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
    places = posyandu_of_last(now) | {now.posyandu_id}
    if last.kind in (MoveKind.WITHIN, MoveKind.ACCEPTED, MoveKind.RETURNED):
        opened = last_stay(now)
        assert opened is not None
        opened.delete()
    if last.kind in (MoveKind.WITHIN, MoveKind.LEFT, MoveKind.HANDED_OVER):
        reopen_stay(last_stay(now))
    undoing = MoveUndoing.objects.create(move=last, reason=reason.strip(), by=by)
    settle_one(now)
    audit.record(
        "child.move_undo",
        "child",
        [now.pk],
        by=by,
        puskesmas_id=now.puskesmas_id,
        detail={"move": last.pk, "kind": last.kind, "on": last.on, "to": last.to_posyandu_id},
    )
    publish_change([now], places | posyandu_of_last(now), last.on, "returned" if now.is_here else "left", by)
    return undoing


@transaction.atomic
def record_death(child: Child, *, died_on: date, place: str, by: User) -> Death:
    """She died: her stay ends that day, and nothing about her is asked for afterwards."""
    now = _lock(child)
    _refuse_dead(now)
    last = last_stay(now)
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
        end_stay(last, died_on, Departure.DIED)
    death = Death.objects.create(child=now, died_on=died_on, place=place, by=by)
    settle_one(now)
    audit.record("child.death", "child", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    publish_change([now], {now.posyandu_id}, died_on, "left", by)
    _tell_of_death(now, died_on, by)
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
    last = last_stay(now)
    if last is not None and last.departure == Departure.DIED:
        reopen_stay(last)
    undoing = DeathUndoing.objects.create(death=death, reason=reason.strip(), by=by)
    settle_one(now)
    audit.record("child.death_undo", "child", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    publish_change([now], {now.posyandu_id}, death.died_on, "returned", by)
    _tell_of_death(now, death.died_on, by, lives=True)
    return undoing


def _tell_of_death(child: Child, died_on: date, by: User, *, lives: bool = False) -> None:
    publish(
        child_died,
        ChildDied(child.pk, child.puskesmas_id, child.mother_id, died_on, lives=lives, by_id=by.pk),
    )


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
    last = last_stay(now)
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
    settle_one(child)
    detail = {"kind": kind, "on": on, "from": move.from_posyandu_id, "to": move.to_posyandu_id}
    audit.record("child.move", "child", [child.pk], by=by, puskesmas_id=child.puskesmas_id, detail=detail)
    places = {each for each in (move.from_posyandu_id, move.to_posyandu_id) if each}
    publish_change([child], places, on, CAUSES[kind], by)
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
