"""The page "who read my data", of a child and of a caregiver."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families.models import Caregiver, Child, those_who_became
from ceting.registry.rights import readers

MAY = "rights.handle"
PAGE = 50


@requires(MAY)
@require_safe
def of_child(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Who looked at a child's data."""
    children = Child.objects.visible_to(request.user, may=MAY).select_related("puskesmas").defer("nik")
    child = get_object_or_404(children, pk=child_id)
    subjects = readers.subjects_of_child(child)
    context = _page(request, subjects, child.puskesmas.zone)
    audit.record_read("child", [child.pk], by=request.user, purpose="readers")
    return render(
        request, "rights/readers.html", context | {"name": child.name, "household": child.household_id}
    )


@requires(MAY)
@require_safe
def of_caregiver(request: StaffRequest, caregiver_id: UUID) -> HttpResponse:
    """Who looked at a caregiver's data: her name stands wherever a child of her household is shown."""
    caregivers = Caregiver.objects.visible_to(request.user, may=MAY).select_related("puskesmas")
    found = get_object_or_404(caregivers.defer("nik", "phone"), pk=caregiver_id)
    subjects = {found.pk} | those_who_became(_children(request, found))
    context = _page(request, subjects, found.puskesmas.zone)
    audit.record_read("caregiver", [found.pk], by=request.user, purpose="readers")
    through = {"name": found.name, "household": found.household_id, "through_children": True}
    return render(request, "rights/readers.html", context | through)


def _children(request: StaffRequest, caregiver: Caregiver) -> set[UUID]:
    """Those of the household whom she may see."""
    visible = Child.objects.visible_to(request.user, may=MAY).filter(household=caregiver.household_id)
    return set(visible.values_list("pk", flat=True))


def _page(request: StaffRequest, subjects: Collection[UUID], zone: str) -> dict[str, Any]:
    page = Paginator(audit.reads_of(subjects), PAGE).get_page(request.GET.get("page"))
    return {"page": page, "readings": readers.readings(list(page), of=subjects, zone=zone)}
