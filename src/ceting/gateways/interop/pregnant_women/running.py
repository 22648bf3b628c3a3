"""Verbs that set an import's jobs going: start it, go on, take it back. One import of a puskesmas works at a time."""

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock, jobs
from ceting.foundation.core.errors import refused
from ceting.foundation.core.models import Job, JobState
from ceting.gateways.interop.pregnant_women.columns import VOCABULARY
from ceting.gateways.interop.pregnant_women.models import (
    ImportState,
    Undone,
    UndoneWoman,
    WomenFile,
    WomenRun,
    WomenUndoing,
)
from ceting.gateways.interop.states import is_stuck, not_now
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas

CHECK = "ceting.gateways.interop.pregnant_women.work.check"
IMPORT = "ceting.gateways.interop.pregnant_women.work.take_in"
UNDO = "ceting.gateways.interop.pregnant_women.work.take_back"
CHECK_POINTS = 100
"""A check counts in hundredths: reading is the first half, judging the second."""
SUBJECT = "women_import"


@transaction.atomic
def start(file: WomenFile, *, by: User) -> WomenRun:
    """ "Mulai impor". Raises RefusedError while a column or a posyandu of the file isn't settled."""
    file = in_state(file, ImportState.READY)
    if missing := VOCABULARY.missing(file.columns):
        words = ", ".join(f"“{label}”" for label in missing)
        raise refused(f"Tunjukkan dulu kolom untuk {words}, lalu mulai impor.", "columns", "columns")
    unsettled = [place for place in file.places.all() if not place.is_settled]
    if unsettled:
        names = ", ".join(f"“{place.name or 'tanpa posyandu'}”" for place in unsettled[:5])
        raise refused(f"Pilih dulu posyandu untuk {names}, lalu mulai impor.", "unsettled", "places")
    _refuse_while_another_works(file)
    job = _queue("import", IMPORT, file, done=0, total=file.rows.count(), by=by)
    run = WomenRun.objects.create(file=file, started_by=by, job=job)
    audit.record("import.start", SUBJECT, [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return run


@transaction.atomic
def go_on(file: WomenFile, *, by: User) -> Job:
    """Queue again what lost its worker: it goes on where it stood. Harmless while the first worker still lives."""
    file = locked(file)
    if not is_stuck(file):
        raise not_now()
    if not hasattr(file, "run"):
        job = queue_check(file, by=by)
    elif hasattr(file, "undoing"):
        _refuse_while_another_works(file)
        job = _queue_undo(file, by=by)
        WomenUndoing.objects.filter(file=file).update(job=job)
    else:
        _refuse_while_another_works(file)
        job = _queue("import", IMPORT, file, done=file.outcomes.count(), total=file.rows.count(), by=by)
        WomenRun.objects.filter(file=file).update(job=job)
    audit.record("import.go-on", SUBJECT, [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return job


@transaction.atomic
def undo(file: WomenFile, *, reason: str, by: User) -> WomenUndoing:
    """ "Tarik kembali": queue the taking back of everything that the import wrote and nobody builds on.

    Once more for an import of which rows had to stay: they are tried again. Raises RefusedError.
    """
    file = locked(file)
    again = hasattr(file, "undoing")
    over = (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE)
    if not hasattr(file, "run") or file.state not in over:
        raise not_now()
    staying = UndoneWoman.objects.filter(file=file, result=Undone.STAYS)
    if file.state is ImportState.UNDONE and not staying.exists():
        raise not_now()
    if not reason.strip():
        raise refused("Tulis mengapa impor ini ditarik, supaya yang lain mengerti.", "reason", "reason")
    _refuse_while_another_works(file)
    staying.delete()
    job = _queue_undo(file, by=by)
    undoing, _ = WomenUndoing.objects.update_or_create(
        file=file, defaults={"started_by": by, "reason": reason.strip()[:100], "job": job}
    )
    audit.record(
        "import.undo", SUBJECT, [file.pk], by=by, puskesmas_id=file.puskesmas_id, detail={"again": again}
    )
    return undoing


def moved(file: WomenFile) -> None:
    """Its job has got somewhere; called in the transaction that did."""
    WomenFile.objects.filter(pk=file.pk).update(moved_at=clock.now())


def queue_check(file: WomenFile, *, by: User) -> Job:
    job = _queue("check", CHECK, file, done=0, total=CHECK_POINTS, by=by)
    WomenFile.objects.filter(pk=file.pk).update(check_job=job)
    file.check_job = job
    return job


def _queue(kind: str, runner: str, file: WomenFile, *, done: int, total: int, by: User) -> Job:
    job = jobs.start(
        f"women.{kind}", runner, file.pk, by_id=by.pk, puskesmas_id=file.puskesmas_id, total=total
    )
    if done:
        jobs.advance(job.pk, done)
    moved(file)
    return job


def _queue_undo(file: WomenFile, *, by: User) -> Job:
    rows = file.outcomes.exclude(woman=None)
    done = rows.exclude(row__undone=None).count()
    return _queue("undo", UNDO, file, done=done, total=rows.count(), by=by)


def _refuse_while_another_works(file: WomenFile) -> None:
    """One import takes in or back at a time: what one leaves for the other must not change while it looks."""
    Puskesmas.objects.select_for_update(no_key=True).get(pk=file.puskesmas_id)
    under_way = (JobState.WAITING, JobState.RUNNING)
    others = WomenFile.objects.filter(puskesmas=file.puskesmas_id).exclude(pk=file.pk)
    busy = others.filter(undoing__job__state__in=under_way) | others.filter(
        undoing=None, run__job__state__in=under_way
    )
    if (other := busy.first()) is not None:
        raise refused(
            f"Impor “{other.name}” masih berjalan. Tunggu sampai selesai, lalu coba lagi; bila tidak "
            "bergerak, buka impor itu dan tekan “Lanjutkan”.",
            "another_works",
        )


def locked(file: WomenFile) -> WomenFile:
    WomenFile.objects.select_for_update().get(pk=file.pk)
    return WomenFile.objects.with_state().get(pk=file.pk)


def in_state(file: WomenFile, state: ImportState) -> WomenFile:
    file = locked(file)
    if file.state is not state:
        raise not_now()
    return file
