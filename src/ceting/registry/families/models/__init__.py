"""What the registry keeps of families; a table of contents."""

from ceting.registry.families.models.family import (
    FIVE_YEARS_IN_MONTHS,
    Caregiver,
    Child,
    ChildQuerySet,
    Household,
    Relation,
    Sex,
)

__all__ = ["FIVE_YEARS_IN_MONTHS", "Caregiver", "Child", "ChildQuerySet", "Household", "Relation", "Sex"]
