"""The argument of `queue`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ceting.foundation.messaging.models import Kind


@dataclass(frozen=True)
class MessageDraft:
    """A message to write into the outbox.

    `dedupe_key` names what it is about, for whom and when ("lesson:2026-W47:<recipient>"): queued twice, it is one
    message. `phone` is E.164 or "". `text_in_link` only when the text tells nothing of anybody's health.
    `expires_at=None`: a week after `not_before`.
    """

    recipient_id: UUID
    recipient_name: str
    phone: str
    puskesmas_id: UUID
    topic: str
    text: str
    dedupe_key: str
    kind: Kind = Kind.PROGRAMME
    posyandu_id: UUID | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    text_in_link: bool = False
