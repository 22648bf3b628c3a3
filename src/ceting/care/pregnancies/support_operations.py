"""Verbs about what stands beside the contacts: risks stated, the birth plan, classes, extra food, named results."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from ceting.care.pregnancies.contact_operations import LONGEST_REASON
from ceting.care.pregnancies.deriving import derive_again, key_of, locked
from ceting.care.pregnancies.models import (
    BirthPlan,
    Card,
    ClassAttendance,
    ExtraFood,
    NamedClinician,
    NamedKind,
    NamedResult,
    Pregnancy,
    StatedRisk,
)
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import EditConflictError, Problem, refused
from ceting.registry.accounts.access import Scope
from ceting.registry.accounts.models import User
from ceting.standards.pregnancy import kspr, preeclampsia

MOST_FOOD_DAYS = 31
MAY_BE_NAMED = "named.record"


@transaction.atomic
def state_risks(
    pregnancy: Pregnancy,
    card: Card,
    codes: Collection[str],
    *,
    by: User | None,
    reason: str = "",
    seen: Collection[str] | None = None,
) -> list[StatedRisk]:
    """Exactly these lines of a card are stated now. A line that is taken away was a mistake, and needs its reason.

    `seen` are the lines that stood when she began to tick; a card that somebody changed since then raises
    EditConflictError. Raises RefusedError. What follows from contacts and history is derived: nobody states it.
    """
    now = locked(pregnancy)
    lines = kspr.factors() if card is Card.KSPR else preeclampsia.items()
    if set(codes) - {each.code for each in lines}:
        raise ValueError(f"no line of {card}: {sorted(codes)}")
    standing = {row.code: row for row in now.stated_risks.standing().filter(card=card)}
    gone = [row for code, row in standing.items() if code not in codes]
    new = sorted(set(codes) - set(standing))
    if (gone or new) and seen is not None and set(seen) != set(standing):
        raise _changed_by_another({code: code in standing for code in set(seen) ^ set(standing)}, now)
    _withdraw(gone, reason.strip(), now, by)
    rows = [
        StatedRisk(pregnancy=now, card=card, code=code, stated_on=now.puskesmas.today(), by=by)
        for code in new
    ]
    StatedRisk.objects.bulk_create(rows)
    if gone or new:
        derive_again([now])
        audit.record("pregnancy.risks", "pregnancy", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    return rows


def _withdraw(gone: Sequence[StatedRisk], reason: str, now: Pregnancy, by: User | None) -> None:
    if gone and (not reason or by is None):
        raise refused(
            "Tulis mengapa faktor itu keliru. Skor tidak pernah turun karena keadaan membaik.",
            "reason",
            "reason",
        )
    for row in gone:
        row.withdrawn_on, row.withdrawn_by = now.puskesmas.today(), by
        row.withdrawn_because = reason[:LONGEST_REASON]
        row.save()


@dataclass(frozen=True)
class PlanDraft:
    """P4K as agreed with the family; every line may be empty."""

    attendant: str = ""
    place: str = ""
    companion: str = ""
    transport: str = ""
    funding: str = ""
    contraception: str = ""
    donors: str = ""


@transaction.atomic
def plan_birth(
    pregnancy: Pregnancy, draft: PlanDraft, *, by: User | None, seen: str | None = None
) -> BirthPlan:
    """The plan as it stands now; the same plan again is the row that stands.

    `seen` is the key of the plan that she changes ("" when there was none); another one standing since then raises
    EditConflictError. Raises RefusedError for an empty one.
    """
    now = locked(pregnancy)
    values = {each.name: getattr(draft, each.name).strip() for each in fields(PlanDraft)}
    if not any(values.values()):
        raise refused("Isi paling sedikit satu baris rencana.", "empty")
    _refuse_ended(now)
    standing = now.birth_plans.order_by("-id").first()
    if standing is not None and all(getattr(standing, name) == value for name, value in values.items()):
        return standing
    if seen is not None and standing is not None and seen != str(standing.pk):
        theirs = {name: getattr(standing, name) for name, value in values.items()}
        raise _changed_by_another({name: it for name, it in theirs.items() if it != values[name]}, now)
    row = BirthPlan(pregnancy=now, by=by, **values)
    row.save(force_insert=True)
    audit.record("pregnancy.plan", "pregnancy", [now.pk, row.pk], by=by, puskesmas_id=now.puskesmas_id)
    return row


@transaction.atomic
def attend_class(pregnancy: Pregnancy, *, on: date, with_partner: bool, by: User | None) -> ClassAttendance:
    """She came to the mothers' class that day; told twice, it is one attendance, and the last word counts."""
    now = locked(pregnancy)
    _refuse_day(now, on, "on")
    row, _ = ClassAttendance.objects.update_or_create(
        pregnancy=now, on=on, defaults={"with_partner": with_partner, "by": by}
    )
    audit.record("pregnancy.class", "pregnancy", [now.pk, row.pk], by=by, puskesmas_id=now.puskesmas_id)
    return row


@transaction.atomic
def give_food(pregnancy: Pregnancy, *, given_on: date, days: int, by: User | None) -> ExtraFood:
    """Extra food for some days, handed out on a day; told twice, it is one, and the last number counts."""
    now = locked(pregnancy)
    _refuse_day(now, given_on, "given_on")
    if not 1 <= days <= MOST_FOOD_DAYS:
        raise refused(f"Isi untuk berapa hari, 1 sampai {MOST_FOOD_DAYS}.", "days", "days")
    row, _ = ExtraFood.objects.update_or_create(
        pregnancy=now, given_on=given_on, defaults={"days": days, "by": by}
    )
    audit.record("pregnancy.food", "pregnancy", [now.pk, row.pk], by=by, puskesmas_id=now.puskesmas_id)
    return row


@transaction.atomic
def name_clinician(pregnancy: Pregnancy, clinician: User, *, by: User) -> NamedClinician:
    """A clinician of this puskesmas who may read the named results too. Who is named names; the first is free.

    Where nobody who is named works here any more, the next one names herself and nobody else, and the audit says why.
    """
    now = locked(pregnancy)
    named = [each.clinician_id for each in _reachable(now)]
    if named and by.pk not in named:
        raise refused("Hanya petugas yang sudah ditunjuk yang boleh menunjuk petugas lain.", "not_named")
    succeeds = is_left_alone(now)
    if succeeds and clinician.pk != by.pk:
        raise refused("Tunjuk diri Anda dulu sebagai petugas yang mendampingi Ibu.", "not_herself")
    if now.puskesmas_id not in Scope.of(clinician, may=MAY_BE_NAMED).puskesmas:
        raise refused("Pilih bidan, petugas gizi atau dokter puskesmas ini.", "clinician", "clinician")
    row, made = NamedClinician.objects.get_or_create(
        pregnancy=now, clinician=clinician, ended_on=None, defaults={"named_by": by}
    )
    if made:
        audit.record(
            "pregnancy.name_successor" if succeeds else "pregnancy.name",
            "pregnancy",
            [now.pk, row.pk],
            by=by,
            puskesmas_id=now.puskesmas_id,
            detail={"reason": LEFT_ALONE} if succeeds else None,
        )
    return row


LEFT_ALONE = (
    "Petugas yang ditunjuk sebelumnya tidak bertugas lagi di puskesmas ini. Supaya Ibu tetap didampingi, petugas ini "
    "menunjuk dirinya."
)
"""In words for her: why somebody whom nobody named reads what she told in confidence."""


def is_left_alone(pregnancy: Pregnancy) -> bool:
    """Somebody is named, and nobody of them works at her puskesmas any more."""
    return pregnancy.named_clinicians.standing().exists() and not _reachable(pregnancy)


def _reachable(now: Pregnancy) -> list[NamedClinician]:
    """Who is named and can still come here: an account that was closed or a role that ended names nobody.

    Otherwise what she alone was told could never be read again.
    """
    named = NamedClinician.objects.standing().filter(pregnancy=now).select_related("clinician")
    return [
        each for each in named if now.puskesmas_id in Scope.of(each.clinician, may=MAY_BE_NAMED).puskesmas
    ]


@transaction.atomic
def end_naming(naming: NamedClinician, *, by: User) -> None:
    """A clinician reads the named results no longer; ended twice is once. Who is named ends, also her own naming.

    Raises RefusedError for the last one: what was told in confidence would belong to whoever comes first.
    """
    now = locked(naming.pregnancy)
    named = _reachable(now)
    if by.pk not in [each.clinician_id for each in named]:
        raise refused("Hanya petugas yang sudah ditunjuk yang boleh mengakhiri penunjukan.", "not_named")
    row = NamedClinician.objects.standing().filter(pk=naming.pk, pregnancy=now).first()
    if row is None:
        return
    if [each.pk for each in named] == [row.pk]:
        raise refused("Tunjuk petugas lain dulu. Catatan ini tidak boleh tanpa petugas.", "last")
    row.ended_on = now.puskesmas.today()
    row.save()
    audit.record("pregnancy.unname", "pregnancy", [now.pk, row.pk], by=by, puskesmas_id=now.puskesmas_id)


@transaction.atomic
def record_named_result(
    pregnancy: Pregnancy, kind: NamedKind, *, on: date, result: str, by: User, key: UUID | None = None
) -> NamedResult:
    """A result for few eyes; whoever writes it is named by it. Raises RefusedError."""
    now = locked(pregnancy)
    sent = NamedResult.objects.filter(pk=key, pregnancy=now, by=by).first() if key else None
    if sent is not None:
        return sent
    if on > now.puskesmas.today() or on < now.started_on:
        raise refused("Tanggal hasil antara awal kehamilan dan hari ini. Periksa lagi.", "day", "on")
    if not result.strip():
        raise refused("Isi hasilnya.", "result", "result")
    # Naming asks whether she may be here at all.
    name_clinician(now, by, by=by)
    row = NamedResult.objects.create(
        id=key_of(NamedResult, key), pregnancy=now, kind=kind, on=on, result=result.strip(), by=by
    )
    audit.record("named_result.record", "pregnancy", [now.pk, row.pk], by=by, puskesmas_id=now.puskesmas_id)
    return row


def _changed_by_another(theirs: dict[str, Any], now: Pregnancy) -> EditConflictError:
    sentence = (
        "Baru saja diubah orang lain. Isian Ibu/Bapak belum disimpan; bandingkan dulu, lalu simpan lagi."
    )
    return EditConflictError(Problem(sentence, "edit_conflict"), theirs=theirs, version=now.version)


def _refuse_ended(now: Pregnancy) -> None:
    if not now.is_open:
        raise refused("Kehamilan ini sudah berakhir.", "ended")


def _refuse_day(now: Pregnancy, on: date, field: str) -> None:
    last = now.ended_on or now.puskesmas.today()
    if not now.started_on <= on <= min(last, now.puskesmas.today()):
        raise refused("Tanggalnya antara awal kehamilan dan hari ini. Periksa lagi.", "day", field)
