"""Verbs about people who sign in."""

import hashlib

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.cache import cache
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
    password: str,
    puskesmas: Puskesmas | None,
    by: User | None,
    check: bool = True,
) -> User:
    """A new account without any role. Raises RefusedError for a taken name or a weak password.

    `check=False` is for the demo, whose passwords are printed on the screen.
    """
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise RefusedError(
            Problem("Nama masuk ini sudah dipakai. Pilih nama lain.", "username_taken", "username")
        )
    user = User(username=username, name=name, puskesmas=puskesmas)
    if check:
        try:
            password_validation.validate_password(password, user)
        except ValidationError as error:
            raise RefusedError(
                *(Problem(text, "weak_password", "password") for text in error.messages)
            ) from error
    user.set_password(password)
    user.save(force_insert=True)
    audit.record("user.create", "user", [user.pk], by=by, puskesmas_id=user.puskesmas_id)
    return user


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


class SignInLimit:
    """Counts wrong passwords per name and address, and per address, in the shared cache.

    Keys are hashes: the cache table must not become a list of who tries to sign in from where.
    """

    def __init__(self, username: str, address: str) -> None:
        name = hashlib.sha256(f"{username.strip().lower()}|{address}".encode()).hexdigest()
        place = hashlib.sha256(address.encode()).hexdigest()
        self._limits = (
            (f"sign-in:name:{name}", settings.SIGN_IN_TRIES),
            (f"sign-in:address:{place}", settings.SIGN_IN_TRIES_PER_ADDRESS),
        )

    @property
    def reached(self) -> bool:
        counts = cache.get_many([key for key, _ in self._limits])
        return any(counts.get(key, 0) >= limit for key, limit in self._limits)

    def count_failure(self) -> None:
        for key, _ in self._limits:
            # Not incr(): it keeps the count for the cache's own time, and fails when the count has just run out.
            cache.set(key, cache.get(key, 0) + 1, settings.SIGN_IN_PAUSE)

    def forget(self) -> None:
        cache.delete(self._limits[0][0])
