"""Verbs about messages: write them with their cause, and write down what became of them."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.audit.operations import Actor
from ceting.foundation.core import clock
from ceting.foundation.core.errors import refused
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import KEPT_FOR, OutboxMessage, State

SIXTEEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])")
"""A NIK or a KK, which no message carries (messaging.md)."""
RANK = {
    State.SENDING: 0,
    State.UNKNOWN: 0,
    State.NEEDS_HUMAN: 0,
    State.ACCEPTED: 1,
    State.FAILED: 2,
    State.SENT: 3,
    State.DELIVERED: 4,
    State.READ: 5,
}
"""A status counts only when it says more than what is known: repeats and any order end alike (messaging.md)."""


@transaction.atomic
def queue(drafts: Iterable[MessageDraft], *, by: Actor | None) -> list[OutboxMessage]:
    """Write messages into the outbox, in the caller's transaction. The same `dedupe_key` twice is one message.

    `by=None` is the house itself. Returns the rows that stand, in the order of the drafts. Raises RefusedError for an
    empty text and for one with a NIK. Whether a message may leave is asked when it is about to.
    """
    drafts = list(drafts)
    for draft in drafts:
        _refuse_text(draft.text)
    new = [_row(draft) for draft in drafts]
    # Two who queue the same at once: the second one's row is passed over, and it finds the first one's below.
    OutboxMessage.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    keys = [draft.dedupe_key for draft in drafts]
    standing = {row.dedupe_key: row for row in OutboxMessage.objects.filter(dedupe_key__in=keys)}
    written = {row.pk for row in new} & {row.pk for row in standing.values()}
    for puskesmas_id in sorted({row.puskesmas_id for row in new if row.pk in written}):
        here = [row.pk for row in new if row.pk in written and row.puskesmas_id == puskesmas_id]
        audit.record("message.queue", "message", here, by=by, puskesmas_id=puskesmas_id)
    return [standing[key] for key in keys]


def _refuse_text(text: str) -> None:
    if not text.strip():
        raise refused("Tulis isi pesannya.", "empty", "text")
    if SIXTEEN_DIGITS.search(text):
        raise refused("Jangan tulis NIK atau nomor KK di dalam pesan.", "identity_number", "text")


def _row(draft: MessageDraft) -> OutboxMessage:
    begins = draft.not_before or clock.now()
    return OutboxMessage(
        puskesmas_id=draft.puskesmas_id,
        posyandu_id=draft.posyandu_id,
        recipient_id=draft.recipient_id,
        recipient_name=draft.recipient_name,
        phone=draft.phone,
        kind=draft.kind,
        topic=draft.topic,
        text=draft.text.strip(),
        text_in_link=draft.text_in_link,
        dedupe_key=draft.dedupe_key,
        not_before=begins,
        expires_at=draft.expires_at or begins + KEPT_FOR,
    )


@transaction.atomic
def readdress(recipient_id: UUID, *, name: str, phone: str, by: Actor | None) -> int:
    """She has another name or number: what hasn't left yet goes there. The number of messages."""
    rows = OutboxMessage.objects.to(recipient_id).filter(state__in=(State.QUEUED, State.NEEDS_HUMAN))
    waiting = list(rows.select_for_update().order_by("pk"))
    for row in waiting:
        row.recipient_name, row.phone = name, phone
    OutboxMessage.objects.bulk_update(waiting, ["recipient_name", "phone"], batch_size=500)
    if waiting:
        keys = [row.pk for row in waiting]
        audit.record("message.readdress", "message", keys, by=by, puskesmas_id=waiting[0].puskesmas_id)
    return len(waiting)


@transaction.atomic
def note_status(key: UUID, status: State, *, at: datetime, provider_id: str = "") -> bool:
    """A provider tells how far a message came; whether that was news. Repeats and any order end alike."""
    message = OutboxMessage.objects.select_for_update().get(pk=key)
    known, told = RANK.get(State(message.state)), RANK[status]
    if known is None or told <= known:
        return False
    message.state, message.settled_at = status, at
    message.lease = message.lease_until = None
    message.provider_id = message.provider_id or provider_id
    message.save()
    return True
