"""News about families. Receivers run inside the writer's transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True)
class GrowthBasisChanged:
    """Birth date or sex of these children changed: whatever was derived from them is out of date."""

    child_ids: tuple[UUID, ...]


growth_basis_changed = Signal()
