"""What the registry keeps of people's rights; a table of contents."""

from ceting.registry.rights.models.consents import (
    Channel,
    Consent,
    ConsentWithdrawal,
    allows,
    last_answers,
    may_use,
    may_use_of_child,
    who_allows,
    withdrawal_of,
)
from ceting.registry.rights.wordings import Scope

__all__ = [
    "Channel",
    "Consent",
    "ConsentWithdrawal",
    "Scope",
    "allows",
    "last_answers",
    "may_use",
    "may_use_of_child",
    "who_allows",
    "withdrawal_of",
]
