"""The forecast: what an import would do with every row, and what is wrong with it. Writes nothing about women."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from ceting.gateways.interop.pregnant_women.columns import VOCABULARY
from ceting.gateways.interop.pregnant_women.loading import Contents
from ceting.gateways.interop.pregnant_women.matching import Registry
from ceting.gateways.interop.pregnant_women.models import Verdict, WomenFile, WomenProblem
from ceting.gateways.interop.pregnant_women.planning import WomanPlan, plan
from ceting.gateways.interop.pregnant_women.rows import WomanRow
from ceting.registry.accounts.models import User


def judge(file: WomenFile, *, by: User) -> None:
    """Put the forecast on the file and its problems beside it, in place of those of an earlier check."""
    if VOCABULARY.missing(file.columns):
        # Every row would be wrong in the same way: the person is asked about the columns first.
        _keep(file, Counter(rows=file.rows.count()), [])
        return
    contents = Contents.of(file, file.puskesmas.today())
    registry = Registry.around(contents.women, file.puskesmas, by=by)
    plans = plan(contents.women, registry, file.puskesmas.today())
    totals = Counter({"rows": file.rows.count(), Verdict.SKIPPED.value: len(contents.skipped)})
    totals[Verdict.REFUSED.value] += len(contents.loose)
    for each in plans:
        totals.update(verdict.value for _, verdict in each.verdicts())
        totals["new_women"] += each.is_new
    problems = [*problems_of(file, contents.loose), *problems_of_plans(file, plans)]
    totals["remarked"] = sum(not problem.refused for problem in problems)
    _keep(file, totals, problems)


@transaction.atomic
def _keep(file: WomenFile, totals: Counter[str], problems: list[WomenProblem]) -> None:
    WomenProblem.objects.filter(file=file).delete()
    WomenProblem.objects.bulk_create(problems, batch_size=500)
    WomenFile.objects.filter(pk=file.pk).update(totals=dict(totals))
    file.totals = dict(totals)


def problems_of_plans(file: WomenFile, plans: Iterable[WomanPlan]) -> list[WomenProblem]:
    found = []
    for each in plans:
        asked = {row.id: each for row in each.source.rows} if each.verdict is Verdict.WAITING else {}
        found += problems_of(file, each.source.rows, asked)
    return found


def problems_of(
    file: WomenFile, rows: Iterable[WomanRow], asked: Mapping[UUID, WomanPlan] | None = None
) -> list[WomenProblem]:
    """One problem a row at most: why it isn't taken, else what was left out of it. `asked`: rows that wait."""
    found = []
    for row in rows:
        told = row.refusals or row.remarks
        plan_of = (asked or {}).get(row.id)
        if told:
            found.append(
                WomenProblem(
                    file=file,
                    row_id=row.id,
                    line=row.line,
                    refused=bool(row.refusals),
                    asks=plan_of is not None,
                    code=told[0].code[:40],
                    sentence=" ".join(dict.fromkeys(problem.sentence for problem in told)),
                    candidates=[str(woman.pk) for woman in plan_of.candidates] if plan_of else [],
                )
            )
    return found
