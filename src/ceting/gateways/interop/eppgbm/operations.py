"""Verbs of an import of children: those of every import, and what a monthly sheet doesn't say by itself."""

from functools import partial

from django.db import transaction

from ceting.gateways.interop import running, settling
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.gateways.interop.states import ImportState
from ceting.gateways.interop.states import is_stuck as is_stuck
from ceting.registry.accounts.models import User

receive = partial(settling.receive, KIND)
settle_places = partial(settling.settle_places, KIND)
settle_columns = partial(settling.settle_columns, KIND)
counts = partial(settling.counts, KIND)
start = partial(running.start, KIND)
go_on = partial(running.go_on, KIND)
undo = partial(running.undo, KIND)


@transaction.atomic
def settle_sheet(file: ImportFile, *, year: int | None, day: int | None, by: User) -> ImportFile:
    """Say of which year a monthly sheet is, and on which day of the month was weighed; then check its rows again."""
    file = running.in_state(KIND, file, ImportState.READY)
    file.sheet = {**file.sheet, "year": year, "day": day}
    ImportFile.objects.filter(pk=file.pk).update(sheet=file.sheet)
    running.queue_check(KIND, file, by=by)
    running.note(KIND, file, "import.settle-sheet", by=by)
    return file
