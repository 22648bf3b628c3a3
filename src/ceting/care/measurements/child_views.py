"""A child's page: where she stands, her charts, her history, and the sheet of paper that her mother takes home."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.measurements import child_charts, child_presenters, operations, pdf
from ceting.care.measurements.child_forms import MeasurementForm
from ceting.care.measurements.models import LatestGrowth, Measurement
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.classification import FieldClass
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import child_page
from ceting.registry.families.models import Child, Merge, roots

TABS = (
    (child_charts.KMS, "KMS"),
    (child_charts.LENGTH, "Panjang/tinggi"),
    (child_charts.WEIGHT, "Berat menurut tinggi"),
    ("riwayat", "Riwayat"),
)
# Encrypted columns that this page never shows: not read, not decrypted.
UNREAD = ("mother__nik", "mother__phone", "household__kk", "household__address")


@requires("children.read")
@require_safe
def child(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """The child with her KMS."""
    return _chart(request, child_id, child_charts.KMS)


@requires("children.read")
@require_safe
def child_chart(request: StaffRequest, child_id: UUID, slug: str) -> HttpResponse:
    """One of the WHO charts."""
    return _chart(request, child_id, slug)


def _chart(request: StaffRequest, child_id: UUID, slug: str) -> HttpResponse:
    found = _visible(request, child_id)
    # The address of a child who was found to be another one leads to that one.
    if not found.is_here and (stands := roots([child_id])[child_id]) != child_id:
        return redirect("measurements:child", stands)
    if slug not in child_charts.PAGES:
        raise Http404
    rows = list(Measurement.objects.current().filter(child=found))
    today = found.lived_until(found.puskesmas.today())
    page = child_charts.PAGES[slug](found, rows, today, request.GET.get("rentang", ""))
    context = _context(request, found, rows, slug) | {"page": page}
    return render(request, "measurements/child.html", context)


@requires("children.read")
@require_safe
def child_history(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Every row that was ever written, corrected ones included."""
    found = _visible(request, child_id)
    people = ("recorded_by", "correction__recorded_by", "withdrawal__by", "team__measurer", "team__assistant")
    rows = list(Measurement.objects.filter(child=found).select_related(*people))
    lines = child_presenters.history(found, rows)
    current = [line.row for line in lines if not line.replaced]
    context = _context(request, found, current, "riwayat") | {
        "lines": lines,
        "nothing_yet": child_presenters.NOTHING_YET if found.lives else "",
    }
    return render(request, "measurements/child_history.html", context)


@requires("children.read")
@require_safe
def child_pdf(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """One A4 page in words for the family. Its name tells nobody whose it is. Of a child who died there is none."""
    found = _visible(request, child_id)
    if not found.lives:
        raise Http404
    rows = list(Measurement.objects.current().filter(child=found))
    sheet = pdf.growth_sheet(found, rows, getattr(found, "latest_growth", None), found.puskesmas.today())
    audit.record_read("child", [found.pk], by=request.user, purpose="print")
    return HttpResponse(
        sheet,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{pdf.FILENAME}"'},
    )


@requires("measurements.record")
@require_http_methods(["GET", "POST"])
def child_measure(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Record a measurement outside a posyandu day."""
    found = _visible(request, child_id, may="measurements.record")
    audit.record_read("child", [found.pk], by=request.user, purpose="measure")
    form = MeasurementForm(request.POST or None, child=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        rows = list(Measurement.objects.current().filter(child=found))
        if form.settled(rows):
            operations.record_visit(form.draft(), by=request.user)
            messages.success(request, "Hasil ukur sudah disimpan.")
            return redirect("measurements:child", found.pk)
    status = 422 if form.errors else 200
    return render(request, "measurements/child_measure.html", {"child": found, "form": form}, status=status)


def _visible(request: StaffRequest, child_id: UUID, *, may: str = "children.read") -> Child:
    unread = UNREAD if request.user.may_read(FieldClass.FAMILY) else (*UNREAD, "nik")
    children = Child.objects.visible_to(request.user, may=may).with_family()
    if may == "measurements.record":
        children = children.registered()
    family = children.select_related("puskesmas", "household__village", "latest_growth", "mistake")
    family = family.defer(*unread)
    return get_object_or_404(family, pk=child_id)


def _context(request: StaffRequest, found: Child, rows: Sequence[Measurement], slug: str) -> dict[str, Any]:
    """What stands above every tab; that it was read is written down here."""
    audit.record_read("child", [found.pk], by=request.user, purpose="growth")
    today = found.lived_until(found.puskesmas.today())
    latest = getattr(found, "latest_growth", None)
    may_merge = request.user.may("children.merge")
    return {
        "child": found,
        "merges": Merge.objects.standing().filter(kept=found).select_related("absorbed") if may_merge else (),
        "lead": child_presenters.lead(found, today),
        "facts": child_presenters.facts(found, request.user),
        "state": _state(found, latest, rows, today),
        "sections": child_page.sections(found, request.user, "growth"),
        "panels": child_page.panels(found, request.user, today) if slug == child_charts.KMS else (),
        "tabs": [
            {"url": _address(found, tab), "label": label, "current": tab == slug} for tab, label in TABS
        ],
    }


def _state(
    found: Child, latest: LatestGrowth | None, rows: Sequence[Measurement], today: date
) -> child_presenters.State | None:
    """None for a child who died: nothing is planned."""
    if not found.lives:
        return None
    return child_presenters.state(latest, rows, today, child_presenters.whom_to_ask(found))


def _address(found: Child, tab: str) -> str:
    if tab == child_charts.KMS:
        return reverse("measurements:child", args=[found.pk])
    if tab == "riwayat":
        return reverse("measurements:child-history", args=[found.pk])
    return reverse("measurements:child-chart", args=[found.pk, tab])
