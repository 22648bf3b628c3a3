"""What is the children's own on the pages of an import: their words, monthly sheets, months that count otherwise."""

from typing import Any

from ceting.care.measurements.models import CountCause, MonthCountChange
from ceting.gateways.interop.eppgbm import presenters
from ceting.gateways.interop.eppgbm.forms import SheetForm, UploadForm
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.models import ImportFile, Outcome, UndoneRow
from ceting.gateways.interop.screens import ImportScreens, Link, Words
from ceting.registry.accounts.access import StaffRequest

SHOWN_MONTHS = 24
CAUSES = (CountCause.IMPORT_UNDONE, CountCause.MISTAKEN)
WORDS = Words(
    title="Impor",
    where="menu Impor",
    who="anak",
    dated="Tanggal ukur",
    all_good="Semua baris bisa diambil.",
    undone="penimbangan, anak, keluarga dan NIK",
    afterwards="tidak dihitung lagi",
    guard="impor",
)


def _preview(_: StaffRequest, file: ImportFile) -> dict[str, Any]:
    return {"sheet_form": SheetForm(file=file) if file.sheet else None}


def _undone(request: StaffRequest, file: ImportFile, stays: int) -> dict[str, Any]:
    months = presenters.month_lines(_changes(request, file))
    return {
        "figures": presenters.undone({**_numbers(file), "stays": stays}),
        "months": months[:SHOWN_MONTHS],
        "more_months": max(len(months) - SHOWN_MONTHS, 0),
    }


def _numbers(file: ImportFile) -> dict[str, int]:
    taken_back = UndoneRow.objects.filter(file=file)
    return {
        "measurements": taken_back.filter(
            row__outcome__outcome=Outcome.RECORDED, row__outcome__measurement__withdrawal__isnull=False
        ).count(),
        "children": taken_back.filter(
            row__outcome__new_child=True, row__outcome__child__mistake__isnull=False
        ).count(),
        "niks": file.nik_removals.count(),
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


SCREENS = ImportScreens(
    kind=KIND,
    words=WORDS,
    upload_form=UploadForm,
    forecast=presenters.forecast,
    result=presenters.result,
    undone=_undone,
    dated=presenters.dated,
    links=(
        Link("Lihat anak yang perlu perhatian", "measurements:attention", "alert-triangle"),
        Link("Daftar anak", "families:children", "child"),
    ),
    groups=presenters.GROUPS,
    takes_closed=True,
    preview=_preview,
    preview_part="eppgbm/sheet_read.html",
    unready_part="eppgbm/year.html",
    undone_part="eppgbm/months.html",
)
