"""Pages of antenatal contacts: recording one, correcting it, taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ceting.care.pregnancies import emergencies, operations, page
from ceting.care.pregnancies.contact_forms import FIELDS_OF_FACTS, ContactForm
from ceting.care.pregnancies.models import Contact, Pregnancy
from ceting.care.pregnancies.pregnancy_views import visible
from ceting.care.pregnancies.reason_forms import ReasonForm
from ceting.care.pregnancies.words import age_words, woman_name
from ceting.foundation.audit import operations as audit
from ceting.foundation.ui import one_form
from ceting.registry.accounts.access import StaffRequest, readable, requires

MEASURE = "pregnancies.measure"
OVER = "Kehamilan ini sudah berakhir. Di sini hanya pemeriksaan sebelum itu yang belum tercatat."


@requires(MEASURE)
@require_http_methods(["GET", "POST"])
def contact_new(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """One contact: what this week needs stands first, everything else is a fold away."""
    found = visible(request, pregnancy_id, may=MEASURE)
    form = _form(request, found)
    saved: list[Contact] = []

    def deed() -> str:
        saved.append(
            operations.record_contact(found, form.draft(), by=request.user, key=form.cleaned_data["key"])
        )
        return "Pemeriksaan sudah tersimpan."

    if one_form.done(request, form, deed):
        _warn(request, saved[0])
        return redirect("pregnancies:pregnancy", found.pk)
    return _shown(request, found, form, {})


@requires(MEASURE)
@require_http_methods(["GET", "POST"])
def contact_correct(request: StaffRequest, pregnancy_id: UUID, contact_id: UUID) -> HttpResponse:
    """The contact as it really was; the row before stays."""
    found = visible(request, pregnancy_id, may=MEASURE)
    row = _contact(request, found, contact_id)
    form = _form(request, found, corrects=row)

    def deed() -> str:
        data = form.cleaned_data
        operations.correct_contact(
            row, form.draft(), by=request.user, reason=data.get("reason", ""), key=data["key"]
        )
        return "Pemeriksaan sudah diperbaiki."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:pregnancy", found.pk)
    return _shown(request, found, form, {"contact": row})


@requires(MEASURE)
@require_http_methods(["GET", "POST"])
def contact_strike(request: StaffRequest, pregnancy_id: UUID, contact_id: UUID) -> HttpResponse:
    """The contact never was: it stays readable, and counts nowhere."""
    found = visible(request, pregnancy_id, may=MEASURE)
    row = _contact(request, found, contact_id)
    form = ReasonForm(request.POST or None)

    def deed() -> str:
        operations.strike_out_contact(row, reason=form.cleaned_data["reason"], by=request.user)
        return "Pemeriksaan sudah ditarik."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:pregnancy", found.pk)
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose="contact")
    context = {"form": form, "pregnancy": found, "called": woman_name(found), "contact": row}
    return render(request, "pregnancies/strike.html", context, status=422 if form.errors else 200)


def _contact(request: StaffRequest, found: Pregnancy, contact_id: UUID) -> Contact:
    """A form that is sent again finds the row that it mended: the verb says what became of it."""
    rows = Contact.objects.visible_to(request.user, may=MEASURE)
    if request.method != "POST":
        rows = rows.current()
    return get_object_or_404(rows.filter(pregnancy=found).select_related("pregnancy"), pk=contact_id)


def _form(request: StaffRequest, found: Pregnancy, *, corrects: Contact | None = None) -> ContactForm:
    today = found.puskesmas.today()
    rows = [row for row in Contact.objects.current().filter(pregnancy=found) if row != corrects]
    # Of a pregnancy that has ended nothing is due: what was written down late is taken, and nothing asked.
    facts = page.wanted_by(request.user, found, rows, today) if found.is_open else []
    asked = [name for fact in facts for name in FIELDS_OF_FACTS.get(fact, ())]
    if corrects is not None:
        asked += [name for names in FIELDS_OF_FACTS.values() for name in names if getattr(corrects, name)]
    clinical = readable(request.user, found, "risk_score")
    return ContactForm(
        request.POST or None,
        today=today,
        clinical=clinical,
        asked=asked,
        corrects=corrects,
        over=not found.is_open,
    )


def _shown(request: StaffRequest, found: Pregnancy, form: ContactForm, more: dict[str, Any]) -> HttpResponse:
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose="contact")
    context = {
        "form": form,
        "pregnancy": found,
        "called": woman_name(found),
        "lead": age_words(found, found.puskesmas.today()) if found.is_open else OVER,
    }
    return render(request, "pregnancies/contact.html", context | more, status=422 if form.errors else 200)


def _warn(request: StaffRequest, contact: Contact) -> None:
    """A danger sign is never just stored: the next page opens with what to do, and so does this word."""
    clinical = readable(request.user, contact.pregnancy, "risk_score")
    if emergencies.of_contacts([contact], contact.on, clinical=clinical):
        messages.warning(request, "Ada tanda bahaya. Baca yang harus dilakukan sekarang di bawah ini.")
