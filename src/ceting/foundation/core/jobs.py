"""Verbs of long work: the row is written with its cause, `ceting work` runs it, the screen polls it."""

from collections.abc import Callable
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F
from django_q.tasks import async_task

from ceting.foundation.core import clock
from ceting.foundation.core.models import Job, JobState

logger = structlog.stdlib.get_logger("ceting.jobs")


@transaction.atomic
def start(kind: str, runner: str, *args: object, by_id: UUID, puskesmas_id: UUID | None, total: int) -> Job:
    """Queue `runner` (dotted path, called with the job's id and `args`) in the caller's transaction."""
    job = Job.objects.create(kind=kind, by_id=by_id, puskesmas_id=puskesmas_id, total=total)
    # The ORM broker writes the task into the same database: it exists if and only if the cause commits.
    async_task(runner, str(job.id), *[str(argument) for argument in args], task_name=f"{kind} {job.id}"[:100])
    return job


def begin(job_id: UUID) -> None:
    Job.objects.filter(pk=job_id, started_at=None).update(state=JobState.RUNNING, started_at=clock.now())


def advance(job_id: UUID, by: int) -> None:
    """Count finished units; called in the transaction that wrote them, so the count is what is stored."""
    Job.objects.filter(pk=job_id).update(done=F("done") + by, state=JobState.RUNNING)


def finish(job_id: UUID) -> None:
    Job.objects.filter(pk=job_id).update(state=JobState.DONE, finished_at=clock.now(), done=F("total"))


def fail(job_id: UUID, code: str) -> None:
    """Keep a code, never a message: an exception's text can carry a child's name."""
    Job.objects.filter(pk=job_id).update(state=JobState.FAILED, finished_at=clock.now(), failure=code)


class JobFailedError(RuntimeError):
    """Long work ended badly. Carries the kind of error only: the worker keeps what it says, in a table and a log."""


def run(job_id: UUID, work: Callable[[], None]) -> None:
    """Run `work` and keep how it ended. Raises JobFailedError, so that the worker knows; without its cause's words.

    PostgreSQL quotes rows in its messages: a child's name must not travel on into the worker's own table and log.
    """
    begin(job_id)
    try:
        work()
    except Exception as error:
        logger.error("job failed", exc_info=error, job=str(job_id))
        fail(job_id, type(error).__name__)
        raise JobFailedError(f"{type(error).__name__} in job {job_id}") from None
    finish(job_id)
