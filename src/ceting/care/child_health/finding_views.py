"""What was found of a child: confirmed by a health worker, diagnosed by a doctor."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.child_health import finding_operations, overview_presenters
from ceting.care.child_health.health_record import of_child
from ceting.care.child_health.models import Entry, Kind
from ceting.care.child_health.views import child_context, read, visible_child
from ceting.foundation.core.classification import FieldClass
from ceting.foundation.ui.form_fields import DayField, RefusalMixin
from ceting.foundation.ui.one_form import done
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families.models import Child


class ConfirmationForm(RefusalMixin, forms.Form):
    """It holds, or it doesn't."""

    holds = forms.ChoiceField(
        label="Setelah diperiksa ulang",
        choices=(("yes", "Benar"), ("no", "Tidak benar")),
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih benar atau tidak benar."},
    )
    on = DayField(label="Tanggal diperiksa", error_messages={"required": "Isi tanggalnya."})
    note = forms.CharField(label="Catatan petugas", max_length=200, required=False)


class DiagnosisForm(RefusalMixin, forms.Form):
    """What a doctor says it is."""

    words = forms.CharField(
        label="Diagnosis", max_length=200, error_messages={"required": "Isi diagnosisnya."}
    )
    on = DayField(label="Tanggal diagnosis", error_messages={"required": "Isi tanggalnya."})


@requires("child_health.read")
@require_safe
def findings(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Every finding with who found, confirmed and diagnosed it; the diagnosis for health workers only."""
    found = visible_child(request, child_id)
    record = of_child(found, found.puskesmas.today())
    clinical = request.user.may_read(FieldClass.CLINICAL, at={found.puskesmas_id})
    lines = [overview_presenters.finding_line(entry, clinical=clinical) for entry in record.of(Kind.FINDING)]
    context = child_context(request, record) | {"lines": lines}
    return render(request, "child_health/findings.html", context)


@requires("child_health.treat")
@require_http_methods(["GET", "POST"])
def confirm(request: StaffRequest, child_id: UUID, finding_id: UUID) -> HttpResponse:
    """Say whether it holds."""
    entry = _finding(request, child_id, finding_id, may="child_health.treat")
    form = _for(entry.child, ConfirmationForm, request)

    def deed() -> str:
        data = form.cleaned_data
        finding_operations.confirm(
            entry, holds=data["holds"] == "yes", on=data["on"], note=data["note"], by=request.user
        )
        return "Jawaban sudah disimpan."

    return _answered(request, entry, form, deed, "Pastikan temuan")


@requires("child_health.diagnose")
@require_http_methods(["GET", "POST"])
def diagnose(request: StaffRequest, child_id: UUID, finding_id: UUID) -> HttpResponse:
    """A doctor says what it is."""
    entry = _finding(request, child_id, finding_id, may="child_health.diagnose")
    form = _for(entry.child, DiagnosisForm, request)

    def deed() -> str:
        data = form.cleaned_data
        finding_operations.diagnose(entry, words=data["words"], on=data["on"], by=request.user)
        return "Diagnosis sudah disimpan."

    return _answered(request, entry, form, deed, "Diagnosis dokter")


def _for(child: Child, form: type[forms.Form], request: StaffRequest) -> Any:
    found = form(request.POST or None)
    day = found.fields["on"]
    assert isinstance(day, DayField)
    day.today = child.puskesmas.today
    today: date = child.puskesmas.today()
    day.initial = today
    return found


def _finding(request: StaffRequest, child_id: UUID, finding_id: UUID, *, may: str) -> Entry:
    found = visible_child(request, child_id, may=may)
    entries = Entry.objects.current().filter(child=found, kind=Kind.FINDING)
    people = ("recorded_by", "finding__confirmation__by", "finding__diagnosis__by")
    entry = get_object_or_404(entries.select_related(*people), pk=finding_id)
    entry.child = found
    read(request, found)
    return entry


def _answered(request: StaffRequest, entry: Entry, form: Any, deed: Any, title: str) -> HttpResponse:
    if done(request, form, deed):
        return redirect("child_health:findings", entry.child_id)
    line = overview_presenters.finding_line(entry, clinical=True)
    context = {"child": entry.child, "form": form, "title": title, "line": line}
    status = 422 if form.errors else 200
    return render(request, "child_health/finding_form.html", context, status=status)
