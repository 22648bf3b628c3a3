"""The idle lock: who was away too long gets no page until she has shown again who she is.

The server decides. Its row of the session says when she last did something; it is written at most once a minute, so
an ordinary request costs nothing. The page has a clock of its own (static/accounts/lock.js) and covers itself.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from ceting.foundation.core import clock
from ceting.registry.accounts.factors import Factors
from ceting.registry.accounts.forms import UnlockForm
from ceting.registry.accounts.models import SignInSession, User
from ceting.registry.accounts.roles import Reach
from ceting.registry.accounts.sessions import LOCK_MINUTES
from ceting.registry.places.models import CATALOGUE, settings_of

STEP = timedelta(minutes=1)
"""How far `seen_at` may be behind, and so how much longer than the setting the server waits."""
STAFF, VOLUNTEER = "house.idle_lock_minutes", "house.idle_lock_minutes_volunteer"
PROVEN = "proven"
"""Where the session keeps when she last showed who she is: by password, code or passkey."""
OWES = "owes-factor"
"""In the session: she gets no other page before she has set up a second factor (entering.py decides at the door)."""
HAS_PASSKEY = "passkey"
LOCKED = 423
THROUGH_THE_DOOR = "Untuk mengubah kunci akun: keluar dulu, lalu masuk lagi dengan kunci kedua."

View = Callable[..., HttpResponse]


def minutes_of(user: User) -> int:
    """After how many minutes her screen locks. A kader's is a phone in her own pocket, so it waits longer."""
    reaches = {role.reach for role in user.roles}
    code = VOLUNTEER if reaches == {Reach.POSYANDU} else STAFF
    value = settings_of(user.puskesmas).get(code) if user.puskesmas else CATALOGUE[code].default
    return int(value)  # type: ignore[arg-type]


def is_locked(request: HttpRequest) -> bool:
    """Whether she was away too long, or locked the screen herself."""
    row = _row(request)
    if row is None:
        return False
    idle = clock.now() - row.seen_at
    return row.locked_at is not None or (
        idle >= STEP and idle > timedelta(minutes=minutes_of(_user(request))) + STEP
    )


def see(request: HttpRequest) -> None:
    """She did something: remember it, at most once a minute."""
    row, now = _row(request), clock.now()
    if row is not None and now - row.seen_at >= STEP:
        minutes = minutes_of(_user(request))
        # Only while it isn't locked: of two requests at once one may have locked it.
        SignInSession.objects.filter(pk=row.pk, locked_at=None).update(seen_at=now, lock_minutes=minutes)
        row.seen_at, row.lock_minutes = now, minutes


def lock(request: HttpRequest) -> None:
    """She leaves the screen: nothing opens until she shows who she is."""
    row, now = _row(request), clock.now()
    if row is not None:
        SignInSession.objects.filter(pk=row.pk, locked_at=None).update(locked_at=now)
        row.locked_at = row.locked_at or now


def unlock(request: HttpRequest, *, proves: bool = True) -> None:
    """She has shown who she is: enough to go on working, and with `proves` enough to change her keys."""
    row, now = _row(request), clock.now()
    if row is not None:
        minutes = minutes_of(_user(request))
        SignInSession.objects.filter(pk=row.pk).update(locked_at=None, seen_at=now, lock_minutes=minutes)
        row.locked_at, row.seen_at, row.lock_minutes = None, now, minutes
    if proves:
        prove(request)


def begin(request: HttpRequest, user: User) -> None:
    """A session that begins: its lock, and that she has just shown who she is."""
    request.session[LOCK_MINUTES] = minutes_of(user)
    if _row(request) is None:
        prove(request)
    else:
        # She came through the door again with her locked screen's session, which Django then goes on with.
        unlock(request)


def prove(request: HttpRequest) -> None:
    request.session[PROVEN] = clock.now().isoformat()


def after_seconds(request: HttpRequest) -> int | None:
    """When the page covers itself; None before the setting was asked for the first time."""
    row = getattr(getattr(request, "session", None), "row", None)
    return row.lock_minutes * 60 if row is not None and row.lock_minutes else None


def locked_answer(request: HttpRequest, *, wish: str = "") -> HttpResponse:
    """Nothing of any page, and a way on. What a script asked for gets a status that keeps its row unsaved."""
    if request.headers.get("HX-Request") or request.headers.get("X-Cover"):
        return HttpResponse("Terkunci.", status=LOCKED, headers={"X-Locked": "1"})
    return locked_page(request, UnlockForm(), wish or _wish(request), status=LOCKED)


def locked_page(request: HttpRequest, form: UnlockForm, wish: str, *, status: int) -> HttpResponse:
    """The page by itself; it isn't covered, it is the cover."""
    context = {"form": form, "next": wish, "has_passkey": has_passkey(request), "cover": ""}
    return render(request, "accounts/locked.html", context, status=status)


def has_passkey(request: HttpRequest) -> bool:
    return bool(request.session.get(HAS_PASSKEY))


def _wish(request: HttpRequest) -> str:
    """Where she goes on afterwards: the page that she asked for, or the one whose form she sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    return f"{sent_from.path}?{sent_from.query}".rstrip("?") if sent_from.netloc == request.get_host() else ""


def landing(request: HttpRequest, url: str) -> str:
    """The wished address if it is one of ours, else home."""
    # "foo" would be ours too, but nothing that asked: redirect() takes it for a view's name.
    if url.startswith("/") and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return url
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def opens_when_locked(view: View) -> View:
    """Mark a view that a locked screen may still ask: the way back in, and the way out."""
    view.opens_when_locked = True  # type: ignore[attr-defined]
    return view


def needs_proof(view: View) -> View:
    """Decorate what changes the keys to her account: an open screen alone isn't enough for that.

    Where a second factor stands, her password alone isn't either: a colleague may know it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        proven = request.session.get(PROVEN)
        oldest = clock.now() - timedelta(minutes=settings.PROOF_MINUTES)
        if not proven or datetime.fromisoformat(proven) < oldest:
            if Factors.of(_user(request)).stands and not is_locked(request):
                messages.error(request, THROUGH_THE_DOOR)
                return redirect(settings.LOGIN_REDIRECT_URL)
            return locked_answer(request)
        return view(request, *args, **kwargs)

    guarded.changes_keys = True  # type: ignore[attr-defined]
    return guarded


class LockMiddleware:
    """Stands behind the sign-in: asks before each view whether the screen is locked."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not isinstance(request.user, User) or not getattr(view, "login_required", True):
            return None
        if getattr(view, "opens_when_locked", False):
            return None
        if is_locked(request):
            return locked_answer(request)
        if not getattr(view, "asks_by_itself", False):
            see(request)
        if request.session.get(OWES) and not getattr(view, "changes_keys", False):
            return redirect("accounts:factors")
        return None


def _row(request: HttpRequest) -> SignInSession | None:
    row: SignInSession | None = getattr(request.session, "row", None)
    return row


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    return user
