"""A QR that a colleague scans to type along. It opens nothing by itself: she signs in, and sees what she may."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.measurements import grid, plan_presenters, planning
from ceting.care.measurements.plan_models import PlannedDay
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.ui.qr import qr_data_uri
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.standards.numbers import format_date


@requires("measurements.record")
@require_safe
def session_share(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """The QR of a session that is open."""
    session = get_object_or_404(grid.visible_sessions(request.user, may="measurements.record"), pk=session_id)
    address = reverse("measurements:session", args=[session.pk])
    context = {
        "title": session.title,
        "lead": f"{format_date(session.held_on)} · {session.posyandu.village}",
        "grid_url": address,
        "address": request.build_absolute_uri(address),
        "qr": qr_data_uri(request.build_absolute_uri(address)),
    }
    return render(request, "measurements/share.html", context)


@requires("measurements.record")
@require_http_methods(["GET", "HEAD", "POST"])
def planned_day(request: StaffRequest, planned_id: UUID) -> HttpResponse:
    """A planned day: its QR, its sheet, and opening it when it has come. Once open, its address is the grid's."""
    days = PlannedDay.objects.visible_to(request.user, may="measurements.record").select_related(
        "posyandu__village", "posyandu__puskesmas", "change__moved_to", "opening"
    )
    planned = get_object_or_404(days, pk=planned_id)
    if hasattr(planned, "opening"):
        return redirect("measurements:session", planned.opening.session_id)
    line = plan_presenters.line(planned, request.user.today())
    refused = ""
    if request.method == "POST" and line.open:
        try:
            session = planning.open_session(planned.posyandu, planned.planned_on, by=request.user)
        except RefusedError as refusal:
            refused = refusal.problems[0].sentence
        else:
            return redirect("measurements:session", session.pk)
    address = request.build_absolute_uri(reverse("measurements:planned-day", args=[planned.pk]))
    context = {
        "title": line.title,
        "lead": f"{line.day} · {line.village}",
        "line": line,
        "due": line.open and planned.planned_on <= request.user.today(),
        "refused": refused,
        "address": address,
        "qr": qr_data_uri(address) if line.open else "",
    }
    return render(request, "measurements/share.html", context, status=422 if refused else 200)
