"""The sheet of paper that a pregnant woman takes home."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ceting.care.pregnancies import pdf
from ceting.care.pregnancies.models import BirthPlan, Contact, Pregnancy
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.classification import FieldClass
from ceting.registry.accounts.access import StaffRequest, requires


@requires("pregnancies.read")
@require_safe
def pregnancy_pdf(request: StaffRequest, pregnancy_id: UUID) -> HttpResponse:
    """One A4 page while her pregnancy goes on; its name tells nobody whose it is."""
    pregnancies = Pregnancy.objects.visible_to(request.user, may="pregnancies.read").open().with_woman()
    found = get_object_or_404(pregnancies, pk=pregnancy_id)
    rows = list(Contact.objects.visible_to(request.user).current().filter(pregnancy=found).defer("note"))
    plan = (
        BirthPlan.objects.visible_to(request.user)
        .filter(pregnancy=found)
        .defer("donors")
        .order_by("-id")
        .first()
    )
    sheet = pdf.pregnancy_sheet(
        found,
        rows,
        plan,
        clinical=request.user.may_read(FieldClass.CLINICAL, at={found.puskesmas_id}),
        today=found.puskesmas.today(),
    )
    audit.record_read("pregnancy", [found.pk], by=request.user, purpose="print pregnancy")
    return HttpResponse(
        sheet,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{pdf.FILENAME}"'},
    )
