"""Notes that only the clinicians named on the record read (rules.md, section 8).

Whoever isn't named sees the same door, whether somebody else is named or nobody: it tells nothing of her. Titles,
addresses and messages of these pages say nothing of what is in them.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ceting.care.pregnancies import support_operations
from ceting.care.pregnancies.models import NamedClinician, NamedKind, NamedResult, Pregnancy
from ceting.care.pregnancies.named_forms import ColleagueForm, NoteForm
from ceting.care.pregnancies.pregnancy_views import visible
from ceting.care.pregnancies.words import woman_name
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.ui import one_form
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.standards.numbers import format_date

NAMED = "named.record"


@sensitive_post_parameters()
@requires(NAMED)
@require_http_methods(["GET", "POST"])
def notes(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """What was found, the newest first, and a form for more; the door for whoever isn't named."""
    found = visible(request, pregnancy_id, may=NAMED)
    if not _is_named(found, request):
        return _door(request, found, status=200 if request.method == "GET" else 422)
    form = NoteForm(request.POST or None, today=found.puskesmas.today())

    def deed() -> str:
        data = form.cleaned_data
        support_operations.record_named_result(
            found,
            NamedKind(data["kind"]),
            on=data["on"],
            result=data["result"],
            by=request.user,
            key=data["key"],
        )
        return "Catatan sudah tersimpan."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:notes", found.pk)
    rows = NamedResult.objects.visible_to(request.user, may=NAMED).filter(pregnancy=found)
    context = {"form": form, "rows": rows.select_related("by").order_by("-on", "-id"), "named": _named(found)}
    return _shown(request, found, "notes.html", context, refused=bool(form.errors))


@requires(NAMED)
@require_POST
def begin(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """She is the first who is named; later ones are named by somebody who is."""
    found = visible(request, pregnancy_id, may=NAMED)
    try:
        support_operations.name_clinician(found, request.user, by=request.user)
    except RefusedError as refusal:
        return _door(request, found, refusal.problems[0].sentence, status=422)
    return redirect("pregnancies:notes", found.pk)


@requires(NAMED)
@require_http_methods(["GET", "POST"])
def clinicians(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """Who is named, and one more."""
    found = visible(request, pregnancy_id, may=NAMED)
    if not _is_named(found, request):
        return redirect("pregnancies:notes", found.pk)
    form = _colleague(request, found)

    def deed() -> str:
        clinician = form.cleaned_data["clinician"]
        support_operations.name_clinician(found, clinician, by=request.user)
        return f"{clinician.name} sudah ditunjuk."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:notes-clinicians", found.pk)
    return _clinicians(request, found, form)


@requires(NAMED)
@require_POST
def end_naming(request: StaffRequest, pregnancy_id: UUID, naming_id: UUID) -> HttpResponse:
    """Somebody reads these notes no longer."""
    found = visible(request, pregnancy_id, may=NAMED)
    if not _is_named(found, request):
        return redirect("pregnancies:notes", found.pk)
    naming = get_object_or_404(found.named_clinicians.select_related("clinician"), pk=naming_id)
    form = ColleagueForm(None, pregnancy=found, named=[])
    try:
        support_operations.end_naming(naming, by=request.user)
    except RefusedError as refusal:
        return _clinicians(request, found, form, refusal.problems[0].sentence)
    messages.success(request, f"{naming.clinician.name} tidak lagi ditunjuk.")
    return redirect("pregnancies:notes-clinicians", found.pk)


def _is_named(found: Pregnancy, request: StaffRequest) -> bool:
    return found.named_clinicians.standing().filter(clinician=request.user).exists()


def _named(found: Pregnancy) -> list[NamedClinician]:
    return list(found.named_clinicians.standing().select_related("clinician").order_by("id"))


def _colleague(request: StaffRequest, found: Pregnancy) -> ColleagueForm:
    # Whoever is named already may be chosen again by a second click: that is said as done.
    named = [] if request.method == "POST" else [each.clinician_id for each in _named(found)]
    return ColleagueForm(request.POST or None, pregnancy=found, named=named)


def _clinicians(
    request: StaffRequest, found: Pregnancy, form: ColleagueForm, refusal: str = ""
) -> HttpResponse:
    past = found.named_clinicians.exclude(ended_on=None).select_related("clinician").order_by("ended_on")
    formerly = [
        (each.clinician.name, f"sampai {format_date(each.ended_on)}") for each in past if each.ended_on
    ]
    context = {"form": form, "named": _named(found), "formerly": formerly, "refusal": refusal}
    return _shown(request, found, "notes_clinicians.html", context, refused=bool(refusal or form.errors))


def _door(request: StaffRequest, found: Pregnancy, refusal: str = "", *, status: int = 200) -> HttpResponse:
    left_alone = support_operations.is_left_alone(found)
    context = {"pregnancy": found, "called": woman_name(found), "refusal": refusal, "left_alone": left_alone}
    return render(request, "pregnancies/notes_door.html", context, status=status)


def _shown(
    request: StaffRequest, found: Pregnancy, template: str, more: dict[str, object], *, refused: bool
) -> HttpResponse:
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose="named notes")
    context = {"pregnancy": found, "called": woman_name(found), **more}
    return render(request, f"pregnancies/{template}", context, status=422 if refused else 200)
