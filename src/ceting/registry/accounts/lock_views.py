"""The locked screen: shown, opened again, asked for by hand, and the page's word that somebody is there."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ceting.foundation.audit import operations as audit
from ceting.registry.accounts import factors, locking
from ceting.registry.accounts.access import StaffRequest
from ceting.registry.accounts.forms import UnlockForm
from ceting.registry.accounts.rate_limits import RateLimit, too_many

WRONG = "Kata sandi belum cocok. Periksa huruf besar dan kecil, lalu coba lagi."

WRONG_PASSKEY = "Kunci sandi ini bukan milik akun yang terkunci. Coba lagi, atau ketik kata sandi."


@locking.opens_when_locked
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def unlock(request: StaffRequest) -> HttpResponse:
    """Her password opens the screen again. The cover of a page (lock.js) gets a status and a sentence."""
    by_cover, credential = "X-Cover" in request.headers, request.POST.get("credential")
    # A passkey's answer stands in for the password, so that a wrong one is told in its place.
    form = UnlockForm({"password": "passkey"} if credential else request.POST or None)
    if request.method == "POST" and form.is_valid():
        limit = RateLimit(
            "unlock", str(request.user.pk), tries=settings.SIGN_IN_TRIES, pause=settings.SIGN_IN_PAUSE
        )
        if not limit.spend():
            return too_many(request, pause=settings.SIGN_IN_PAUSE)
        if _is_her(request, credential):
            limit.forget()
            proves = bool(credential) or not factors.Factors.of(request.user).stands
            return _open(request, by_cover=by_cover, proves=proves)
        audit.record("screen.refused", "user", [request.user.pk], by=request.user)
        form.add_error("password", WRONG_PASSKEY if credential else WRONG)
    if by_cover and form.errors:
        return HttpResponse(form.errors["password"][0], status=422, content_type="text/plain; charset=utf-8")
    wish = request.POST.get("next", "")
    return locking.locked_page(request, form, wish, status=422 if form.errors else 200)


def _is_her(request: StaffRequest, credential: str | None) -> bool:
    if not credential:
        return request.user.check_password(request.POST.get("password", ""))
    used = factors.owner_of(credential)
    return used is not None and used.user_id == request.user.pk


def _open(request: StaffRequest, *, by_cover: bool, proves: bool) -> HttpResponse:
    locking.unlock(request, proves=proves)
    audit.record("screen.open", "user", [request.user.pk], by=request.user)
    if by_cover:
        return HttpResponse(status=204)
    return redirect(locking.landing(request, request.POST.get("next", "")))


@locking.opens_when_locked
@require_POST
def lock(request: StaffRequest) -> HttpResponse:
    """She leaves the screen, or its clock ran out."""
    locking.lock(request)
    if "X-Cover" in request.headers:
        return HttpResponse(status=204)
    return redirect("accounts:unlock")


@require_POST
def here(request: StaffRequest) -> HttpResponse:
    """Somebody types, although nothing was sent: asked by the page at most once a minute."""
    return HttpResponse(status=204)
