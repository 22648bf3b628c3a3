"""Verbs of the one-time link: an invitation, or a new password for who forgot hers. Puskesmas have no mail."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.ciphers import digest
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts import inviting, operations, staff_operations
from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.accounts.models import Link, LinkKind, SignInSession, User
from ceting.registry.places.models import Posyandu, Puskesmas

GONE = Problem(
    "Tautan ini sudah dipakai, ditarik, atau lewat waktu. Minta tautan baru dari admin puskesmas.",
    "link_gone",
)


@transaction.atomic
def invite(
    *,
    name: str,
    username: str,
    phone: str,
    role: str,
    puskesmas: Puskesmas | None,
    posyandu: Posyandu | None,
    by: User,
) -> tuple[User, str]:
    """A new account with a role, and the token of the link by which she sets her password. Raises RefusedError."""
    home = posyandu.puskesmas if posyandu else puskesmas
    if role == staff_operations.EVERYWHERE:
        home = None
    user = operations.create_user(
        username=username, name=name, password=None, puskesmas=home, phone=phone, by=by
    )
    staff_operations.grant(user, role, puskesmas=puskesmas, posyandu=posyandu, by=by)
    return user, make_link(user, by=by)


@dataclass(frozen=True)
class Invited:
    """Somebody of a list, and the token of her link; "" for who has come in before and needs none."""

    user: User
    token: str


@transaction.atomic
def invite_many(drafts: Iterable[InvitationDraft], *, by: User) -> list[Invited]:
    """A whole list, in its order: all of it or nothing.

    Harmless to repeat: whoever was invited to the same place under the same name and never came in gets a new link,
    who has come in is left alone. Raises RefusedError whose problems name the position in the list as their field.
    """
    given = list(drafts)
    homes = {place.pk for draft in given if (place := _home(draft))}
    # Whoever presses twice finds at the second time those whom the first one invited.
    list(Puskesmas.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=homes).order_by("pk"))
    known, invited, problems = inviting.standing(given), [], []
    for position, draft in enumerate(given):
        same = [
            user
            for user in known.get(inviting.place_of(draft), [])
            if draft.username.lower() in ("", user.username)
        ]
        try:
            invited.append(_invite_again(same[0], by=by) if same else _invite_new(draft, by=by))
        except RefusedError as refusal:
            problems += [Problem(each.sentence, each.code, str(position)) for each in refusal.problems]
    if problems:
        raise RefusedError(*problems)
    return invited


def _home(draft: InvitationDraft) -> Puskesmas | None:
    return draft.posyandu.puskesmas if draft.posyandu else draft.puskesmas


def _invite_again(user: User, *, by: User) -> Invited:
    return Invited(user, "" if user.has_usable_password() else make_link(user, by=by))


def _invite_new(draft: InvitationDraft, *, by: User) -> Invited:
    user, token = invite(
        name=draft.name,
        username=draft.username or inviting.username_for(draft),
        phone=draft.phone,
        role=draft.role,
        puskesmas=None if draft.posyandu else draft.puskesmas,
        posyandu=draft.posyandu,
        by=by,
    )
    return Invited(user, token)


@transaction.atomic
def make_link(user: User, *, by: User) -> str:
    """The token of a new link; an earlier one that is still open is withdrawn. It is shown once and kept nowhere."""
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not staff_operations.runs_account_of(by, row):
        raise RefusedError(staff_operations.TOO_WIDE)
    if not row.is_active:
        raise RefusedError(Problem("Akun ini ditutup. Buka dulu akunnya.", "account_closed"))
    withdraw_link(row, by=by)
    token = secrets.token_urlsafe(32)
    kind = LinkKind.RESET if row.has_usable_password() else LinkKind.INVITATION
    Link.objects.create(
        user=row,
        kind=kind,
        token_hash=digest(token),
        made_by=by,
        expires_at=clock.now() + timedelta(days=settings.LINK_DAYS),
    )
    audit.record("link.make", "user", [row.pk], by=by, detail={"kind": kind.value})
    return token


@transaction.atomic
def withdraw_link(user: User, *, by: User) -> None:
    """The open link of hers opens nothing any more; harmless when there is none. Raises RefusedError.

    Who may not make one for her, because a role of hers reaches beyond, may not take one back either.
    """
    if not staff_operations.runs_account_of(by, user):
        raise RefusedError(staff_operations.TOO_WIDE)
    now = clock.now()
    open_links = Link.objects.filter(user=user, used_at=None, withdrawn_at=None)
    if open_links.update(withdrawn_at=now, withdrawn_by=by):
        audit.record("link.withdraw", "user", [user.pk], by=by)


def find_link(token_hash: str) -> Link:
    """The link that still opens. Raises RefusedError, with one sentence for every reason."""
    link = Link.objects.select_related("user__puskesmas").filter(token_hash=token_hash).first()
    if link is None or not link.opens(clock.now()) or not link.user.is_active:
        raise RefusedError(GONE)
    return link


@transaction.atomic
def use_link(token_hash: str, *, password: str) -> User:
    """Set the password of whom the link belongs to; every session of hers ends. Raises RefusedError."""
    link = find_link(token_hash)
    used = Link.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None).update(used_at=clock.now())
    if not used:
        raise RefusedError(GONE)
    _set_password(link.user, password)
    audit.record("link.use", "user", [link.user_id], by=link.user, detail={"kind": link.kind})
    return link.user


@transaction.atomic
def change_password(user: User, *, old: str, new: str, by: User) -> None:
    """Her own password, by whoever knows the old one; every session of hers ends. Raises RefusedError."""
    if not user.check_password(old):
        raise RefusedError(Problem("Kata sandi lama belum cocok.", "wrong_password", "old_password"))
    _set_password(user, new)
    audit.record("password.change", "user", [user.pk], by=by)


def _set_password(user: User, password: str) -> None:
    operations.check_password_strength(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    SignInSession.objects.filter(user=user).delete()
