"""Verbs about a household: where it lives, who cares for its children, and for whom most."""

from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import EditConflictError, Problem, refused
from ceting.foundation.messaging import operations as messaging
from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import CaregiverDraft
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import (
    Caregiver,
    CaregiverEnding,
    Child,
    Household,
    HouseholdMove,
    MainCaregiver,
)
from ceting.standards.identity import normalise_name

PLACE = ("village", "rw", "rt", "address")
CAREGIVER = ("relation", "name", "birth_date", "nik", "phone")
RowT = TypeVar("RowT", Household, Caregiver)


@transaction.atomic
def change_household(
    household: Household, changes: dict[str, Any], *, base_version: int, by: User
) -> Household:
    """Move house, or correct where it stands; the place before stays as a row. Raises EditConflictError."""
    now = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    changed = _changed(now, changes, PLACE, base_version)
    if not changed:
        return now
    HouseholdMove.objects.create(household=now, by=by, **{name: getattr(now, name) for name in PLACE})
    _write(now, changed)
    # What stood before is the row's to keep: an address is no matter for the audit.
    audit.record("household.change", "household", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    return now


@transaction.atomic
def add_caregiver(household: Household, draft: CaregiverDraft, *, by: User) -> Caregiver:
    """One more adult who cares for the children: a father, a grandmother, a guardian."""
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if not draft.name.strip():
        raise refused("Isi nama pengasuh.", "name", "name")
    key = normalise_name(draft.name)
    same = household.caregivers.caring().filter(name_key=key, relation=draft.relation)
    if same.exists():
        raise refused("Pengasuh ini sudah tercatat di keluarga ini.", "known", "name")
    caregiver = Caregiver.objects.create(
        puskesmas_id=household.puskesmas_id,
        household=household,
        relation=draft.relation,
        name=draft.name.strip(),
        name_key=key,
        nik=draft.nik,
        nik_hash=keyed_hash(draft.nik) if draft.nik else "",
        phone=draft.phone,
        phone_hash=keyed_hash(draft.phone) if draft.phone else "",
        birth_date=draft.birth_date,
    )
    _index(household)
    audit.record("caregiver.add", "caregiver", [caregiver.pk], by=by, puskesmas_id=household.puskesmas_id)
    return caregiver


@transaction.atomic
def change_caregiver(
    caregiver: Caregiver, changes: dict[str, Any], *, base_version: int, by: User
) -> Caregiver:
    """Change some of CAREGIVER. Raises EditConflictError when somebody was faster."""
    now = Caregiver.objects.select_for_update(of=("self",)).get(pk=caregiver.pk)
    changed = _changed(now, changes, CAREGIVER, base_version)
    if not changed:
        return now
    if not str(changed.get("name", now.name)).strip():
        raise refused("Isi nama pengasuh.", "name", "name")
    now.name_key = normalise_name(changed.get("name", now.name))
    now.nik_hash = _hash(changed.get("nik", now.nik))
    now.phone_hash = _hash(changed.get("phone", now.phone))
    _write(now, changed)
    if "name" in changed:
        _index(now.household)
    if {"name", "phone"} & set(changed):
        messaging.readdress(now.pk, name=now.name, phone=now.phone, by=by)
    audit.record(
        "caregiver.change",
        "caregiver",
        [now.pk],
        by=by,
        puskesmas_id=now.puskesmas_id,
        detail={"fields": sorted(changed)},
    )
    return now


@transaction.atomic
def end_caregiver(caregiver: Caregiver, *, ended_on: date, reason: str, by: User) -> CaregiverEnding:
    """She cares for them no longer. Refuses whoever is a child's main caregiver now: name another one first."""
    now = Caregiver.objects.select_for_update(of=("self",)).select_related("puskesmas").get(pk=caregiver.pk)
    if CaregiverEnding.objects.filter(caregiver=now).exists():
        raise refused("Pengasuh ini sudah dicatat berhenti.", "ended")
    if not reason.strip():
        raise refused("Tulis alasannya dengan singkat.", "reason", "reason")
    if ended_on > now.puskesmas.today():
        raise refused("Tanggal ini belum tiba.", "future", "ended_on")
    if children_of(now).exists():
        raise refused("Pilih dulu pengasuh utama yang lain untuk anaknya.", "is_main")
    ending = CaregiverEnding.objects.create(caregiver=now, ended_on=ended_on, reason=reason.strip(), by=by)
    audit.record("caregiver.end", "caregiver", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    return ending


def children_of(caregiver: Caregiver) -> models.QuerySet[Child]:
    """Those who live and whose main caregiver she is: by a row, or as their mother while no row says otherwise."""
    rows = MainCaregiver.objects.filter(child=models.OuterRef("pk"), until=None)
    named = models.Exists(rows.filter(caregiver=caregiver))
    return Child.objects.filter(died_on=None).filter(
        named | (models.Q(mother=caregiver) & ~models.Exists(rows))
    )


@transaction.atomic
def make_main(child: Child, caregiver: Caregiver, *, since: date, reason: str, by: User) -> MainCaregiver:
    """Who cares for her most from now on; adoption and guardianship too. Whoever did before stays in the history."""
    now = Child.objects.select_for_update(of=("self",)).select_related("puskesmas").get(pk=child.pk)
    standing = now.main_caregivers.filter(until=None).first()
    if not Caregiver.objects.caring().filter(pk=caregiver.pk, household=now.household_id).exists():
        raise refused("Pilih pengasuh dari keluarga ini.", "other_family", "caregiver")
    before = standing.caregiver_id if standing else now.mother_id
    if before == caregiver.pk:
        raise refused("Ia memang sudah pengasuh utama.", "same", "caregiver")
    earliest = standing.since if standing else now.birth_date
    if not earliest <= since <= now.puskesmas.today():
        raise refused("Tanggalnya sesudah pengasuh sebelumnya dan sampai hari ini.", "day", "since")
    if standing is not None:
        standing.until = since
        standing.save(update_fields=["until"])
    elif now.mother_id is not None:
        MainCaregiver.objects.create(
            child=now, caregiver_id=now.mother_id, since=now.birth_date, until=since, by=by
        )
    row = MainCaregiver.objects.create(
        child=now, caregiver=caregiver, since=since, reason=reason.strip(), by=by
    )
    audit.record("child.main_caregiver", "child", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    return row


def _changed(
    now: RowT, changes: dict[str, Any], allowed: tuple[str, ...], base_version: int
) -> dict[str, Any]:
    if set(changes) - set(allowed):
        raise ValueError(f"not changeable: {sorted(set(changes) - set(allowed))}")
    changed = {name: value for name, value in changes.items() if getattr(now, name) != value}
    if changed and now.version != base_version:
        raise EditConflictError(
            Problem(
                "Data ini baru saja diubah orang lain. Isian Ibu/Bapak belum disimpan; muat ulang, lalu bandingkan.",
                "edit_conflict",
            ),
            theirs={name: getattr(now, name) for name in changed},
            version=now.version,
        )
    return changed


def _write(now: RowT, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(now, name, value)
    now.version += 1
    now.save()


def _hash(text: str) -> str:
    return keyed_hash(text) if text else ""


def _index(household: Household) -> None:
    index_names(list(household.children.values_list("pk", flat=True)))
