"""Verbs about the death of a mother, or of somebody else who cared. Other apps find them behind `woman_operations`.

Her children stay, with their care; nothing is asked of her, planned for her or written to her any more.
"""

from datetime import date

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import refused
from ceting.foundation.core.events import publish
from ceting.foundation.messaging import operations as messaging
from ceting.registry.accounts.models import User
from ceting.registry.families.events import CaregiverDied, caregiver_died
from ceting.registry.families.models import (
    Caregiver,
    CaregiverDeath,
    CaregiverDeathUndoing,
    Child,
)
from ceting.standards.numbers import format_date

DIED = "died"
"""The reason of the gate that lets nothing leave for her."""


@transaction.atomic
def record_caregiver_death(caregiver: Caregiver, *, died_on: date, by: User | None) -> CaregiverDeath:
    """She died. Nothing leaves for her from this transaction on, not even a follow-up. Raises RefusedError.

    The same day told twice is one; another day is refused.
    """
    now = _locked(caregiver)
    standing = now.deaths.standing().first()
    if standing is not None and standing.died_on == died_on:
        return standing
    _refuse_impossible(now, standing, died_on)
    death = CaregiverDeath.objects.create(caregiver=now, died_on=died_on, by=by)
    _settle(now, died_on)
    messaging.close_gate(now.pk, reason=DIED, everything=True, by=by)
    _tell("caregiver.death", now, died_on, by)
    return death


@transaction.atomic
def undo_caregiver_death(caregiver: Caregiver, *, reason: str, by: User) -> CaregiverDeathUndoing:
    """She lives: the record was a mistake. Raises RefusedError, without a reason too."""
    now = _locked(caregiver)
    death = now.deaths.standing().first()
    if death is None:
        raise refused("Ia tidak tercatat meninggal.", "lives")
    if not reason.strip():
        raise refused("Tulis alasan pembatalan.", "reason", "reason")
    undoing = CaregiverDeathUndoing.objects.create(death=death, reason=reason.strip()[:200], by=by)
    _settle(now, None)
    messaging.lift_gate(now.pk, reason=DIED, by=by)
    _tell("caregiver.death_undo", now, death.died_on, by, lives=True)
    return undoing


def _locked(caregiver: Caregiver) -> Caregiver:
    rows = Caregiver.objects.select_for_update(of=("self",)).select_related("puskesmas")
    return rows.get(pk=caregiver.pk)


def _refuse_impossible(now: Caregiver, standing: CaregiverDeath | None, died_on: date) -> None:
    if standing is not None:
        day = format_date(standing.died_on)
        raise refused(f"Ia sudah tercatat meninggal {day}. Bila keliru, batalkan dulu.", "died", "died_on")
    if died_on > now.puskesmas.today() or (now.birth_date is not None and died_on < now.birth_date):
        raise refused(
            "Tanggal meninggal antara tanggal lahir dan hari ini. Mohon periksa lagi.", "day", "died_on"
        )
    later = Child.objects.registered().filter(mother=now, birth_date__gt=died_on).order_by("-birth_date")
    youngest = later.first()
    if youngest is not None:
        sentence = (
            f"Anaknya lahir {format_date(youngest.birth_date)}, sesudah tanggal ini. Mohon periksa lagi."
        )
        raise refused(sentence, "before_birth", "died_on")


def _settle(now: Caregiver, died_on: date | None) -> None:
    now.died_on = died_on
    now.version += 1
    now.save(update_fields=["died_on", "version"])


def _tell(deed: str, now: Caregiver, died_on: date, by: User | None, *, lives: bool = False) -> None:
    audit.record(deed, "caregiver", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    by_id = by.pk if by else None
    publish(caregiver_died, CaregiverDied(now.pk, now.puskesmas_id, died_on, lives=lives, by_id=by_id))
