"""The family's page: where it lives, who cares for the children, and what changed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.ui.one_form import done
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import caregiver_deaths, home_operations, home_presenters
from ceting.registry.families.home_forms import CaregiverForm, EndingForm, HouseholdForm, MainForm
from ceting.registry.families.life_forms import CaregiverDeathForm, CaregiverDeathUndoForm
from ceting.registry.families.models import Caregiver, Child, FamilyChange, Household, MainCaregiver


@requires("children.read")
@require_safe
def household(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """The family. Children whom she may not see are not on it."""
    homes = Household.objects.visible_to(request.user, may="children.read").select_related("village")
    home = get_object_or_404(homes, pk=household_id)
    visible = Child.objects.visible_to(request.user, may="children.read").registered()
    children = list(visible.filter(household=home).select_related("posyandu").defer("nik"))
    rows = MainCaregiver.objects.filter(child__in=children).select_related("caregiver", "child")
    mains = {child.pk: child.mother_id for child in children if child.mother_id}
    mains |= {row.child_id: row.caregiver_id for row in rows if row.until is None}
    caregivers = list(home.caregivers.select_related("ending").defer("nik"))
    moves = list(home.earlier_places.select_related("village"))
    # Who came and lives here; who left is another family's matter.
    changes = list(FamilyChange.objects.filter(child__in=children).select_related("child").order_by("id"))
    audit.record_read("child", [child.pk for child in children], by=request.user, purpose="family")
    at = {child.puskesmas_id for child in children} or {home.puskesmas_id}
    context = {
        "home": home,
        "called": home_presenters.called(caregivers, mains),
        "facts": home_presenters.facts(home, request.user, at),
        "caregivers": home_presenters.caregiver_lines(caregivers, children, mains, request.user, at),
        "children": home_presenters.child_lines(children, request.user.today(), changes),
        "mourned": home_presenters.mourning(caregivers, children, mains),
        "history": home_presenters.history(moves, list(rows), changes, home, request.user, at),
    }
    return render(request, "families/household.html", context)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def household_change(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """The family moved house, or the address was wrong."""
    home = _home(request, household_id)
    form = HouseholdForm(request.POST or None, household=home)

    def deed() -> None:
        version = form.cleaned_data["version"]
        home_operations.change_household(home, form.changes(), base_version=version, by=request.user)

    return _done(request, home, form, "Ubah tempat tinggal", deed)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def caregiver_new(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """One more caregiver."""
    home = _home(request, household_id)
    form = CaregiverForm(request.POST or None)
    return _done(
        request,
        home,
        form,
        "Tambah pengasuh",
        lambda: home_operations.add_caregiver(home, form.draft(), by=request.user),
    )


@requires("children.move")
@require_http_methods(["GET", "POST"])
def caregiver_change(request: StaffRequest, caregiver_id: UUID) -> HttpResponse:
    """Change a caregiver."""
    found = _caregiver(request, caregiver_id)
    form = CaregiverForm(request.POST or None, caregiver=found)

    def deed() -> None:
        version = form.cleaned_data["version"] or 0
        home_operations.change_caregiver(found, form.changes(), base_version=version, by=request.user)

    return _done(request, found.household, form, "Ubah data pengasuh", deed)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def caregiver_end(request: StaffRequest, caregiver_id: UUID) -> HttpResponse:
    """A caregiver cares for them no longer."""
    found = _caregiver(request, caregiver_id)
    form = EndingForm(request.POST or None, today=request.user.today())
    return _done(
        request,
        found.household,
        form,
        f"{found.name} tidak lagi mengasuh",
        lambda: home_operations.end_caregiver(found, by=request.user, **form.cleaned_data),
    )


@requires("children.move")
@require_http_methods(["GET", "POST"])
def caregiver_death(request: StaffRequest, caregiver_id: UUID) -> HttpResponse:
    """A mother or another caregiver died: one question."""
    found = _caregiver(request, caregiver_id)
    form = CaregiverDeathForm(request.POST or None, today=request.user.today())

    def deed() -> None:
        caregiver_deaths.record_caregiver_death(found, by=request.user, **form.cleaned_data)

    return _done(request, found.household, form, f"{found.name} meninggal", deed)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def caregiver_death_undo(request: StaffRequest, caregiver_id: UUID) -> HttpResponse:
    """She lives: the record was a mistake."""
    found = _caregiver(request, caregiver_id)
    form = CaregiverDeathUndoForm(request.POST or None)

    def deed() -> None:
        caregiver_deaths.undo_caregiver_death(found, by=request.user, **form.cleaned_data)

    return _done(request, found.household, form, f"{found.name} tidak meninggal", deed)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def main_caregiver(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Who cares for the child most from a day on."""
    children = Child.objects.visible_to(request.user, may="children.move").select_related("household")
    child = get_object_or_404(children, pk=child_id)
    form = MainForm(request.POST or None, child=child, today=request.user.today())
    return _done(
        request,
        child.household,
        form,
        f"Pengasuh utama {child.name}",
        lambda: home_operations.make_main(child, by=request.user, **form.cleaned_data),
    )


def _home(request: StaffRequest, household_id: UUID) -> Household:
    homes = Household.objects.visible_to(request.user, may="children.move").select_related("village")
    return get_object_or_404(homes, pk=household_id)


def _caregiver(request: StaffRequest, caregiver_id: UUID) -> Caregiver:
    caregivers = Caregiver.objects.visible_to(request.user, may="children.move").select_related("household")
    return get_object_or_404(caregivers, pk=caregiver_id)


def _done(
    request: StaffRequest, home: Household, form: Any, title: str, deed: Callable[[], object]
) -> HttpResponse:
    """One form about one family: done, it leads back to the family; refused, it says why."""

    def saved() -> str:
        deed()
        return "Sudah disimpan."

    if done(request, form, saved):
        return redirect("families:household", home.pk)
    mine = Child.objects.visible_to(request.user, may="children.move").filter(household=home)
    ids = list(mine.values_list("pk", flat=True))
    audit.record_read("child", ids, by=request.user, purpose="family")
    context = {"form": form, "home": home, "title": title}
    return render(request, "families/home_form.html", context, status=422 if form.errors else 200)
