"""Lists that are pasted or typed: the posyandu of a puskesmas, and the people who work there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from ceting.registry.accounts import link_operations
from ceting.registry.accounts.access import StaffRequest, puskesmas_of, requires
from ceting.registry.office.answering import answer, handed_over, told
from ceting.registry.office.start_forms import PosyanduLinesForm, StaffLinesForm
from ceting.registry.places import operations as places


@requires("places.manage")
@require_http_methods(["GET", "POST"])
def posyandu_many(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Many posyandu at once: all of the list or nothing, and what stands already is passed over."""
    puskesmas = get_object_or_404(puskesmas_of(request.user, may="places.manage"), pk=puskesmas_id)
    # Nothing pasted is answered too.
    form = PosyanduLinesForm(request.POST if request.method == "POST" else None, puskesmas=puskesmas)

    def deed() -> HttpResponse:
        posts = form.batch.items
        opened = places.open_missing_posyandu(posts, puskesmas=puskesmas, by=request.user)
        known = len(posts) - len(opened)
        sentence = f"{len(opened)} posyandu dibuka" + (f", {known} sudah ada." if known else ".")
        return told(request, sentence, "office:start", puskesmas.pk)

    context = {
        "puskesmas": puskesmas,
        "villages": [area.village.name for area in puskesmas.work_areas.select_related("village")],
        "posts": puskesmas.posyandu.filter(closure=None).select_related("village"),
    }
    return answer(request, form, deed, "office/posyandu_many.html", context)


@requires("staff.manage")
@sensitive_variables("invited")
@require_http_methods(["GET", "POST"])
def staff_many(request: StaffRequest, puskesmas_id: UUID) -> HttpResponse:
    """Many people at once; the answer is their slips, to print. Sending the same list again makes new slips."""
    puskesmas = get_object_or_404(puskesmas_of(request.user, may="staff.manage"), pk=puskesmas_id)
    form = StaffLinesForm(request.POST if request.method == "POST" else None, puskesmas=puskesmas)

    def deed() -> HttpResponse:
        invited = link_operations.invite_many(form.batch.items, by=request.user)
        return handed_over(request, puskesmas, invited)

    posts = puskesmas.posyandu.filter(closure=None).select_related("village")
    return answer(request, form, deed, "office/staff_many.html", {"puskesmas": puskesmas, "posts": posts})
