"""Verbs about messages that somebody sends from her own phone: she did, she won't, and that she didn't mean it."""

from datetime import timedelta

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.audit.operations import Actor
from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError, refused
from ceting.foundation.messaging.contributing import rules_of
from ceting.foundation.messaging.judging import Expire, Suppress, judge, standing_of
from ceting.foundation.messaging.models import Because, OutboxMessage, State

UNDONE_WITHIN = timedelta(hours=24)


@transaction.atomic
def mark_sent(message: OutboxMessage, *, by: Actor) -> OutboxMessage:
    """She sent it from her own phone. Said twice, it is once. Refuses what was stopped or done by somebody else."""
    return _handle(message, State.SENT, "", "message.sent_by_hand", by)


@transaction.atomic
def drop(message: OutboxMessage, *, by: Actor) -> OutboxMessage:
    """She decided not to send it. Said twice, it is once."""
    return _handle(message, State.SUPPRESSED, Because.BY_HAND, "message.drop", by)


def _handle(message: OutboxMessage, state: State, because: str, action: str, by: Actor) -> OutboxMessage:
    now = _locked(message)
    if (now.state, now.handled_by) == (state, by.pk):
        return now
    if now.state != State.NEEDS_HUMAN:
        raise _gone(now)
    now.state, now.suppressed_because, now.settled_at, now.handled_by = state, because, clock.now(), by.pk
    now.save()
    audit.record(action, "message", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    return now


@transaction.atomic
def take_back(message: OutboxMessage, *, by: Actor) -> OutboxMessage:
    """She pressed the wrong button: it waits in the list again. Refuses what was stopped since, or done long ago."""
    now = _locked(message)
    if now.state == State.NEEDS_HUMAN:
        return now
    moment = clock.now()
    if now.handled_by is None or now.settled_at is None or moment - now.settled_at > UNDONE_WITHIN:
        raise refused("Ini tidak bisa dibatalkan lagi.", "too_late")
    rules = rules_of(now.puskesmas_id)
    verdict = judge(now, standing_of(now.recipient_id, now.channel, moment), rules, moment)
    if isinstance(verdict, Suppress | Expire):
        raise refused("Pesan ini sudah dihentikan sejak itu. Jangan dikirim.", "stopped")
    now.state, now.suppressed_because, now.settled_at, now.handled_by = State.NEEDS_HUMAN, "", moment, None
    now.save()
    audit.record("message.take_back", "message", [now.pk], by=by, puskesmas_id=now.puskesmas_id)
    return now


def _locked(message: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.select_for_update().get(pk=message.pk)


def _gone(now: OutboxMessage) -> RefusedError:
    if now.handled_by is not None:
        return refused("Pesan ini baru saja ditangani orang lain. Jangan dikirim dua kali.", "handled")
    return refused("Pesan ini sudah dihentikan. Jangan dikirim.", "stopped")
