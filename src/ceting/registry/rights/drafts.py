"""The arguments of the verbs about rights."""

from dataclasses import dataclass
from datetime import date

from ceting.registry.families.models import Caregiver, Child
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
