"""What the page of an import shows of its taking back: how much went, which rows stay and why, which months changed."""

from typing import Any

from django.core.paginator import Paginator

from ceting.care.measurements.models import CountCause, MonthCountChange
from ceting.foundation.audit import operations as audit
from ceting.gateways.interop.eppgbm import undo_presenters
from ceting.gateways.interop.eppgbm.models import ImportFile, Outcome, Undone, UndoneRow
from ceting.registry.accounts.access import StaffRequest

PAGE = 25
SHOWN_MONTHS = 24
CAUSES = (CountCause.IMPORT_UNDONE, CountCause.MISTAKEN)


def context_of(request: StaffRequest, file: ImportFile) -> dict[str, Any]:
    """For an import that was taken back. Eight queries."""
    staying = file.undone_rows.filter(result=Undone.STAYS).select_related("row").order_by("row")
    page = Paginator(staying, PAGE).get_page(request.GET.get("page"))
    audit.record_read("import_row", [each.row_id for each in page], by=request.user, purpose="import undone")
    months = undo_presenters.month_lines(_changes(request, file))
    return {
        "figures": undo_presenters.figures(_numbers(file, page.paginator.count)),
        "staying": page,
        "staying_lines": undo_presenters.staying_lines(page, file),
        "months": months[:SHOWN_MONTHS],
        "more_months": max(len(months) - SHOWN_MONTHS, 0),
    }


def _numbers(file: ImportFile, staying: int) -> dict[str, int]:
    taken_back = UndoneRow.objects.filter(file=file)
    return {
        "measurements": taken_back.filter(
            row__outcome__outcome=Outcome.RECORDED, row__outcome__measurement__withdrawal__isnull=False
        ).count(),
        "children": taken_back.filter(
            row__outcome__new_child=True, row__outcome__child__mistake__isnull=False
        ).count(),
        "niks": file.nik_removals.count(),
        "stays": staying,
    }


def _changes(request: StaffRequest, file: ImportFile) -> list[MonthCountChange]:
    """The sealed months that count otherwise since. No other import works in a puskesmas at that time."""
    job = file.undoing.job
    changes = MonthCountChange.objects.visible_to(request.user, may="children.read").filter(
        count__puskesmas=file.puskesmas_id, cause__in=CAUSES, created_at__gte=file.undoing.created_at
    )
    if job.finished_at is not None:
        changes = changes.filter(created_at__lte=job.finished_at)
    return list(changes.order_by().select_related("count__posyandu").defer("children", "before", "after"))
