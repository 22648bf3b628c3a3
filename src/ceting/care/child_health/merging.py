"""Whose entries are whose: a row belongs to who stands for its `origin` through the merges that stand."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from ceting.care.child_health.models import Entry
from ceting.registry.families.models import roots, those_who_became


@transaction.atomic
def bring_home(child_ids: Collection[UUID]) -> int:
    """Give every entry of these children, and of whoever became them, to whom it belongs now; the number that moved.

    Nothing else is derived from them: what is due is worked out on reading. A dose that both children had then stands
    twice; staff strike one out.
    """
    standing = roots(child_ids)
    homes = roots(those_who_became({*child_ids, *standing.values()}))
    moved = [
        entry
        for entry in Entry.objects.filter(origin__in=homes).only("child", "origin")
        if entry.child_id != homes[entry.origin_id]
    ]
    for entry in moved:
        entry.child_id = homes[entry.origin_id]
    Entry.objects.bulk_update(moved, ["child"], batch_size=200)
    return len(moved)
