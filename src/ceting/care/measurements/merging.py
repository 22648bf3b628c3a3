"""Whose measurements are whose: a row belongs to who stands for its `origin` through the merges that stand."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from ceting.care.measurements import reassessing
from ceting.care.measurements.models import Measurement
from ceting.registry.families.models import roots, those_who_became


@transaction.atomic
def bring_home(child_ids: Collection[UUID], *, cause: str) -> int:
    """Give every row of these children, and of whoever became them, to whom it belongs now; the number that moved.

    Whatever is derived from the rows is derived again for everybody concerned.
    """
    standing = roots(child_ids)
    family = those_who_became({*child_ids, *standing.values()})
    homes = roots(family)
    moved = [
        row
        for row in Measurement.objects.filter(origin__in=family).only("child", "origin")
        if row.child_id != homes[row.origin_id]
    ]
    for row in moved:
        row.child_id = homes[row.origin_id]
    Measurement.objects.bulk_update(moved, ["child"], batch_size=200)
    reassessing.reassess(family, since=None, by=None, cause=cause)
    return len(moved)
