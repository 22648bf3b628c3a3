"""Pages of the duty roster: the week for everybody who works there, and its changes for who keeps it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import roster_operations
from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.accounts.models import DutyDeviation, DutyShift, written_roster
from ceting.registry.office import roster_presenters as presenters
from ceting.registry.office.answering import answer, told
from ceting.registry.office.choosing import back_to
from ceting.registry.office.forms import ExtraForm, HolidayForm, RosterForm, ShiftForm, SwapForm
from ceting.registry.places.models import Puskesmas, settings_of

MAY = "roster.manage"
F = TypeVar("F", bound=RosterForm)


@requires("home.read")
@require_safe
def roster(request: StaffRequest) -> HttpResponse:
    """Who is on duty now and this week, at the puskesmas where she works or at one that she runs."""
    mine = list(puskesmas_of(request.user, may=MAY)) if request.user.may(MAY) else []
    puskesmas = _shown(request, mine)
    if puskesmas is None:
        context: dict[str, Any] = {"title": "Jadwal jaga", "mine": mine, "by_query": reverse("office:roster")}
        return render(request, "office/choose.html", context)
    today = puskesmas.today()
    monday = _monday(request.GET.get("minggu", ""), today)
    written = written_roster(puskesmas)
    context = {
        "puskesmas": puskesmas,
        "duty": written.now(request.user, clock.now()),
        "week": presenters.week(written, settings_of(puskesmas, monday), monday, today),
        "monday": monday,
        "before": monday - timedelta(days=7),
        "next": monday + timedelta(days=7),
        "this_week": monday <= today < monday + timedelta(days=7),
        "may_change": puskesmas in mine,
        "shifts": presenters.shift_lines(written, today),
        "deviations": presenters.deviation_lines(written, today),
    }
    return render(request, "office/roster.html", context)


def _shown(request: StaffRequest, mine: list[Puskesmas]) -> Puskesmas | None:
    """The one asked for, when she runs it; else where she works."""
    asked = request.GET.get("puskesmas", "")
    chosen = next((each for each in mine if str(each.pk) == asked), None)
    return chosen or request.user.puskesmas or (mine[0] if len(mine) == 1 else None)


def _monday(typed: str, today: date) -> date:
    """The Monday of the week asked for; of this week when it can't be read or lies a year away."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = today
    if abs((day - today).days) > 366:
        day = today
    return day - timedelta(days=day.weekday())


@requires(MAY)
@require_http_methods(["GET", "POST"])
def duty_new(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """The same duty every week."""

    def save(form: ShiftForm, puskesmas: Puskesmas) -> None:
        roster_operations.give_duties(form.drafts(), puskesmas=puskesmas, by=request.user)

    return _answer(request, puskesmas_id, ShiftForm, "Tambah jaga mingguan", save)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def holiday_new(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """A day on which the pattern doesn't hold."""

    def save(form: HolidayForm, puskesmas: Puskesmas) -> None:
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        roster_operations.close_days([day], puskesmas=puskesmas, reason=reason, by=request.user)

    return _answer(request, puskesmas_id, HolidayForm, "Catat hari libur", save)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def swap_new(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Somebody is away on a day, and who comes instead."""

    def save(form: SwapForm, puskesmas: Puskesmas) -> None:
        roster_operations.swap_duty(**form.cleaned_data, puskesmas=puskesmas, by=request.user)

    return _answer(request, puskesmas_id, SwapForm, "Tukar jaga", save)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def extra_new(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """A duty on one day."""

    def save(form: ExtraForm, puskesmas: Puskesmas) -> None:
        roster_operations.add_duty(**form.cleaned_data, puskesmas=puskesmas, by=request.user)

    return _answer(request, puskesmas_id, ExtraForm, "Tambah jaga satu hari", save)


@requires(MAY)
@require_POST
def duty_end(request: StaffRequest, shift_id: UUID) -> HttpResponse:
    """From today on she no longer has this weekly duty."""
    mine = DutyShift.objects.filter(puskesmas__in=puskesmas_of(request.user, may=MAY))
    shift = get_object_or_404(mine.select_related("puskesmas"), pk=shift_id)
    roster_operations.end_duties([shift], by=request.user)
    return told(request, "Jaga mingguan itu diakhiri mulai hari ini.", _url(shift.puskesmas))


@requires(MAY)
@require_POST
def deviation_withdraw(request: StaffRequest, deviation_id: UUID) -> HttpResponse:
    """The pattern holds again on that day."""
    mine = DutyDeviation.objects.filter(puskesmas__in=puskesmas_of(request.user, may=MAY))
    deviation = get_object_or_404(mine.select_related("puskesmas"), pk=deviation_id)
    try:
        roster_operations.withdraw_deviation(deviation, by=request.user)
    except RefusedError as refusal:
        messages.error(request, refusal.problems[0].sentence)
        return redirect(_url(deviation.puskesmas))
    return told(request, "Perubahan itu dibatalkan.", _url(deviation.puskesmas))


def _answer(
    request: StaffRequest,
    puskesmas_id: UUID,
    kind: type[F],
    title: str,
    save: Callable[[F, Puskesmas], object],
) -> HttpResponse:
    """A change of the roster: save what is valid and go back; otherwise the form, with what is wrong."""
    puskesmas = get_object_or_404(puskesmas_of(request.user, may=MAY), pk=puskesmas_id)
    form = kind(request.POST or None, puskesmas=puskesmas)
    start = back_to(request, "")
    back = reverse(start, args=[puskesmas.pk]) if start else _url(puskesmas)

    def deed() -> HttpResponse:
        save(form, puskesmas)
        return told(request, "Jadwal jaga sudah disimpan.", back)

    context = {"puskesmas": puskesmas, "title": title, "back": back}
    return answer(request, form, deed, "office/roster_form.html", context)


def _url(puskesmas: Puskesmas) -> str:
    return f"{reverse('office:roster')}?puskesmas={puskesmas.pk}"
