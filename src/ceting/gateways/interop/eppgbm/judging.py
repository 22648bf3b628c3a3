"""The forecast: what an import would do with every row, and what is wrong with it. Writes nothing about children."""

from collections import Counter
from uuid import UUID

from ceting.gateways.interop import forecasting, running
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.loading import Contents
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.gateways.interop.eppgbm.planning import ChildPlan, plan

LOADED_POINTS = 65
JUDGED_POINTS = 95


def judge(file: ImportFile, job_id: UUID) -> None:
    """Put the forecast on the file and its problems beside it, in place of those of an earlier check."""
    if forecasting.is_open(KIND, file):
        forecasting.keep(KIND, file, Counter())
        return
    contents = Contents.of(file, file.puskesmas.today())
    forecasting.report(job_id, LOADED_POINTS)
    rows = sum(len(child.rows) for child in contents.children) or 1
    totals: Counter[str] = Counter(skipped=len(contents.skipped), refused=len(contents.loose))
    problems = forecasting.problems_of(KIND, file, contents.loose)
    judged = 0
    for chunk in contents.chunks():
        if not chunk.children:
            continue
        plans = plan(chunk.children, file.puskesmas)
        for each in plans:
            totals.update(_counted(each))
        problems += forecasting.problems_of(KIND, file, chunk.rows)
        judged += len(chunk.rows)
        running.moved(KIND, file)
        forecasting.report(job_id, LOADED_POINTS + (JUDGED_POINTS - LOADED_POINTS) * judged // rows)
    forecasting.keep(KIND, file, totals, problems)


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
