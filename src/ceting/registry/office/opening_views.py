"""Dinas opens a puskesmas and invites whoever is to run it, in one go."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.office import operations
from ceting.registry.office.answering import answer, handed_over
from ceting.registry.office.start_forms import DistrictForm, OpeningForm


@requires("puskesmas.open")
@sensitive_variables("invited")
@require_http_methods(["GET", "POST"])
def puskesmas_new(request: StaffRequest) -> HttpResponse:
    """First the district, then the rest; the answer shows the link, this once."""
    where = DistrictForm(request.GET or None)
    if not where.is_valid():
        asked = where if request.GET else DistrictForm()
        status = 422 if request.method == "POST" else 200
        return render(request, "office/opening_district.html", {"form": asked}, status=status)
    district = where.cleaned_data["kecamatan"]
    form = OpeningForm(request.POST if request.method == "POST" else None, district=district)

    def deed() -> HttpResponse:
        puskesmas, invited = operations.open_with_head(form.draft(), form.head(), by=request.user)
        return handed_over(request, puskesmas, [invited], opened=True)

    return answer(request, form, deed, "office/opening.html", {"district": district})
