"""Whether a message may leave at this moment. Asked when it is about to, never when it is queued."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ceting.foundation.messaging.contributing import HouseRules
from ceting.foundation.messaging.models import Because, Gate, Kind, OptIn, OutboxMessage


@dataclass(frozen=True)
class Go:
    """It may."""


@dataclass(frozen=True)
class Wait:
    """Not before this moment."""

    until: datetime


@dataclass(frozen=True)
class Suppress:
    """It may not, and that is the end of it."""

    because: str


@dataclass(frozen=True)
class Expire:
    """Its time is over."""


Verdict = Go | Wait | Suppress | Expire


@dataclass(frozen=True)
class Standing:
    """What stands of a recipient: the gates that are closed now, and whether she agreed to programme messages."""

    gates: Collection[Gate]
    opted_in: bool


def standing_of(recipient_id: UUID, channel: str, now: datetime) -> Standing:
    """Two queries."""
    gates = Gate.objects.filter(recipient_id=recipient_id).closed_at(now)
    return Standing(list(gates), opted_in(recipient_id, channel))


def opted_in(recipient_id: UUID, channel: str) -> bool:
    """Whether her last answer about this channel, or about all of them, was yes. Nobody who wasn't asked has agreed."""
    said = OptIn.objects.filter(Q(channel=channel) | Q(channel=""), recipient_id=recipient_id)
    last = said.order_by("-id").first()
    return last is not None and last.granted


def judge(message: OutboxMessage, standing: Standing, rules: HouseRules, now: datetime) -> Verdict:
    """The first of: expired, stopped for good, not agreed to, paused, quiet hours; else it goes."""
    if now >= message.expires_at:
        return Expire()
    if not Kind(message.kind).asks_gates:
        return Go()
    stopping = [gate for gate in standing.gates if gate.stops(message.kind, message.topic)]
    final = next((gate for gate in stopping if gate.until is None), None)
    if final is not None:
        return Suppress(final.reason)
    if message.kind == Kind.PROGRAMME and not standing.opted_in:
        return Suppress(Because.NO_OPT_IN)
    later = [gate.until for gate in stopping if gate.until] + [rules.quiet_ends(now)]
    pauses = [moment for moment in later if moment is not None]
    return Wait(max(pauses)) if pauses else Go()
