"""Verbs that set an import's jobs going: start it, go on, take it back. One import of a kind works at a puskesmas."""

from typing import Any

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock, jobs
from ceting.foundation.core.errors import RefusedError, refused
from ceting.foundation.core.models import Job, JobState
from ceting.gateways.interop.kinds import FileT, ImportKind
from ceting.gateways.interop.states import ImportState, Undone, is_stuck, not_now
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas

CHECK_POINTS = 100
"""A check counts in hundredths: reading is the first half, judging the second."""
OVER = (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE)
UNDER_WAY = (JobState.WAITING, JobState.RUNNING)


@transaction.atomic
def start(kind: ImportKind[FileT], file: FileT, *, by: User) -> Any:
    """ "Mulai impor": its run. Raises RefusedError while a column or a posyandu of the file isn't settled."""
    file = in_state(kind, file, ImportState.READY)
    _refuse_unsettled(kind, file)
    _refuse_while_another_works(kind, file)
    run = kind.model("run").objects.create(file=file, started_by=by, job=_queue_import(kind, file, by=by))
    note(kind, file, "import.start", by=by)
    return run


def _refuse_unsettled(kind: ImportKind[FileT], file: FileT) -> None:
    if missing := kind.words.missing(file.columns):
        words = ", ".join(f"“{label}”" for label in missing)
        raise refused(f"Tunjukkan dulu kolom untuk {words}, lalu mulai impor.", "columns", "columns")
    if (problem := kind.unready(file)) is not None:
        raise RefusedError(problem)
    unsettled = [place for place in file.places.all() if not place.is_settled]
    if unsettled:
        names = ", ".join(f"“{place.name or 'tanpa posyandu'}”" for place in unsettled[:5])
        raise refused(f"Pilih dulu posyandu untuk {names}, lalu mulai impor.", "unsettled", "places")


@transaction.atomic
def go_on(kind: ImportKind[FileT], file: FileT, *, by: User) -> Job:
    """Queue again what lost its worker: it goes on where it stood. Harmless while the first worker still lives."""
    file = locked(kind, file)
    if not is_stuck(file):
        raise not_now()
    if not hasattr(file, "run"):
        job = queue_check(kind, file, by=by)
    else:
        undoes = hasattr(file, "undoing")
        _refuse_while_another_works(kind, file)
        job = _queue_undo(kind, file, by=by) if undoes else _queue_import(kind, file, by=by)
        kind.model("undoing" if undoes else "run").objects.filter(file=file).update(job=job)
    note(kind, file, "import.go-on", by=by)
    return job


@transaction.atomic
def undo(kind: ImportKind[FileT], file: FileT, *, reason: str, by: User) -> Any:
    """ "Tarik kembali": queue the taking back of everything that the import wrote and nobody builds on.

    Once more for an import of which rows had to stay: they are tried again. Raises RefusedError.
    """
    file = locked(kind, file)
    again = hasattr(file, "undoing")
    staying = kind.model("undone_rows").objects.filter(file=file, result=Undone.STAYS)
    if not hasattr(file, "run") or file.state not in OVER:
        raise not_now()
    if file.state is ImportState.UNDONE and not staying.exists():
        raise not_now()
    if not reason.strip():
        raise refused("Tulis mengapa impor ini ditarik, supaya yang lain mengerti.", "reason", "reason")
    _refuse_while_another_works(kind, file)
    staying.delete()
    said = {"started_by": by, "reason": reason.strip()[:100], "job": _queue_undo(kind, file, by=by)}
    undoing, _ = kind.model("undoing").objects.update_or_create(file=file, defaults=said)
    note(kind, file, "import.undo", by=by, detail={"again": again})
    return undoing


def moved(kind: ImportKind[FileT], file: FileT) -> None:
    """Its job has got somewhere; called in the transaction that did."""
    kind.files.objects.filter(pk=file.pk).update(moved_at=clock.now())


def note(kind: ImportKind[FileT], file: FileT, action: str, *, by: User, **more: Any) -> None:
    """One line of the trail about a file."""
    audit.record(action, kind.subject, [file.pk], by=by, puskesmas_id=file.puskesmas_id, **more)


def queue_check(kind: ImportKind[FileT], file: FileT, *, by: User) -> Job:
    job = _queue(kind, "check", "check", file, done=0, total=CHECK_POINTS, by=by)
    kind.files.objects.filter(pk=file.pk).update(check_job=job)
    file.check_job = job
    return job


def _queue_import(kind: ImportKind[FileT], file: FileT, *, by: User) -> Job:
    done, total = file.outcomes.count(), file.rows.count()
    return _queue(kind, "import", "take_in", file, done=done, total=total, by=by)


def _queue_undo(kind: ImportKind[FileT], file: FileT, *, by: User) -> Job:
    rows = file.outcomes.exclude(**{kind.person: None})
    done = rows.exclude(row__undone=None).count()
    return _queue(kind, "undo", "take_back", file, done=done, total=rows.count(), by=by)


def _queue(
    kind: ImportKind[FileT], verb: str, runner: str, file: FileT, *, done: int, total: int, by: User
) -> Job:
    job = jobs.start(
        f"{kind.jobs}.{verb}",
        f"ceting.gateways.interop.{kind.name}.work.{runner}",
        file.pk,
        by_id=by.pk,
        puskesmas_id=file.puskesmas_id,
        total=total,
    )
    if done:
        jobs.advance(job.pk, done)
    moved(kind, file)
    return job


def _refuse_while_another_works(kind: ImportKind[FileT], file: FileT) -> None:
    """One import takes in or back at a time: what one leaves for the other must not change while it looks."""
    Puskesmas.objects.select_for_update(no_key=True).get(pk=file.puskesmas_id)
    others = kind.files.objects.filter(puskesmas=file.puskesmas_id).exclude(pk=file.pk)
    busy = others.filter(undoing__job__state__in=UNDER_WAY) | others.filter(
        undoing=None, run__job__state__in=UNDER_WAY
    )
    if (other := busy.first()) is not None:
        raise refused(
            f"Impor “{other.name}” masih berjalan. Tunggu sampai selesai, lalu coba lagi; bila tidak "
            "bergerak, buka impor itu dan tekan “Lanjutkan”.",
            "another_works",
        )


def locked(kind: ImportKind[FileT], file: FileT) -> FileT:
    kind.files.objects.select_for_update().get(pk=file.pk)
    found: FileT = kind.files.objects.with_state().get(pk=file.pk)
    return found


def in_state(kind: ImportKind[FileT], file: FileT, state: ImportState) -> FileT:
    file = locked(kind, file)
    if file.state is not state:
        raise not_now()
    return file
