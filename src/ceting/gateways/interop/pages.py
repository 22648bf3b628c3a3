"""What the page of one import shows, wherever it stands; and which rows of it were read by whom."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.urls import reverse

from ceting.foundation.audit import operations as audit
from ceting.gateways.interop import memory, presenters, settling
from ceting.gateways.interop.forms import ColumnsForm, PlacesForm, UndoForm
from ceting.gateways.interop.kinds import FileT
from ceting.gateways.interop.naming import Ground
from ceting.gateways.interop.screens import ImportScreens
from ceting.gateways.interop.states import TONES, WORKING, ImportState, Undone, is_stuck
from ceting.registry.accounts.access import StaffRequest

PAGE = 25
OF_A_FILE = (
    *("import", "progress", "places", "columns", "start", "go-on"),
    *("withdraw", "undo", "refused-rows"),
)
UNDOABLE = (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE)
LISTED = (ImportState.READY, ImportState.DONE)


def context(request: StaffRequest, screens: ImportScreens[FileT], file: FileT) -> dict[str, Any]:
    state = file.state
    found: dict[str, Any] = {
        **of_file(screens, file),
        "tone": TONES[state],
        "working": state in WORKING,
        "stuck": is_stuck(file),
        "is_owner": file.uploaded_by_id == request.user.pk,
    }
    if state is ImportState.READY:
        found |= _preview(request, screens, file)
    if state is ImportState.DONE:
        found["figures"] = screens.result(settling.counts(screens.kind, file))
    if state is ImportState.UNDONE:
        found |= _undone(request, screens, file)
    if state in UNDOABLE:
        found["undo_form"] = UndoForm()
    if state in LISTED:
        found |= _problems(request, screens, file)
    return found


def of_house(screens: ImportScreens[FileT]) -> dict[str, Any]:
    """What every page of this import needs."""
    addresses = {name: reverse(f"{screens.kind.name}:{name}") for name in ("imports", "mappings")}
    return {"screens": screens, "words": screens.words, **{f"{n}_url": url for n, url in addresses.items()}}


def of_file(screens: ImportScreens[FileT], file: FileT) -> dict[str, Any]:
    """What every page about one file needs: it, and its addresses (`go_on_url`)."""
    urls = {
        f"{name.replace('-', '_')}_url": reverse(f"{screens.kind.name}:{name}", args=[file.pk])
        for name in OF_A_FILE
    }
    return {**of_house(screens), **urls, "file": file, "state": file.state}


def columns_form(screens: ImportScreens[FileT], said: Any, *sent: Any) -> ColumnsForm:
    """`said`: a file, or what is remembered of a header."""
    return ColumnsForm(*sent, header=said.header, meant=said.columns, words=screens.kind.words)


def places_form(screens: ImportScreens[FileT], file: FileT, places: Any, *sent: Any) -> PlacesForm:
    ground = Ground.of(file.puskesmas)
    if not screens.takes_closed:
        open_ones = [each for each in ground.posyandu if not hasattr(each, "closure")]
        ground = Ground(ground.puskesmas, open_ones, ground.villages)
    may_open = screens.kind.opens_posyandu
    return PlacesForm(*sent, places=places, ground=ground, may_open=may_open)


def _preview(request: StaffRequest, screens: ImportScreens[FileT], file: FileT) -> dict[str, Any]:
    kind, places = screens.kind, list(file.places.all())
    said = memory.remembered(kind, file.header, file.puskesmas)
    return {
        "figures": screens.forecast(file.totals),
        "columns": presenters.column_lines(kind.words, file),
        "missing": kind.words.missing(file.columns),
        "unready": kind.unready(file) is not None,
        "columns_form": columns_form(screens, file),
        "mapping": said,
        "ask_columns": said is None and bool(kind.words.unknown(file.header, file.columns)),
        "places_form": places_form(screens, file, places),
        "places_summary": presenters.places_summary(places),
        "unsettled": any(not place.is_settled for place in places),
        "repeat": _earlier(request, screens, file),
        **screens.preview(request, file),
    }


def _earlier(request: StaffRequest, screens: ImportScreens[FileT], file: FileT) -> FileT | None:
    """The same file, uploaded and taken in before."""
    same = screens.kind.files.objects.visible_to(request.user).filter(
        puskesmas=file.puskesmas, digest=file.digest, created_at__lt=file.created_at, run__isnull=False
    )
    found: FileT | None = same.order_by("-created_at").first()
    return found


def _problems(request: StaffRequest, screens: ImportScreens[FileT], file: FileT) -> dict[str, Any]:
    """What isn't taken, or what was left out (`?lihat=catatan`), perhaps of one sort (`?jenis=`)."""
    refused, listed = request.GET.get("lihat") != "catatan", screens.listed(file)
    counted: dict[bool, list[tuple[str, int]]] = {True: [], False: []}
    for is_refused, code, number in listed.order_by().values_list("refused", "code").annotate(Count("id")):
        counted[is_refused].append((code, number))
    groups = presenters.groups(screens.groups, counted[refused])
    chosen = next((group for group in groups if group.slug == request.GET.get("jenis")), None)
    shown = listed.filter(refused=refused)
    if chosen is not None:
        shown = shown.filter(code__in=chosen.codes)
    page = Paginator(shown.order_by("line").select_related("row"), PAGE).get_page(request.GET.get("page"))
    read(request, screens, page, purpose="import problems")
    return {
        "problems": page,
        "problem_lines": presenters.row_lines(file, page, screens.dated),
        "groups": groups,
        "chosen_group": chosen,
        "showing_refused": refused,
        "number_refused": sum(number for _, number in counted[True]),
        "number_remarked": sum(number for _, number in counted[False]),
    }


def refused_rows(request: StaffRequest, screens: ImportScreens[FileT], file: FileT) -> list[Any]:
    """The problems of the rows that weren't taken, with their rows."""
    problems = list(file.problems.filter(refused=True).order_by("line").select_related("row"))
    read(request, screens, problems, purpose="import download")
    return problems


def _undone(request: StaffRequest, screens: ImportScreens[FileT], file: FileT) -> dict[str, Any]:
    staying = file.undone_rows.filter(result=Undone.STAYS).select_related("row").order_by("row")
    page = Paginator(staying, PAGE).get_page(request.GET.get("page"))
    read(request, screens, page, purpose="import undone")
    return {
        "staying": page,
        "staying_lines": presenters.row_lines(file, page, screens.dated),
        **screens.undone(request, file, page.paginator.count),
    }


def read(request: StaffRequest, screens: ImportScreens[FileT], told: Any, *, purpose: str) -> None:
    """Write down that she read these rows; `told` are problems or rows that were taken back."""
    keys = [each.row_id for each in told]
    audit.record_read(screens.kind.row_subject, keys, by=request.user, purpose=purpose)
