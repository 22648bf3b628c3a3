"""Verbs of what the columns of children's files mean; how they are remembered is every import's."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from ceting.gateways.interop import memory
from ceting.gateways.interop.eppgbm.columns import VOCABULARY
from ceting.gateways.interop.eppgbm.models import ColumnMapping
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas


def remembered(header: Sequence[str], puskesmas: Puskesmas) -> ColumnMapping | None:
    """What a person of this puskesmas said about such a header."""
    found: ColumnMapping | None = memory.remembered(ColumnMapping, header, puskesmas)
    return found


def columns_of(header: list[str], puskesmas: Puskesmas) -> dict[str, int]:
    """Role -> position: as somebody said, else as the headers say themselves."""
    return memory.columns_of(ColumnMapping, VOCABULARY, header, puskesmas)


@transaction.atomic
def remember(
    header: Sequence[str], meant: Mapping[str, int], *, puskesmas: Puskesmas, by: User
) -> ColumnMapping:
    """Keep what the columns of a header mean. Raises RefusedError when something that every row needs is missing."""
    made: ColumnMapping = memory.remember(
        ColumnMapping, VOCABULARY, header, meant, puskesmas=puskesmas, by=by
    )
    return made
