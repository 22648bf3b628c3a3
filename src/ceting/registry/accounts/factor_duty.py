"""Who is asked for a second factor, and from when nobody comes in without one. Roles say it (roles.py)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from ceting.foundation.core import clock
from ceting.registry.accounts.models import RoleAssignment, User
from ceting.registry.accounts.roles import ROLES, SecondFactor
from ceting.registry.places.models import settings_of

CODE = "house.second_factor"
ONLY_ASKED, AS_ROLES_SAY, WHOLE_STAFF = "asked", "managers", "staff"


@dataclass(frozen=True)
class Duty:
    """`due` is when it begins to be needed; None: she is only asked."""

    wish: SecondFactor
    due: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether the time to set one up has passed."""
        return self.due is not None and clock.now() >= self.due


def duty_of(user: User) -> Duty:
    """The strictest of her roles, and the first day of it."""
    found = [_duty(assignment) for assignment in user.assignments]
    dues = [each.due for each in found if each.due is not None]
    if dues:
        return Duty(SecondFactor.MUST, min(dues))
    asked = any(each.wish is SecondFactor.ASKED for each in found)
    return Duty(SecondFactor.ASKED if asked else SecondFactor.NEVER)


def _duty(assignment: RoleAssignment) -> Duty:
    wish, since = ROLES[assignment.role].second_factor, assignment.created_at
    if wish is SecondFactor.NEVER:
        return Duty(wish)
    if assignment.puskesmas is not None:
        held = settings_of(assignment.puskesmas)
        decided, change = held.text(CODE), held.change_of(CODE)
        if decided == ONLY_ASKED:
            wish = SecondFactor.ASKED
        elif decided == WHOLE_STAFF:
            wish = SecondFactor.MUST
        if change is not None:
            since = max(since, change.created_at)
    if wish is not SecondFactor.MUST or not settings.SECOND_FACTOR_MUST:
        return Duty(SecondFactor.ASKED)
    return Duty(wish, since + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS))
