"""Verbs of whoever runs the staff of a puskesmas: roles, and accounts that close and open again."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts import operations
from ceting.registry.accounts.access import Scope
from ceting.registry.accounts.models import Closing, Link, RoleAssignment, SignInSession, User
from ceting.registry.accounts.roles import ROLES, Reach
from ceting.registry.accounts.sessions import name_of
from ceting.registry.places.models import Posyandu, Puskesmas

MAY = "staff.manage"
TOO_WIDE = Problem(
    "Akun ini juga bertugas di luar puskesmas Ibu/Bapak. Minta Dinas Kesehatan mengurusnya.",
    "account_too_wide",
)
EVERYWHERE = "dinas"
"""The role that stands at no place and runs every puskesmas: given only by whoever holds one like it."""


def staff_of(user: User) -> QuerySet[User]:
    """The people whom she may see as staff: at home in a puskesmas that she runs, or holding a role there."""
    scope = Scope.managed(user, may=MAY)
    if scope is None:
        return User.objects.all()
    here = RoleAssignment.objects.filter(
        Q(puskesmas__in=scope.puskesmas) | Q(posyandu__puskesmas__in=scope.puskesmas),
        user=OuterRef("pk"),
        ended_at=None,
    )
    return User.objects.filter(Q(puskesmas__in=scope.puskesmas) | Exists(here))


def roles_of(user: User) -> QuerySet[RoleAssignment]:
    """The roles that hold now and that she may end."""
    scope = Scope.managed(user, may=MAY)
    standing = RoleAssignment.objects.filter(ended_at=None)
    if scope is None:
        return standing
    return standing.filter(Q(puskesmas__in=scope.puskesmas) | Q(posyandu__puskesmas__in=scope.puskesmas))


def runs_account_of(user: User, other: User) -> bool:
    """Whether all of the other's account is hers to run.

    Whoever hands over a new password could come in with it: so no role of the account may reach beyond her own.
    """
    scope = Scope.managed(user, may=MAY)
    if scope is None:
        return True
    places = {
        each.posyandu.puskesmas_id if each.posyandu else each.puskesmas_id for each in other.assignments
    }
    return {other.puskesmas_id, *places} <= scope.puskesmas


def may_give(user: User) -> list[str]:
    """The codes of the roles that she may give."""
    everywhere = Scope.managed(user, may=MAY) is None
    return [code for code in ROLES if everywhere or code != EVERYWHERE]


@transaction.atomic
def grant(
    user: User, role: str, *, puskesmas: Puskesmas | None, posyandu: Posyandu | None, by: User
) -> RoleAssignment:
    """Give a role at a place that `by` runs. Raises RefusedError.

    A role at no place would run every puskesmas, so every role but Dinas's gets one.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.pk == by.pk:
        raise _refusal(
            "Peran untuk diri sendiri diberikan oleh orang lain. Minta rekan atau Dinas.", "own_role"
        )
    if role not in may_give(by):
        raise _refusal("Peran ini hanya diberikan oleh Dinas Kesehatan.", "role_too_wide", "role")
    puskesmas, posyandu = _place(role, puskesmas, posyandu, by)
    same = RoleAssignment.objects.filter(
        user=user, role=role, puskesmas=puskesmas, posyandu=posyandu, ended_at=None
    )
    if same.exists():
        raise _refusal("Peran ini sudah dimilikinya di tempat itu.", "role_held", "role")
    return operations.give_role(user, role, puskesmas=puskesmas, posyandu=posyandu, by=by)


def _place(
    role: str, puskesmas: Puskesmas | None, posyandu: Posyandu | None, by: User
) -> tuple[Puskesmas | None, Posyandu | None]:
    if role == EVERYWHERE:
        return None, None
    if ROLES[role].reach is Reach.POSYANDU:
        if posyandu is None:
            raise _refusal("Pilih posyandu tempat ia bertugas.", "posyandu_needed", "posyandu")
        place, puskesmas_id = (None, posyandu), posyandu.puskesmas_id
    else:
        if puskesmas is None:
            raise _refusal("Pilih puskesmas tempat ia bertugas.", "puskesmas_needed", "puskesmas")
        place, puskesmas_id = (puskesmas, None), puskesmas.pk  # type: ignore[assignment]
    scope = Scope.managed(by, may=MAY)
    if scope is not None and puskesmas_id not in scope.puskesmas:
        raise _refusal("Tempat ini di luar puskesmas Ibu/Bapak.", "place_too_far", "role")
    return place


@transaction.atomic
def take_back(assignment: RoleAssignment, *, by: User) -> None:
    """End a role. Nobody locks herself out: her own last managing role is ended by somebody else."""
    User.objects.select_for_update(no_key=True).get(pk=assignment.user_id)
    own = RoleAssignment.objects.filter(user=by, ended_at=None)
    managing = [each.pk for each in own if each.allows(MAY)]
    if assignment.user_id == by.pk and managing == [assignment.pk]:
        raise _refusal(
            "Ini peran pengelola Ibu/Bapak yang terakhir. Minta rekan pengelola atau Dinas mengakhirinya.",
            "last_managing_role",
        )
    operations.end_role(assignment, by=by)


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """She left: nobody comes in with this account any more, and every session of it ends."""
    _check_runs(user, by)
    if user.pk == by.pk:
        raise _refusal(
            "Akun sendiri ditutup oleh orang lain. Minta rekan pengelola atau Dinas.", "own_account"
        )
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not row.is_active:
        return
    Closing.objects.create(user=row, closed_by=by)
    User.objects.filter(pk=row.pk).update(is_active=False)
    Link.objects.filter(user=row, used_at=None, withdrawn_at=None).update(
        withdrawn_at=clock.now(), withdrawn_by=by
    )
    audit.record("account.close", "user", [row.pk], by=by, puskesmas_id=row.puskesmas_id)
    end_sessions(row, by=by)


@transaction.atomic
def reopen_account(user: User, *, by: User) -> None:
    """She is back, with the roles that weren't ended."""
    _check_runs(user, by)
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if row.is_active:
        return
    Closing.objects.filter(user=row, reopened_at=None).update(reopened_at=clock.now(), reopened_by=by)
    User.objects.filter(pk=row.pk).update(is_active=True)
    audit.record("account.reopen", "user", [row.pk], by=by, puskesmas_id=row.puskesmas_id)


@transaction.atomic
def end_sessions(user: User, *, by: User, but: str | None = None) -> int:
    """Sign her out everywhere, or everywhere `but` in the session with this key; how many sessions ended."""
    if user.pk != by.pk:
        _check_runs(user, by)
    ended, _ = SignInSession.objects.filter(user=user).exclude(session_key=but or "").delete()
    audit.record("session.end", "user", [user.pk], by=by, detail={"sessions": ended})
    return ended


@transaction.atomic
def end_session(user: User, name: str, *, by: User) -> None:
    """Sign her out on one device, by the name that an address has for it (sessions.name_of)."""
    if user.pk != by.pk:
        _check_runs(user, by)
    keys = user.sessions.values_list("session_key", flat=True)
    ended, _ = SignInSession.objects.filter(
        user=user, session_key__in=[key for key in keys if name_of(key) == name]
    ).delete()
    audit.record("session.end", "user", [user.pk], by=by, detail={"sessions": ended})


def _check_runs(user: User, by: User) -> None:
    if not runs_account_of(by, user):
        raise RefusedError(TOO_WIDE)


def _refusal(sentence: str, code: str, field: str = "") -> RefusedError:
    return RefusedError(Problem(sentence, code, field))
