"""The step after the password, and coming in with a passkey alone."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ceting.foundation.audit import operations as audit
from ceting.registry.accounts import entering, factor_operations, factors, locking
from ceting.registry.accounts.factor_forms import CodeForm
from ceting.registry.accounts.forms import SignInForm
from ceting.registry.accounts.models import User
from ceting.registry.accounts.rate_limits import RateLimit, address_of, too_many

WRONG = "Kode belum cocok, atau sudah pernah dipakai. Tunggu kode berikutnya, lalu ketik lagi."
NO_PASSKEY = "Kunci sandi tidak dikenal. Masuk dengan nama dan kata sandi."


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The password was right: now the code of her app, or one of her recovery codes."""
    found = entering.half_in(request)
    if found is None:
        return redirect(settings.LOGIN_URL)
    user, wish = found
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit = entering.code_limit(user)
        if not limit.spend():
            return too_many(request, pause=entering.pause())
        how = factor_operations.use_code(user, form.cleaned_data["code"])
        if how:
            limit.forget()
            entering.come_in(request, user, how=how)
            return redirect(locking.landing(request, wish))
        audit.record("sign-in.code-refused", "user", [user.pk], by=None, puskesmas_id=user.puskesmas_id)
        form.add_error("code", WRONG)
    context = {"form": form, "factors": factors.Factors.of(user), "next": wish}
    return render(request, "accounts/sign_in_code.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey is something she has, unlocked by something she is or knows: it brings her in by itself.

    GET gives the script what the browser is to ask; POST brings the answer.
    """
    if request.method == "GET":
        return HttpResponse(factors.passkey_options(), content_type="application/json")
    limit = RateLimit(
        "passkey", address_of(request), tries=settings.SIGN_IN_TRIES_PER_ADDRESS, pause=entering.pause()
    )
    if not limit.spend():
        return too_many(request, pause=entering.pause())
    used = factors.owner_of(request.POST.get("credential", ""))
    user = User.objects.filter(pk=used.user_id, is_active=True).first() if used else None
    if used is None or user is None:
        audit.record("sign-in.refused", "user", [], by=None)
        context = {"form": SignInForm(), "next": request.POST.get("next", ""), "refusal": NO_PASSKEY}
        return render(request, "accounts/sign_in.html", context, status=422)
    limit.give_back()
    used.record_usage()
    entering.come_in(request, user, how="passkey")
    return redirect(locking.landing(request, request.POST.get("next", "")))
