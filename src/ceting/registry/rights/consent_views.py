"""What a family allowed: the answers that hold, new ones, and what was taken back."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.ui.one_form import done
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families.models import Caregiver, Child, ChildQuerySet, Household
from ceting.registry.rights import consent_presenters, operations
from ceting.registry.rights.consent_forms import ConsentForm, WithdrawalForm
from ceting.registry.rights.models import Consent
from ceting.registry.rights.wordings import OF_A_CAREGIVER, OF_A_CHILD

MAY = "consents.record"
SAVED = "Jawaban sudah disimpan."
UNREAD = ("nik", "phone")
"""Who records an answer has no need of them, and a kader may not read them."""


@requires(MAY)
@require_safe
def consents(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """What the family allows now, person by person, and everything that was ever said."""
    homes = Household.objects.visible_to(request.user, may=MAY).defer("kk", "address")
    home = get_object_or_404(homes, pk=household_id)
    children = list(_children(request, home.pk).here().defer("nik").order_by("birth_date", "id"))
    caregivers = list(home.caregivers.select_related("ending").defer(*UNREAD).order_by("id"))
    said = _said(request, caregivers)
    audit.record_read("child", [child.pk for child in children], by=request.user, purpose="consents")
    audit.record_read("caregiver", [adult.pk for adult in caregivers], by=request.user, purpose="consents")
    context = {
        "home": home,
        "people": consent_presenters.people(caregivers, children, said),
        "history": consent_presenters.history(said),
    }
    return render(request, "rights/consents.html", context)


def _children(request: StaffRequest, household_id: UUID) -> ChildQuerySet:
    """A sister who lives at another puskesmas isn't shown here."""
    return Child.objects.visible_to(request.user, may=MAY).filter(household=household_id)


def _said(request: StaffRequest, caregivers: Sequence[Caregiver]) -> list[Consent]:
    """What they said of themselves, and of the children whom she may see."""
    answers = Consent.objects.visible_to(request.user, may=MAY).filter(caregiver__in=caregivers)
    told_by = ("caregiver", "child", "recorded_by", "withdrawal__recorded_by")
    unread = ("caregiver__nik", "caregiver__phone", "child__nik", "recorded_by__phone")
    return list(answers.select_related(*told_by).defer(*unread, "withdrawal__recorded_by__phone"))


@requires(MAY)
@require_http_methods(["GET", "POST"])
def of_caregiver(request: StaffRequest, caregiver_id: UUID) -> HttpResponse:
    """A caregiver answers for herself."""
    caregivers = Caregiver.objects.visible_to(request.user, may=MAY).caring()
    found = get_object_or_404(caregivers.select_related("puskesmas").defer(*UNREAD), pk=caregiver_id)
    form = ConsentForm(request.POST or None, scopes=OF_A_CAREGIVER, today=found.puskesmas.today())
    title = f"Jawaban {found.name}"

    def deed() -> str:
        operations.record_consents(form.drafts(speaker=found), by=request.user)
        return SAVED

    return _done(request, found.household_id, form, title, deed)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def of_child(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """A guardian answers for a child."""
    children = Child.objects.visible_to(request.user, may=MAY).here().select_related("puskesmas")
    found = get_object_or_404(children.defer("nik"), pk=child_id)
    speakers = Caregiver.objects.caring().filter(household=found.household_id).defer(*UNREAD).order_by("id")
    today = found.puskesmas.today()
    form = ConsentForm(request.POST or None, scopes=OF_A_CHILD, today=today, speakers=speakers)
    title = f"Jawaban untuk {found.name}"

    def deed() -> str:
        operations.record_consents(form.drafts(child=found), by=request.user)
        return SAVED

    return _done(request, found.household_id, form, title, deed)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """Somebody takes back what she allowed."""
    answers = Consent.objects.visible_to(request.user, may=MAY).select_related(
        "caregiver__puskesmas", "child"
    )
    found = get_object_or_404(
        answers.defer("caregiver__nik", "caregiver__phone", "child__nik"), pk=consent_id
    )
    form = WithdrawalForm(request.POST or None, today=found.caregiver.puskesmas.today())
    whom = found.child.name if found.child else found.caregiver.name
    title = f"Tarik persetujuan {whom}: {found.get_scope_display()}"

    def deed() -> str:
        operations.withdraw_consent(found, by=request.user, **form.cleaned_data)
        return "Persetujuan ditarik. Pemakaiannya berhenti mulai sekarang."

    return _done(request, found.caregiver.household_id, form, title, deed)


def _done(
    request: StaffRequest, household_id: UUID, form: Any, title: str, deed: Callable[[], str]
) -> HttpResponse:
    """One form about one family: done, it leads back to what the family allows; refused, it says why."""
    if done(request, form, deed):
        return redirect("rights:consents", household_id)
    ids = list(_children(request, household_id).values_list("pk", flat=True))
    audit.record_read("child", ids, by=request.user, purpose="consents")
    context = {"form": form, "household_id": household_id, "title": title}
    return render(request, "rights/consent_form.html", context, status=422 if form.errors else 200)
