"""Verbs that set an import's jobs going: start it, go on, take it back. One import of a puskesmas works at a time."""

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock, jobs
from ceting.foundation.core.errors import refused
from ceting.foundation.core.models import Job, JobState
from ceting.gateways.interop.eppgbm import columns
from ceting.gateways.interop.eppgbm.models import (
    ImportFile,
    ImportRun,
    ImportState,
    ImportUndoing,
    Undone,
    UndoneRow,
)
from ceting.gateways.interop.states import is_stuck, not_now
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas

CHECK = "ceting.gateways.interop.eppgbm.work.check"
IMPORT = "ceting.gateways.interop.eppgbm.work.take_in"
UNDO = "ceting.gateways.interop.eppgbm.work.take_back"
CHECK_POINTS = 100
"""A check counts in hundredths: reading is the first half, judging the second."""


@transaction.atomic
def start(file: ImportFile, *, by: User) -> ImportRun:
    """ "Mulai impor". Raises RefusedError while a posyandu of the file isn't settled."""
    file = in_state(file, ImportState.READY)
    if missing := columns.missing(file.columns):
        words = ", ".join(f"“{label}”" for label in missing)
        raise refused(f"Tunjukkan dulu kolom untuk {words}, lalu mulai impor.", "columns", "columns")
    if file.asks_year:
        raise refused("Pilih dulu tahun lembar ini, lalu mulai impor.", "year", "year")
    unsettled = [place for place in file.places.all() if not place.is_settled]
    if unsettled:
        names = ", ".join(f"“{place.name or 'tanpa posyandu'}”" for place in unsettled[:5])
        raise refused(f"Pilih dulu posyandu untuk {names}, lalu mulai impor.", "unsettled", "places")
    _refuse_while_another_works(file)
    job = _queue_import(file, done=0, by=by)
    run = ImportRun.objects.create(file=file, started_by=by, job=job)
    audit.record("import.start", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return run


@transaction.atomic
def go_on(file: ImportFile, *, by: User) -> Job:
    """Queue again what lost its worker: it goes on where it stood. Harmless while the first worker still lives."""
    file = locked(file)
    if not is_stuck(file):
        raise not_now()
    if file.state is ImportState.CHECKING or not hasattr(file, "run"):
        job = queue_check(file, by=by)
    elif hasattr(file, "undoing"):
        _refuse_while_another_works(file)
        job = _queue_undo(file, by=by)
        ImportUndoing.objects.filter(file=file).update(job=job)
    else:
        _refuse_while_another_works(file)
        job = _queue_import(file, done=file.outcomes.count(), by=by)
        ImportRun.objects.filter(file=file).update(job=job)
    audit.record("import.go-on", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return job


@transaction.atomic
def undo(file: ImportFile, *, reason: str, by: User) -> ImportUndoing:
    """ "Tarik kembali": queue the taking back of everything that the import wrote and nobody builds on.

    Once more for an import of which rows had to stay: they are tried again. Raises RefusedError.
    """
    file = locked(file)
    again = hasattr(file, "undoing")
    over = (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE)
    if not hasattr(file, "run") or file.state not in over:
        raise not_now()
    if (
        file.state is ImportState.UNDONE
        and not UndoneRow.objects.filter(file=file, result=Undone.STAYS).exists()
    ):
        raise not_now()
    if not reason.strip():
        raise refused("Tulis mengapa impor ini ditarik, supaya yang lain mengerti.", "reason", "reason")
    _refuse_while_another_works(file)
    UndoneRow.objects.filter(file=file, result=Undone.STAYS).delete()
    job = _queue_undo(file, by=by)
    undoing, _ = ImportUndoing.objects.update_or_create(
        file=file, defaults={"started_by": by, "reason": reason.strip()[:100], "job": job}
    )
    audit.record(
        "import.undo", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id, detail={"again": again}
    )
    return undoing


def moved(file: ImportFile) -> None:
    """Its job has got somewhere; called in the transaction that did."""
    ImportFile.objects.filter(pk=file.pk).update(moved_at=clock.now())


def queue_check(file: ImportFile, *, by: User) -> Job:
    job = jobs.start(
        "eppgbm.check", CHECK, file.pk, by_id=by.pk, puskesmas_id=file.puskesmas_id, total=CHECK_POINTS
    )
    ImportFile.objects.filter(pk=file.pk).update(check_job=job, moved_at=clock.now())
    file.check_job = job
    return job


def _queue_import(file: ImportFile, *, done: int, by: User) -> Job:
    job = jobs.start(
        "eppgbm.import",
        IMPORT,
        file.pk,
        by_id=by.pk,
        puskesmas_id=file.puskesmas_id,
        total=file.rows.count(),
    )
    if done:
        jobs.advance(job.pk, done)
    moved(file)
    return job


def _queue_undo(file: ImportFile, *, by: User) -> Job:
    rows = file.outcomes.exclude(child=None)
    job = jobs.start(
        "eppgbm.undo", UNDO, file.pk, by_id=by.pk, puskesmas_id=file.puskesmas_id, total=rows.count()
    )
    if done := rows.exclude(row__undone=None).count():
        jobs.advance(job.pk, done)
    moved(file)
    return job


def _refuse_while_another_works(file: ImportFile) -> None:
    """One import takes in or back at a time: what one leaves for the other must not change while it looks."""
    Puskesmas.objects.select_for_update(no_key=True).get(pk=file.puskesmas_id)
    under_way = (JobState.WAITING, JobState.RUNNING)
    others = ImportFile.objects.filter(puskesmas=file.puskesmas_id).exclude(pk=file.pk)
    busy = others.filter(undoing__job__state__in=under_way) | others.filter(
        undoing=None, run__job__state__in=under_way
    )
    if (other := busy.first()) is not None:
        raise refused(
            f"Impor “{other.name}” masih berjalan. Tunggu sampai selesai, lalu coba lagi; bila tidak "
            "bergerak, buka impor itu dan tekan “Lanjutkan”.",
            "another_works",
        )


def locked(file: ImportFile) -> ImportFile:
    ImportFile.objects.select_for_update().get(pk=file.pk)
    return ImportFile.objects.with_state().get(pk=file.pk)


def in_state(file: ImportFile, state: ImportState) -> ImportFile:
    file = locked(file)
    if file.state is not state:
        raise not_now()
    return file
