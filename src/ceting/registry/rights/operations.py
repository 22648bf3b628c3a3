"""Verbs about consent: write down an answer, write down that it was taken back."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, CaregiverEnding
from ceting.registry.rights.drafts import ConsentDraft
from ceting.registry.rights.models import Consent, ConsentWithdrawal
from ceting.registry.rights.wordings import OF_A_CHILD, current


@transaction.atomic
def record_consents(drafts: Sequence[ConsentDraft], *, by: User) -> list[Consent]:
    """Write answers down, each with today's words. Refuses a guardian of another family and a child's group."""
    ids = {draft.caregiver.pk for draft in drafts}
    caregivers = {each.pk: each for each in Caregiver.objects.select_related("puskesmas").filter(pk__in=ids)}
    ended = set(CaregiverEnding.objects.filter(caregiver__in=ids).values_list("caregiver", flat=True))
    for draft in drafts:
        _refuse_impossible(draft, caregivers[draft.caregiver.pk], ended=draft.caregiver.pk in ended)
    consents = [
        Consent(
            puskesmas_id=caregivers[draft.caregiver.pk].puskesmas_id,
            caregiver=draft.caregiver,
            child=draft.child,
            scope=draft.scope.value,
            wording=current(draft.scope).version,
            granted=draft.granted,
            channel=draft.channel,
            said_on=draft.said_on,
            recorded_by=by,
        )
        for draft in drafts
    ]
    Consent.objects.bulk_create(consents, batch_size=500)
    for kind, keys in (
        ("caregiver", {each.caregiver_id for each in consents if each.child_id is None}),
        ("child", {each.child_id for each in consents if each.child_id}),
    ):
        if keys:
            detail = {"consents": [each.pk for each in consents]}
            audit.record("consent.record", kind, sorted(keys), by=by, detail=detail)
    return consents


def _refuse_impossible(draft: ConsentDraft, caregiver: Caregiver, *, ended: bool) -> None:
    if draft.said_on > caregiver.puskesmas.today():
        raise _refused("Tanggal ini belum tiba. Catat pada harinya.", "future", "said_on")
    if ended:
        raise _refused(
            "Orang ini tidak lagi mengasuh di keluarga ini. Pilih pengasuh lain.", "ended", "caregiver"
        )
    if draft.child is None:
        return
    if draft.child.household_id != caregiver.household_id:
        raise _refused("Pilih pengasuh dari keluarga anak ini.", "other_family", "caregiver")
    if draft.scope not in OF_A_CHILD:
        raise _refused("Pesan dan grup adalah milik pengasuh. Catat pada pengasuhnya.", "not_of_a_child")


@transaction.atomic
def withdraw_consent(
    consent: Consent, *, withdrawn_on: date, channel: str, note: str = "", by: User
) -> ConsentWithdrawal:
    """She takes it back: the use stops, the row stays. Refuses a no, and what was taken back already."""
    now = (
        Consent.objects.select_for_update(of=("self",))
        .select_related("caregiver__puskesmas")
        .get(pk=consent.pk)
    )
    if not now.granted:
        raise _refused("Jawabannya memang tidak setuju, jadi tidak ada yang ditarik.", "not_granted")
    if ConsentWithdrawal.objects.filter(consent=now).exists():
        raise _refused("Persetujuan ini sudah ditarik.", "withdrawn")
    if not now.said_on <= withdrawn_on <= now.caregiver.puskesmas.today():
        raise _refused("Tanggalnya sejak persetujuan diberikan sampai hari ini.", "day", "withdrawn_on")
    withdrawal = ConsentWithdrawal.objects.create(
        consent=now, withdrawn_on=withdrawn_on, channel=channel, note=note.strip(), recorded_by=by
    )
    audit.record(
        "consent.withdraw",
        "child" if now.child_id else "caregiver",
        [now.subject_id],
        by=by,
        puskesmas_id=now.puskesmas_id,
        detail={"consent": now.pk},
    )
    return withdrawal


def _refused(sentence: str, code: str, field: str = "") -> RefusedError:
    return RefusedError(Problem(sentence, code, field))
