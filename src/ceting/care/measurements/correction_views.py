"""Mending what stands in a child's history. Nothing is deleted: the old row stays, struck through."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ceting.care.measurements import child_presenters, corrections
from ceting.care.measurements.correction_forms import CorrectionForm, StrikeForm
from ceting.care.measurements.models import Measurement
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families.models import Child


@requires("measurements.correct")
@require_http_methods(["GET", "POST"])
def measurement_correct(request: StaffRequest, child_id: UUID, measurement_id: UUID) -> HttpResponse:
    """Correct the numbers, the day, the position or the child of one row."""
    row = _row(request, child_id, measurement_id)
    form = CorrectionForm(request.POST or None, row=row, by=request.user)
    if request.method == "POST" and form.is_valid() and form.settled(_rows_but(form.child, row)):
        data = form.cleaned_data
        try:
            corrections.correct(
                row, form.draft(), reason=data["reason"], words=data["words"], by=request.user
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Sudah diperbaiki. Angka lama tetap terlihat di riwayat.")
            return redirect("measurements:child-history", form.child.pk)
    return _page(request, row, form, StrikeForm(prefix="coret"))


@requires("measurements.correct")
@require_POST
def measurement_strike(request: StaffRequest, child_id: UUID, measurement_id: UUID) -> HttpResponse:
    """Strike out a row that is no measurement at all."""
    row = _row(request, child_id, measurement_id)
    form = StrikeForm(request.POST, prefix="coret")
    if form.is_valid():
        try:
            corrections.strike_out(
                row, reason=form.cleaned_data["reason"], words=form.cleaned_data["words"], by=request.user
            )
        except RefusedError as refusal:
            form.show(refusal)
        else:
            messages.success(request, "Sudah dicoret. Barisnya tetap terlihat di riwayat.")
            return redirect("measurements:child-history", child_id)
    return _page(request, row, CorrectionForm(row=row, by=request.user), form)


def _row(request: StaffRequest, child_id: UUID, measurement_id: UUID) -> Measurement:
    """The row, by the child who may be seen; also one that somebody mended meanwhile: the verb says so."""
    child = get_object_or_404(
        Child.objects.visible_to(request.user, may="measurements.correct").select_related("puskesmas"),
        pk=child_id,
    )
    rows = Measurement.objects.filter(child=child).select_related(
        "session", "measured_by", "recorded_by", "team__measurer"
    )
    row = get_object_or_404(rows, pk=measurement_id)
    row.child = child
    audit.record_read("child", [child_id], by=request.user, purpose="correct")
    return row


def _rows_but(child: Child, row: Measurement) -> list[Measurement]:
    """What the new numbers are compared with."""
    return list(Measurement.objects.current().filter(child=child).exclude(pk=row.pk))


def _page(request: StaffRequest, row: Measurement, form: CorrectionForm, strike: StrikeForm) -> HttpResponse:
    context = {
        "child": row.child,
        "row": row,
        "measured": child_presenters.measured_words(row),
        "form": form,
        "strike": strike,
    }
    status = 422 if form.errors or strike.errors else 200
    return render(request, "measurements/measurement_correct.html", context, status=status)
