"""Pages of the Excel import: the uploads, one upload from check to result, and its rows that weren't taken."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop.eppgbm import mapping, operations, presenters, undo_page
from ceting.gateways.interop.eppgbm.columns import VOCABULARY
from ceting.gateways.interop.eppgbm.forms import SheetForm, UploadForm
from ceting.gateways.interop.eppgbm.kind import PERMISSION
from ceting.gateways.interop.eppgbm.models import ColumnMapping, ImportFile, ImportProblem, ImportState
from ceting.gateways.interop.forms import ACCEPTED, ColumnsForm, PlacesForm, UndoForm
from ceting.gateways.interop.naming import Ground
from ceting.gateways.interop.states import TONES, WORKING
from ceting.registry.accounts.access import StaffRequest, asks_by_itself, requires

PAGE = 25


@requires(PERMISSION)
@require_http_methods(["GET", "POST"])
def imports(request: StaffRequest) -> HttpResponse:
    """Earlier imports, and the form for the next."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, user=request.user)
    if form.is_valid() and form.target is not None:
        try:
            file = operations.receive(
                form.cleaned_data["file"],
                puskesmas=form.target,
                posyandu=form.cleaned_data["posyandu"],
                by=request.user,
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect("eppgbm:import", file.pk)
    files = ImportFile.objects.visible_to(request.user).with_state().order_by("-created_at")
    page = Paginator(files, PAGE).get_page(request.GET.get("page"))
    lines = [(file, file.state, TONES[file.state]) for file in page]
    context = {"form": form, "page": page, "lines": lines, "accepted": ACCEPTED}
    return render(request, "eppgbm/imports.html", context, status=422 if form.errors else 200)


def _file(request: StaffRequest, file_id: UUID) -> ImportFile:
    found: ImportFile = get_object_or_404(
        ImportFile.objects.visible_to(request.user).with_state(), pk=file_id
    )
    return found


@requires(PERMISSION)
@require_safe
def one_import(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """One upload, wherever it stands: progress, preview or result. The address that one comes back to."""
    file = _file(request, file_id)
    return render(request, "eppgbm/import.html", _page(request, file))


def _page(request: StaffRequest, file: ImportFile) -> dict[str, Any]:
    state = file.state
    context: dict[str, Any] = {
        "file": file,
        "state": state,
        "tone": TONES[state],
        "working": state in WORKING,
        "stuck": operations.is_stuck(file),
        "is_owner": file.uploaded_by_id == request.user.pk,
    }
    if state is ImportState.READY:
        places = list(file.places.all())
        said = mapping.remembered(file.header, file.puskesmas)
        context |= {
            "figures": presenters.forecast(file.totals),
            "columns": presenters.column_lines(file),
            "missing": presenters.missing_columns(file),
            "asks_year": file.asks_year,
            "sheet_form": SheetForm(file=file) if file.sheet else None,
            "columns_form": ColumnsForm(header=file.header, meant=file.columns, words=VOCABULARY),
            "mapping": said,
            "ask_columns": said is None and bool(presenters.unknown_columns(file)),
            "places_form": PlacesForm(places=places, ground=Ground.of(file.puskesmas)),
            "places_summary": presenters.places_summary(places),
            "unsettled": any(not place.is_settled for place in places),
            "repeat": _earlier(request, file),
        }
    if state is ImportState.DONE:
        context["figures"] = presenters.result(operations.counts(file))
    if state is ImportState.UNDONE:
        context |= undo_page.context_of(request, file)
    if state in (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE):
        context["undo_form"] = UndoForm()
    if state in (ImportState.READY, ImportState.DONE):
        context |= _problems(request, file)
    return context


def _earlier(request: StaffRequest, file: ImportFile) -> ImportFile | None:
    """The same file, uploaded and taken in before."""
    same = ImportFile.objects.visible_to(request.user).filter(
        puskesmas=file.puskesmas, digest=file.digest, created_at__lt=file.created_at, run__isnull=False
    )
    return same.order_by("-created_at").first()


def _problems(request: StaffRequest, file: ImportFile) -> dict[str, Any]:
    refused = request.GET.get("lihat") != "catatan"
    numbers = file.problems.order_by().values_list("refused", "code").annotate(Count("id"))
    counted = {True: [], False: []}  # type: dict[bool, list[tuple[str, int]]]
    for is_refused, code, number in numbers:
        counted[is_refused].append((code, number))
    kinds = presenters.kinds(counted[refused])
    chosen = next((kind for kind in kinds if kind.slug == request.GET.get("jenis")), None)
    shown: QuerySet[ImportProblem] = file.problems.filter(refused=refused)
    if chosen is not None:
        shown = shown.filter(code__in=chosen.codes)
    page = Paginator(shown.order_by("line").select_related("row"), PAGE).get_page(request.GET.get("page"))
    return {
        "problems": page,
        "problem_lines": _read(request, file, page),
        "kinds": kinds,
        "chosen_kind": chosen,
        "showing_refused": refused,
        "number_refused": sum(number for _, number in counted[True]),
        "number_remarked": sum(number for _, number in counted[False]),
    }


def _read(request: StaffRequest, file: ImportFile, page: Page[ImportProblem]) -> list[presenters.ProblemLine]:
    audit.record_read(
        "import_row", [problem.row_id for problem in page], by=request.user, purpose="import problems"
    )
    return presenters.problem_lines(page, file)


@asks_by_itself
@requires(PERMISSION)
@require_safe
def progress(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """The progress bar by itself, every two seconds; when there is something else to see, the page comes anew."""
    file = _file(request, file_id)
    if file.state not in WORKING or operations.is_stuck(file):
        return HttpResponse(headers={"HX-Redirect": reverse("eppgbm:import", args=[file.pk])})
    return render(request, "eppgbm/progress.html", {"file": file, "state": file.state})


@requires(PERMISSION)
@require_POST
def places(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """Which posyandu the names of the file mean; then the rows are checked again."""
    file = _file(request, file_id)
    form = PlacesForm(request.POST, places=file.places.all(), ground=Ground.of(file.puskesmas))
    if not form.is_valid():
        context = _page(request, file) | {"places_form": form}
        return render(request, "eppgbm/import.html", context, status=422)
    return _do(request, file, lambda: operations.settle_places(file, form.choices, by=request.user))


@requires(PERMISSION)
@require_POST
def file_columns(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """What the columns of the file hold; then the rows are checked again."""
    file = _file(request, file_id)
    form = ColumnsForm(request.POST, header=file.header, meant=file.columns, words=VOCABULARY)
    if form.is_valid():
        try:
            operations.settle_columns(file, form.meant, by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect("eppgbm:import", file.pk)
    context = _page(request, file) | {"columns_form": form}
    return render(request, "eppgbm/import.html", context, status=422)


@requires(PERMISSION)
@require_POST
def sheet(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """Of which year a monthly sheet is, and on which day was weighed; then the rows are checked again."""
    file = _file(request, file_id)
    form = SheetForm(request.POST, file=file)
    if not form.is_valid():
        context = _page(request, file) | {"sheet_form": form}
        return render(request, "eppgbm/import.html", context, status=422)
    return _do(request, file, lambda: operations.settle_sheet(file, **form.answer, by=request.user))


@requires(PERMISSION)
@require_safe
def mappings(request: StaffRequest) -> HttpResponse:
    """What people of the puskesmas have said about the columns of their files."""
    found = ColumnMapping.objects.visible_to(request.user).select_related("changed_by", "puskesmas")
    page = Paginator(found.order_by("-changed_at"), PAGE).get_page(request.GET.get("page"))
    lines = [(each, presenters.mapping_words(each)) for each in page]
    return render(request, "eppgbm/mappings.html", {"page": page, "lines": lines})


@requires(PERMISSION)
@require_http_methods(["GET", "POST"])
def one_mapping(request: StaffRequest, mapping_id: UUID) -> HttpResponse:
    found = get_object_or_404(
        ColumnMapping.objects.visible_to(request.user).select_related("puskesmas"), pk=mapping_id
    )
    sent = (request.POST,) if request.method == "POST" else ()
    form = ColumnsForm(*sent, header=found.header, meant=found.columns, words=VOCABULARY)
    if form.is_valid():
        try:
            mapping.remember(found.header, form.meant, puskesmas=found.puskesmas, by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Tersimpan. Berlaku untuk berkas berikutnya dengan judul kolom ini.")
            return redirect("eppgbm:mappings")
    context = {"mapping": found, "columns_form": form}
    return render(request, "eppgbm/mapping.html", context, status=422 if form.errors else 200)


@requires(PERMISSION)
@require_POST
def start(request: StaffRequest, file_id: UUID) -> HttpResponse:
    file = _file(request, file_id)
    return _do(request, file, lambda: operations.start(file, by=request.user))


@requires(PERMISSION)
@require_POST
def go_on(request: StaffRequest, file_id: UUID) -> HttpResponse:
    file = _file(request, file_id)
    return _do(request, file, lambda: operations.go_on(file, by=request.user))


@requires(PERMISSION)
@require_POST
def withdraw(request: StaffRequest, file_id: UUID) -> HttpResponse:
    file = _file(request, file_id)
    return _do(request, file, lambda: operations.withdraw(file, by=request.user))


@requires(PERMISSION)
@require_POST
def undo(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """Take back what the import wrote; what stayed of an earlier time is tried again."""
    file = _file(request, file_id)
    form = UndoForm(request.POST)
    if not form.is_valid():
        context = _page(request, file) | {"undo_form": form}
        return render(request, "eppgbm/import.html", context, status=422)
    reason = form.cleaned_data["reason"]
    return _do(request, file, lambda: operations.undo(file, reason=reason, by=request.user))


def _do(request: StaffRequest, file: ImportFile, verb: Any) -> HttpResponse:
    try:
        verb()
    except RefusedError as refusal:
        for problem in refusal.problems:
            messages.warning(request, problem.sentence)
    return redirect("eppgbm:import", file.pk)


@requires(PERMISSION)
@require_safe
def refused_rows(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """The rows that weren't taken, as CSV, for whoever uploaded them."""
    file = get_object_or_404(
        ImportFile.objects.visible_to(request.user).with_state(), pk=file_id, uploaded_by=request.user
    )
    problems = list(file.problems.filter(refused=True).order_by("line").select_related("row"))
    audit.record_read(
        "import_row", [problem.row_id for problem in problems], by=request.user, purpose="import download"
    )
    name = f"baris-tidak-diambil-{file.created_at:%Y-%m-%d}.csv"
    return HttpResponse(
        presenters.problems_csv(file, problems),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
