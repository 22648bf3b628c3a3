"""A worker that is killed, a job that is handed out twice: nothing lost, nothing doubled."""

import pytest
from django.db import transaction

from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.core import jobs
from ceting.foundation.core.jobs import JobFailedError
from ceting.foundation.core.models import Job
from ceting.gateways.interop import checking
from ceting.gateways.interop.pregnant_women import chunks, loading, operations, work
from ceting.gateways.interop.pregnant_women.models import ImportState
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.gateways.interop.pregnant_women.tests.importing import (
    again,
    check,
    preview,
    receive,
    standing,
    take_in,
)
from ceting.gateways.interop.pregnant_women.tests.lists import row, woman
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


class KilledError(BaseException):
    """What SIGKILL does, as near as a test can come: no handler of ours may catch it."""


def kill_at(monkeypatch, owner, name: str, call: int) -> None:
    """The worker dies in the `call`-th call, after it has done its work and before the transaction is through."""
    whole, calls = getattr(owner, name), [0]

    def dying(*args, **kwargs):
        done = whole(*args, **kwargs)
        calls[0] += 1
        if calls[0] == call:
            raise KilledError
        return done

    monkeypatch.setattr(owner, name, dying)


@pytest.fixture
def small_chunks(monkeypatch) -> None:
    monkeypatch.setattr(loading, "WOMEN_IN_CHUNK", 4)
    monkeypatch.setattr(checking, "ROWS_AT_ONCE", 5)


ROWS = [*(woman(number) for number in range(10)), woman(3), row(HPHT=""), row(Posyandu="ENTAH DI MANA")]


def undisturbed(cast: Cast) -> object:
    with transaction.atomic():
        take_in(cast, ROWS[:-1])
        found = standing()
        transaction.set_rollback(True)
    return found


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_an_import_killed_between_chunks_ends_as_if_nothing_had_happened(
    cast: Cast, monkeypatch, chunk: int
) -> None:
    expected = undisturbed(cast)
    file = preview(cast, ROWS[:-1])
    started = operations.start(file, by=cast.bidan_rina)
    with monkeypatch.context() as patch:
        kill_at(patch, jobs, "advance", chunk)
        with pytest.raises(KilledError):
            work.take_in(str(started.job_id), str(file.pk))
    assert file.outcomes.count() == Job.objects.get(pk=started.job_id).done, (
        "what is counted is what is stored"
    )
    assert again(file).state is ImportState.RUNNING
    work.take_in(str(started.job_id), str(file.pk))
    assert again(file).state is ImportState.DONE
    assert operations.counts(file) == {"new_women": 10, "registered": 10, "repeated": 1, "refused": 1}
    assert file.problems.filter(refused=True).count() == 1
    assert standing() == expected


@pytest.mark.usefixtures("small_chunks")
def test_a_job_handed_out_twice_doubles_nothing(cast: Cast) -> None:
    file = take_in(cast, ROWS[:-1])
    before = standing()
    work.take_in(str(file.run.job_id), str(file.pk))
    assert standing() == before
    assert file.outcomes.count() == 12


@pytest.mark.usefixtures("small_chunks")
def test_a_reading_that_was_killed_goes_on_with_the_next_row(cast: Cast, monkeypatch) -> None:
    file = receive(cast, lists.as_csv(ROWS))
    with monkeypatch.context() as patch:
        kill_at(patch, checking, "_keep", 2)
        with pytest.raises(KilledError):
            check(file)
    assert 0 < file.rows.count() < 13
    file = check(file)
    assert file.totals["rows"] == file.rows.count() == 13
    assert sum(place.rows for place in file.places.all()) == 13


@pytest.mark.usefixtures("small_chunks")
def test_an_import_that_fails_says_so_and_goes_on_from_there(cast: Cast, monkeypatch) -> None:
    file = preview(cast, ROWS[:-1])
    started = operations.start(file, by=cast.bidan_rina)
    with monkeypatch.context() as patch:
        patch.setattr(chunks.pregnancies, "register_many", _broken)
        with pytest.raises(JobFailedError, match="OSError"):
            work.take_in(str(started.job_id), str(file.pk))
    assert again(file).state is ImportState.STOPPED
    assert not Pregnancy.objects.exists()
    job = operations.go_on(again(file), by=cast.bidan_rina)
    work.take_in(str(job.pk), str(file.pk))
    assert again(file).state is ImportState.DONE
    assert Pregnancy.objects.count() == 10


def _broken(*_: object, **__: object) -> None:
    raise OSError("disk full")


def test_a_late_worker_brings_nothing_back_that_was_taken_back(cast: Cast) -> None:
    file = take_in(cast, [row()])
    operations.undo(file, reason="Salah", by=cast.bidan_rina)
    work.take_back(str(again(file).undoing.job_id), str(file.pk))
    work.take_in(str(file.run.job_id), str(file.pk))
    assert not Pregnancy.objects.open().exists()
