"""Her second factor: what she has, and setting it up. Each page asks for the password when that was long ago."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ceting.foundation.core import ciphers
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.ui.qr import qr_data_uri
from ceting.registry.accounts import entering, factor_duty, factor_operations, factors
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.accounts.factor_forms import CodeForm, PasskeyForm
from ceting.registry.accounts.locking import needs_proof
from ceting.registry.accounts.rate_limits import too_many

SECRET = "app-secret"  # noqa: S105  where the session keeps it until the first code proves that the app has it
HELD = "session.app-secret"
"""What the cipher authenticates while it waits there."""


@requires("home.read")
@needs_proof
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    return _page(request, PasskeyForm())


def _page(request: StaffRequest, form: PasskeyForm) -> HttpResponse:
    context = {
        "factors": factors.Factors.of(request.user),
        "duty": factor_duty.duty_of(request.user),
        "form": form,
    }
    return render(request, "accounts/factors.html", context, status=422 if form.errors else 200)


@requires("home.read")
@needs_proof
@require_http_methods(["GET", "POST"])
def app(request: StaffRequest) -> HttpResponse:
    """The QR code, and the first code that proves that the app has it."""
    held = request.session.get(SECRET)
    secret = ciphers.decrypt(held, column=HELD) if held else factors.new_secret()
    if not held:
        request.session[SECRET] = ciphers.encrypt(secret, column=HELD)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit = entering.code_limit(request.user)
        if not limit.spend():
            return too_many(request, pause=entering.pause())
        try:
            codes = factor_operations.add_app(
                request.user, secret=secret, code=form.cleaned_data["code"], by=request.user
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            limit.forget()
            del request.session[SECRET]
            return _done(request, codes, "Aplikasi kode sudah terpasang.")
    address = factors.app_address(request.user, secret)
    context = {"form": form, "secret": _in_fours(secret), "qr": qr_data_uri(address)}
    return render(request, "accounts/factor_app.html", context, status=422 if form.errors else 200)


def _in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _done(request: StaffRequest, codes: list[str], sentence: str) -> HttpResponse:
    """Back to what she has; with her first factor the recovery codes come, the only time that they are seen."""
    entering.owe(request, owes=False)
    if codes:
        return render(request, "accounts/factor_codes.html", {"codes": codes, "sentence": sentence})
    messages.success(request, sentence)
    return redirect("accounts:factors")


@requires("home.read")
@needs_proof
@require_GET
def passkey_options(request: StaffRequest) -> HttpResponse:
    """For the script: what the browser is to ask its authenticator."""
    return HttpResponse(factors.new_passkey_options(request.user), content_type="application/json")


@requires("home.read")
@needs_proof
@require_POST
def add_passkey(request: StaffRequest) -> HttpResponse:
    form = PasskeyForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            codes = factor_operations.add_passkey(
                request.user, credential=typed["credential"], name=typed["name"], by=request.user
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            entering.offer_passkey(request)
            return _done(request, codes, "Kunci sandi sudah disimpan.")
    return _page(request, form)


@requires("home.read")
@needs_proof
@require_POST
def remove(request: StaffRequest, factor_id: int) -> HttpResponse:
    """The app or one passkey, hers."""
    mine: Any = Authenticator.objects.filter(user=request.user, type__in=(factors.APP, factors.PASSKEY))
    factor_operations.remove(get_object_or_404(mine, pk=factor_id), by=request.user)
    if not factors.Factors.of(request.user).stands:
        # Who must have one gets no other page before there is another.
        entering.owe(request, owes=factor_duty.duty_of(request.user).is_over)
    messages.success(request, "Sudah dilepas.")
    return redirect("accounts:factors")


@requires("home.read")
@needs_proof
@require_POST
def renew_codes(request: StaffRequest) -> HttpResponse:
    try:
        codes = factor_operations.renew_codes(request.user, by=request.user)
    except RefusedError as refusal:
        messages.error(request, refusal.problems[0].sentence)
        return redirect("accounts:factors")
    return _done(request, codes, "Kode cadangan baru sudah dibuat. Yang lama tidak berlaku lagi.")
