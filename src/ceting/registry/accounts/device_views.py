"""Where she is signed in: one's own devices, and the way to sign one of them out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ceting.foundation.core import clock
from ceting.registry.accounts import staff_operations
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.accounts.device_presenters import DeviceLine


@requires("home.read")
@require_GET
def devices(request: StaffRequest) -> HttpResponse:
    lines = _devices(request)
    others = sum(not line.is_this for line in lines)
    return render(request, "accounts/devices.html", {"lines": lines, "others": others})


def _devices(request: StaffRequest) -> list[DeviceLine]:
    """Hers and nobody else's; this one first, then the one that was used last."""
    standing = request.user.sessions.filter(expire_date__gt=clock.now()).order_by("-seen_at")
    current = request.session.session_key
    lines = [DeviceLine.of(each, current=current) for each in standing]
    return sorted(lines, key=lambda line: not line.is_this)


@requires("home.read")
@require_POST
def end_device(request: StaffRequest, device: str) -> HttpResponse:
    line = next((each for each in _devices(request) if each.name == device), None)
    if line is None:
        raise Http404
    if line.is_this:
        messages.info(request, "Ini perangkat yang sedang dipakai. Untuk keluar, tekan Keluar di menu nama.")
    else:
        staff_operations.end_session(request.user, device, by=request.user)
        messages.success(request, f"{line.words} sudah dikeluarkan.")
    return redirect("accounts:devices")


@requires("home.read")
@require_POST
def end_other_devices(request: StaffRequest) -> HttpResponse:
    staff_operations.end_sessions(request.user, by=request.user, but=request.session.session_key)
    messages.success(request, "Perangkat lain sudah dikeluarkan.")
    return redirect("accounts:devices")
