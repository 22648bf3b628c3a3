"""Who signs in (people) and how the door is kept (doors)."""

from ceting.registry.accounts.models.doors import Closing, Link, LinkKind, SignInSession, TryCount
from ceting.registry.accounts.models.people import RoleAssignment, User, UserManager

__all__ = [
    "Closing",
    "Link",
    "LinkKind",
    "RoleAssignment",
    "SignInSession",
    "TryCount",
    "User",
    "UserManager",
]
