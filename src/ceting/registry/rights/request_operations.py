"""Verbs about requests: write down what is asked, and what was answered."""

from typing import Any

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child, Household
from ceting.registry.places.models import Puskesmas, settings_of
from ceting.registry.rights.drafts import RequestDraft
from ceting.registry.rights.models import DataAnswer, DataRequest, Outcome, RequestKind


@transaction.atomic
def receive_request(draft: RequestDraft, *, by: User) -> DataRequest:
    """Start the clock of 3 x 24 hours at the moment when it was received, which may lie before it is typed."""
    if not draft.asked_by.strip():
        raise _refused("Isi nama yang meminta.", "asked_by", "asked_by")
    if draft.received_at > clock.now():
        raise _refused("Waktu ini belum tiba. Isi kapan permintaan diterima.", "future", "received_on")
    about = draft.about
    puskesmas_id = draft.received_by or about.puskesmas_id
    facts: dict[str, Any] = {
        "puskesmas_id": puskesmas_id,
        "kind": draft.kind,
        "child": about if isinstance(about, Child) else None,
        "caregiver": about if isinstance(about, Caregiver) else None,
        "household": about if isinstance(about, Household) else None,
        "asked_by": draft.asked_by.strip(),
        "channel": draft.channel,
        "identity": draft.identity,
        "received_at": draft.received_at,
        "recorded_by": by,
    }
    # "Simpan" pressed twice: the second one waits here, and one wish has one clock.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if (sent := DataRequest.objects.filter(answer=None, **facts).first()) is not None:
        return sent
    request = DataRequest.objects.create(details=draft.details.strip(), **facts)
    subject = type(about).__name__.lower()
    detail = {"request": request.pk, "kind": draft.kind}
    audit.record("rights.receive", subject, [about.pk], by=by, puskesmas_id=puskesmas_id, detail=detail)
    return request


@transaction.atomic
def answer_request(request: DataRequest, *, outcome: str, reason: str = "", by: User) -> DataAnswer:
    """Answer once. A health record is kept for its years, so a wish to erase is never answered with a plain yes."""
    now = DataRequest.objects.select_for_update(of=("self",)).select_related("puskesmas").get(pk=request.pk)
    if DataAnswer.objects.filter(request=now).exists():
        raise _refused("Permintaan ini sudah dijawab. Muat ulang halamannya.", "answered")
    if now.kind == RequestKind.ERASE and outcome == Outcome.DONE:
        raise _refused(
            f"Catatan kesehatan disimpan {retention_years(now.puskesmas)} tahun dan tidak dihapus. Pilih “Dipenuhi "
            "sebagian” bila pemakaian lain sudah dihentikan, atau “Ditolak”, dan tulis alasannya.",
            "retention",
            "outcome",
        )
    if outcome != Outcome.DONE and not reason.strip():
        raise _refused("Tulis alasannya, seperti yang disampaikan kepada keluarga.", "reason", "reason")
    answer = DataAnswer.objects.create(
        request=now, outcome=outcome, reason=reason.strip(), answered_at=clock.now(), by=by
    )
    audit.record(
        "rights.answer",
        "data_request",
        [now.pk],
        by=by,
        puskesmas_id=now.puskesmas_id,
        detail={"as": outcome},
    )
    return answer


def retention_years(puskesmas: Puskesmas) -> int:
    """How long a record is kept after the last visit (Permenkes 24/2022; a setting, since sources disagree)."""
    return int(settings_of(puskesmas).number("record.retention_years"))


def _refused(sentence: str, code: str, field: str = "") -> RefusedError:
    return RefusedError(Problem(sentence, code, field))
