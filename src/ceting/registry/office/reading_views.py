"""The values that official sources leave open: read by everybody who works there, confirmed by a doctor."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.office import operations, reading, settings_presenters
from ceting.registry.office.choosing import may_here, setting_changes
from ceting.registry.office.models import SettingsReading
from ceting.registry.places.models import Puskesmas, settings_of


@requires("start.read")
@require_safe
def settings_reading(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Every value that is to be decided, what stands now, and who has read it."""
    puskesmas = get_object_or_404(puskesmas_of(request.user, may="start.read"), pk=puskesmas_id)
    return _page(request, puskesmas, status=200)


@requires("settings.confirm")
@require_POST
def settings_confirm(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """The doctor has read them, those that her page showed."""
    puskesmas = get_object_or_404(puskesmas_of(request.user, may="settings.confirm"), pk=puskesmas_id)
    try:
        operations.confirm_settings(puskesmas, seen=request.POST.get("seen", ""), by=request.user)
    except RefusedError as refusal:
        messages.warning(request, refusal.problems[0].sentence)
        return _page(request, puskesmas, status=422)
    messages.success(request, "Tercatat: batas klinis sudah dibaca.")
    return redirect("office:start", puskesmas.pk)


def _page(request: StaffRequest, puskesmas: Puskesmas, *, status: int) -> HttpResponse:
    settings = settings_of(puskesmas)
    changes, names = setting_changes(puskesmas)
    now = reading.values_of(settings)
    readings = SettingsReading.objects.filter(puskesmas=puskesmas).select_related("read_by")
    last = readings.order_by("created_at", "id").last()
    changed = set(reading.changed_since(last.values, now)) if last else set()
    lines = [
        (
            settings_presenters.setting_line(each, settings, changes, names, puskesmas.today()),
            each.code in changed,
        )
        for each in reading.to_be_read()
    ]
    context = {
        "puskesmas": puskesmas,
        "lines": lines,
        "seen": reading.digest(now),
        "last": last,
        "changed": changed,
        "may_confirm": may_here(request.user, puskesmas, "settings.confirm"),
        "may_change": may_here(request.user, puskesmas, "settings.manage"),
    }
    return render(request, "office/settings_reading.html", context, status=status)
