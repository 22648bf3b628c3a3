"""Every lookup starts at who asks: `Child.objects.visible_to(user)`. The only place that turns roles into rows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse

from ceting.foundation.core.classification import FieldClass, class_of
from ceting.registry.accounts.models import User
from ceting.registry.accounts.roles import ROLES, Reach
from ceting.registry.places.models import Posyandu


@dataclass(frozen=True)
class Scope:
    """The places whose people somebody may see."""

    puskesmas: frozenset[UUID]
    posyandu: frozenset[UUID]

    @classmethod
    def of(cls, user: User) -> "Scope":
        puskesmas, posyandu = set(), set()
        if user.is_active:
            for assignment in user.assignments:
                reach = ROLES[assignment.role].reach
                if reach is Reach.PUSKESMAS and assignment.puskesmas_id:
                    puskesmas.add(assignment.puskesmas_id)
                elif reach is Reach.POSYANDU and assignment.posyandu_id:
                    posyandu.add(assignment.posyandu_id)
        return cls(frozenset(puskesmas), frozenset(posyandu))


RowT = TypeVar("RowT", bound=models.Model)


class ScopedQuerySet(models.QuerySet[RowT]):
    """A queryset of rows that belong to a place. Say where the place is in `puskesmas_path` and `posyandu_path`."""

    puskesmas_path = "puskesmas_id"
    posyandu_path = "posyandu_id"

    def visible_to(self, user: User) -> Self:
        """Rows of the places in her scope; of no place, none."""
        scope = Scope.of(user)
        mine = models.Q(pk__in=())
        if scope.puskesmas:
            mine |= models.Q(**{f"{self.puskesmas_path}__in": scope.puskesmas})
        if scope.posyandu:
            mine |= models.Q(**{f"{self.posyandu_path}__in": scope.posyandu})
        return self.filter(mine)


class StaffRequest(HttpRequest):
    """A request whose `user` is one of ours: LoginRequiredMiddleware saw to it."""

    user: User


View = Callable[..., HttpResponse]


def requires(permission: str) -> Callable[[View], View]:
    """Decorate a view with the permission that opens it; a test walks every URL and finds the view without one."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not cast(User, request.user).may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def posyandu_of(user: User) -> models.QuerySet[Posyandu]:
    """The posyandu where she may register a child or open a day."""
    scope = Scope.of(user)
    reached = models.Q(pk__in=scope.posyandu) | models.Q(puskesmas__in=scope.puskesmas)
    return Posyandu.objects.filter(reached).select_related("village", "puskesmas")


def readable(user: User, row: models.Model, field_name: str) -> bool:
    """Whether the class of this field is one that she may read (rules.md, section 8)."""
    field_class = class_of(type(row), field_name)
    return field_class is FieldClass.PUBLIC or user.may_read(field_class)
