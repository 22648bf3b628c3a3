"""Long work: queued with its cause, counted as it goes, its end kept."""

import traceback

import pytest
from django.db import transaction
from django_q.models import OrmQ

from ceting.foundation.core import jobs
from ceting.foundation.core.models import Job, JobState
from tests.cast import Cast


def start(cast: Cast, total: int = 40) -> Job:
    return jobs.start(
        "test", "ceting.config.housekeeping.seal_audit",
        by_id=cast.bidan_rina.pk, puskesmas_id=cast.andalas.pk, total=total,
    )  # fmt: skip


def test_a_job_and_its_task_are_written_together_or_not_at_all(cast: Cast) -> None:
    with transaction.atomic():
        start(cast)
        transaction.set_rollback(True)
    assert Job.objects.count() == OrmQ.objects.count() == 0
    start(cast)
    assert Job.objects.count() == OrmQ.objects.count() == 1


def test_progress_is_what_was_finished(cast: Cast) -> None:
    job = start(cast)
    jobs.begin(job.pk)
    jobs.advance(job.pk, by=10)
    job.refresh_from_db()
    assert (job.state, job.percent, job.is_over) == (JobState.RUNNING, 25, False)
    jobs.finish(job.pk)
    job.refresh_from_db()
    assert (job.state, job.percent, job.is_over) == (JobState.DONE, 100, True)


def test_a_failure_keeps_a_code_and_never_a_message(cast: Cast) -> None:
    job = start(cast)

    def stumble() -> None:
        raise ValueError("Aisyah Putri, 1371024506240001")

    with pytest.raises(jobs.JobFailedError) as told:
        jobs.run(job.pk, stumble)
    # The worker keeps the whole traceback in its own table: it must not quote the row.
    assert "Aisyah" not in "".join(traceback.format_exception(told.value))
    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.FAILED, "ValueError")


def test_a_job_of_nothing_divides_nothing(cast: Cast) -> None:
    assert start(cast, total=0).percent == 0
