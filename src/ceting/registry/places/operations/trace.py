"""Leaves the line of a deed in both places: the puskesmas' own history, which its people read, and the audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ceting.foundation.audit import operations as audit
from ceting.registry.places.models import PlaceChange, Puskesmas

LONGEST = 300


@dataclass(frozen=True)
class Line:
    """What changed about one place; "" before: it is new."""

    subject_id: UUID
    name: str
    before: str = ""
    after: str = ""
    reason: str = ""


def leave(
    action: str, subject_type: str, lines: Iterable[Line], *, puskesmas: Puskesmas, by: audit.Actor | None
) -> None:
    """One history line for each place, one audit entry for all. Nothing when nothing changed."""
    given = list(lines)
    if not given:
        return
    by_id = by.pk if by is not None else None
    PlaceChange.objects.bulk_create(
        PlaceChange(
            puskesmas=puskesmas,
            action=action,
            subject_id=line.subject_id,
            name=line.name,
            before=line.before[:LONGEST],
            after=line.after[:LONGEST],
            reason=line.reason,
            by_id=by_id,
        )
        for line in given
    )
    changed = [[line.before, line.after, line.reason] for line in given]
    audit.record(
        action,
        subject_type,
        [line.subject_id for line in given],
        by=by,
        puskesmas_id=puskesmas.pk,
        detail={"changes": changed},
    )
