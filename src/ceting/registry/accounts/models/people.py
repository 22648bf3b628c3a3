"""People who sign in, and the roles they hold at places."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ceting.foundation.core import clock
from ceting.foundation.core.classification import FieldClass, classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.keys import new_key
from ceting.foundation.core.models import Record
from ceting.registry.accounts.roles import ROLES, Reach, Role
from ceting.registry.places.models import Posyandu, Puskesmas


class UserManager(BaseUserManager["User"]):
    """Looks people up by the name they sign in with; it writes nothing (operations.py does)."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who signs in. What she may do comes from her role assignments, never from flags."""

    field_classes: ClassVar[dict[str, FieldClass]] = classify(
        public="id name",
        volunteer="puskesmas",
        family="phone",
        internal="username password last_login is_active created_at",
    )

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    phone = EncryptedTextField(blank=True)
    puskesmas = models.ForeignKey(Puskesmas, null=True, on_delete=models.PROTECT, related_name="users")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "username"
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def assignments(self) -> list["RoleAssignment"]:
        """Her roles that hold now, with their places; one query a request."""
        return list(
            self.role_assignments.filter(ended_at=None)
            .select_related("posyandu__village", "puskesmas")
            .order_by("id")
        )

    @cached_property
    def roles(self) -> list[Role]:
        return [ROLES[assignment.role] for assignment in self.assignments]

    def may(self, permission: str) -> bool:
        """Whether one of her roles allows it, somewhere; `visible_to(user, may=...)` says where."""
        return any(permission in role.permissions for role in self.roles)

    def may_at(self, permission: str, posyandu: Posyandu) -> bool:
        """Whether one of her roles allows it at this posyandu."""
        return any(
            assignment.allows(permission)
            and (
                assignment.posyandu_id == posyandu.pk
                or (
                    ROLES[assignment.role].reach is Reach.PUSKESMAS
                    and assignment.puskesmas_id == posyandu.puskesmas_id
                )
            )
            for assignment in self.assignments
        )

    def may_read(self, field_class: FieldClass, *, at: Collection[UUID] | None = None) -> bool:
        """Whether one of her roles reads such fields; with `at`, one that she holds at one of these puskesmas.

        Who is midwife of one puskesmas and kader at another reads there what a kader reads.
        """
        return any(
            field_class in ROLES[assignment.role].fields and (at is None or assignment.home_id in at)
            for assignment in self.assignments
        )

    def today(self) -> date:
        """The calendar day where she works; somebody without a puskesmas works where the installation stands."""
        return self.now().date()

    def now(self) -> datetime:
        """This moment on the clock where she works."""
        zone = self.puskesmas.zone if self.puskesmas else clock.DEFAULT_ZONE
        return clock.now().astimezone(ZoneInfo(zone))

    def is_professional_at(self, puskesmas_id: UUID) -> bool:
        """Whether she is a trained measurer there; kader here and midwife elsewhere is kader here."""
        return any(
            ROLES[each.role].professional and each.home_id == puskesmas_id for each in self.assignments
        )

    @property
    def role_label(self) -> str:
        """For the corner of the screen: "Kader posyandu · Posyandu Melati"."""
        parts = []
        for assignment in self.assignments:
            place: Any = assignment.posyandu or assignment.puskesmas
            parts.append(
                f"{ROLES[assignment.role].label} · {place}" if place else ROLES[assignment.role].label
            )
        return ", ".join(parts)


class RoleAssignment(Record):
    """A role that somebody holds at a place, from when until when. A state is a row."""

    field_classes = classify(internal="user role puskesmas posyandu ended_at given_by")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=20)
    puskesmas = models.ForeignKey(
        Puskesmas, null=True, on_delete=models.PROTECT, related_name="role_assignments"
    )
    posyandu = models.ForeignKey(
        Posyandu, null=True, on_delete=models.PROTECT, related_name="role_assignments"
    )
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="role_stands_at_its_place",
                condition=models.Q(
                    role__in=[r.code for r in ROLES.values() if r.reach is Reach.POSYANDU],
                    posyandu__isnull=False,
                )
                | models.Q(
                    role__in=[r.code for r in ROLES.values() if r.reach is Reach.PUSKESMAS],
                    puskesmas__isnull=False,
                )
                | models.Q(role__in=[r.code for r in ROLES.values() if r.reach is Reach.FIGURES]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    @property
    def home_id(self) -> UUID | None:
        """The puskesmas that it is held at, or whose posyandu; None for a role at no place."""
        return self.posyandu.puskesmas_id if self.posyandu is not None else self.puskesmas_id

    def allows(self, permission: str) -> bool:
        return permission in ROLES[self.role].permissions
