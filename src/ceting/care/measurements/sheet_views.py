"""Paper sheets: printed before the morning, typed in after it, opened by code or by the phone's camera."""

from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.care.measurements import grid, sheet_presenters, sheets
from ceting.care.measurements.models import Session
from ceting.care.measurements.sheet_codes import SheetCodeError, parse_code
from ceting.care.measurements.sheet_forms import SheetCodeForm, SheetPrintForm
from ceting.care.measurements.sheet_models import PaperSheet
from ceting.care.measurements.sheet_order import as_on_paper
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families.models import Child, roots
from ceting.standards.numbers import format_date

NEWEST = 10
FILENAME = "lembar-posyandu.pdf"


@requires("measurements.record")
@require_http_methods(["GET", "HEAD", "POST"])
def paper_sheets(request: StaffRequest) -> HttpResponse:
    """Type a sheet by its code; print a new one; those that were printed last. POST opens a code."""
    form = SheetCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mine = sheets.visible_sheets(request.user, may="measurements.record")
        sheet = mine.filter(code=form.cleaned_data["code"]).first()
        if sheet is None:
            form.add_error("code", "Tidak ada lembar dengan kode ini di posyandu Ibu/Bapak. Cocokkan lagi.")
        else:
            try:
                return redirect(_grid_of(sheets.open_from(sheet, by=request.user), sheet))
            except RefusedError as refusal:
                form.add_error("code", refusal.problems[0].sentence)
    return _page(request, form, SheetPrintForm(user=request.user, today=request.user.today()))


@requires("measurements.record")
@require_POST
def sheet_print(request: StaffRequest) -> HttpResponse:
    """Print a new sheet: kept as it is printed, then shown as PDF."""
    form = SheetPrintForm(request.POST, user=request.user, today=request.user.today())
    if form.is_valid():
        try:
            sheet = sheets.print_sheet(
                form.cleaned_data["posyandu"], form.cleaned_data["held_on"], by=request.user
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect("measurements:sheet-pdf", sheet.code)
    return _page(request, SheetCodeForm(), form)


@requires("measurements.record")
@require_POST
def session_sheet(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Print a new sheet of a session that is open, at home and in a PAUD too."""
    session = get_object_or_404(grid.visible_sessions(request.user, may="measurements.record"), pk=session_id)
    sheet = sheets.print_sheet(
        session.posyandu, session.held_on, kind=session.kind, place=session.place, by=request.user
    )
    return redirect("measurements:sheet-pdf", sheet.code)


@requires("measurements.record")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: StaffRequest, sheet_code: str) -> HttpResponse:
    """Where the QR at the head of a sheet leads: its grid. POST opens the day first."""
    found = _sheet(request, sheet_code)
    refused = ""
    if request.method == "POST":
        try:
            return redirect(_grid_of(sheets.open_from(found, by=request.user), found))
        except RefusedError as refusal:
            refused = refusal.problems[0].sentence
    day = sheets.day_of(found)
    if day.opened:
        return redirect(_grid_of(day.session, found))
    held_on = day.session.held_on
    context = {
        "line": sheet_presenters.sheet_line(found, found.lines.count()),
        "day": format_date(held_on),
        "moved": held_on != found.held_on,
        "due": held_on <= request.user.today(),
        "refused": refused,
    }
    return render(request, "measurements/sheet.html", context, status=422 if refused else 200)


@requires("measurements.record")
@require_safe
def sheet_pdf(request: StaffRequest, sheet_code: str) -> HttpResponse:
    """The sheet on A4: the children in the order in which it was first printed. Its name tells nobody whose it is."""
    found = _sheet(request, sheet_code)
    session = sheets.day_of(found).session
    order = as_on_paper(sheets.numbers_of(found), grid.entries(session, request.user))
    on_it = order.only_on_paper
    audit.record_read(
        "child", [entry.child.pk for _, entry in on_it.rows], by=request.user, purpose="print sheet"
    )
    content = sheet_presenters.sheet_pdf(
        found, on_it, session.held_on, lambda number: _address(request, found, number)
    )
    headers = {"Content-Disposition": f'inline; filename="{FILENAME}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@requires("children.read")
@require_safe
def sheet_line(request: StaffRequest, sheet_code: str, number: int) -> HttpResponse:
    """Where a child's QR leads: her row in today's session for whoever types there, else her page."""
    found = _sheet(request, sheet_code, may="children.read")
    child = _child(request, found, number)
    for session in _sessions_today(request, child):
        if grid.entry(session, request.user, child.pk, to_save=True) is not None:
            mine = found if found.posyandu_id == session.posyandu_id else None
            return redirect(f"{_grid_of(session, mine)}#anak-{child.pk}")
    return redirect("measurements:child", child.pk)


def _child(request: StaffRequest, sheet: PaperSheet, number: int) -> Child:
    """Who stands for the child of a row; she may have moved out of sight since it was printed."""
    line = get_object_or_404(sheet.lines, number=number)
    child_id = roots([line.child_id])[line.child_id]
    return get_object_or_404(Child.objects.visible_to(request.user, may="children.read"), pk=child_id)


def _sessions_today(request: StaffRequest, child: Child) -> QuerySet[Session]:
    sessions = Session.objects.visible_to(request.user, may="measurements.record").filter(
        posyandu=child.posyandu_id, held_on=request.user.today()
    )
    return sessions.select_related("posyandu__puskesmas").order_by("created_at")


def _sheet(request: StaffRequest, typed: str, may: str = "measurements.record") -> PaperSheet:
    try:
        code = parse_code(typed)
    except SheetCodeError as error:
        raise Http404 from error
    return get_object_or_404(sheets.visible_sheets(request.user, may=may), code=code)


def _grid_of(session: Session, sheet: PaperSheet | None) -> str:
    order = f"?lembar={sheet.code}" if sheet else ""
    return f"{reverse('measurements:session', args=[session.pk])}{order}"


def _address(request: HttpRequest, sheet: PaperSheet, number: int | None) -> str:
    name, arguments = ("sheet", [sheet.code]) if number is None else ("sheet-line", [sheet.code, number])
    return request.build_absolute_uri(reverse(f"measurements:{name}", args=arguments))


def _page(request: StaffRequest, code_form: SheetCodeForm, print_form: SheetPrintForm) -> HttpResponse:
    mine = sheets.visible_sheets(request.user, may="measurements.record")
    newest = mine.annotate(children=Count("lines"))[:NEWEST]
    context = {
        "code_form": code_form,
        "print_form": print_form,
        "lines": [sheet_presenters.sheet_line(each, each.children) for each in newest],
    }
    status = 422 if code_form.errors or print_form.errors else 200
    return render(request, "measurements/sheets.html", context, status=status)
