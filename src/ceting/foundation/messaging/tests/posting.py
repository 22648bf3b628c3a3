"""What the tests of messaging share: invented recipients, and a channel that keeps what it was asked to send."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from ceting.foundation.core.keys import new_key
from ceting.foundation.messaging import operations
from ceting.foundation.messaging.channels.base import Accepted, Answer, OutboundMessage
from ceting.foundation.messaging.contributing import HouseRules
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import Kind, OutboxMessage

SARI, YANTI = new_key(), new_key()
ANDALAS = new_key()


@dataclass(frozen=True)
class Somebody:
    """Who acts: this floor knows no users."""

    pk: UUID = field(default_factory=new_key)
    puskesmas_id: UUID | None = ANDALAS


RINA = Somebody()


@dataclass
class Postbox:
    """A channel that answers what it is told to, and keeps what left through it: key of a message -> how often."""

    name: str = "postbox"
    sends: bool = True
    answer: Answer | BaseException | None = None
    left: Counter[UUID] = field(default_factory=Counter)

    def send(self, message: OutboundMessage) -> Answer:
        answer = self.answer or Accepted(f"postbox:{message.key}")
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, Accepted):
            self.left[message.key] += 1
        return answer


def rules(channel: str = "postbox", **more: object) -> HouseRules:
    return HouseRules(channel=channel, **more)  # type: ignore[arg-type]


def draft(dedupe_key: str = "lesson:1", **more: object) -> MessageDraft:
    told: dict[str, object] = {
        "recipient_id": SARI,
        "recipient_name": "Sari Wahyuni",
        "phone": "+6281267001001",
        "puskesmas_id": ANDALAS,
        "topic": "lesson",
        "text": "Halo Ibu Sari, besok ada Posyandu Melati.",
    }
    return MessageDraft(dedupe_key=dedupe_key, **(told | more))  # type: ignore[arg-type]


def queued(dedupe_key: str = "lesson:1", **more: object) -> OutboxMessage:
    (message,) = operations.queue([draft(dedupe_key, **more)], by=RINA)
    return message


def agree(recipient_id: UUID = SARI) -> None:
    operations.answer_opt_in(recipient_id, granted=True, said_through="spoken", by=RINA)


def medical(dedupe_key: str = "case:1", **more: object) -> OutboxMessage:
    return queued(dedupe_key, kind=Kind.MEDICAL_FOLLOW_UP, topic="case", **more)
