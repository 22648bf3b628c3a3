"""News about measurements. Receivers run inside the writer's transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True)
class MeasurementsRecorded:
    """New rows, all of them current. Cases (issue D) will triage them in the same transaction."""

    measurement_ids: tuple[UUID, ...]
    child_ids: tuple[UUID, ...]


measurements_recorded = Signal()
