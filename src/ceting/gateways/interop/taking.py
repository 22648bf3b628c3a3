"""What every chunk of an import does before and after its own: wait for its turn, write down what became of rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from ceting.foundation.core import jobs
from ceting.gateways.interop import running
from ceting.gateways.interop.kinds import FileT, ImportKind
from ceting.registry.accounts.models import User


def day_of(file: Any) -> date:
    """The day on which it was started: what is "in the future" mustn't change while it runs."""
    started: date = file.run.created_at.astimezone(file.puskesmas.timezone).date()
    return started


@transaction.atomic
def forget_forecast(kind: ImportKind[FileT], file: FileT) -> None:
    """The forecast's problems of what is still to come."""
    kind.files.objects.select_for_update().get(pk=file.pk)
    file.problems.filter(row__outcome=None).delete()


def take_turn(kind: ImportKind[FileT], file: FileT) -> bool:
    """One run at a time: a second one waits here, and then finds the outcomes of the first. False: not any more."""
    kind.files.objects.select_for_update().get(pk=file.pk)
    # A worker that comes late brings nothing back that was taken back.
    return not kind.model("undoing").objects.filter(file=file).exists()


def done_among(kind: ImportKind[FileT], rows: Iterable[UUID]) -> set[UUID]:
    """Those of these rows that have an outcome."""
    outcomes = kind.model("outcomes").objects.filter(row__in=list(rows))
    return set(outcomes.values_list("row_id", flat=True))


def keep(
    kind: ImportKind[FileT], file: FileT, job_id: UUID, outcomes: Sequence[Any], problems: Sequence[Any]
) -> None:
    """What became of the rows, why, and the progress; in the transaction that did it."""
    kind.model("problems").objects.bulk_create(problems, batch_size=500)
    kind.model("outcomes").objects.bulk_create(outcomes, batch_size=500)
    jobs.advance(job_id, len(outcomes))
    running.moved(kind, file)


def finish(kind: ImportKind[FileT], file: FileT, *, by: User) -> None:
    running.note(kind, file, "import.finish", by=by)
