"""Deriving again what stands for children: their rows read as series, and what follows from them saved.

For whoever writes measurements, and by itself when something else about a child changed (`reassess`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from ceting.care.measurements import assessment
from ceting.care.measurements.assessment import Series
from ceting.care.measurements.events import MeasurementsReassessed, measurements_reassessed
from ceting.care.measurements.models import LatestGrowth, Measurement
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.standards.numbers import format_date

CHILDREN_AT_ONCE = 2000


@transaction.atomic
def reassess(child_ids: Iterable[UUID], *, since: date | None, by: User | None, cause: str) -> int:
    """Derive again what stands for these children from the month of `since` on (None: from birth).

    For a corrected birth date, a merge, new rules. Old values go to the audit. Returns the number of rows changed.
    Raises RefusedError when a child would have been measured before she was born: one of the two dates is wrong.
    """
    children = list(Child.objects.filter(pk__in=list(child_ids)).select_related("puskesmas"))
    series = series_of(children)
    first = since.replace(day=1) if since else date.min
    _refuse_before_birth(series)
    before = as_derived(row for each in series for row in each.rows)
    changed = assessment.derive(series, since={child.pk: first for child in children})
    save_derived(changed)
    save_latest(series)
    if changed:
        audit.record(
            "measurement.reassess",
            "measurement",
            [row.pk for row in changed],
            by=by,
            puskesmas_id=changed[0].puskesmas_id,
            purpose=cause,
            detail={str(row.pk): before[row.pk] for row in changed},
        )
    publish(
        measurements_reassessed,
        MeasurementsReassessed(tuple(child.pk for child in children), first, cause, by.pk if by else None),
    )
    return len(changed)


def series_of(
    children: Collection[Child],
    *,
    additional: Sequence[Measurement] = (),
    without: Collection[UUID | None] = (),
) -> list[Series]:
    rows: dict[UUID, list[Measurement]] = defaultdict(list)
    keys = [child.pk for child in children]
    for start in range(0, len(keys), CHILDREN_AT_ONCE):
        for row in Measurement.objects.current().filter(child__in=keys[start : start + CHILDREN_AT_ONCE]):
            if row.pk not in without:
                rows[row.child_id].append(row)
    for row in additional:
        rows[row.child_id].append(row)
    return [Series(child, rows[child.pk]) for child in children]


def months_touched(new: Iterable[Measurement], corrected: Iterable[Measurement]) -> dict[UUID, date]:
    """Per child the first day of the earliest month that a row enters or leaves: all that can change.

    The whole month, because the last weighing of a month takes the status from the one before it.
    """
    since: dict[UUID, date] = {}
    for row in (*new, *corrected):
        first = row.measured_on.replace(day=1)
        since[row.child_id] = min(since.get(row.child_id, first), first)
    return since


def as_derived(rows: Iterable[Measurement]) -> dict[UUID, dict[str, object]]:
    return {row.pk: assessment.snapshot(row) for row in rows}


def save_derived(rows: Sequence[Measurement]) -> None:
    Measurement.objects.bulk_update(rows, assessment.DERIVED, batch_size=200)


def save_latest(series: Iterable[Series]) -> None:
    series = list(series)
    standing = [found for each in series if (found := assessment.latest(each)) is not None]
    # Nothing stands for her any more: her only row was struck out, or another child's.
    empty = [each.child.pk for each in series if not each.rows]
    if empty:
        LatestGrowth.objects.filter(child__in=empty).delete()
    fields = [field.name for field in LatestGrowth._meta.concrete_fields if not field.primary_key]
    LatestGrowth.objects.bulk_create(
        standing, update_conflicts=True, unique_fields=["child"], update_fields=fields, batch_size=500
    )


def _refuse_before_birth(series: Iterable[Series]) -> None:
    for each in series:
        first = min((row.measured_on for row in each.rows), default=each.child.birth_date)
        if first < each.child.birth_date:
            raise refused(
                f"Anak ini sudah diukur pada {format_date(first)}, sebelum tanggal lahir ini. "
                "Periksa tanggal lahirnya, atau perbaiki dulu tanggal ukurnya.",
                "measured_before_birth",
                "birth_date",
            )
