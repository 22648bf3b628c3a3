"""Verbs about messages whose cause has another day now: they wait anew, or for nothing. What left is left."""

from collections.abc import Collection, Iterable

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.audit.operations import Actor
from ceting.foundation.core import clock
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import KEPT_FOR, Because, OutboxMessage, State
from ceting.foundation.messaging.operations.queueing import queue

WAITING = (State.QUEUED, State.NEEDS_HUMAN)


@transaction.atomic
def requeue(drafts: Iterable[MessageDraft], *, by: Actor | None) -> list[OutboxMessage]:
    """As `queue`; what stands under that `dedupe_key` and never left waits for the draft's days instead.

    What somebody decided not to send stays so, and what perhaps left isn't sent again. Whether it may leave is asked
    anew when it is about to.
    """
    wanted = {draft.dedupe_key: draft for draft in drafts}
    queue(wanted.values(), by=by)
    rows = OutboxMessage.objects.filter(dedupe_key__in=wanted, perhaps_sent=False, handled_by=None)
    kept = rows.filter(state__in=(*WAITING, State.SUPPRESSED)).select_for_update().order_by("pk")
    moved = [row for row in kept if _move(row, wanted[row.dedupe_key])]
    OutboxMessage.objects.bulk_update(
        moved, ["state", "not_before", "expires_at", "suppressed_because", "settled_at"], batch_size=500
    )
    for puskesmas_id in sorted({row.puskesmas_id for row in moved}):
        here = [row.pk for row in moved if row.puskesmas_id == puskesmas_id]
        audit.record("message.requeue", "message", here, by=by, puskesmas_id=puskesmas_id)
    return list(OutboxMessage.objects.filter(dedupe_key__in=wanted).order_by("pk"))


def _move(row: OutboxMessage, draft: MessageDraft) -> bool:
    """Whether the row is another one now. One that waits for the same days, or may leave, is left in place."""
    now = clock.now()
    begins = draft.not_before or now
    ends = draft.expires_at or begins + KEPT_FOR
    is_same = (row.not_before, row.expires_at) == (begins, ends) or max(row.not_before, begins) <= now
    if row.state in WAITING and is_same:
        return False
    row.not_before, row.expires_at = begins, ends
    row.state, row.suppressed_because, row.settled_at = State.QUEUED, "", None
    return True


@transaction.atomic
def withdraw(dedupe_keys: Collection[str], *, by: Actor | None) -> int:
    """These wait no longer: what they were about has another day now. `requeue` lets one wait again."""
    rows = OutboxMessage.objects.filter(dedupe_key__in=dedupe_keys, state__in=WAITING, perhaps_sent=False)
    waiting = list(rows.select_for_update().order_by("pk").only("pk", "puskesmas_id"))
    if not waiting:
        return 0
    keys = [row.pk for row in waiting]
    OutboxMessage.objects.filter(pk__in=keys).update(
        state=State.SUPPRESSED, suppressed_because=Because.REPLACED, settled_at=clock.now()
    )
    audit.record("message.withdraw", "message", keys, by=by, puskesmas_id=waiting[0].puskesmas_id)
    return len(keys)
