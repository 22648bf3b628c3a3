"""The forecast: what an import would do with every row, and what is wrong with it. Writes nothing about children."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from ceting.foundation.core import jobs
from ceting.foundation.core.models import Job
from ceting.gateways.interop.eppgbm import columns, running
from ceting.gateways.interop.eppgbm.loading import Contents
from ceting.gateways.interop.eppgbm.models import ImportFile, ImportProblem
from ceting.gateways.interop.eppgbm.planning import ChildPlan, plan
from ceting.gateways.interop.eppgbm.rows import FileRow

LOADED_POINTS = 65
JUDGED_POINTS = 95


def judge(file: ImportFile, job_id: UUID) -> None:
    """Put the forecast on the file and its problems beside it, in place of those of an earlier check."""
    if columns.missing(file.columns) or file.asks_year:
        # Every row would be wrong in the same way: the person is asked about the columns first.
        _keep(file, Counter(rows=file.rows.count()), [])
        return
    contents = Contents.of(file, file.puskesmas.today())
    report(job_id, LOADED_POINTS)
    rows = sum(len(child.rows) for child in contents.children) or 1
    totals: Counter[str] = Counter(skipped=len(contents.skipped), refused=len(contents.loose))
    problems = problems_of(file, contents.loose)
    judged = 0
    for chunk in contents.chunks():
        if not chunk.children:
            continue
        plans = plan(chunk.children, file.puskesmas)
        for each in plans:
            totals.update(_counted(each))
        problems += problems_of(file, chunk.rows)
        judged += len(chunk.rows)
        running.moved(file)
        report(job_id, LOADED_POINTS + (JUDGED_POINTS - LOADED_POINTS) * judged // rows)
    totals["rows"] = file.rows.count()
    totals["remarked"] = sum(not problem.refused for problem in problems)
    _keep(file, totals, problems)


@transaction.atomic
def _keep(file: ImportFile, totals: Counter[str], problems: list[ImportProblem]) -> None:
    ImportProblem.objects.filter(file=file).delete()
    ImportProblem.objects.bulk_create(problems, batch_size=500)
    ImportFile.objects.filter(pk=file.pk).update(totals=dict(totals))
    file.totals = dict(totals)


def report(job_id: UUID, points: int) -> None:
    """Move a check's progress up to `points`, never back."""
    done = Job.objects.values_list("done", flat=True).get(pk=job_id)
    if points > done:
        jobs.advance(job_id, points - done)


def _counted(each: ChildPlan) -> dict[str, int]:
    taken = bool(each.take or each.enrol)
    return {
        "new_children": int(each.draft is not None),
        "known_children": int(each.child is not None),
        "recorded": len(each.take),
        "registered": len(each.enrol) if taken else 0,
        "known": len(each.known),
        "repeated": len(each.repeated),
        "refused": len(each.refused),
        "learned_niks": int(each.learned_nik is not None),
    }


def problems_of(file: ImportFile, rows: Iterable[FileRow]) -> list[ImportProblem]:
    """One problem a row at most: why it isn't taken, else what was left out of it."""
    found = []
    for row in rows:
        told = row.refusals or row.remarks
        if told:
            found.append(
                ImportProblem(
                    file=file,
                    row_id=row.id,
                    line=row.line,
                    refused=bool(row.refusals),
                    code=told[0].code[:40],
                    sentence=" ".join(dict.fromkeys(problem.sentence for problem in told)),
                )
            )
    return found
