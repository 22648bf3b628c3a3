"""Verbs about what holds messages back: gates, and answers to getting messages at all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.audit.operations import Actor
from ceting.foundation.core import clock
from ceting.foundation.messaging.models import ALL_TOPICS, Gate, OptIn, OutboxMessage, State

STOPPED = "stop"
"""The reason of a gate that the person closed herself (STOP, BERHENTI)."""


@transaction.atomic
def close_gate(
    recipient_id: UUID,
    *,
    reason: str,
    by: Actor | None,
    topic: str = ALL_TOPICS,
    until: datetime | None = None,
    everything: bool = False,
) -> Gate:
    """Nothing of `topic` leaves for her from this transaction on, until `until` or until it is lifted.

    With `everything` not even a midwife's follow-up. The same gate twice is one. What waits in somebody's list to be
    sent by hand leaves the list at once.
    """
    same = Gate.objects.closed_at(clock.now()).filter(
        recipient_id=recipient_id, topic=topic, reason=reason, everything=everything, until=until
    )
    standing = same.first()
    if standing is not None:
        return standing
    gate = Gate.objects.create(
        recipient_id=recipient_id,
        topic=topic,
        reason=reason,
        until=until,
        everything=everything,
        closed_by=by.pk if by is not None else None,
    )
    _recall(recipient_id, gate)
    audit.record("gate.close", "recipient", [recipient_id], by=by, detail={"topic": topic, "reason": reason})
    return gate


@transaction.atomic
def lift_gate(recipient_id: UUID, *, reason: str, by: Actor | None, topic: str = ALL_TOPICS) -> int:
    """Open again what was closed for this reason; the number of gates. What it suppressed stays so."""
    standing = Gate.objects.filter(recipient_id=recipient_id, topic=topic, reason=reason, lifted_at=None)
    lifted = standing.update(lifted_at=clock.now(), lifted_by=by.pk if by is not None else None)
    if lifted:
        detail = {"topic": topic, "reason": reason}
        audit.record("gate.lift", "recipient", [recipient_id], by=by, detail=detail)
    return lifted


def stop(recipient_id: UUID, *, by: Actor | None) -> Gate:
    """She wants no programme message any more (STOP, BERHENTI, UNSUB). A midwife's own message still comes."""
    return close_gate(recipient_id, reason=STOPPED, by=by)


def start(recipient_id: UUID, *, by: Actor | None) -> int:
    """She wants them again (IKUT, MULAI). Gates that others closed stay."""
    return lift_gate(recipient_id, reason=STOPPED, by=by)


@transaction.atomic
def answer_opt_in(
    recipient_id: UUID,
    *,
    granted: bool,
    said_through: str,
    by: Actor | None,
    channel: str = "",
    wording: str = "",
) -> OptIn:
    """Write down whether she agrees to programme messages by a channel ("": by any). The last answer holds."""
    answer = OptIn.objects.create(
        recipient_id=recipient_id,
        channel=channel,
        granted=granted,
        wording=wording,
        said_through=said_through,
        recorded_by=by.pk if by is not None else None,
    )
    if not granted:
        _recall(recipient_id, None)
    audit.record("opt_in.answer", "recipient", [recipient_id], by=by, detail={"granted": granted})
    return answer


def _recall(recipient_id: UUID, gate: Gate | None) -> None:
    """Lock whatever hasn't left, and take what waits to be sent by hand back into the queue, where it is judged anew.

    Who leases a message or puts it into a list locks its row as well: either it left before this transaction, or it
    sees the gate.
    """
    here = (State.QUEUED, State.SENDING, State.NEEDS_HUMAN)
    rows = OutboxMessage.objects.to(recipient_id).filter(state__in=here)
    held = list(rows.select_for_update().order_by("pk").only("pk", "state", "kind", "topic"))
    back = [
        row.pk
        for row in held
        if row.state == State.NEEDS_HUMAN and (gate is None or gate.stops(row.kind, row.topic))
    ]
    OutboxMessage.objects.filter(pk__in=back).update(state=State.QUEUED, settled_at=None)
