"""Pages beside the contacts: the cards' lines, the birth plan, classes and extra food."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ceting.care.pregnancies import assessment, page_presenters, support_operations
from ceting.care.pregnancies.models import Card, Contact, Pregnancy
from ceting.care.pregnancies.pregnancy_views import visible
from ceting.care.pregnancies.support_forms import ClassForm, FoodForm, PlanForm, RisksForm, withdrawn_lines
from ceting.care.pregnancies.words import woman_name
from ceting.foundation.audit import operations as audit
from ceting.foundation.ui import one_form
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.standards.pregnancy import nutrition

WRITE, MEASURE = "pregnancies.write", "pregnancies.measure"


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def risks(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """Both cards: what is known is ticked already, the rest somebody states."""
    found = visible(request, pregnancy_id, may=WRITE)
    if _is_over(request, found):
        return redirect("pregnancies:pregnancy", found.pk)
    every = list(found.stated_risks.order_by("stated_on", "id"))
    stated = [each for each in every if each.withdrawn_on is None]
    contacts = list(Contact.objects.current().filter(pregnancy=found))
    cards = assessment.cards(assessment.Facts(found, contacts, stated))
    form = RisksForm(request.POST or None, found=cards, stated=stated)

    def deed() -> str:
        _state(found, form, request)
        return "Faktor risiko sudah disimpan."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:pregnancy", found.pk)
    chips = [card.chip for card in page_presenters.score_cards(cards)]
    shown = [(*lines, chip) for lines, chip in zip(form.cards, chips, strict=True)]
    gone = withdrawn_lines(each for each in every if each.withdrawn_on)
    return _shown(request, found, form, "risks.html", {"cards": shown, "withdrawn": gone})


def _is_over(request: StaffRequest, found: Pregnancy) -> bool:
    """Once it has ended no page asks for plans or days; a form that was open then is answered by its verb."""
    return not found.is_open and request.method != "POST"


@transaction.atomic
def _state(found: Pregnancy, form: RisksForm, request: StaffRequest) -> None:
    """Both cards or neither."""
    for card in Card:
        support_operations.state_risks(
            found,
            card,
            form.codes(card),
            by=request.user,
            reason=form.cleaned_data["reason"],
            seen=form.seen(card),
        )


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """The birth plan as agreed with the family; earlier ones stay."""
    found = visible(request, pregnancy_id, may=WRITE)
    if _is_over(request, found):
        return redirect("pregnancies:pregnancy", found.pk)
    standing = found.birth_plans.order_by("-id").first()
    form = PlanForm(request.POST or None, standing=standing)

    def deed() -> str:
        seen = form.cleaned_data["seen"]
        support_operations.plan_birth(found, form.draft(), by=request.user, seen=seen)
        return "Rencana persalinan sudah disimpan."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:pregnancy", found.pk)
    return _shown(request, found, form, "plan.html", {})


@requires(MEASURE)
@require_http_methods(["GET", "POST"])
def classes(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """She came to the mothers' class; the days that are known stand below."""
    found = visible(request, pregnancy_id, may=MEASURE)
    if _is_over(request, found):
        return redirect("pregnancies:pregnancy", found.pk)
    form = ClassForm(request.POST or None, today=found.puskesmas.today())

    def deed() -> str:
        support_operations.attend_class(found, **form.cleaned_data, by=request.user)
        return "Kehadiran di kelas sudah tersimpan."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:classes", found.pk)
    rows = found.class_attendances.order_by("-on")
    return _shown(request, found, form, "classes.html", {"rows": rows})


@requires(MEASURE)
@require_http_methods(["GET", "POST"])
def food(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """Extra food was handed out; what she had so far stands against what she should have."""
    found = visible(request, pregnancy_id, may=MEASURE)
    if _is_over(request, found):
        return redirect("pregnancies:pregnancy", found.pk)
    today = found.puskesmas.today()
    form = FoodForm(request.POST or None, today=today)

    def deed() -> str:
        support_operations.give_food(found, **form.cleaned_data, by=request.user)
        return "Makanan tambahan sudah tersimpan."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:food", found.pk)
    rows = list(found.extra_food.order_by("-given_on"))
    days = nutrition.food_days(sum(row.days for row in rows), assessment.limits_on(found, today))
    return _shown(request, found, form, "food.html", {"rows": rows, "days": days})


def _shown(request: StaffRequest, found: Pregnancy, form: Any, template: str, more: Any) -> HttpResponse:
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose="support")
    context = {"form": form, "pregnancy": found, "called": woman_name(found), **more}
    return render(request, f"pregnancies/{template}", context, status=422 if form.errors else 200)
