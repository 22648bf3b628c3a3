"""Verbs about antenatal contacts: recording, correcting, taking back. Other apps find them behind `operations`."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from ceting.care.pregnancies.deriving import derive_again, key_of, locked, locked_rows
from ceting.care.pregnancies.drafts import ContactDraft
from ceting.care.pregnancies.events import ContactRecorded, contact_recorded
from ceting.care.pregnancies.models import MEASURED, Contact, ContactWithdrawal, Pregnancy
from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.classification import FieldClass, class_of
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError, refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User

LONGEST_REASON = 120
ONLY_HEALTH_WORKERS = "Isian ini hanya untuk bidan, petugas gizi atau dokter."


@transaction.atomic
def record_contact(
    pregnancy: Pregnancy, draft: ContactDraft, *, by: User | None, key: UUID | None = None
) -> Contact:
    """Write one antenatal contact, timely or late, and everything derived from it again. Raises RefusedError.

    `key` comes with the form: sent twice, it is one contact.
    """
    now = locked(pregnancy)
    sent = Contact.objects.filter(pk=key, pregnancy=now).first() if key else None
    if sent is not None:
        return sent
    _refuse_impossible(now, draft, by)
    contact = _contact(now, draft, by, key=key)
    return _written(now, contact, by, "contact.record")


@transaction.atomic
def record_contacts(told: Sequence[tuple[Pregnancy, ContactDraft]], *, by: User | None) -> list[Contact]:
    """Many contacts whose drafts are already checked (an import, the demo); every pregnancy is derived once."""
    rows = [_contact(pregnancy, draft, by, key=None) for pregnancy, draft in told]
    touched = {row.pregnancy_id for row in rows}
    standing = list(locked_rows().filter(pk__in=touched))
    Contact.objects.bulk_create(rows, batch_size=500)
    derive_again(standing)
    if rows:
        audit.record(
            "contact.record", "contact", [row.pk for row in rows], by=by, puskesmas_id=rows[0].puskesmas_id
        )
    for row in rows:
        publish(contact_recorded, ContactRecorded(row.pregnancy_id, row.pk, row.puskesmas_id))
    return rows


@transaction.atomic
def correct_contact(
    contact: Contact, draft: ContactDraft, *, by: User, reason: str, key: UUID | None = None
) -> Contact:
    """The contact as it really was; the row before stays. Raises RefusedError; EditConflictError: replaced already."""
    now = locked(contact.pregnancy)
    sent = Contact.objects.filter(pk=key, corrects=contact).first() if key else None
    if sent is not None:
        return sent
    _refuse_replaced(contact)
    _refuse_what_she_cannot_read(contact, by)
    _refuse_impossible(now, draft, by)
    row = _contact(now, draft, by, key=key)
    row.corrects, row.reason = contact, (reason.strip() or "Salah ketik")[:LONGEST_REASON]
    return _written(now, row, by, "contact.correct")


@transaction.atomic
def strike_out_contact(contact: Contact, *, reason: str, by: User) -> ContactWithdrawal:
    """The contact never was: it stays readable with the reason, and counts nowhere."""
    now = locked(contact.pregnancy)
    standing = ContactWithdrawal.objects.filter(contact=contact).first()
    if standing is not None:
        return standing
    _refuse_replaced(contact)
    _refuse_what_she_cannot_read(contact, by)
    if not reason.strip():
        raise refused("Tulis alasannya dengan singkat.", "reason", "reason")
    row = ContactWithdrawal.objects.create(contact=contact, reason=reason.strip()[:LONGEST_REASON], by=by)
    derive_again([now])
    _tell(now, contact, by, "contact.strike_out")
    return row


def _written(now: Pregnancy, contact: Contact, by: User | None, deed: str) -> Contact:
    contact.save(force_insert=True)
    derive_again([now])
    _tell(now, contact, by, deed)
    # As it was derived.
    contact.refresh_from_db()
    return contact


def _tell(now: Pregnancy, contact: Contact, by: User | None, deed: str) -> None:
    audit.record(deed, "contact", [contact.pk, now.pk], by=by, puskesmas_id=now.puskesmas_id)
    publish(contact_recorded, ContactRecorded(now.pk, contact.pk, now.puskesmas_id))


def _contact(now: Pregnancy, draft: ContactDraft, by: User | None, *, key: UUID | None) -> Contact:
    return Contact(
        id=key_of(Contact, key),
        pregnancy=now,
        puskesmas_id=now.puskesmas_id,
        by=by,
        age_days=now.age_days(draft.on),
        trimester=1,
        created_at=draft.written_at or clock.now(),
        **draft.values(),
    )


def _refuse_impossible(now: Pregnancy, draft: ContactDraft, by: User | None) -> None:
    problems = draft.problems(started_on=now.started_on, ended_on=now.ended_on, today=now.puskesmas.today())
    if by is not None and not by.may_read(FieldClass.CLINICAL, at={now.puskesmas_id}):
        values = draft.values()
        problems += [
            Problem(ONLY_HEALTH_WORKERS, "clinical", name)
            for name in (*MEASURED, "note")
            if class_of(Contact, name) is FieldClass.CLINICAL and values[name]
        ]
    if problems:
        raise RefusedError(*problems)


def _refuse_replaced(contact: Contact) -> None:
    if not Contact.objects.current().filter(pk=contact.pk).exists():
        sentence = "Catatan ini baru saja diperbaiki atau ditarik orang lain. Muat ulang halamannya."
        raise EditConflictError(Problem(sentence, "edit_conflict"), theirs={}, version=contact.version)


def _refuse_what_she_cannot_read(contact: Contact, by: User) -> None:
    """Whoever can't see a midwife's findings would wipe them out by a correction."""
    if not by.may_read(FieldClass.CLINICAL, at={contact.puskesmas_id}) and contact.by_id != by.pk:
        raise refused("Catatan ini dibuat petugas. Minta bidan memperbaikinya.", "not_hers")
