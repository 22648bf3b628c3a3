"""Who signs in (people), how the door is kept (doors), and who is on duty when (roster)."""

from ceting.registry.accounts.models.doors import Closing, Link, LinkKind, SignInSession, TryCount
from ceting.registry.accounts.models.people import RoleAssignment, User, UserManager
from ceting.registry.accounts.models.roster import DeviationKind, DutyDeviation, DutyShift, roster_of

__all__ = [
    "Closing",
    "DeviationKind",
    "DutyDeviation",
    "DutyShift",
    "Link",
    "LinkKind",
    "RoleAssignment",
    "SignInSession",
    "TryCount",
    "User",
    "UserManager",
    "roster_of",
]
