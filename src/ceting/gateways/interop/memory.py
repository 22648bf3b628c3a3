"""What columns mean, as a person said it: remembered for a puskesmas by the header, so that nobody is asked twice."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.gateways.interop.kinds import FileT, ImportKind
from ceting.gateways.interop.vocabulary import signature
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas


def remembered(kind: ImportKind[FileT], header: Sequence[str], puskesmas: Puskesmas) -> Any:
    """What a person of this puskesmas said about such a header (a row of `kind.meanings`); None: nobody did."""
    found = kind.meanings.objects.filter(puskesmas=puskesmas, signature=signature(header))
    return found.select_related("changed_by").first()


def columns_of(kind: ImportKind[FileT], header: list[str], puskesmas: Puskesmas) -> dict[str, int]:
    """Role -> position: as somebody said, else as the headers say themselves."""
    said = remembered(kind, header, puskesmas)
    return dict(said.columns) if said is not None else kind.words.detect(header)


@transaction.atomic
def remember(
    kind: ImportKind[FileT],
    header: Sequence[str],
    meant: Mapping[str, int],
    *,
    puskesmas: Puskesmas,
    by: User,
) -> Any:
    """Keep what the columns of a header mean. Raises RefusedError when something that every row needs is missing."""
    missing = kind.words.missing(meant)
    if missing:
        named = ", ".join(f"“{label}”" for label in missing)
        raise RefusedError(Problem(f"Tunjukkan kolom untuk {named}, lalu simpan.", "columns", "columns"))
    Puskesmas.objects.select_for_update(no_key=True).get(pk=puskesmas.pk)
    standing = remembered(kind, header, puskesmas)
    made = standing or kind.meanings(puskesmas=puskesmas, signature=signature(header))
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
