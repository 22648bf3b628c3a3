"""Who is expected on a day, opened already or only planned. A fixed number of queries."""

from collections.abc import Collection, Sequence
from uuid import UUID

from ceting.care.measurements import grid
from ceting.care.measurements.grid import Entry
from ceting.care.measurements.models import Measurement, Session
from ceting.registry.accounts.models import User


def entries(session: Session, user: User) -> tuple[list[Entry], set[UUID]]:
    """The rows that the day's grid has or will have, and the children whose last weighing was the second T."""
    found = grid.entries(session, user)
    return found, _twice_without_gain(found)


def _twice_without_gain(found: Sequence[Entry]) -> set[UUID]:
    last: Collection[UUID] = [entry.weighing.pk for entry in found if entry.weighing]
    return set(Measurement.objects.filter(pk__in=last, two_t=True).values_list("child_id", flat=True))
