"""The page of a family's timeline."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import timeline
from ceting.registry.families.models import Caregiver, Child, Household, Relation


@requires("children.read")
@require_safe
def family_timeline(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Everything that happened to a family, the newest first; `?sebelum=` goes back. Only of whom she may see."""
    homes = Household.objects.visible_to(request.user, may="children.read")
    home = get_object_or_404(homes, pk=household_id)
    visible = Child.objects.visible_to(request.user, may="children.read").registered()
    children = list(visible.filter(household=home).defer("nik"))
    women = list(
        Caregiver.objects.visible_to(request.user, may="children.read")
        .filter(household=home, relation=Relation.MOTHER)
        .defer("nik", "phone")
    )
    asked = timeline.Asked(children, women, request.user, _day(request.GET.get("sebelum", "")))
    found = timeline.stretch(asked)
    audit.record_read("child", [child.pk for child in children], by=request.user, purpose="family")
    called = f"Keluarga {women[0].name}" if women else "Keluarga"
    context = {"home": home, "called": called, "found": found, "before": asked.before}
    return render(request, "families/timeline.html", context)


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None
