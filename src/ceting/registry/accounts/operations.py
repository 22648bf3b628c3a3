"""Verbs about people who sign in."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import RoleAssignment, User
from ceting.registry.accounts.roles import ROLES
from ceting.registry.places.models import Posyandu, Puskesmas


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    password: str | None,
    puskesmas: Puskesmas | None,
    by: User | None,
    phone: str = "",
    check: bool = True,
) -> User:
    """A new account without any role. Raises RefusedError for a taken name or a weak password.

    Without a password nobody comes in until a link has set one.
    `check=False` is for the demo, whose passwords are printed on the screen.
    """
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise RefusedError(
            Problem("Nama masuk ini sudah dipakai. Pilih nama lain.", "username_taken", "username")
        )
    user = User(username=username, name=name, puskesmas=puskesmas, phone=phone)
    if check and password is not None:
        check_password_strength(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    audit.record("user.create", "user", [user.pk], by=by, puskesmas_id=user.puskesmas_id)
    return user


def check_password_strength(password: str, user: User) -> None:
    """Raises RefusedError with a sentence for each weakness."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise RefusedError(
            *(Problem(text, "weak_password", "password") for text in error.messages)
        ) from error


@transaction.atomic
def give_role(
    user: User,
    role: str,
    *,
    puskesmas: Puskesmas | None = None,
    posyandu: Posyandu | None = None,
    by: User | None,
) -> RoleAssignment:
    """Let `user` act as `role` at a place. Raises KeyError for a role that doesn't exist."""
    assignment = RoleAssignment.objects.create(
        user=user, role=ROLES[role].code, puskesmas=puskesmas, posyandu=posyandu, given_by=by
    )
    audit.record("role.give", "user", [user.pk], by=by, detail={"role": role})
    _forget_roles(user)
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: User | None) -> None:
    """From now on the role no longer holds. The row stays: the trail needs to know who could see what."""
    RoleAssignment.objects.filter(pk=assignment.pk, ended_at=None).update(ended_at=clock.now())
    audit.record("role.end", "user", [assignment.user_id], by=by, detail={"role": assignment.role})
    _forget_roles(assignment.user)


def _forget_roles(user: User) -> None:
    for name in ("assignments", "roles"):
        user.__dict__.pop(name, None)
