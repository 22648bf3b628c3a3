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
from ceting.registry.families.models.lives import (
    Arrival,
    Death,
    DeathPlace,
    DeathUndoing,
    Departure,
    Move,
    MoveKind,
    MoveUndoing,
    Stay,
)
from ceting.registry.families.models.merging import Merge, MergeUndoing, roots, those_who_became
from ceting.registry.families.models.name_keys import ChildWord, WordKey

__all__ = [
    "FIVE_YEARS_IN_MONTHS",
    "Arrival",
    "Caregiver",
    "Child",
    "ChildQuerySet",
    "ChildWord",
    "Death",
    "DeathPlace",
    "DeathUndoing",
    "Departure",
    "Household",
    "Merge",
    "MergeUndoing",
    "Move",
    "MoveKind",
    "MoveUndoing",
    "Relation",
    "Sex",
    "Stay",
    "WordKey",
    "roots",
    "those_who_became",
]
