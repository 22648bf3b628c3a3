"""News about places. Receivers run inside the writer's transaction, and may refuse by raising RefusedError."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True)
class PosyanduClosing:
    """This posyandu is about to close: whoever still needs it refuses, in words."""

    posyandu_id: UUID
    closed_on: date


posyandu_closing = Signal()
