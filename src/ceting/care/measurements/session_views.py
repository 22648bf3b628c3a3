"""The posyandu's day: home, opening a session, its grid row by row, its end."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.care.measurements import (
    grid,
    grid_presenters,
    plan_presenters,
    planning,
    session_operations,
    session_presenters,
    sheets,
)
from ceting.care.measurements.grid import Entry
from ceting.care.measurements.grid_presenters import Outcome
from ceting.care.measurements.models import LatestGrowth, PaperSheet, Session
from ceting.care.measurements.month_views import seal_of
from ceting.care.measurements.plan_models import PlannedDay
from ceting.care.measurements.row_saving import save_row
from ceting.care.measurements.session_forms import SessionForm
from ceting.care.measurements.sheet_codes import LENGTH, SheetCodeError, parse_code, spoken
from ceting.care.measurements.sheet_order import as_on_paper, in_order
from ceting.care.measurements.teams import team_of
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import Scope, StaffRequest, requires
from ceting.registry.accounts.models import User, written_roster
from ceting.registry.families import home_figures
from ceting.registry.families.models import FamilyReport, SealedTarget
from ceting.registry.office.models import unfinished_starts
from ceting.registry.places.models import settings_of
from ceting.standards.skdn import Denominator

NEWEST = 20
"""Sessions that home looks at: a posyandu's year, a midwife's month."""
COMING = 3
SHEET = "lembar"
"""Of the grid's address: the code of the paper sheet whose order its rows have."""
_ROW_NUMBER = re.compile(r"[0-9]{1,4}")


@requires("home.read")
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Where the day starts: open sessions with their counters, recent ones, who needs attention."""
    user = request.user
    today = user.today()
    here = user.puskesmas
    words = {"template": settings_of(here).text("words.greeting")} if here else {}
    context: dict[str, Any] = {
        "greeting": session_presenters.greeting(user.name, user.now(), **words),
        "duty": written_roster(here).now(user, user.now()) if here else None,
        "today": today,
        "may_open": user.may("sessions.open"),
        "may_record": user.may("measurements.record"),
        "starts": unfinished_starts(user),
    }
    scope = Scope.of(user)
    if not scope.puskesmas and not scope.posyandu:
        return render(request, "measurements/home_later.html", context)
    sessions = list(grid.visible_sessions(user).order_by("-held_on", "posyandu__name")[:NEWEST])
    context |= session_presenters.home_lists(sessions, grid.progress_of(sessions), today)
    coming = PlannedDay.objects.visible_to(user).standing().filter(planned_on__gte=today, opening=None)
    context["coming"] = plan_presenters.lines(
        coming.select_related("posyandu__village", "change__moved_to", "opening")[:COMING], today
    )
    context["attention"] = (
        LatestGrowth.objects.visible_to(user).here().under_five(today).needing_attention().count()
    )
    context["reports"] = _reports_waiting(user)
    context["figures"] = home_figures.figures(user, today)
    return render(request, "measurements/home.html", context)


def _reports_waiting(user: User) -> int:
    """Women and newborns of whom somebody told, and whom nobody has answered for; 0 for who doesn't handle them."""
    if not user.may("reports.handle"):
        return 0
    return FamilyReport.objects.visible_to(user, may="reports.handle").waiting().count()


@requires("sessions.open")
@require_http_methods(["GET", "POST"])
def session_new(request: StaffRequest) -> HttpResponse:
    """Open the session of a posyandu on a day; when it is open already, that one."""
    today = request.user.today()
    form = SessionForm(request.POST or None, user=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            session = planning.open_session(
                form.cleaned_data["posyandu"],
                form.cleaned_data["held_on"],
                kind=form.cleaned_data["kind"],
                place=form.cleaned_data["place"],
                by=request.user,
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect("measurements:session", session.pk)
    return render(
        request, "measurements/session_new.html", {"form": form}, status=422 if form.errors else 200
    )


@requires("measurements.record")
@require_safe
def session_grid(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """All expected children, one row each, typed without the mouse."""
    return _grid_page(request, _session(request, session_id, may="measurements.record"))


def _grid_page(
    request: StaffRequest,
    session: Session,
    *,
    unsaved: tuple[UUID, Outcome] | None = None,
) -> HttpResponse:
    entries = grid.entries(session, request.user)
    keys = [entry.child.pk for entry in entries]
    audit.record_read("child", keys, by=request.user, purpose="session")
    child_id, outcome = unsaved or (None, None)
    sheet = _sheet(request, session)
    order = as_on_paper(sheets.numbers_of(sheet), entries) if sheet else in_order(entries)
    rows = [
        grid_presenters.present_row(
            entry,
            session,
            number=number,
            outcome=outcome if entry.child.pk == child_id else None,
            sheet_code=sheet.code if sheet else "",
        )
        for number, entry in order.rows
    ]
    recorded = sum(entry.saved is not None for entry in entries)
    context = {
        "session": session,
        "rows": rows,
        "progress": grid.Progress(recorded, len(entries)),
        "closed": session_presenters.closing(session),
        "team": team_of(session),
        "sheet": spoken(sheet.code) if sheet else "",
        "gone": order.gone,
        "newcomers": order.first_newcomer,
    }
    return render(request, "measurements/session_grid.html", context, status=422 if unsaved else 200)


@requires("measurements.record")
@require_http_methods(["GET", "HEAD", "POST"])
def session_row(request: StaffRequest, session_id: UUID, child_id: UUID) -> HttpResponse:
    """One child's row: what stands now, or what came of saving it. Without htmx the whole grid answers."""
    session = get_object_or_404(grid.session_to_type(request.user), pk=session_id)
    entry = grid.entry(session, request.user, child_id, to_save=request.method == "POST")
    if entry is None:
        raise Http404
    partial = bool(request.headers.get("HX-Request"))
    outcome = None
    if request.method == "POST":
        outcome = save_row(entry, session, request.POST.dict(), by=request.user)
        if outcome.state == "saved":
            entry = replace(entry, saved=outcome.saved)
        elif not partial:
            return _grid_page(
                request, _session(request, session_id, may="measurements.record"), unsaved=(child_id, outcome)
            )
    if not partial:
        sheet = _sheet(request, session)
        order = f"?{SHEET}={sheet.code}" if sheet else ""
        return redirect(f"{reverse('measurements:session', args=[session.pk])}{order}#anak-{child_id}")
    if outcome is None:
        audit.record_read("child", [child_id], by=request.user, purpose="session")
    return _row_alone(request, session, entry, outcome)


def _row_alone(
    request: StaffRequest, session: Session, entry: Entry, outcome: Outcome | None
) -> HttpResponse:
    number = request.POST.get("number") or request.GET.get("number") or ""
    row = grid_presenters.present_row(
        entry,
        session,
        number=int(number) if _ROW_NUMBER.fullmatch(number) else 0,
        outcome=outcome,
        sheet_code=request.GET.get(SHEET, "")[:LENGTH],
    )
    stays = outcome is not None and outcome.state != "saved"
    response = render(
        request,
        "measurements/session_row_alone.html",
        {"session": session, "row": row, "progress": None if stays else grid.progress(session)},
        status=422 if stays else 200,
    )
    # The script swaps only an answer that says it is a row: a sign-in page isn't one.
    response.headers["X-Row"] = row.state
    return response


@requires("children.read")
@require_safe
def session_summary(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """SKDN, who wasn't seen, whom to refer; printed for the wall and the report."""
    session = _session(request, session_id, may="children.read")
    entries = grid.entries(session, request.user, whole=True)
    keys = [entry.child.pk for entry in entries]
    audit.record_read("child", keys, by=request.user, purpose="session summary")
    chosen = settings_of(session.posyandu.puskesmas, session.held_on)
    denominator = Denominator(chosen.text("skdn.denominator"))
    context = {
        "session": session,
        "summary": session_presenters.summary(
            entries, grid.counted_weighings(session, keys), session.held_on, denominator
        ),
        "closed": session_presenters.closing(session),
        "seal": seal_of(session.posyandu_id, session.held_on),
        "target": SealedTarget.objects.standing()
        .filter(posyandu=session.posyandu_id, year=session.held_on.year)
        .first(),
        "may_record": request.user.may("measurements.record"),
    }
    return render(request, "measurements/session_summary.html", context)


@requires("measurements.record")
@require_POST
def session_close(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """ "Selesai". Late rows can still be added."""
    session = _session(request, session_id, may="measurements.record")
    session_operations.close_session(session, by=request.user)
    return redirect("measurements:session-summary", session.pk)


def _sheet(request: StaffRequest, session: Session) -> PaperSheet | None:
    """The sheet whose order she types in; None for the usual order, and for a code that isn't of this posyandu."""
    try:
        code = parse_code(request.GET.get(SHEET, ""))
    except SheetCodeError:
        return None
    mine = PaperSheet.objects.visible_to(request.user, may="measurements.record")
    return mine.filter(code=code, posyandu=session.posyandu_id).first()


def _session(request: StaffRequest, session_id: UUID, *, may: str) -> Session:
    return get_object_or_404(grid.visible_sessions(request.user, may=may), pk=session_id)
