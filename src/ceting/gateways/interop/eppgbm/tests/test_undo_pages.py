"""The page on which an import is taken back, and a worker that is killed while it does so."""

import pytest
from django.db import transaction
from django.test import Client

from ceting.care.measurements import sealing
from ceting.care.measurements.models import Measurement
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core import jobs
from ceting.foundation.core.jobs import JobFailedError
from ceting.foundation.core.models import Job
from ceting.gateways.interop.eppgbm import holding, operations, undoing, work
from ceting.gateways.interop.eppgbm.models import ImportFile, ImportState, UndoneRow
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.importing import again, preview, take_in, undo
from ceting.gateways.interop.eppgbm.tests.test_import import months
from ceting.gateways.interop.eppgbm.tests.test_pages import page_of
from ceting.gateways.interop.eppgbm.tests.test_resume import KilledError, kill_at
from ceting.gateways.interop.eppgbm.tests.test_undo import alya, standing
from ceting.registry.families.models import Caregiver, Child, Household
from tests.cast import Cast


@pytest.fixture
def dewi(cast: Cast, client: Client, frozen) -> Client:
    return cast.sign_in(client, cast.petugas_gizi_dewi)


def take_back(client: Client, file: ImportFile, reason: str = "Berkas posyandu lain"):
    return client.post(f"{page_of(file)}tarik/", {"reason": reason}, follow=True)


def the_worker_works(file: ImportFile) -> None:
    work.take_back(str(again(file).undoing.job_id), str(file.pk))


def test_dewi_takes_an_import_back_and_reads_what_became_of_it(cast: Cast, dewi: Client) -> None:
    cast.weigh(cast.aisyah, "2026-08-05", "8.8")
    sealing.seal_months_over(cast.andalas)
    file = take_in(cast, [*months(7, 8), *exports.district(3, 2, today=cast.today)])
    cast.weigh(alya(), "2026-11-05", "10.2")
    assert "Tarik kembali impor ini" in dewi.get(page_of(file)).content.decode()
    assert "Menarik kembali" in take_back(dewi, file).content.decode()
    the_worker_works(file)
    seen = dewi.get(page_of(file)).content.decode()
    for words in (
        *("Impor ditarik kembali", "Berkas posyandu lain", "Baris yang tetap", "ALYA DELIMA"),
        *("Ditimbang Kam, 5 Nov 2026, dicatat oleh Wati.", "Bulan yang berubah", "Agustus 2026"),
        "Tarik lagi yang masih tetap",
    ):
        assert words in seen, words
    assert AuditEntry.objects.filter(action="read", purpose="import undone").exists()


def test_without_a_reason_nothing_happens_and_the_page_says_so(cast: Cast, dewi: Client) -> None:
    file = take_in(cast, months(7))
    answer = take_back(dewi, file, "")
    assert answer.status_code == 422
    assert "Tulis mengapa impor ini ditarik" in answer.content.decode()
    assert again(file).state is ImportState.DONE


@pytest.mark.parametrize("who", ["kader_wati", "kepala", "dinas", "bidan_yuni"])
def test_nobody_else_takes_it_back(cast: Cast, client: Client, frozen, who: str) -> None:
    file = take_in(cast, months(7))
    cast.sign_in(client, getattr(cast, who))
    assert client.post(f"{page_of(file)}tarik/", {"reason": "x"}).status_code in (403, 404)
    assert again(file).state is ImportState.DONE


def test_a_file_that_was_never_imported_is_not_taken_back(cast: Cast, dewi: Client) -> None:
    file = preview(cast, months(7))
    assert "sudah berubah" in take_back(dewi, file).content.decode()
    assert again(file).state is ImportState.READY


def test_the_page_of_who_was_taken_back_says_why(cast: Cast, dewi: Client) -> None:
    file = take_in(cast, months(7))
    child = alya()
    undo(cast, file)
    seen = dewi.get(f"/staf/anak/{child.pk}/").content.decode()
    assert "ditarik karena keliru: Impor ditarik: Berkas salah" in seen
    assert "Catat pengukuran" not in seen
    assert dewi.get(f"/staf/anak/{child.pk}/ukur/").status_code == 404


def test_the_page_takes_few_queries_however_much_stays(
    cast: Cast, dewi: Client, django_assert_max_num_queries
) -> None:
    file = take_in(cast, exports.district(30, 2, today=cast.today))
    for child in Child.objects.filter(pk__in=file.outcomes.values("child")):
        cast.weigh(child, None, "12")
    undo(cast, file)
    with django_assert_max_num_queries(15):
        dewi.get(page_of(file))


@pytest.fixture
def small_chunks(monkeypatch) -> None:
    monkeypatch.setattr(undoing, "ROWS_IN_CHUNK", 6)


@pytest.mark.usefixtures("frozen", "small_chunks")
@pytest.mark.parametrize("chunk", [1, 3])
def test_an_undoing_that_was_killed_goes_on_and_ends_as_if_nothing_had_happened(
    cast: Cast, monkeypatch, chunk: int
) -> None:
    file = take_in(cast, [*exports.district(8, 3, today=cast.today), *months(7, 8)])
    cast.weigh(alya(), "2026-11-05", "10.2")
    with transaction.atomic():
        undo(cast, file)
        undisturbed = standing(), UndoneRow.objects.filter(file=file).count()
        transaction.set_rollback(True)
    started = operations.undo(again(file), reason="Salah", by=cast.petugas_gizi_dewi)
    with monkeypatch.context() as patch:
        kill_at(patch, jobs, "advance", chunk)
        with pytest.raises(KilledError):
            work.take_back(str(started.job_id), str(file.pk))
    assert UndoneRow.objects.filter(file=file).count() == Job.objects.get(pk=started.job_id).done
    assert again(file).state is ImportState.UNDOING
    the_worker_works(file)
    the_worker_works(file)
    assert (standing(), UndoneRow.objects.filter(file=file).count()) == undisturbed
    assert again(file).state is ImportState.UNDONE


@pytest.mark.usefixtures("frozen", "small_chunks")
def test_an_undoing_that_failed_is_continued_by_hand(cast: Cast, monkeypatch) -> None:
    file = take_in(cast, exports.district(6, 3, today=cast.today))
    started = operations.undo(again(file), reason="Salah", by=cast.petugas_gizi_dewi)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "advance", lambda *_: 1 / 0)
        with pytest.raises(JobFailedError):
            work.take_back(str(started.job_id), str(file.pk))
    assert again(file).state is ImportState.STOPPED
    job = operations.go_on(again(file), by=cast.bidan_rina)
    work.take_back(str(job.pk), str(file.pk))
    assert again(file).state is ImportState.UNDONE


@pytest.mark.usefixtures("frozen")
def test_a_worker_that_comes_late_brings_nothing_back(cast: Cast) -> None:
    file = take_in(cast, months(7))
    before = standing()
    undo(cast, file)
    gone = standing()
    work.take_in(str(file.run.job_id), str(file.pk))
    assert standing() == gone != before


def test_whatever_points_at_a_child_a_family_or_a_measurement_is_spoken_for() -> None:
    """A slice that keeps rows about children says here what they are called when they hold an import."""
    pointing = {
        holding.name_of(relation)
        for model in (Child, Household, Caregiver, Measurement)
        for relation in holding.relations_of(model)
    }
    unspoken = pointing - holding.PARTS - set(holding.WORDS)
    assert unspoken == set(), (
        "say it in holding.WORDS; or in PARTS, when it comes and goes with the child's own rows"
    )
