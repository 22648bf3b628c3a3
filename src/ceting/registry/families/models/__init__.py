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
from ceting.registry.families.models.homes import (
    CaregiverDeath,
    CaregiverDeathUndoing,
    CaregiverEnding,
    FamilyChange,
    HouseholdMove,
    MainCaregiver,
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
from ceting.registry.families.models.mistakes import MistakenRegistration
from ceting.registry.families.models.name_keys import ChildWord, WordKey
from ceting.registry.families.models.pairs import (
    LikelyPair,
    PairReason,
    PairStrength,
    TwoChildren,
    Unlooked,
)
from ceting.registry.families.models.reports import FamilyReport, OutcomeKind, ReportKind, ReportOutcome
from ceting.registry.families.models.targets import SealedTarget, TargetEntry, TargetSource

__all__ = [
    "FIVE_YEARS_IN_MONTHS",
    "Arrival",
    "Caregiver",
    "CaregiverDeath",
    "CaregiverDeathUndoing",
    "CaregiverEnding",
    "Child",
    "ChildQuerySet",
    "ChildWord",
    "Death",
    "DeathPlace",
    "DeathUndoing",
    "Departure",
    "FamilyChange",
    "FamilyReport",
    "Household",
    "HouseholdMove",
    "LikelyPair",
    "MainCaregiver",
    "Merge",
    "MergeUndoing",
    "MistakenRegistration",
    "Move",
    "MoveKind",
    "MoveUndoing",
    "OutcomeKind",
    "PairReason",
    "PairStrength",
    "Relation",
    "ReportKind",
    "ReportOutcome",
    "SealedTarget",
    "Sex",
    "Stay",
    "TargetEntry",
    "TargetSource",
    "TwoChildren",
    "Unlooked",
    "WordKey",
    "roots",
    "those_who_became",
]
