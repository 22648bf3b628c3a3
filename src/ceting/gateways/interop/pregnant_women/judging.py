"""The forecast: what an import would do with every row, and what is wrong with it. Writes nothing about women."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from ceting.foundation.core.models import Job
from ceting.gateways.interop import forecasting
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.loading import Contents
from ceting.gateways.interop.pregnant_women.matching import Registry
from ceting.gateways.interop.pregnant_women.models import Verdict, WomenFile, WomenProblem
from ceting.gateways.interop.pregnant_women.planning import WomanPlan, plan
from ceting.registry.accounts.models import User


def judge(file: WomenFile, job_id: UUID) -> None:
    """Put the forecast on the file and its problems beside it, in place of those of an earlier check."""
    if forecasting.is_open(KIND, file):
        forecasting.keep(KIND, file, Counter())
        return
    contents = Contents.of(file, file.puskesmas.today())
    by = User.objects.get(pk=Job.objects.get(pk=job_id).by_id)
    registry = Registry.around(contents.women, file.puskesmas, by=by)
    plans = plan(contents.women, registry, file.puskesmas.today())
    totals = Counter({Verdict.SKIPPED.value: len(contents.skipped)})
    totals[Verdict.REFUSED.value] += len(contents.loose)
    for each in plans:
        totals.update(verdict.value for _, verdict in each.verdicts())
        totals["new_women"] += each.is_new
    problems = [*forecasting.problems_of(KIND, file, contents.loose), *problems_of_plans(file, plans)]
    forecasting.keep(KIND, file, totals, problems)


def problems_of_plans(file: WomenFile, plans: Iterable[WomanPlan]) -> list[WomenProblem]:
    """Those of the rows, with who may be meant by rows that wait for an answer."""
    found = []
    for each in plans:
        asked: dict[str, object] = {"asks": True, "candidates": [str(woman.pk) for woman in each.candidates]}
        waits = each.verdict is Verdict.WAITING
        more = {row.id: asked for row in each.source.rows} if waits else {}
        found += forecasting.problems_of(KIND, file, each.source.rows, more)
    return found
