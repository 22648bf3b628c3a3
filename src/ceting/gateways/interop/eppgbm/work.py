"""The jobs of an import of children, by the paths under which they are queued."""

from ceting.gateways.interop import checking
from ceting.gateways.interop.eppgbm.chunks import Import
from ceting.gateways.interop.eppgbm.judging import judge
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.loading import release
from ceting.gateways.interop.eppgbm.undoing import Undoing


def check(job_id: str, file_id: str) -> None:
    """Read the rows that aren't kept yet, and forecast what an import would do."""
    try:
        checking.check(KIND, job_id, file_id, judge)
    finally:
        release()


def take_in(job_id: str, file_id: str) -> None:
    """Write the good rows of a file, chunk by chunk."""
    try:
        checking.run(KIND, job_id, file_id, lambda file, key: Import.of(file, key).run())
    finally:
        release()


def take_back(job_id: str, file_id: str) -> None:
    """Take back what an import wrote and nobody builds on, chunk by chunk."""
    checking.run(KIND, job_id, file_id, lambda file, key: Undoing.of(file, key).run())
