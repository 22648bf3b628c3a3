"""What is kept of pregnancies; a table of contents."""

from ceting.care.pregnancies.models.contacts import (
    MEASURED,
    Attendant,
    Contact,
    ContactWithdrawal,
    Place,
    Presentation,
    Product,
    Urine,
)
from ceting.care.pregnancies.models.outcomes import (
    Born,
    Delivery,
    EndKind,
    Outcome,
    OutcomeUndoing,
    PostnatalVisit,
)
from ceting.care.pregnancies.models.pregnancies import Pregnancy, PregnancyQuerySet
from ceting.care.pregnancies.models.risks import Card, StatedRisk
from ceting.care.pregnancies.models.support import (
    BirthPlan,
    ClassAttendance,
    ExtraFood,
    NamedClinician,
    NamedKind,
    NamedResult,
)

__all__ = [
    "MEASURED",
    "Attendant",
    "BirthPlan",
    "Born",
    "Card",
    "ClassAttendance",
    "Contact",
    "ContactWithdrawal",
    "Delivery",
    "EndKind",
    "ExtraFood",
    "NamedClinician",
    "NamedKind",
    "NamedResult",
    "Outcome",
    "OutcomeUndoing",
    "Place",
    "PostnatalVisit",
    "Pregnancy",
    "PregnancyQuerySet",
    "Presentation",
    "Product",
    "StatedRisk",
    "Urine",
]
