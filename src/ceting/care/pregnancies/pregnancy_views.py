"""Pages of one pregnancy: recording it, its page, changing its dates and history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.pregnancies import operations, page
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.forms import ChangeForm, KnownWomanForm, RegisterForm
from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import EditConflictError, RefusedError
from ceting.foundation.ui import one_form
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import woman_operations
from ceting.registry.families.models import Caregiver, Relation
from ceting.registry.families.woman_operations import KnownWomanError, WomanLikeness

REASONS = {"nik": "NIK sama", "phone": "nomor HP sama", "name": "nama serupa"}


def visible(request: StaffRequest, pregnancy_id: UUID, *, may: str = "pregnancies.read") -> Pregnancy:
    """The pregnancy, if it is one of hers; 404 otherwise."""
    return get_object_or_404(
        Pregnancy.objects.visible_to(request.user, may=may).with_woman(), pk=pregnancy_id
    )


@requires("pregnancies.write")
@require_http_methods(["GET", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """A pregnancy of a woman who is new here; who may be known already is shown first."""
    form = RegisterForm(request.POST or None, user=request.user, today=request.user.today())
    likenesses: tuple[WomanLikeness, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            pregnancy = _register(form, request)
        except KnownWomanError as refusal:
            likenesses = refusal.likenesses
            form.show(refusal)
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, f"Kehamilan {pregnancy.woman.name} sudah tercatat.")
            return redirect("pregnancies:pregnancy", pregnancy.pk)
    found = [(each.woman, REASONS[each.reason]) for each in likenesses]
    audit.record_read("caregiver", [woman.pk for woman, _ in found], by=request.user, purpose="register")
    context = {"form": form, "likenesses": found}
    return render(request, "pregnancies/register.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _register(form: RegisterForm, request: StaffRequest) -> Pregnancy:
    """The woman and her pregnancy, or neither."""
    data = form.cleaned_data
    sent = Pregnancy.objects.visible_to(request.user, may="pregnancies.write").filter(pk=data["key"]).first()
    if sent is not None:
        return sent
    woman = woman_operations.register_woman(
        form.woman(), posyandu=data["posyandu"], by=request.user, despite_likeness=data["despite_likeness"]
    )
    draft = PregnancyDraft(**form.facts())
    return operations.register(
        draft, woman=woman, posyandu=data["posyandu"], by=request.user, key=data["key"]
    )


@requires("pregnancies.write")
@require_http_methods(["GET", "POST"])
def register_known(request: StaffRequest, caregiver_id: UUID) -> HttpResponse:
    """A pregnancy of a woman whom the puskesmas knows as a mother already."""
    women = Caregiver.objects.visible_to(request.user, may="pregnancies.write")
    # Of one who died the verb says so in words.
    mothers = women.filter(relation=Relation.MOTHER, ending=None)
    woman = get_object_or_404(mothers, pk=caregiver_id)
    form = KnownWomanForm(request.POST or None, user=request.user, today=request.user.today())
    done: list[Pregnancy] = []

    def deed() -> str:
        data = form.cleaned_data
        draft = PregnancyDraft(**form.facts())
        done.append(
            operations.register(
                draft, woman=woman, posyandu=data["posyandu"], by=request.user, key=data["key"]
            )
        )
        return f"Kehamilan {woman.name} sudah tercatat."

    if one_form.done(request, form, deed):
        return redirect("pregnancies:pregnancy", done[0].pk)
    audit.record_read("caregiver", [woman.pk], by=request.user, purpose="register")
    context = {"form": form, "woman": woman}
    return render(request, "pregnancies/register_known.html", context, status=422 if form.errors else 200)


@requires("pregnancies.read")
@require_safe
def pregnancy(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """Where she is, what is due, what was found and why."""
    found = visible(request, pregnancy_id)
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose="pregnancy")
    context = page.context(found, request.user, found.puskesmas.today())
    template = "pregnancies/pregnancy.html" if found.is_open else "pregnancies/ended.html"
    return render(request, template, context)


@requires("pregnancies.write")
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """Dates and history; when somebody else was faster nothing is overwritten."""
    found = visible(request, pregnancy_id, may="pregnancies.write")
    form = ChangeForm(request.POST or None, pregnancy=found, today=found.puskesmas.today())
    theirs: dict[str, Any] = {}

    def deed() -> str:
        operations.change(found, form.facts(), base_version=form.cleaned_data["version"], by=request.user)
        return "Data kehamilan sudah disimpan."

    try:
        if one_form.done(request, form, deed):
            return redirect("pregnancies:pregnancy", found.pk)
    except EditConflictError as conflict:
        theirs = conflict.theirs
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose="pregnancy")
    context = {"form": form, "pregnancy": found, "theirs": theirs}
    return render(request, "pregnancies/change.html", context, status=422 if form.errors else 200)
