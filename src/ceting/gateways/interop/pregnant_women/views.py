"""The pages of an import of pregnant women that no other import has: who stands in rows of which that isn't sure."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from ceting.gateways.interop.pregnant_women import operations
from ceting.gateways.interop.pregnant_women.models import WomenFile
from ceting.gateways.interop.pregnant_women.screens import decision_form
from ceting.gateways.interop.screens import ImportScreens
from ceting.gateways.interop.views import again, do, file_of
from ceting.registry.accounts.access import StaffRequest


@require_POST
def decisions(request: StaffRequest, screens: ImportScreens[WomenFile], women_file_id: UUID) -> HttpResponse:
    """Who stands in them; then the rows are checked again."""
    file = file_of(request, screens, women_file_id)
    form = decision_form(request, file, request.POST)
    if not form.is_valid():
        return again(request, screens, file, decision_form=form)
    return do(request, screens, file, lambda: operations.decide(file, form.answers, by=request.user))


@require_POST
def ask_again(request: StaffRequest, screens: ImportScreens[WomenFile], women_file_id: UUID) -> HttpResponse:
    file = file_of(request, screens, women_file_id)
    return do(request, screens, file, lambda: operations.ask_again(file, by=request.user))
