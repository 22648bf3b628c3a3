"""The two sheets of paper of a pregnancy: the one she takes home, and the one for the health workers she is sent to."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ceting.care.pregnancies import pdf
from ceting.care.pregnancies.models import BirthPlan, Contact, Pregnancy
from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.access import StaffRequest, readable, requires


@requires("pregnancies.read")
@require_safe
def pregnancy_pdf(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """Hers, while her pregnancy goes on: it lies on a table at home, so no clinical field whoever prints it."""
    pregnancies = Pregnancy.objects.visible_to(request.user, may="pregnancies.read").open().with_woman()
    found = get_object_or_404(pregnancies, pk=pregnancy_id)
    return _printed(request, found, clinical=False, purpose="print pregnancy")


@requires("pregnancies.write")
@require_safe
def referral_pdf(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """The one that goes from health worker to health worker."""
    pregnancies = Pregnancy.objects.visible_to(request.user, may="pregnancies.write").open().with_woman()
    found = get_object_or_404(pregnancies, pk=pregnancy_id)
    clinical = readable(request.user, found, "risk_score")
    return _printed(request, found, clinical=clinical, purpose="print referral")


def _printed(request: StaffRequest, found: Pregnancy, *, clinical: bool, purpose: str) -> HttpResponse:
    """One A4 page; the name of the file tells nobody whose it is."""
    rows = list(Contact.objects.visible_to(request.user).current().filter(pregnancy=found).defer("note"))
    plans = BirthPlan.objects.visible_to(request.user).filter(pregnancy=found).defer("donors")
    sheet = pdf.pregnancy_sheet(
        found, rows, plans.order_by("-id").first(), clinical=clinical, today=found.puskesmas.today()
    )
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose=purpose)
    name = pdf.REFERRAL_FILENAME if clinical else pdf.FILENAME
    return HttpResponse(
        sheet,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
