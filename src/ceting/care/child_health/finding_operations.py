"""Verbs that say what became of a finding: a kader screens, a health worker confirms, a doctor diagnoses."""

from datetime import date

from django.db import transaction

from ceting.care.child_health.models import Confirmation, Diagnosis, Entry, Finding
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import refused
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child


@transaction.atomic
def confirm(entry: Entry, *, holds: bool, on: date, note: str = "", by: User) -> Confirmation:
    """It holds, or it doesn't. Once: a second answer is refused, the same one again is the first.

    Raises RefusedError.
    """
    finding = _locked(entry, on)
    standing = Confirmation.objects.filter(finding=finding).first()
    if standing is not None:
        if standing.holds == holds:
            return standing
        raise refused("Temuan ini sudah dijawab orang lain. Coret temuannya bila keliru.", "answered")
    row = Confirmation.objects.create(finding=finding, holds=holds, confirmed_on=on, by=by, note=note)
    _trail("child_health.confirm", entry, by, {"holds": holds})
    return row


@transaction.atomic
def diagnose(entry: Entry, *, words: str, on: date, by: User) -> Diagnosis:
    """A doctor says what it is; confirms it in the same breath when nobody did. Raises RefusedError."""
    finding = _locked(entry, on)
    told = " ".join(words.split())
    if not told:
        raise refused("Isi diagnosisnya.", "empty", "words")
    standing = Diagnosis.objects.filter(finding=finding).first()
    if standing is not None:
        if standing.words == told:
            return standing
        raise refused("Temuan ini sudah punya diagnosis. Coret temuannya bila keliru.", "answered")
    if not Confirmation.objects.filter(finding=finding).exists():
        Confirmation.objects.create(finding=finding, holds=True, confirmed_on=on, by=by)
    row = Diagnosis.objects.create(finding=finding, words=told, diagnosed_on=on, by=by)
    _trail("child_health.diagnose", entry, by, {})
    return row


def _locked(entry: Entry, on: date) -> Finding:
    Child.objects.select_for_update(of=("self",)).only("pk").get(pk=entry.child_id)
    if Entry.objects.filter(pk=entry.pk).exclude(strike=None).exists():
        raise refused("Temuan ini sudah dicoret.", "struck_out")
    if on < entry.happened_on:
        raise refused("Tanggal ini sebelum temuannya. Periksa tanggalnya.", "before_finding", "on")
    return Finding.objects.get(pk=entry.pk)


def _trail(action: str, entry: Entry, by: User, detail: dict[str, object]) -> None:
    audit.record(
        action,
        "health_entry",
        [entry.pk],
        by=by,
        puskesmas_id=entry.puskesmas_id,
        detail=detail | {"child": str(entry.child_id)},
    )
