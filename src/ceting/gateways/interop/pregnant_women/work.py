"""The jobs of an import of pregnant women, by the paths under which they are queued."""

from ceting.gateways.interop import checking
from ceting.gateways.interop.pregnant_women.chunks import Import
from ceting.gateways.interop.pregnant_women.judging import judge
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.undoing import Undoing


def check(job_id: str, file_id: str) -> None:
    """Read the rows that aren't kept yet, and forecast what an import would do."""
    checking.check(KIND, job_id, file_id, judge)


def take_in(job_id: str, file_id: str) -> None:
    """Write the good rows of a file, chunk by chunk."""
    checking.run(KIND, job_id, file_id, lambda file, key: Import.of(file, key).run())


def take_back(job_id: str, file_id: str) -> None:
    """Take back what an import wrote and nobody builds on, chunk by chunk."""
    checking.run(KIND, job_id, file_id, lambda file, key: Undoing.of(file, key).run())
