"""Pages of the import of pregnant women: the uploads, one upload from check to result, its rows that weren't taken."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop.forms import ACCEPTED, UndoForm
from ceting.gateways.interop.pregnant_women import operations, page
from ceting.gateways.interop.pregnant_women.forms import UploadForm
from ceting.gateways.interop.pregnant_women.models import RUN, WRITE, WomenFile
from ceting.gateways.interop.presenters import problems_csv
from ceting.gateways.interop.states import TONES, WORKING
from ceting.registry.accounts.access import StaffRequest, View, asks_by_itself, requires

PAGE = 25


def both(view: View) -> View:
    """Who takes a list in writes pregnancies: she needs the right to either."""
    return requires(RUN)(requires(WRITE)(view))


@both
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
            return redirect("pregnant_women:import", file.pk)
    files = WomenFile.objects.visible_to(request.user).with_state().order_by("-created_at")
    shown = Paginator(files, PAGE).get_page(request.GET.get("page"))
    lines = [(file, file.state, TONES[file.state]) for file in shown]
    context = {"form": form, "page": shown, "lines": lines, "accepted": ACCEPTED}
    return render(request, "pregnant_women/imports.html", context, status=422 if form.errors else 200)


def _file(request: StaffRequest, women_file_id: UUID) -> WomenFile:
    found: WomenFile = get_object_or_404(
        WomenFile.objects.visible_to(request.user).with_state(), pk=women_file_id
    )
    return found


@both
@require_safe
def one_import(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    """One upload, wherever it stands: progress, preview or result. The address that one comes back to."""
    return render(request, "pregnant_women/import.html", page.context(request, _file(request, women_file_id)))


@asks_by_itself
@both
@require_safe
def progress(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    """The progress bar by itself, every two seconds; when there is something else to see, the page comes anew."""
    file = _file(request, women_file_id)
    if file.state not in WORKING or operations.is_stuck(file):
        return HttpResponse(headers={"HX-Redirect": reverse("pregnant_women:import", args=[file.pk])})
    return render(request, "pregnant_women/progress.html", {"file": file, "state": file.state})


@both
@require_POST
def places(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    """Which posyandu the names of the file mean; then the rows are checked again."""
    file = _file(request, women_file_id)
    form = page.places_form(file, request.POST)
    if not form.is_valid():
        return _again(request, file, places_form=form)
    return _do(request, file, lambda: operations.settle_places(file, form.choices, by=request.user))


@both
@require_POST
def file_columns(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    """What the columns of the file hold; then the rows are checked again."""
    file = _file(request, women_file_id)
    form = page.columns_form(file, request.POST)
    if form.is_valid():
        try:
            operations.settle_columns(file, form.meant, by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect("pregnant_women:import", file.pk)
    return _again(request, file, columns_form=form)


@both
@require_POST
def decisions(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    """Who stands in rows of which that isn't sure; then the rows are checked again."""
    file = _file(request, women_file_id)
    form = page.decision_form(request, file, request.POST)
    if not form.is_valid():
        return _again(request, file, decision_form=form)
    return _do(request, file, lambda: operations.decide(file, form.answers, by=request.user))


@both
@require_POST
def ask_again(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    file = _file(request, women_file_id)
    return _do(request, file, lambda: operations.ask_again(file, by=request.user))


@both
@require_POST
def start(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    file = _file(request, women_file_id)
    return _do(request, file, lambda: operations.start(file, by=request.user))


@both
@require_POST
def go_on(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    file = _file(request, women_file_id)
    return _do(request, file, lambda: operations.go_on(file, by=request.user))


@both
@require_POST
def withdraw(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    file = _file(request, women_file_id)
    return _do(request, file, lambda: operations.withdraw(file, by=request.user))


@both
@require_POST
def undo(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    """Take back what the import wrote; what stayed of an earlier time is tried again."""
    file = _file(request, women_file_id)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _again(request, file, undo_form=form)
    reason = form.cleaned_data["reason"]
    return _do(request, file, lambda: operations.undo(file, reason=reason, by=request.user))


def _again(request: StaffRequest, file: WomenFile, **form: Any) -> HttpResponse:
    """The page as it stands, with what was typed into one of its forms."""
    context = page.context(request, file) | form
    return render(request, "pregnant_women/import.html", context, status=422)


def _do(request: StaffRequest, file: WomenFile, verb: Callable[[], object]) -> HttpResponse:
    try:
        verb()
    except RefusedError as refusal:
        for problem in refusal.problems:
            messages.warning(request, problem.sentence)
    return redirect("pregnant_women:import", file.pk)


@both
@require_safe
def refused_rows(request: StaffRequest, women_file_id: UUID) -> HttpResponse:
    """The rows that weren't taken, as CSV, for whoever uploaded them."""
    file = get_object_or_404(
        WomenFile.objects.visible_to(request.user).with_state(), pk=women_file_id, uploaded_by=request.user
    )
    name = f"baris-tidak-diambil-{file.created_at:%Y-%m-%d}.csv"
    return HttpResponse(
        problems_csv(file, page.refused_rows(request, file)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
