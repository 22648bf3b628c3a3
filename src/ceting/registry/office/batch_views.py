"""Lists that are pasted or typed: the posyandu of a puskesmas, and the people who work there."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import link_operations
from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.accounts.invitations import slips
from ceting.registry.office import batches
from ceting.registry.office.batches import Batch
from ceting.registry.office.start_forms import LinesForm
from ceting.registry.places import operations as places


@requires("places.manage")
@require_http_methods(["GET", "POST"])
def posyandu_many(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Many posyandu at once: all of the list or nothing, and what stands already is passed over."""
    puskesmas = get_object_or_404(puskesmas_of(request.user, may="places.manage"), pk=puskesmas_id)
    form = LinesForm(
        request.POST if request.method == "POST" else None,
        label="Daftar posyandu",
        hint="Satu baris satu posyandu: nama, kelurahan, RW.",
        columns=batches.POSYANDU,
    )
    if request.method == "POST" and form.is_valid():
        batch = batches.posyandu_of_lines(form.lines, puskesmas)
        form.refuse(batch.sentences)
        if not batch.sentences:
            try:
                opened = places.open_missing_posyandu(batch.items, puskesmas=puskesmas, by=request.user)
            except RefusedError as refusal:
                form.refuse([problem.sentence for problem in refusal.problems])
            else:
                known = len(batch.items) - len(opened)
                told = f"{len(opened)} posyandu dibuka" + (f", {known} sudah ada." if known else ".")
                messages.success(request, told)
                return redirect("office:start", puskesmas.pk)
    context = {
        "form": form,
        "puskesmas": puskesmas,
        "villages": [area.village.name for area in puskesmas.work_areas.select_related("village")],
        "posts": puskesmas.posyandu.filter(closure=None).select_related("village"),
    }
    return render(request, "office/posyandu_many.html", context, status=422 if form.errors else 200)


@requires("staff.manage")
@sensitive_variables("invited")
@require_http_methods(["GET", "POST"])
def staff_many(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Many people at once; the answer is their slips, to print. Sending the same list again makes new slips."""
    puskesmas = get_object_or_404(puskesmas_of(request.user, may="staff.manage"), pk=puskesmas_id)
    form = LinesForm(
        request.POST if request.method == "POST" else None,
        label="Daftar petugas dan kader",
        hint="Satu baris satu orang: nama, peran, posyandu (untuk kader), nomor HP.",
        columns=batches.STAFF,
    )
    if request.method == "POST" and form.is_valid():
        batch = batches.invitations_of_lines(form.lines, puskesmas)
        form.refuse(batch.sentences)
        if not batch.sentences:
            try:
                invited = link_operations.invite_many(batch.items, by=request.user)
            except RefusedError as refusal:
                form.refuse(_by_line(refusal, batch))
            else:
                context = {
                    "puskesmas": puskesmas,
                    "slips": slips(invited, request),
                    "known": [each.user for each in invited if not each.token],
                    "days": settings.LINK_DAYS,
                }
                return render(request, "office/invitations.html", context)
    context = {
        "form": form,
        "puskesmas": puskesmas,
        "posts": puskesmas.posyandu.filter(closure=None).select_related("village"),
    }
    return render(request, "office/staff_many.html", context, status=422 if form.errors else 200)


def _by_line(refusal: RefusedError, batch: Batch[InvitationDraft]) -> list[str]:
    """The verb names a position in the list; the person counts lines."""
    return [batch.lines[int(problem.field)].problem(problem.sentence) for problem in refusal.problems]
