"""Pages of a puskesmas' places: what it is, what it answers for, its pustu, posyandu and services."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.office import places_presenters as presenters
from ceting.registry.office.answering import answer, told
from ceting.registry.office.choosing import back_to, choose, names_of
from ceting.registry.office.forms import (
    AreasForm,
    ClosureForm,
    OfficeForm,
    PosyanduForm,
    PustuForm,
    ServiceForm,
)
from ceting.registry.places import operations
from ceting.registry.places.models import PlaceChange, Posyandu, Puskesmas, Pustu, Service

MAY = "places.manage"
PAGE = 50
NEWEST = 5


@requires(MAY)
@require_safe
def chosen(request: StaffRequest) -> HttpResponse:
    """The places of the one puskesmas that she runs, or a choice."""
    return choose(request, "Wilayah dan posyandu", MAY, "office:places")


@requires(MAY)
@require_safe
def places(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Everything that a puskesmas consists of."""
    puskesmas = _puskesmas(request, puskesmas_id)
    changes = list(PlaceChange.objects.filter(puskesmas=puskesmas).order_by("-created_at", "-id")[:NEWEST])
    names = names_of(change.by_id for change in changes)
    posts = puskesmas.posyandu.select_related("village", "closure")
    services = puskesmas.services.filter(ended_on=None)
    context = {
        "puskesmas": puskesmas,
        "facts": presenters.office_facts(puskesmas),
        "areas": puskesmas.work_areas.select_related("village").order_by("village__name"),
        "pustu": puskesmas.pustu.select_related("village"),
        "posts": [post for post in posts if not hasattr(post, "closure")],
        "closed": [post for post in posts if hasattr(post, "closure")],
        "services": [presenters.service_line(service) for service in services],
        "history": [presenters.history_line(change, names, puskesmas.timezone) for change in changes],
    }
    return render(request, "office/places.html", context)


@requires(MAY)
@require_safe
def history(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Every change of its places, the newest first."""
    puskesmas = _puskesmas(request, puskesmas_id)
    changes = PlaceChange.objects.filter(puskesmas=puskesmas).order_by("-created_at", "-id")
    page = Paginator(changes, PAGE).get_page(request.GET.get("page"))
    names = names_of(change.by_id for change in page)
    lines = [presenters.history_line(change, names, puskesmas.timezone) for change in page]
    return render(
        request, "office/place_history.html", {"puskesmas": puskesmas, "page": page, "lines": lines}
    )


@requires(MAY)
@require_http_methods(["GET", "POST"])
def describe(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """How the puskesmas is called and reached."""
    puskesmas = _puskesmas(request, puskesmas_id)
    form = OfficeForm(request.POST or None, initial=_shown(OfficeForm, puskesmas))

    def save() -> None:
        operations.describe_puskesmas(puskesmas, form.draft(), by=request.user)

    return _answer(request, form, puskesmas, "Ubah data puskesmas", save)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def areas(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Which villages the puskesmas really answers for."""
    puskesmas = _puskesmas(request, puskesmas_id)
    # Nothing ticked is an answer too.
    form = AreasForm(request.POST if request.method == "POST" else None, puskesmas=puskesmas)

    def save() -> None:
        yes = set(form.cleaned_data["confirmed"])
        every = set(puskesmas.work_areas.all())
        operations.confirm_areas(puskesmas, yes, by=request.user)
        operations.confirm_areas(puskesmas, every - yes, confirmed=False, by=request.user)
        operations.add_villages(puskesmas, form.cleaned_data.get("added", ()), by=request.user)

    return _answer(request, form, puskesmas, "Pastikan wilayah kerja", save)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def posyandu_new(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """One more posyandu."""
    puskesmas = _puskesmas(request, puskesmas_id)
    form = PosyanduForm(request.POST or None, puskesmas=puskesmas, initial={"kind": "kia"})

    def save() -> None:
        draft = form.draft()
        (opened,) = operations.open_posyandu(
            [(draft.name, draft.village, draft.rw)], puskesmas=puskesmas, by=request.user
        )
        operations.change_posyandu(opened, draft, by=request.user)

    return _answer(request, form, puskesmas, "Buka posyandu", save)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def posyandu(request: StaffRequest, posyandu_id: UUID) -> HttpResponse:
    """Another name, village, RW or kind."""
    post = _posyandu(request, posyandu_id)
    shown = _shown(PosyanduForm, post)
    form = PosyanduForm(request.POST or None, puskesmas=post.puskesmas, initial=shown)

    def save() -> None:
        operations.change_posyandu(post, form.draft(), by=request.user)

    return _answer(request, form, post.puskesmas, f"Ubah {post}", save, post=post)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def posyandu_close(request: StaffRequest, posyandu_id: UUID) -> HttpResponse:
    """It weighs no more; refused while children stay."""
    post = _posyandu(request, posyandu_id)
    today = post.puskesmas.today()
    form = ClosureForm(request.POST or None, today=today, initial={"closed_on": today})

    def save() -> None:
        operations.close_posyandu(post, form.draft(), by=request.user)

    return _answer(request, form, post.puskesmas, f"Tutup {post}", save, closing=post)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def pustu_new(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """One more branch in a village."""
    puskesmas = _puskesmas(request, puskesmas_id)
    form = PustuForm(request.POST or None, puskesmas=puskesmas)

    def save() -> None:
        operations.open_pustu([form.draft()], puskesmas=puskesmas, by=request.user)

    return _answer(request, form, puskesmas, "Tambah pustu", save)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def pustu(request: StaffRequest, pustu_id: UUID) -> HttpResponse:
    """Another name or village."""
    mine = Pustu.objects.filter(puskesmas__in=puskesmas_of(request.user, may=MAY))
    branch = get_object_or_404(mine.select_related("puskesmas", "village"), pk=pustu_id)
    shown = _shown(PustuForm, branch)
    form = PustuForm(request.POST or None, puskesmas=branch.puskesmas, initial=shown)

    def save() -> None:
        operations.change_pustu(branch, form.draft(), by=request.user)

    return _answer(request, form, branch.puskesmas, f"Ubah {branch}", save)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def service_new(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """One more service, with its days and hours."""
    puskesmas = _puskesmas(request, puskesmas_id)
    form = ServiceForm(request.POST or None)

    def save() -> None:
        operations.offer_services([form.draft()], puskesmas=puskesmas, by=request.user)

    return _answer(request, form, puskesmas, "Tambah layanan", save)


@requires(MAY)
@require_POST
def service_end(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """No longer offered."""
    mine = Service.objects.filter(puskesmas__in=puskesmas_of(request.user, may=MAY))
    service = get_object_or_404(mine, pk=service_id)
    operations.end_service(service, by=request.user)
    return told(request, f"{service.name} tidak lagi ditawarkan.", "office:places", service.puskesmas_id)


def _answer(
    request: StaffRequest,
    form: Any,
    puskesmas: Puskesmas,
    title: str,
    save: Callable[[], object],
    **more: object,
) -> HttpResponse:
    """Save what is valid and go back to the places; otherwise the form, with what is wrong."""
    back = back_to(request, "office:places")

    def deed() -> HttpResponse:
        save()
        return told(request, "Sudah disimpan.", back, puskesmas.pk)

    context = {"back": back, "puskesmas": puskesmas, "title": title, **more}
    return answer(request, form, deed, "office/place_form.html", context)


def _shown(form: type[forms.Form], place: Puskesmas | Posyandu | Pustu) -> dict[str, object]:
    """What stands now, field by field."""
    return {name: getattr(place, name) for name in form.base_fields}


def _puskesmas(request: StaffRequest, puskesmas_id: UUID) -> Puskesmas:
    mine = puskesmas_of(request.user, may=MAY).select_related("district")
    return get_object_or_404(mine, pk=puskesmas_id)


def _posyandu(request: StaffRequest, posyandu_id: UUID) -> Posyandu:
    mine = Posyandu.objects.filter(puskesmas__in=puskesmas_of(request.user, may=MAY), closure=None)
    return get_object_or_404(mine.select_related("puskesmas", "village"), pk=posyandu_id)
