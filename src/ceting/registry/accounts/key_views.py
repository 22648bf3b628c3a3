"""Passwords: the one that a one-time link sets, and one's own."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ceting.foundation.core.ciphers import digest
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import link_operations
from ceting.registry.accounts.access import StaffRequest
from ceting.registry.accounts.rate_limits import RateLimit, address_of, too_many
from ceting.registry.accounts.staff_forms import NewPasswordForm, OwnPasswordForm

HELD = "key"
"""Where the visitor's session keeps the hash of the link that she opened."""


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """Where a one-time link leads. The token leaves the address at once, so no history or Referer keeps it.

    Opening it changes nothing: WhatsApp opens links too, for its preview.
    """
    limit = _limit("link", address_of(request), tries=settings.SIGN_IN_TRIES_PER_ADDRESS)
    if not limit.spend():
        return too_many(request, pause=settings.SIGN_IN_PAUSE)
    token = request.GET.get("k")
    if request.method == "GET" and token:
        request.session[HELD] = digest(token)
        limit.give_back()
        response = redirect("accounts:key")
        # Only here: from a page under no-referrer a browser posts with "Origin: null", which CSRF refuses.
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
    form = NewPasswordForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    held = request.session.get(HELD, "")
    try:
        context["person"] = link_operations.find_link(held).user
        limit.give_back()
        if request.method == "POST" and form.is_valid():
            link_operations.use_link(held, password=form.cleaned_data["password"])
            request.session.flush()
            messages.success(request, "Kata sandi sudah disimpan. Silakan masuk.")
            return redirect(settings.LOGIN_URL)
    except RefusedError as refusal:
        if "person" not in context:
            return render(request, "accounts/key_gone.html", {"refusal": refusal}, status=404)
        form.show(refusal)
    return render(request, "accounts/key.html", context, status=422 if form.errors else 200)


def _limit(name: str, whose: str, *, tries: int) -> RateLimit:
    return RateLimit(name, whose, tries=tries, pause=settings.SIGN_IN_PAUSE)


@sensitive_post_parameters("old_password", "password", "again")
@require_http_methods(["GET", "POST"])
def own_password(request: StaffRequest) -> HttpResponse:
    """Her own password. This session goes on under a new key, every other one ends."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit = _limit("own-password", str(request.user.pk), tries=settings.SIGN_IN_TRIES)
        if not limit.spend():
            return too_many(request, pause=settings.SIGN_IN_PAUSE)
        typed = form.cleaned_data
        try:
            link_operations.change_password(
                request.user, old=typed["old_password"], new=typed["password"], by=request.user
            )
        except RefusedError as refusal:
            if all(problem.code != "wrong_password" for problem in refusal.problems):
                limit.forget()
            form.show(refusal)
        else:
            limit.forget()
            update_session_auth_hash(request, request.user)
            messages.success(request, "Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan.")
            return redirect("accounts:own-password")
    return render(request, "accounts/own_password.html", {"form": form}, status=422 if form.errors else 200)
