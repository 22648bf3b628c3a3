"""Every lookup starts at who asks: `Child.objects.visible_to(user)`. The only place that turns roles into rows."""

from collections.abc import Callable, Collection
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
from ceting.registry.places.models import Posyandu, Puskesmas


@dataclass(frozen=True)
class Scope:
    """The places whose people somebody may see."""

    puskesmas: frozenset[UUID]
    posyandu: frozenset[UUID]

    @classmethod
    def of(cls, user: User, *, may: str | None = None) -> "Scope":
        """Where her roles reach; with `may`, only those roles that allow it."""
        puskesmas, posyandu = set(), set()
        if user.is_active:
            for assignment in user.assignments:
                if may is not None and not assignment.allows(may):
                    continue
                reach = ROLES[assignment.role].reach
                if reach is Reach.PUSKESMAS and assignment.puskesmas_id:
                    puskesmas.add(assignment.puskesmas_id)
                elif reach is Reach.POSYANDU and assignment.posyandu_id:
                    posyandu.add(assignment.posyandu_id)
        return cls(frozenset(puskesmas), frozenset(posyandu))

    @classmethod
    def managed(cls, user: User, *, may: str) -> "Scope | None":
        """The puskesmas that she may run in this respect; None is every one of them (a role at no place: Dinas)."""
        standing = [assignment for assignment in user.assignments if assignment.allows(may)]
        if not user.is_active:
            standing = []
        if any(each.puskesmas_id is None and each.posyandu_id is None for each in standing):
            return None
        return cls(frozenset(each.puskesmas_id for each in standing if each.puskesmas_id), frozenset())


RowT = TypeVar("RowT", bound=models.Model)


class ScopedQuerySet(models.QuerySet[RowT]):
    """A queryset of rows that belong to a place. Say where the place is in `puskesmas_path` and `posyandu_path`."""

    puskesmas_path = "puskesmas_id"
    posyandu_path = "posyandu_id"

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        """Rows of the places in her scope; of no place, none.

        `may` names what she is about to do: who is kader of one posyandu and head of another puskesmas records here
        and reads there. A view that changes a row names its permission.
        """
        scope = Scope.of(user, may=may)
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


def asks_by_itself(view: View) -> View:
    """Mark what a page asks by its clock: that is no sign of somebody in front of the screen (locking.py)."""
    view.asks_by_itself = True  # type: ignore[attr-defined]
    return view


def posyandu_of(user: User, *, may: str | None = None) -> models.QuerySet[Posyandu]:
    """The posyandu that her roles reach: with `may`, where she may register a child, open a day...

    Those that closed are left out: their past is read through what was recorded there.
    """
    scope = Scope.of(user, may=may)
    reached = models.Q(pk__in=scope.posyandu) | models.Q(puskesmas__in=scope.puskesmas)
    return Posyandu.objects.filter(reached, closure=None).select_related("village", "puskesmas")


def puskesmas_of(user: User, *, may: str) -> models.QuerySet[Puskesmas]:
    """The puskesmas that she may run in this respect: that of each role, all for a role at none (Dinas).

    About the house (staff, settings, places), never about a person: those start at `visible_to`.
    """
    scope = Scope.managed(user, may=may)
    return Puskesmas.objects.all() if scope is None else Puskesmas.objects.filter(pk__in=scope.puskesmas)


def readable(user: User, row: models.Model, field_name: str, *, at: Collection[UUID] | None = None) -> bool:
    """Whether the class of this field is one that she may read where the row stands (rules.md, section 8).

    `at`: the puskesmas of the children for whose sake she looks at a family; a family may have two.
    """
    field_class = class_of(type(row), field_name)
    places = at if at is not None else {row.puskesmas_id}  # type: ignore[attr-defined]
    return field_class is FieldClass.PUBLIC or user.may_read(field_class, at=places)
