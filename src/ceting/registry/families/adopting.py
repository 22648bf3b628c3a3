"""Verbs about a child who comes to live with another family: an adoption, a guardian, a grandmother's house."""

from datetime import date

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import refused
from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import CaregiverDraft
from ceting.registry.families.home_operations import add_caregiver, make_main
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import Caregiver, Child, FamilyChange, Household
from ceting.standards.identity import normalise_name


@transaction.atomic
def join_family(
    child: Child, caregiver: CaregiverDraft, *, kk: str = "", since: date, reason: str, by: User
) -> FamilyChange:
    """She lives with `caregiver` from now on, in the household of that family card, or in one that is new here.

    Her mother, her weighings and her own history stay hers.
    """
    now = _locked(child)
    if (sent := _sent_already(now, caregiver, since, reason)) is not None:
        return sent
    _refuse_wrong(now, since, reason)
    if not caregiver.name.strip():
        raise refused("Isi nama pengasuh yang baru.", "name", "name")
    home = _household_of(kk, now)
    adult = _known(home, caregiver) or add_caregiver(home, caregiver, by=by)
    return _go(now, home, adult, since, reason, by)


@transaction.atomic
def return_to_family(child: Child, *, since: date, reason: str, by: User) -> FamilyChange:
    """She lives with the family again that she left last; her mother, or whoever cares there, has her back."""
    now = _locked(child)
    last = now.family_changes.order_by("-id").select_related("left").first()
    if last is None or last.joined_id != now.household_id:
        raise refused("Anak ini belum pernah pindah keluarga.", "never")
    if last.left.puskesmas_id != now.puskesmas_id:
        # That family's address and numbers are another puskesmas' to read.
        raise refused("Keluarga semula tinggal di puskesmas lain. Catat sebagai keluarga baru.", "elsewhere")
    _refuse_wrong(now, since, reason)
    before = now.main_caregivers.filter(caregiver__household=last.left, caregiver__ending=None)
    adult = before.order_by("-since", "-id").select_related("caregiver").first()
    who = adult.caregiver if adult else last.left.caregivers.filter(ending=None).order_by("id").first()
    if who is None:
        raise refused(
            "Di keluarga semula tidak ada lagi yang mengasuh. Catat sebagai keluarga baru.", "nobody"
        )
    return _go(now, last.left, who, since, reason, by)


def _go(child: Child, home: Household, adult: Caregiver, since: date, reason: str, by: User) -> FamilyChange:
    change = FamilyChange.objects.create(
        child=child, left_id=child.household_id, joined=home, since=since, reason=reason.strip(), by=by
    )
    child.household = home
    child.version += 1
    child.save(update_fields=["household", "version"])
    make_main(child, adult, since=since, reason=reason, by=by)
    index_names([child.pk])
    audit.record(
        "child.join_family",
        "child",
        [child.pk],
        by=by,
        puskesmas_id=child.puskesmas_id,
        detail={"left": str(change.left_id), "joined": str(home.pk)},
    )
    return change


def _locked(child: Child) -> Child:
    return Child.objects.select_for_update(of=("self",)).select_related("puskesmas").get(pk=child.pk)


def _sent_already(child: Child, caregiver: CaregiverDraft, since: date, reason: str) -> FamilyChange | None:
    """What "Simpan" pressed twice has written the first time."""
    last = child.family_changes.order_by("-id").first()
    if last is None or (last.joined_id, last.since, last.reason) != (
        child.household_id,
        since,
        reason.strip(),
    ):
        return None
    main = child.main_caregivers.filter(until=None, caregiver__name_key=normalise_name(caregiver.name))
    return last if main.exists() else None


def _refuse_wrong(child: Child, since: date, reason: str) -> None:
    if child.died_on is not None or not child.is_here:
        raise refused("Anak ini sudah tidak terdaftar di sini.", "away")
    if not reason.strip():
        raise refused("Tulis alasannya dengan singkat.", "reason", "reason")
    standing = child.main_caregivers.filter(until=None).first()
    earliest = standing.since if standing else child.birth_date
    if not earliest <= since <= child.puskesmas.today():
        raise refused("Tanggalnya sesudah pengasuh sebelumnya dan sampai hari ini.", "day", "since")


def _household_of(kk: str, child: Child) -> Household:
    """That of the card, in her own puskesmas only: whoever may write this sees all of it. Else one that is new."""
    known = (
        Household.objects.filter(puskesmas=child.puskesmas_id, kk_hash=keyed_hash(kk)).first() if kk else None
    )
    if known is None:
        post = child.posyandu
        return Household.objects.create(
            puskesmas_id=child.puskesmas_id,
            village_id=post.village_id,
            rw=post.rw,
            kk=kk,
            kk_hash=keyed_hash(kk) if kk else "",
        )
    if known.pk == child.household_id:
        raise refused("Itu keluarganya sekarang. Ganti pengasuh utama di halaman keluarga.", "same", "kk")
    return known


def _known(home: Household, draft: CaregiverDraft) -> Caregiver | None:
    """Somebody of that family by the same name: she isn't written twice."""
    return home.caregivers.filter(ending=None, name_key=normalise_name(draft.name)).first()
