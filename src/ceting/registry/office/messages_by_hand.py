"""Which messages somebody may send from her own phone (docs/adr/0010)."""

from datetime import datetime
from typing import Self

from django.db.models import Q

from ceting.foundation.messaging.models import Kind, OutboxMessage, State
from ceting.registry.accounts.access import Scope, ScopedQuerySet
from ceting.registry.accounts.models import User

MAY_SEND = "messages.send"


class HandQuerySet(ScopedQuerySet[OutboxMessage]):
    """Messages as those who send them see them: a puskesmas' health workers all of it, a kader her posyandu's."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        """A midwife's follow-up speaks of a family's health, so at a posyandu only programme messages are seen."""
        everything = Q(puskesmas_id__in=Scope.of(user, may=may).puskesmas)
        return super().visible_to(user, may=may).filter(everything | Q(kind=Kind.PROGRAMME))

    def waiting(self) -> Self:
        """Those that wait for somebody to send them, the longest waiting first."""
        return self.filter(state=State.NEEDS_HUMAN).order_by("not_before", "id")

    def handled_by(self, user: User, *, since: datetime) -> Self:
        """What she said of late of a message, the newest first."""
        return self.filter(handled_by=user.pk, settled_at__gte=since).order_by("-settled_at")


def sendable_by(user: User) -> HandQuerySet:
    """Whatever state they are in."""
    return HandQuerySet(OutboxMessage).visible_to(user, may=MAY_SEND)


def how_many_wait_for(user: User) -> int:
    """How many she may send now."""
    return sendable_by(user).waiting().count()
