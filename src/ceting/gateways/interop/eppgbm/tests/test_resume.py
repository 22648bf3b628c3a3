"""A worker that is killed, a job that is handed out twice: nothing lost, nothing doubled."""

from datetime import timedelta

import pytest
from django.db import transaction

from ceting.foundation.core import jobs
from ceting.foundation.core.jobs import JobFailedError
from ceting.foundation.core.models import Job, JobState
from ceting.gateways.interop import checking
from ceting.gateways.interop.eppgbm import chunks, loading, operations, work
from ceting.gateways.interop.eppgbm.models import ImportState
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.exports import row
from ceting.gateways.interop.eppgbm.tests.importing import again, check, preview, receive, take_in, told
from ceting.gateways.interop.eppgbm.tests.test_import import registry
from ceting.registry.families.models import Child
from tests.cast import Cast


class KilledError(BaseException):
    """What SIGKILL does, as near as a test can come: no handler of ours may catch it."""


@pytest.fixture
def small_chunks(monkeypatch) -> None:
    monkeypatch.setattr(loading, "ROWS_IN_CHUNK", 6)
    monkeypatch.setattr(checking, "ROWS_AT_ONCE", 7)


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


def rows_of(cast: Cast) -> list[dict[str, str]]:
    twins = [row(Nama=name, JK="L", NIK="-") for name in ("HASAN BASRI", "HASAN BASRA")]
    siblings = [
        row(NIK="-"),
        row(NIK="-", Nama="GILANG DELIMA", JK="L", Tgl_Lahir="2023-01-02", Berat="13", Tinggi="95"),
    ]
    return [*exports.district(9, 3, today=cast.today), *twins, *siblings, row(Nama="BAYU", JK="?")]


@pytest.mark.usefixtures("frozen", "small_chunks")
@pytest.mark.parametrize("chunk", [1, 2, 4])
def test_an_import_killed_between_chunks_ends_as_if_nothing_had_happened(
    cast: Cast, monkeypatch, chunk: int
) -> None:
    undisturbed = _undisturbed(cast)
    file = preview(cast, rows_of(cast))
    started = operations.start(file, by=cast.petugas_gizi_dewi)
    with monkeypatch.context() as patch:
        kill_at(patch, jobs, "advance", chunk)
        with pytest.raises(KilledError):
            work.take_in(str(started.job_id), str(file.pk))
    assert file.outcomes.count() == Job.objects.get(pk=started.job_id).done, (
        "what is counted is what is stored"
    )
    assert again(file).state is ImportState.RUNNING
    work.take_in(str(started.job_id), str(file.pk))
    resumed, counted, families = registry(), operations.counts(file), _households()

    assert again(file).state is ImportState.DONE
    assert Job.objects.get(pk=started.job_id).done == 32
    assert counted == {"new_children": 13, "recorded": 31, "refused": 1}
    assert len(told(file)) == 1
    assert (resumed, families) == undisturbed


def _households() -> int:
    return Child.objects.values("household").distinct().count()


def _undisturbed(cast: Cast) -> tuple[object, int]:
    """What the same file ends in when nobody kills anything."""
    with transaction.atomic():
        take_in(cast, rows_of(cast))
        found = registry(), _households()
        transaction.set_rollback(True)
    return found


@pytest.mark.usefixtures("frozen", "small_chunks")
def test_a_job_handed_out_twice_doubles_nothing(cast: Cast) -> None:
    file = take_in(cast, rows_of(cast))
    before = registry()
    work.take_in(str(file.run.job_id), str(file.pk))
    assert registry() == before
    assert operations.counts(file)["recorded"] == 31


@pytest.mark.usefixtures("frozen", "small_chunks")
def test_a_reading_that_was_killed_goes_on_with_the_next_row(cast: Cast, monkeypatch) -> None:
    file = receive(cast, exports.as_html(rows_of(cast)))
    with monkeypatch.context() as patch:
        kill_at(patch, checking, "_keep", 2)
        with pytest.raises(KilledError):
            check(file)
    assert 0 < file.rows.count() < 32
    file = check(file)
    assert file.totals["rows"] == file.rows.count() == 32
    assert file.totals["recorded"] == 31
    assert sum(place.rows for place in file.places.all()) == 32


@pytest.mark.usefixtures("small_chunks")
def test_a_job_that_lost_its_worker_can_be_continued_by_hand(cast: Cast, monkeypatch, frozen) -> None:
    file = preview(cast, rows_of(cast))
    started = operations.start(file, by=cast.petugas_gizi_dewi)
    with monkeypatch.context() as patch:
        kill_at(patch, jobs, "advance", 2)
        with pytest.raises(KilledError):
            work.take_in(str(started.job_id), str(file.pk))
    assert not operations.is_stuck(again(file))
    frozen.shift(timedelta(minutes=10))
    assert operations.is_stuck(again(file))
    done = file.outcomes.count()
    job = operations.go_on(again(file), by=cast.petugas_gizi_dewi)
    assert Job.objects.get(pk=job.pk).done == done
    work.take_in(str(job.pk), str(file.pk))
    assert operations.counts(file)["recorded"] == 31


@pytest.mark.usefixtures("frozen", "small_chunks")
def test_an_import_that_fails_says_so_and_goes_on_from_there(cast: Cast, monkeypatch) -> None:
    file = preview(cast, rows_of(cast))
    started = operations.start(file, by=cast.petugas_gizi_dewi)
    with monkeypatch.context() as patch:
        patch.setattr(chunks.measurements, "record_many", _broken)
        with pytest.raises(JobFailedError, match="OSError"):
            work.take_in(str(started.job_id), str(file.pk))
    assert again(file).state is ImportState.STOPPED
    assert Job.objects.get(pk=started.job_id).state == JobState.FAILED
    job = operations.go_on(again(file), by=cast.petugas_gizi_dewi)
    work.take_in(str(job.pk), str(file.pk))
    assert again(file).state is ImportState.DONE
    assert operations.counts(file)["recorded"] == 31


def _broken(*_: object, **__: object) -> None:
    raise OSError("disk full")


@pytest.mark.usefixtures("frozen")
def test_a_child_whom_a_kader_registered_meanwhile_is_recognised(cast: Cast) -> None:
    file = preview(cast, [row()])
    child = cast.child("Alya Delima", sex=2, birth_date="2025-03-10", mother="Rosma")
    started = operations.start(file, by=cast.petugas_gizi_dewi)
    work.take_in(str(started.job_id), str(file.pk))
    assert operations.counts(file) == {"new_children": 0, "recorded": 1}
    assert child.measurements.count() == 1
