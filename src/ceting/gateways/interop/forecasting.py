"""What a check leaves: the forecast of an import on its file, and beside it what is wrong with rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from ceting.foundation.core import jobs
from ceting.foundation.core.errors import Problem
from ceting.foundation.core.models import Job
from ceting.gateways.interop.kinds import FileT, ImportKind


class ToldRow(Protocol):
    """A row of a file as it was understood: why it isn't taken, and what was left out of it."""

    id: UUID
    line: int
    refusals: list[Problem]
    remarks: list[Problem]


def is_open(kind: ImportKind[FileT], file: FileT) -> bool:
    """Every row would be wrong in the same way: the person is asked about the file first."""
    return bool(kind.words.missing(file.columns)) or kind.unready(file) is not None


@transaction.atomic
def keep(kind: ImportKind[FileT], file: FileT, totals: "Counter[str]", problems: Sequence[Any] = ()) -> None:
    """Put the forecast on the file and its problems beside it, in place of those of an earlier check."""
    found = {"rows": file.rows.count(), **totals}
    if totals:
        found["remarked"] = sum(not problem.refused for problem in problems)
    file.problems.all().delete()
    kind.model("problems").objects.bulk_create(problems, batch_size=500)
    kind.files.objects.filter(pk=file.pk).update(totals=found)
    file.totals = found


def report(job_id: UUID, points: int) -> None:
    """Move a check's progress up to `points`, never back."""
    done = Job.objects.values_list("done", flat=True).get(pk=job_id)
    if points > done:
        jobs.advance(job_id, points - done)


def problems_of(
    kind: ImportKind[FileT],
    file: FileT,
    rows: Iterable[ToldRow],
    more: Mapping[UUID, Mapping[str, object]] | None = None,
) -> list[Any]:
    """One problem a row at most: why it isn't taken, else what was left out of it. `more`: row -> other fields."""
    model, others = kind.model("problems"), more or {}
    return [
        model(
            file=file,
            row_id=row.id,
            line=row.line,
            refused=bool(row.refusals),
            code=told[0].code[:40],
            sentence=" ".join(dict.fromkeys(problem.sentence for problem in told)),
            **others.get(row.id, {}),
        )
        for row in rows
        if (told := row.refusals or row.remarks)
    ]
