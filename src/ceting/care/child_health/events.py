"""News about the care of children. Receivers run inside the writer's transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True)
class ChildHealthRecorded:
    """Entries were written. `kinds` are values of Kind; cases (issue D) will triage them in the same transaction."""

    entry_ids: tuple[UUID, ...]
    child_ids: tuple[UUID, ...]
    kinds: tuple[str, ...]
    by_id: UUID | None


@dataclass(frozen=True)
class ChildHealthStruckOut:
    """Entries were struck out: whatever rests on them is out of date."""

    entry_ids: tuple[UUID, ...]
    child_ids: tuple[UUID, ...]
    by_id: UUID


child_health_recorded = Signal()
child_health_struck_out = Signal()
