"""The page on which a child comes to live with another family, and the way back."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ceting.foundation.audit import operations as audit
from ceting.foundation.ui.one_form import done
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import adopting
from ceting.registry.families.home_forms import FamilyForm, ReturnHomeForm
from ceting.registry.families.life_forms import RefusingForm
from ceting.registry.families.models import Child


@requires("children.move")
@require_http_methods(["GET", "POST"])
def join_family(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Who cares for her from now on, and by which family card she is found."""
    child = _child(request, child_id)
    form = FamilyForm(request.POST or None, today=child.puskesmas.today())

    def deed() -> None:
        adopting.join_family(child, form.draft(), by=request.user, **form.circumstances())

    return _done(request, child, form, "Pindah keluarga", deed)


@requires("children.move")
@require_http_methods(["GET", "POST"])
def return_to_family(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """She lives with her first family again."""
    child = _child(request, child_id)
    form = ReturnHomeForm(request.POST or None, today=child.puskesmas.today())
    return _done(
        request,
        child,
        form,
        "Kembali ke keluarga semula",
        lambda: adopting.return_to_family(child, by=request.user, **form.cleaned_data),
    )


def _child(request: StaffRequest, child_id: UUID) -> Child:
    children = Child.objects.visible_to(request.user, may="children.move").select_related(
        "household__village", "puskesmas", "posyandu"
    )
    return get_object_or_404(children.defer("nik"), pk=child_id)


def _done(
    request: StaffRequest, child: Child, form: RefusingForm, title: str, deed: Callable[[], object]
) -> HttpResponse:

    def at_home() -> str:
        deed()
        return f"{child.name} tercatat di keluarganya yang sekarang."

    if done(request, form, at_home):
        child.refresh_from_db(fields=["household"])
        return redirect("families:household", child.household_id)
    audit.record_read("child", [child.pk], by=request.user, purpose="family")
    context = {"form": form, "home": child.household, "title": title, "child": child}
    return render(request, "families/home_form.html", context, status=422 if form.errors else 200)
