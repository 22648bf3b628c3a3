"""Verbs about consent: write down an answer, write down that it was taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.foundation.messaging import operations as messaging
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, CaregiverEnding
from ceting.registry.rights.drafts import ConsentDraft
from ceting.registry.rights.models import Consent, ConsentWithdrawal, who_allows
from ceting.registry.rights.wordings import OF_A_CHILD, Scope, current


@transaction.atomic
def record_consents(drafts: Sequence[ConsentDraft], *, by: User) -> list[Consent]:
    """Write answers down, each with today's words. Refuses a guardian of another family and a child's group.

    What stands already is not written again: an answer sent twice is one answer, and one piece of evidence.
    """
    ids = {draft.caregiver.pk for draft in drafts}
    # "Simpan" pressed twice: the second one waits here, and then finds the first one's answers.
    rows = Caregiver.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    caregivers = {each.pk: each for each in rows.select_related("puskesmas")}
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
    last = _last_answers(ids)
    answers = [_standing(each, last) or each for each in consents]
    consents = [each for each, answer in zip(consents, answers, strict=True) if each is answer]
    Consent.objects.bulk_create(consents, batch_size=500)
    for kind, keys in (
        ("caregiver", {each.caregiver_id for each in consents if each.child_id is None}),
        ("child", {each.child_id for each in consents if each.child_id}),
    ):
        if keys:
            detail = {"consents": [each.pk for each in consents]}
            audit.record("consent.record", kind, sorted(keys), by=by, detail=detail)
    _tell_messaging({each.caregiver_id: each.channel for each in consents if _of_messages(each)}, by=by)
    return answers


def _of_messages(consent: Consent) -> bool:
    return consent.child_id is None and consent.scope == Scope.MESSAGES


def _tell_messaging(said: Mapping[UUID, str], *, by: User) -> None:
    """Caregiver -> how she told us. What waits to be sent to her asks messaging, which knows nobody's consents."""
    allowing = who_allows(Scope.MESSAGES, said)
    for caregiver_id, channel in said.items():
        messaging.answer_opt_in(
            caregiver_id,
            granted=caregiver_id in allowing,
            said_through=channel,
            wording=current(Scope.MESSAGES).version,
            by=by,
        )


ABOUT = ("caregiver_id", "child_id", "scope")
SAID = ("wording", "granted", "channel", "said_on")


def _last_answers(caregivers: Iterable[UUID]) -> dict[tuple[object, ...], Consent]:
    """About whom and what -> the answer that was given last."""
    given = Consent.objects.filter(caregiver__in=caregivers).select_related("withdrawal").order_by("id")
    return {_key(each, ABOUT): each for each in given}


def _standing(answer: Consent, last: Mapping[tuple[object, ...], Consent]) -> Consent | None:
    """The same answer, when it is the last one and wasn't taken back."""
    earlier = last.get(_key(answer, ABOUT))
    if earlier is None or hasattr(earlier, "withdrawal") or _key(earlier, SAID) != _key(answer, SAID):
        return None
    return earlier


def _key(consent: Consent, names: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(consent, name) for name in names)


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
    if _of_messages(now):
        _tell_messaging({now.caregiver_id: channel}, by=by)
    return withdrawal


def _refused(sentence: str, code: str, field: str = "") -> RefusedError:
    return RefusedError(Problem(sentence, code, field))
