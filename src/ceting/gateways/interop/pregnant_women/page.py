"""What the page of one import shows, wherever it stands."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q

from ceting.foundation.audit import operations as audit
from ceting.gateways.interop import memory
from ceting.gateways.interop.forms import ColumnsForm, PlacesForm, UndoForm
from ceting.gateways.interop.naming import Ground
from ceting.gateways.interop.pregnant_women import operations, presenters
from ceting.gateways.interop.pregnant_women.columns import VOCABULARY
from ceting.gateways.interop.pregnant_women.forms import DecisionForm
from ceting.gateways.interop.pregnant_women.models import (
    WOMAN,
    WRITE,
    ImportState,
    Undone,
    Verdict,
    WomenColumns,
    WomenDecision,
    WomenFile,
    WomenOutcome,
    WomenProblem,
)
from ceting.gateways.interop.presenters import places_summary
from ceting.gateways.interop.states import TONES, WORKING
from ceting.registry.accounts.access import StaffRequest
from ceting.registry.families.models import Caregiver

PAGE = 25


def context(request: StaffRequest, file: WomenFile) -> dict[str, Any]:
    state = file.state
    found: dict[str, Any] = {
        "file": file,
        "state": state,
        "tone": TONES[state],
        "working": state in WORKING,
        "stuck": operations.is_stuck(file),
        "is_owner": file.uploaded_by_id == request.user.pk,
    }
    if state is ImportState.READY:
        found |= _preview(request, file)
    if state is ImportState.DONE:
        found["figures"] = presenters.result(operations.counts(file))
    if state is ImportState.UNDONE:
        found |= _undone(request, file)
    if state in (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE):
        found["undo_form"] = UndoForm()
    if state in (ImportState.READY, ImportState.DONE):
        found |= _problems(request, file, asks_apart=state is ImportState.READY)
    return found


def columns_form(file: WomenFile, *sent: Any) -> ColumnsForm:
    return ColumnsForm(*sent, header=file.header, meant=file.columns, words=VOCABULARY)


def places_form(file: WomenFile, *sent: Any) -> PlacesForm:
    ground = Ground.of(file.puskesmas)
    open_ones = [each for each in ground.posyandu if not hasattr(each, "closure")]
    ground = Ground(ground.puskesmas, open_ones, ground.villages)
    return PlacesForm(*sent, places=file.places.all(), ground=ground, may_open=False)


def decision_form(request: StaffRequest, file: WomenFile, *sent: Any) -> DecisionForm:
    """The questions that wait, a page of them; who is shown in them is written down as read."""
    asked = file.problems.filter(asks=True).order_by("line").select_related("row")
    problems = list(asked[:PAGE])
    keys = {key for problem in problems for key in problem.candidates}
    women = Caregiver.objects.visible_to(request.user, may=WRITE).filter(pk__in=keys)
    by_key = {str(woman.pk): woman for woman in women.select_related("household__village")}
    for subject, read in (
        ("caregiver", [woman.pk for woman in by_key.values()]),
        ("women_row", [problem.row_id for problem in problems]),
    ):
        audit.record_read(subject, read, by=request.user, purpose="import problems")
    labels = {problem.row_id: presenters.question_label(problem, file) for problem in problems}
    return DecisionForm(*sent, problems=problems, women=by_key, labels=labels)


def _preview(request: StaffRequest, file: WomenFile) -> dict[str, Any]:
    places = list(file.places.all())
    said = memory.remembered(WomenColumns, file.header, file.puskesmas)
    unknown = VOCABULARY.unknown(file.header, file.columns)
    return {
        "figures": presenters.forecast(file.totals),
        "columns": presenters.column_lines(file),
        "missing": VOCABULARY.missing(file.columns),
        "columns_form": columns_form(file),
        "mapping": said,
        "ask_columns": said is None and bool(unknown),
        "places_form": places_form(file),
        "places_summary": places_summary(places),
        "unsettled": any(not place.is_settled for place in places),
        "asked": file.problems.filter(asks=True).count(),
        "decision_form": decision_form(request, file),
        "decided": WomenDecision.objects.filter(row__file=file).count(),
        "repeat": _earlier(request, file),
    }


def _earlier(request: StaffRequest, file: WomenFile) -> WomenFile | None:
    """The same file, uploaded and taken in before."""
    same = WomenFile.objects.visible_to(request.user).filter(
        puskesmas=file.puskesmas, digest=file.digest, created_at__lt=file.created_at, run__isnull=False
    )
    found: WomenFile | None = same.order_by("-created_at").first()
    return found


def _problems(request: StaffRequest, file: WomenFile, *, asks_apart: bool) -> dict[str, Any]:
    """What isn't taken, or what was left out (`?lihat=catatan`); while questions can be answered they stand apart."""
    refused = request.GET.get("lihat") != "catatan"
    rows = file.problems.filter(asks=False) if asks_apart else file.problems.all()
    shown = rows.filter(refused=refused).order_by("line").select_related("row")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    other = rows.filter(refused=not refused).count()
    numbers = (page.paginator.count, other) if refused else (other, page.paginator.count)
    _read(request, [problem.row_id for problem in page], purpose="import problems")
    return {
        "problems": page,
        "problem_lines": presenters.problem_lines(page, file),
        "showing_refused": refused,
        "number_refused": numbers[0],
        "number_remarked": numbers[1],
    }


def refused_rows(request: StaffRequest, file: WomenFile) -> list[WomenProblem]:
    """The rows that weren't taken, with their words."""
    problems = list(file.problems.filter(refused=True).order_by("line").select_related("row"))
    _read(request, [problem.row_id for problem in problems], purpose="import download")
    return problems


def _undone(request: StaffRequest, file: WomenFile) -> dict[str, Any]:
    staying = file.undone_rows.filter(result=Undone.STAYS).select_related("row").order_by("row")
    page = Paginator(staying, PAGE).get_page(request.GET.get("page"))
    _read(request, [each.row_id for each in page], purpose="import undone")
    mine = WomenOutcome.objects.filter(file=file)
    ended = Q(row__undone__result=Undone.TAKEN_BACK) | Q(row__undone__code__startswith=WOMAN)
    numbers = {
        "pregnancies": mine.filter(ended, verdict=Verdict.REGISTERED).count(),
        "women": mine.filter(new_woman=True, woman__ending__isnull=False).count(),
        "stays": page.paginator.count,
    }
    return {
        "figures": presenters.undone(numbers),
        "staying": page,
        "staying_lines": presenters.staying_lines(page, file),
    }


def _read(request: StaffRequest, keys: list[Any], *, purpose: str) -> None:
    audit.record_read("women_row", keys, by=request.user, purpose=purpose)
