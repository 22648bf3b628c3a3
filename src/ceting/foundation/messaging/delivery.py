"""Delivering: what `ceting work` does each minute.

Each message is leased in a transaction of its own, which asks once more whether it may leave, and commits before the
channel is asked. A worker that dies in between leaves an open try: was something perhaps sent, nobody knows, and it is
never sent again blindly.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from ceting.foundation.core import clock
from ceting.foundation.core.keys import new_key
from ceting.foundation.messaging.channels import CHANNELS
from ceting.foundation.messaging.channels.base import (
    Accepted,
    Answer,
    Channel,
    NeedsHuman,
    OutboundMessage,
    Rejected,
    Retry,
    Unknown,
)
from ceting.foundation.messaging.contributing import rules_of
from ceting.foundation.messaging.judging import Expire, Go, Suppress, Verdict, Wait, judge, standing_of
from ceting.foundation.messaging.models import DeliveryAttempt, Kind, OutboxMessage, State

logger = structlog.stdlib.get_logger("ceting.messages")

AT_ONCE = 200
"""Messages of one run: other work must not wait longer."""
LEASE = timedelta(minutes=5)
"""Longer than any channel takes to answer; a worker that holds one for longer has died."""
TRIES = 8
PATIENCE = timedelta(hours=1)
"""How long one waits for the status of a message of which nobody knows whether it left, before staff look."""
OUTCOMES = {
    Accepted: "accepted",
    Retry: "retry",
    Rejected: "rejected",
    Unknown: "unknown",
    NeedsHuman: "needs_human",
}


@dataclass(frozen=True)
class Leased:
    """A message that this worker, and no other, may hand to its channel now."""

    message: OutboxMessage
    attempt: DeliveryAttempt
    channel: Channel


def deliver(at_once: int = AT_ONCE) -> Counter[str]:
    """Hand what is due to its channel; state -> how many messages came to it."""
    came_to: Counter[str] = Counter()
    tidy()
    due = list(OutboxMessage.objects.due(clock.now()).values_list("pk", flat=True)[:at_once])
    for key in due:
        leased = lease(key)
        if leased is not None:
            came_to[settle(leased, ask(leased))] += 1
    return came_to


def tidy() -> None:
    """Leases of dead workers, what expired in somebody's list, and what nobody heard of again."""
    now = clock.now()
    dead = OutboxMessage.objects.filter(state=State.SENDING, lease_until__lte=now)
    for key in list(dead.values_list("pk", flat=True)[:AT_ONCE]):
        _end_lease(key)
    waiting = OutboxMessage.objects.filter(state=State.NEEDS_HUMAN, expires_at__lte=now)
    waiting.update(state=State.EXPIRED, settled_at=now)
    unheard = OutboxMessage.objects.filter(state=State.UNKNOWN, settled_at__lte=now - PATIENCE)
    for key in list(unheard.exclude(kind=Kind.PROGRAMME).values_list("pk", flat=True)[:AT_ONCE]):
        _ask_somebody(key)


@transaction.atomic
def lease(key: UUID) -> Leased | None:
    """Take a message that may leave; None for one that somebody else has, or that may not (its row says why)."""
    now = clock.now()
    message = _free(Q(pk=key, state=State.QUEUED, not_before__lte=now))
    if message is None:
        return None
    verdict = _judged(message, now)
    if not isinstance(verdict, Go):
        _hold_back(message, verdict, now)
        return None
    if message.perhaps_sent:
        message.state, message.settled_at = State.NEEDS_HUMAN, now
        message.save()
        return None
    message.channel, message.attempts = rules_of(message.puskesmas_id).channel, message.attempts + 1
    message.state, message.lease, message.lease_until = State.SENDING, new_key(), now + LEASE
    message.save()
    attempt = DeliveryAttempt.objects.create(
        message=message, number=message.attempts, channel=message.channel, lease=message.lease
    )
    return Leased(message, attempt, CHANNELS[message.channel])


def _free(which: Q) -> OutboxMessage | None:
    """The row, locked; None while another transaction holds it. Who closes a gate holds its rows until it commits."""
    return OutboxMessage.objects.select_for_update(skip_locked=True).filter(which).first()


def _judged(message: OutboxMessage, now: datetime) -> Verdict:
    rules = rules_of(message.puskesmas_id)
    return judge(message, standing_of(message.recipient_id, rules.channel, now), rules, now)


def _hold_back(message: OutboxMessage, verdict: Wait | Suppress | Expire, now: datetime) -> None:
    if isinstance(verdict, Wait):
        # Whatever it waits for may end after its own time: then it expires there.
        message.not_before = min(verdict.until, message.expires_at - timedelta(microseconds=1))
    elif isinstance(verdict, Suppress):
        message.state, message.suppressed_because, message.settled_at = (
            State.SUPPRESSED,
            verdict.because,
            now,
        )
    else:
        message.state, message.settled_at = State.EXPIRED, now
    message.save()


def ask(leased: Leased) -> Answer:
    """What the channel answers, outside every transaction. Whatever it raises may have happened after it sent."""
    message = leased.message
    outbound = OutboundMessage(
        message.pk, message.recipient_name, message.phone, message.text, message.text_in_link
    )
    try:
        return leased.channel.send(outbound)
    except Exception as error:
        # The kind of error only: a provider's words can quote the person.
        logger.error("channel failed", channel=message.channel, error=type(error).__name__)
        return Unknown(type(error).__name__)


@transaction.atomic
def settle(leased: Leased, answer: Answer) -> str:
    """Write down what the channel answered; the message's state then."""
    now = clock.now()
    code = answer.reason if isinstance(answer, Unknown) else getattr(answer, "code", "")
    DeliveryAttempt.objects.filter(pk=leased.attempt.pk).update(
        ended_at=now, outcome=OUTCOMES[type(answer)], code=code[:60]
    )
    message = OutboxMessage.objects.select_for_update().get(pk=leased.message.pk)
    late = message.lease != leased.attempt.lease
    if isinstance(answer, Accepted) and not message.provider_id:
        message.provider_id = answer.provider_id
    if late:
        # The lease ran out, or a status was faster than the answer: what is known of it by now stands.
        if message.state == State.UNKNOWN and not isinstance(answer, Unknown):
            _come_to(message, answer, now)
    else:
        message.lease = message.lease_until = None
        _come_to(message, answer, now)
    message.save()
    return str(message.state)


def _come_to(message: OutboxMessage, answer: Answer, now: datetime) -> None:
    message.settled_at = now
    match answer:
        case Accepted():
            message.state = State.ACCEPTED
        case Rejected():
            message.state = State.FAILED
        case Unknown():
            message.state, message.perhaps_sent = State.UNKNOWN, True
        case NeedsHuman():
            _hand_over(message, now)
        case Retry() if message.attempts >= TRIES:
            message.state = State.FAILED
        case Retry():
            message.state, message.settled_at = State.QUEUED, None
            message.not_before = min(now + answer.after, message.expires_at - timedelta(microseconds=1))
        case _:
            assert_never(answer)


def _hand_over(message: OutboxMessage, now: datetime) -> None:
    """Into somebody's list: a gate may have closed since the lease."""
    message.state = State.NEEDS_HUMAN
    verdict = _judged(message, now)
    if not isinstance(verdict, Go):
        message.state, message.settled_at = State.QUEUED, None
        _hold_back(message, verdict, now)


@transaction.atomic
def _ask_somebody(key: UUID) -> None:
    """Nobody heard of it again. A lesson isn't worth two copies; what matters to somebody's health goes to a person,
    who asks whether it came before she sends.
    """
    now = clock.now()
    message = _free(Q(pk=key, state=State.UNKNOWN))
    if message is not None and isinstance(_judged(message, now), Go):
        message.state = State.NEEDS_HUMAN
        message.save()


@transaction.atomic
def _end_lease(key: UUID) -> None:
    """The worker that held it died: in a channel that sends it is unknown what happened, in another nothing did."""
    now = clock.now()
    message = _free(Q(pk=key, state=State.SENDING, lease_until__lte=now))
    if message is None:
        return
    sends = CHANNELS[message.channel].sends if message.channel in CHANNELS else True
    tries = message.tries.filter(number=message.attempts)
    tries.update(ended_at=now, outcome="unknown", code="died")
    message.lease = message.lease_until = None
    message.state = State.UNKNOWN if sends else State.QUEUED
    message.perhaps_sent, message.settled_at = sends, now if sends else None
    message.save()
