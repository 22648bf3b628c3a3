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
from ceting.registry.rights.models.requests import (
    TIME_TO_ANSWER,
    DataAnswer,
    DataRequest,
    IdentityCheck,
    Outcome,
    RequestChannel,
    RequestKind,
)
from ceting.registry.rights.wordings import Scope

__all__ = [
    "TIME_TO_ANSWER",
    "Channel",
    "Consent",
    "ConsentWithdrawal",
    "DataAnswer",
    "DataRequest",
    "IdentityCheck",
    "Outcome",
    "RequestChannel",
    "RequestKind",
    "Scope",
    "allows",
    "last_answers",
    "may_use",
    "may_use_of_child",
    "who_allows",
    "withdrawal_of",
]
