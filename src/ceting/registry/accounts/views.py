"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ceting.foundation.audit import operations as audit
from ceting.registry.accounts import entering, locking
from ceting.registry.accounts.factors import Factors
from ceting.registry.accounts.forms import SignInForm
from ceting.registry.accounts.models import User
from ceting.registry.accounts.rate_limits import SignInLimit, address_of


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. A wrong name and a wrong password get the same answer, in the same time."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try(request, form)
    return _page(request, form, status=422 if request.method == "POST" else 200)


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse:
    username, password = form.cleaned_data["username"].strip().lower(), form.cleaned_data["password"]
    limit = SignInLimit(username, address_of(request))
    if not limit.spend():
        minutes = settings.SIGN_IN_PAUSE // 60
        form.add_error(
            None,
            f"Terlalu banyak percobaan. Tunggu {minutes} menit, atau hubungi admin puskesmas untuk kata sandi baru.",
        )
        return _page(request, form, status=429)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        audit.record("sign-in.refused", "user", [], by=None)
        form.add_error(
            None, "Nama masuk atau kata sandi belum cocok. Periksa huruf besar dan kecil, lalu coba lagi."
        )
        return _page(request, form, status=422)
    limit.right()
    wish = request.POST.get("next", "")
    if Factors.of(user).stands:
        entering.stand_half_in(request, user, wish=wish)
        return redirect("accounts:sign-in-code")
    entering.come_in(request, user, how="password")
    return redirect(locking.landing(request, wish))


def _page(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "accounts/sign_in.html", context, status=status)


@locking.opens_when_locked
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        audit.record("sign-out", "user", [request.user.pk], by=request.user)
    logout(request)
    return redirect("accounts:sign-in")
