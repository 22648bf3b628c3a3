"""Coming in: what begins when somebody has shown who she is, by whichever way, and the step after the password."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.registry.accounts import factor_operations, locking
from ceting.registry.accounts.device_presenters import browser_words
from ceting.registry.accounts.factor_duty import Duty, duty_of
from ceting.registry.accounts.factor_presenters import due_words, reset_words
from ceting.registry.accounts.factors import Factors
from ceting.registry.accounts.models import User
from ceting.registry.accounts.rate_limits import RateLimit
from ceting.registry.accounts.roles import SecondFactor
from ceting.registry.accounts.sessions import BROWSER, SINCE

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF_IN = "half-in"
"""Where an anonymous session keeps who gave the right password and still owes her code."""
HALF_IN_FOR = timedelta(minutes=10)
MONDAY = 0


def come_in(request: HttpRequest, user: User, *, how: str) -> None:
    """A session of hers begins. `how`: password, app, recovery, passkey."""
    request.session.pop(HALF_IN, None)
    login(request, user, backend=BACKEND)
    request.session[BROWSER] = browser_words(request.headers.get("User-Agent", ""))
    request.session[SINCE] = clock.now().isoformat()
    locking.begin(request, user)
    audit.record("sign-in", "user", [user.pk], by=user, detail={"how": how})
    for each in factor_operations.tell_resets(user):
        messages.warning(request, reset_words(each, user))
    _ask_for_second_factor(request, user)


def _ask_for_second_factor(request: HttpRequest, user: User) -> None:
    has, duty = Factors.of(user), duty_of(user)
    if has.passkeys:
        offer_passkey(request)
    if not has.stands and duty.wish is not SecondFactor.NEVER:
        owe(request, owes=duty.is_over)
        _tell(request, user, duty)


def _tell(request: HttpRequest, user: User, duty: Duty) -> None:
    if duty.is_over:
        messages.warning(request, "Akun ini perlu kunci kedua. Pasang dulu di halaman ini, lalu lanjutkan.")
    elif duty.due is not None:
        messages.warning(request, due_words(duty.due, user))
    elif user.today().weekday() == MONDAY:
        # Once a week: who is asked every morning stops reading.
        messages.info(
            request,
            "Supaya akun lebih aman, pasang kunci kedua: tekan nama di pojok kanan atas, lalu Kunci kedua.",
        )


def owe(request: HttpRequest, *, owes: bool) -> None:
    """Whether she gets no other page before she has set up a second factor (LockMiddleware asks)."""
    if owes:
        request.session[locking.OWES] = True
    else:
        request.session.pop(locking.OWES, None)


def offer_passkey(request: HttpRequest) -> None:
    """A locked screen offers what she has."""
    request.session[locking.HAS_PASSKEY] = True


def stand_half_in(request: HttpRequest, user: User, *, wish: str) -> None:
    """The password was right; nothing opens before the code. The session's key changes, as at every step in."""
    request.session.cycle_key()
    request.session[HALF_IN] = {
        "user": str(user.pk),
        "until": (clock.now() + HALF_IN_FOR).isoformat(),
        "password": user.get_session_auth_hash(),
        "wish": wish,
    }


def half_in(request: HttpRequest) -> tuple[User, str] | None:
    """Who stands there and where she wants to go; None when nobody does, or too long, or her password changed."""
    kept: Any = request.session.get(HALF_IN)
    if not kept or clock.now() >= datetime.fromisoformat(kept["until"]):
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != kept["password"]:
        return None
    return user, kept["wish"]


def code_limit(user: User) -> RateLimit:
    """As many codes as passwords, whoever types them and wherever."""
    return RateLimit("code", str(user.pk), tries=settings.SIGN_IN_TRIES, pause=pause())


def pause() -> int:
    return int(settings.SIGN_IN_PAUSE)
