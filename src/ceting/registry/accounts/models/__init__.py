"""Who signs in (people), how the door is kept (doors), and who is on duty when (roster)."""

from ceting.registry.accounts.models.doors import (
    Closing,
    FactorReset,
    Link,
    LinkKind,
    SignInSession,
    TryCount,
)
from ceting.registry.accounts.models.people import RoleAssignment, User, UserManager
from ceting.registry.accounts.models.roster import (
    DeviationKind,
    DutyDeviation,
    DutyNow,
    DutyShift,
    WrittenRoster,
    written_roster,
)

__all__ = [
    "Closing",
    "DeviationKind",
    "DutyDeviation",
    "DutyNow",
    "DutyShift",
    "FactorReset",
    "Link",
    "LinkKind",
    "RoleAssignment",
    "SignInSession",
    "TryCount",
    "User",
    "UserManager",
    "WrittenRoster",
    "written_roster",
]
