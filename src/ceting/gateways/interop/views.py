"""Pages of every import: the uploads, one upload from check to result, its rows that weren't taken, remembered columns.

Each takes the import's own screens; `addresses` gives them their place and asks for the permissions.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop import memory, pages, running, settling
from ceting.gateways.interop.forms import ACCEPTED, UndoForm
from ceting.gateways.interop.kinds import FileT
from ceting.gateways.interop.pages import PAGE
from ceting.gateways.interop.presenters import mapping_words, problems_csv
from ceting.gateways.interop.screens import ImportScreens
from ceting.gateways.interop.states import TONES, WORKING, is_stuck
from ceting.registry.accounts.access import StaffRequest, asks_by_itself


@require_http_methods(["GET", "POST"])
def imports(request: StaffRequest, screens: ImportScreens[FileT]) -> HttpResponse:
    """Earlier imports, and the form for the next."""
    kind = screens.kind
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = screens.upload_form(*sent, user=request.user)
    if form.is_valid() and form.target is not None:
        upload, posyandu = form.cleaned_data["file"], form.cleaned_data["posyandu"]
        try:
            file = settling.receive(kind, upload, puskesmas=form.target, posyandu=posyandu, by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect(f"{kind.name}:import", file.pk)
    files = kind.files.objects.visible_to(request.user).with_state().order_by("-created_at")
    page = Paginator(files, PAGE).get_page(request.GET.get("page"))
    lines = [(file, file.state, TONES[file.state]) for file in page]
    context = {
        **pages.of_house(screens),
        "form": form,
        "page": page,
        "lines": lines,
        "accepted": ACCEPTED,
        "import_address": f"{kind.name}:import",
    }
    return render(request, f"{kind.name}/imports.html", context, status=422 if form.errors else 200)


def file_of(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> FileT:
    files = screens.kind.files.objects.visible_to(request.user).with_state()
    found: FileT = get_object_or_404(files, pk=file_id)
    return found


@require_safe
def one_import(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    """One upload, wherever it stands: progress, preview or result. The address that one comes back to."""
    file = file_of(request, screens, file_id)
    return render(request, "interop/import.html", pages.context(request, screens, file))


@asks_by_itself
@require_safe
def progress(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    """The progress bar by itself, every two seconds; when there is something else to see, the page comes anew."""
    file = file_of(request, screens, file_id)
    context = pages.of_file(screens, file)
    if file.state not in WORKING or is_stuck(file):
        return HttpResponse(headers={"HX-Redirect": context["import_url"]})
    return render(request, "interop/progress.html", context)


@require_POST
def places(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    """Which posyandu the names of the file mean; then the rows are checked again."""
    file = file_of(request, screens, file_id)
    form = pages.places_form(screens, file, file.places.all(), request.POST)
    if not form.is_valid():
        return again(request, screens, file, places_form=form)
    return do(
        request,
        screens,
        file,
        lambda: settling.settle_places(screens.kind, file, form.choices, by=request.user),
    )


@require_POST
def file_columns(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    """What the columns of the file hold; then the rows are checked again."""
    file = file_of(request, screens, file_id)
    form = pages.columns_form(screens, file, request.POST)
    if form.is_valid():
        try:
            settling.settle_columns(screens.kind, file, form.meant, by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            return redirect(f"{screens.kind.name}:import", file.pk)
    return again(request, screens, file, columns_form=form)


@require_safe
def mappings(request: StaffRequest, screens: ImportScreens[FileT]) -> HttpResponse:
    """What people of the puskesmas have said about the columns of their files."""
    found = screens.kind.meanings.objects.visible_to(request.user).select_related("changed_by", "puskesmas")
    page = Paginator(found.order_by("-changed_at"), PAGE).get_page(request.GET.get("page"))
    lines = [(each, mapping_words(screens.kind.words, each)) for each in page]
    address = f"{screens.kind.name}:mapping"
    context = {**pages.of_house(screens), "page": page, "lines": lines, "mapping_address": address}
    return render(request, "interop/mappings.html", context)


@require_http_methods(["GET", "POST"])
def one_mapping(request: StaffRequest, screens: ImportScreens[FileT], mapping_id: UUID) -> HttpResponse:
    """What the columns of one header mean, to look at and to change."""
    kind = screens.kind
    meanings = kind.meanings.objects.visible_to(request.user).select_related("puskesmas")
    found = get_object_or_404(meanings, pk=mapping_id)
    form = pages.columns_form(screens, found, *([request.POST] if request.method == "POST" else []))
    if form.is_valid():
        try:
            memory.remember(kind, found.header, form.meant, puskesmas=found.puskesmas, by=request.user)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Tersimpan. Berlaku untuk berkas berikutnya dengan judul kolom ini.")
            return redirect(f"{kind.name}:mappings")
    context = {**pages.of_house(screens), "mapping": found, "columns_form": form}
    context["columns_url"] = request.path
    return render(request, "interop/mapping.html", context, status=422 if form.errors else 200)


@require_POST
def start(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    file = file_of(request, screens, file_id)
    return do(request, screens, file, lambda: running.start(screens.kind, file, by=request.user))


@require_POST
def go_on(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    file = file_of(request, screens, file_id)
    return do(request, screens, file, lambda: running.go_on(screens.kind, file, by=request.user))


@require_POST
def withdraw(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    file = file_of(request, screens, file_id)
    return do(request, screens, file, lambda: settling.withdraw(screens.kind, file, by=request.user))


@require_POST
def undo(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    """Take back what the import wrote; what stayed of an earlier time is tried again."""
    file = file_of(request, screens, file_id)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return again(request, screens, file, undo_form=form)
    reason = form.cleaned_data["reason"]
    return do(
        request, screens, file, lambda: running.undo(screens.kind, file, reason=reason, by=request.user)
    )


def again(request: StaffRequest, screens: ImportScreens[FileT], file: FileT, **form: Any) -> HttpResponse:
    """The page as it stands, with what was typed into one of its forms."""
    context = pages.context(request, screens, file) | form
    return render(request, "interop/import.html", context, status=422)


def do(
    request: StaffRequest, screens: ImportScreens[FileT], file: FileT, verb: Callable[[], object]
) -> HttpResponse:
    """Back to the page, with what the verb refused."""
    try:
        verb()
    except RefusedError as refusal:
        for problem in refusal.problems:
            messages.warning(request, problem.sentence)
    return redirect(f"{screens.kind.name}:import", file.pk)


@require_safe
def refused_rows(request: StaffRequest, screens: ImportScreens[FileT], file_id: UUID) -> HttpResponse:
    """The rows that weren't taken, as CSV, for whoever uploaded them."""
    files = screens.kind.files.objects.visible_to(request.user).with_state()
    file = get_object_or_404(files, pk=file_id, uploaded_by=request.user)
    name = f"baris-tidak-diambil-{file.created_at:%Y-%m-%d}.csv"
    return HttpResponse(
        problems_csv(file, pages.refused_rows(request, screens, file)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
