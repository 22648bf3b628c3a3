"""Verbs of an import of pregnant women: those of every import, and who stands in rows of which that isn't sure."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.db import transaction

from ceting.gateways.interop import running, settling
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.models import ImportState, WomenDecision, WomenFile
from ceting.gateways.interop.states import is_stuck as is_stuck
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver

receive = partial(settling.receive, KIND)
settle_places = partial(settling.settle_places, KIND)
settle_columns = partial(settling.settle_columns, KIND)
counts = partial(settling.counts, KIND)
start = partial(running.start, KIND)
go_on = partial(running.go_on, KIND)
undo = partial(running.undo, KIND)


@transaction.atomic
def decide(file: WomenFile, answers: Mapping[UUID, Caregiver | None], *, by: User) -> WomenFile:
    """Say who stands in rows that wait (key of the row -> the registered woman, None: another), and check again.

    Only women who were shown for the row can be named. A row that isn't answered stays out.
    """
    file = running.in_state(KIND, file, ImportState.READY)
    asked = list(file.problems.filter(asks=True, row__in=answers))
    made: list[WomenDecision] = []
    for problem in asked:
        woman = answers[problem.row_id]
        if woman is None or str(woman.pk) in problem.candidates:
            made.append(WomenDecision(row_id=problem.row_id, woman=woman, against=problem.candidates, by=by))
    WomenDecision.objects.filter(row__in=[each.row_id for each in made]).delete()
    WomenDecision.objects.bulk_create(made, batch_size=500)
    running.queue_check(KIND, file, by=by)
    running.note(KIND, file, "import.decide", by=by, detail={"rows": len(made)})
    return file


@transaction.atomic
def ask_again(file: WomenFile, *, by: User) -> WomenFile:
    """Forget what was answered about its rows, and ask anew."""
    file = running.in_state(KIND, file, ImportState.READY)
    WomenDecision.objects.filter(row__file=file).delete()
    running.queue_check(KIND, file, by=by)
    running.note(KIND, file, "import.ask-again", by=by)
    return file
