"""Verbs of what columns mean: remembered for a puskesmas by the header, so that nobody is asked twice."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.models import ColumnMapping
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas


def remembered(header: Sequence[str], puskesmas: Puskesmas) -> ColumnMapping | None:
    """What a person of this puskesmas said about such a header."""
    return (
        ColumnMapping.objects.filter(puskesmas=puskesmas, signature=columns.signature(header))
        .select_related("changed_by")
        .first()
    )


def columns_of(header: list[str], puskesmas: Puskesmas) -> dict[str, int]:
    """Role -> position: as somebody said, else as the headers say themselves."""
    said = remembered(header, puskesmas)
    return dict(said.columns) if said is not None else columns.detect(header)


@transaction.atomic
def remember(
    header: Sequence[str], meant: Mapping[str, int], *, puskesmas: Puskesmas, by: User
) -> ColumnMapping:
    """Keep what the columns of a header mean. Raises RefusedError when something that every row needs is missing."""
    missing = columns.missing(meant)
    if missing:
        words = ", ".join(f"“{label}”" for label in missing)
        raise RefusedError(Problem(f"Tunjukkan kolom untuk {words}, lalu simpan.", "columns", "columns"))
    Puskesmas.objects.select_for_update(no_key=True).get(pk=puskesmas.pk)
    standing = remembered(header, puskesmas)
    made = standing or ColumnMapping(puskesmas=puskesmas, signature=columns.signature(header))
    before = dict(standing.columns) if standing else {}
    made.header, made.columns = list(header), dict(meant)
    made.changed_by, made.changed_at = by, clock.now()
    made.version += 1 if standing else 0
    made.save()
    audit.record(
        "import.columns",
        "column_mapping",
        [made.pk],
        by=by,
        puskesmas_id=puskesmas.pk,
        detail={"before": before, "after": made.columns},
    )
    return made
