"""Pages about the end of a pregnancy: birth, loss or moved; correcting and undoing it; visits to the mother."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ceting.care.pregnancies import emergencies, ended_presenters, outcome_operations
from ceting.care.pregnancies.end_forms import (
    MOST_CAPSULES,
    BirthForm,
    ChangeEndForm,
    OtherEndForm,
    PostnatalForm,
)
from ceting.care.pregnancies.models import Outcome, Pregnancy
from ceting.care.pregnancies.pregnancy_views import visible
from ceting.care.pregnancies.reason_forms import ReasonForm
from ceting.care.pregnancies.words import age_words, woman_name
from ceting.foundation.audit import operations as audit
from ceting.foundation.ui import one_form
from ceting.registry.accounts.access import StaffRequest, requires

WRITE = "pregnancies.write"


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def birth(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """A birth: the children are registered under their mother with it."""
    found = visible(request, pregnancy_id, may=WRITE)
    if not found.is_open and request.method == "GET":
        return redirect("pregnancies:pregnancy", found.pk)
    form = BirthForm(request.POST or None, today=found.puskesmas.today())

    def deed() -> str:
        draft = form.draft()
        outcome_operations.end(found, draft, by=request.user, key=form.cleaned_data["key"])
        if draft.stillborn:
            return "Persalinan sudah tercatat."
        return "Persalinan sudah tercatat, dan anaknya sudah terdaftar. Selamat!"

    return _page(request, found, form, deed, "birth.html")


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def other_end(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """A loss, a move away, or a pregnancy that never was."""
    found = visible(request, pregnancy_id, may=WRITE)
    if not found.is_open and request.method == "GET":
        return redirect("pregnancies:pregnancy", found.pk)
    form = OtherEndForm(request.POST or None, today=found.puskesmas.today())

    def deed() -> str:
        outcome = outcome_operations.end(found, form.draft(), by=request.user, key=form.cleaned_data["key"])
        if outcome.is_loss:
            return "Sudah tercatat. Pesan kehamilan sudah kami hentikan."
        return "Sudah tercatat."

    return _page(request, found, form, deed, "other_end.html")


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def change_end(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """A slip in the day or the place of the end."""
    found = visible(request, pregnancy_id, may=WRITE)
    outcome = _standing(request, found).first()
    if outcome is None:
        return redirect("pregnancies:pregnancy", found.pk)
    form = ChangeEndForm(request.POST or None, outcome=outcome, today=found.puskesmas.today())

    def deed() -> str:
        version = form.cleaned_data["version"]
        outcome_operations.change_end(outcome, form.changes(), base_version=version, by=request.user)
        return "Catatan sudah diperbaiki."

    return _page(request, found, form, deed, "change_end.html")


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def undo_end(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """The end was a mistake: the pregnancy goes on."""
    found = visible(request, pregnancy_id, may=WRITE)
    if not _standing(request, found).exists():
        return redirect("pregnancies:pregnancy", found.pk)
    form = ReasonForm(request.POST or None)

    def deed() -> str:
        outcome_operations.undo_end(found, reason=form.cleaned_data["reason"], by=request.user)
        return "Kehamilan dilanjutkan seperti semula."

    return _page(request, found, form, deed, "undo_end.html")


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def postnatal(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """A visit to the mother in the six weeks after the end."""
    found = visible(request, pregnancy_id, may=WRITE)
    outcome = _standing(request, found).first()
    if outcome is None:
        return redirect("pregnancies:pregnancy", found.pk)
    form = _visit_form(request, found, outcome)

    def deed() -> str:
        visit = outcome_operations.record_postnatal_visit(
            found, form.draft(), by=request.user, key=form.cleaned_data["key"]
        )
        if emergencies.of_visits([visit], visit.on, clinical=True):
            messages.warning(request, "Ada tanda bahaya. Baca yang harus dilakukan sekarang di bawah ini.")
        return f"Kunjungan {visit.slot or 'nifas'} sudah tersimpan."

    return _page(request, found, form, deed, "postnatal.html")


def _visit_form(request: StaffRequest, found: Pregnancy, outcome: Outcome) -> PostnatalForm:
    today = found.puskesmas.today()
    asked = ended_presenters.visiting(found, outcome, today) is ended_presenters.Visiting.ASKED
    # A second click finds her capsules given already: what she sent is looked at by the verb.
    left = (
        outcome_operations.capsules_left(found, outcome, today) if request.method == "GET" else MOST_CAPSULES
    )
    return PostnatalForm(request.POST or None, today=today, asked=asked, capsules=left)


def _standing(request: StaffRequest, found: Pregnancy) -> Any:
    return Outcome.objects.visible_to(request.user, may=WRITE).standing().filter(pregnancy=found)


def _page(request: StaffRequest, found: Pregnancy, form: Any, deed: Any, template: str) -> HttpResponse:
    if one_form.done(request, form, deed):
        return redirect("pregnancies:pregnancy", found.pk)
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose="end")
    context = {
        "form": form,
        "pregnancy": found,
        "called": woman_name(found),
        "lead": age_words(found, found.puskesmas.today()) if found.is_open else "",
    }
    return render(request, f"pregnancies/{template}", context, status=422 if form.errors else 200)
