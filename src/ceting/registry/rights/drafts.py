"""The arguments of the verbs about rights."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ceting.registry.families.models import Caregiver, Child, Household
from ceting.registry.rights.wordings import Scope


@dataclass(frozen=True)
class ConsentDraft:
    """What a caregiver answered: of herself, or of a child as her guardian."""

    caregiver: Caregiver
    scope: Scope
    granted: bool
    channel: str
    said_on: date
    child: Child | None = None


@dataclass(frozen=True)
class RequestDraft:
    """What somebody asks, about exactly one of a child, a caregiver and a household."""

    kind: str
    about: Child | Caregiver | Household
    asked_by: str
    channel: str
    identity: str
    received_at: datetime
    details: str = ""
    received_by: UUID | None = None
    """The puskesmas where the clock runs; None: that of whom it is about."""
