"""The one page of an import of children that no other import has."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from ceting.gateways.interop.eppgbm import operations
from ceting.gateways.interop.eppgbm.forms import SheetForm
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.gateways.interop.screens import ImportScreens
from ceting.gateways.interop.views import again, do, file_of
from ceting.registry.accounts.access import StaffRequest


@require_POST
def sheet(request: StaffRequest, screens: ImportScreens[ImportFile], file_id: UUID) -> HttpResponse:
    """Of which year a monthly sheet is, and on which day was weighed; then the rows are checked again."""
    file = file_of(request, screens, file_id)
    form = SheetForm(request.POST, file=file)
    if not form.is_valid():
        return again(request, screens, file, sheet_form=form)
    return do(request, screens, file, lambda: operations.settle_sheet(file, **form.answer, by=request.user))
