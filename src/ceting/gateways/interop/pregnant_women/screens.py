"""What is the pregnant women's own on the pages of an import: their words, and questions who stands in a row."""

from typing import Any

from django.db.models import Q

from ceting.foundation.audit import operations as audit
from ceting.gateways.interop.pages import PAGE
from ceting.gateways.interop.pregnant_women import presenters
from ceting.gateways.interop.pregnant_women.forms import DecisionForm, UploadForm
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.models import (
    WOMAN,
    WRITE,
    ImportState,
    Undone,
    Verdict,
    WomenDecision,
    WomenFile,
    WomenOutcome,
)
from ceting.gateways.interop.screens import ImportScreens, Link, Words
from ceting.registry.accounts.access import StaffRequest
from ceting.registry.families.models import Caregiver

WORDS = Words(
    title="Impor ibu hamil",
    where="halaman Impor ibu hamil",
    who="ibu",
    dated="HPHT atau HPL",
    all_good="Tidak ada baris yang ditolak.",
    undone="kehamilan dan ibu",
    afterwards="tidak tampil di daftar, dan pengingatnya berhenti",
    guard="impor-ibu",
)


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
    return {
        "asked": file.problems.filter(asks=True).count(),
        "decision_form": decision_form(request, file),
        "decided": WomenDecision.objects.filter(row__file=file).count(),
    }


def _listed(file: WomenFile) -> Any:
    """While questions can be answered they stand apart."""
    return file.problems.filter(asks=False) if file.state is ImportState.READY else file.problems.all()


def _undone(_: StaffRequest, file: WomenFile, stays: int) -> dict[str, Any]:
    mine = WomenOutcome.objects.filter(file=file)
    ended = Q(row__undone__result=Undone.TAKEN_BACK) | Q(row__undone__code__startswith=WOMAN)
    numbers = {
        "pregnancies": mine.filter(ended, verdict=Verdict.REGISTERED).count(),
        "women": mine.filter(new_woman=True, woman__ending__isnull=False).count(),
        "stays": stays,
    }
    return {"figures": presenters.undone(numbers)}


SCREENS = ImportScreens(
    kind=KIND,
    words=WORDS,
    upload_form=UploadForm,
    forecast=presenters.forecast,
    result=presenters.result,
    undone=_undone,
    dated=presenters.dated,
    links=(Link("Daftar ibu hamil", "pregnancies:list", "mother"),),
    prefix="women_",
    listed=_listed,
    preview=_preview,
    preview_part="pregnant_women/questions.html",
)
