"""A child's care beside the scale: all of it on one page, and striking out what was written wrongly."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ceting.care.child_health import operations, overview_presenters, sheet
from ceting.care.child_health.entry_forms import StrikeForm
from ceting.care.child_health.health_record import HealthRecord, of_child
from ceting.care.child_health.models import Entry
from ceting.foundation.audit import operations as audit
from ceting.foundation.ui.one_form import done
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.families import child_page
from ceting.registry.families.models import Child, roots

SECTION = "health"
# Encrypted columns that these pages never show: not read, not decrypted.
UNREAD = ("nik", "mother__nik", "mother__phone", "household__kk", "household__address")


@requires("child_health.read")
@require_safe
def child(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """Where she stands with everything, and what was written of her, day by day."""
    found = visible_child(request, child_id)
    # The address of a child who was found to be another one leads to that one.
    if not found.is_here and (stands := roots([child_id])[child_id]) != child_id:
        return redirect("child_health:child", stands)
    record = of_child(found, found.puskesmas.today())
    context = child_context(request, record) | {
        **overview_presenters.asked(record, request.user),
        "timeline": overview_presenters.timeline(record, request.user),
        "late": request.GET.get("catat") == "ya",
    }
    return render(request, "child_health/child.html", context)


@requires("child_health.read")
@require_safe
def child_pdf(request: StaffRequest, child_id: UUID) -> HttpResponse:
    """One A4 page in words for the family. Its name tells nobody whose it is. Of a child who died there is none."""
    found = visible_child(request, child_id)
    if not found.lives:
        raise Http404
    body = sheet.health_sheet(of_child(found, found.puskesmas.today()))
    audit.record_read("child", [found.pk], by=request.user, purpose="print health")
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{sheet.FILENAME}"'},
    )


@requires("child_health.write")
@require_http_methods(["GET", "POST"])
def strike(request: StaffRequest, child_id: UUID, entry_id: UUID) -> HttpResponse:
    """Strike out one entry, with the reason."""
    found = visible_child(request, child_id, may="child_health.write")
    entries = Entry.objects.filter(child=found).with_details().select_related("recorded_by", "strike__by")
    entry = get_object_or_404(entries, pk=entry_id)
    entry.child = found
    # What a midwife wrote only who may write it there.
    found = visible_child(request, child_id, may=overview_presenters.permission_for(entry))
    read(request, found)
    form = StrikeForm(request.POST or None)

    def deed() -> str:
        data = form.cleaned_data
        operations.strike_out(entry, reason=data["reason"], words=data["words"], by=request.user)
        return "Sudah dicoret. Catatannya tetap terlihat di riwayat."

    if done(request, form, deed):
        return redirect("child_health:child", found.pk)
    context = {"child": found, "form": form, "line": overview_presenters.line(entry)}
    return render(request, "child_health/strike.html", context, status=422 if form.errors else 200)


def visible_child(request: StaffRequest, child_id: UUID, *, may: str = "child_health.read") -> Child:
    """The child, if whoever asks may do that where she lives; 404 otherwise. A write needs a registered child."""
    children = Child.objects.visible_to(request.user, may=may).with_family()
    if may != "child_health.read":
        children = children.registered()
    children = children.select_related("puskesmas", "household__village", "mistake").defer(*UNREAD)
    return get_object_or_404(children, pk=child_id)


def read(request: StaffRequest, found: Child) -> None:
    """That she was read is written down."""
    audit.record_read("child", [found.pk], by=request.user, purpose="child health")


def child_context(request: StaffRequest, record: HealthRecord) -> dict[str, Any]:
    """What stands above every page of her care; that it was read is written down here."""
    read(request, record.child)
    return {
        "child": record.child,
        "lead": overview_presenters.lead(record.child, record.today),
        "sections": child_page.sections(record.child, request.user, SECTION),
    }
