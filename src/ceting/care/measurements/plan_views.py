"""The calendar of posyandu days."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.measurements import plan_presenters, planning
from ceting.care.measurements.plan_forms import PlanChangeForm, PlanForm
from ceting.care.measurements.plan_models import PlannedDay
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.standards.ages import add_months

SHOWN = ("posyandu__village", "posyandu__puskesmas", "change__moved_to", "opening")


@requires("children.read")
@require_safe
def plan(request: StaffRequest) -> HttpResponse:
    """One month of every posyandu that she may see."""
    today = request.user.today()
    month = plan_presenters.month_of(request.GET.get("bulan", ""), today)
    days = PlannedDay.objects.visible_to(request.user).filter(
        planned_on__gte=month.first, planned_on__lt=add_months(month.first, 1)
    )
    context = {
        "month": month,
        "lines": plan_presenters.lines(days.select_related(*SHOWN), today),
        "may_plan": request.user.may("sessions.plan"),
    }
    return render(request, "measurements/plan.html", context)


@requires("sessions.plan")
@require_http_methods(["GET", "POST"])
def plan_new(request: StaffRequest) -> HttpResponse:
    """Plan a year by its pattern."""
    form = PlanForm(request.POST or None, user=request.user, today=request.user.today())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        days = planning.plan_year(
            data["posyandu"], data["year"], weekday=data["weekday"], nth=data["nth"], by=request.user
        )
        messages.success(
            request,
            f"{len(days)} hari posyandu dijadwalkan."
            if days
            else "Semua bulan tahun itu sudah dijadwalkan atau sudah lewat.",
        )
        month = f"?bulan={days[0].planned_on:%Y-%m}" if days else ""
        return redirect(f"{reverse('measurements:plan')}{month}")
    status = 422 if form.errors else 200
    return render(request, "measurements/plan_new.html", {"form": form}, status=status)


@requires("sessions.plan")
@require_http_methods(["GET", "POST"])
def plan_change(request: StaffRequest, planned_id: UUID) -> HttpResponse:
    """Move or cancel one day."""
    days = PlannedDay.objects.visible_to(request.user, may="sessions.plan").select_related(*SHOWN)
    planned = get_object_or_404(days, pk=planned_id)
    form = PlanChangeForm(request.POST or None, today=request.user.today())
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, planned, form)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect(f"{reverse('measurements:plan')}?bulan={planned.planned_on:%Y-%m}")
    context = {"form": form, "line": plan_presenters.line(planned, request.user.today())}
    return render(request, "measurements/plan_change.html", context, status=422 if form.errors else 200)


def _change(request: StaffRequest, planned: PlannedDay, form: PlanChangeForm) -> None:
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["to"]:
        planning.move_day(planned, form.cleaned_data["to"], reason=reason, by=request.user)
        messages.success(request, "Hari posyandu dipindahkan.")
    else:
        planning.cancel_day(planned, reason=reason, by=request.user)
        messages.success(request, "Hari posyandu dibatalkan.")
