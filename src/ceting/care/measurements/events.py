"""News about measurements. Receivers run inside the writer's transaction."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.dispatch import Signal

from ceting.care.measurements.month_counting import CountedWeighing


@dataclass(frozen=True)
class MeasurementsRecorded:
    """Rows were written, corrected or struck out. Cases (issue D) will triage them in the same transaction.

    All `measurement_ids` are current (none when rows were only struck out). `left` and `entered` are the weighings
    that stopped and began to count in their months; `cause` is one of CountCause.
    """

    measurement_ids: tuple[UUID, ...]
    child_ids: tuple[UUID, ...]
    left: tuple[CountedWeighing, ...]
    entered: tuple[CountedWeighing, ...]
    cause: str
    by_id: UUID | None


@dataclass(frozen=True)
class MeasurementsReassessed:
    """What stands for these children from the month of `since` on was derived again. `cause` as it was given."""

    child_ids: tuple[UUID, ...]
    since: date
    cause: str
    by_id: UUID | None


measurements_recorded = Signal()
measurements_reassessed = Signal()
