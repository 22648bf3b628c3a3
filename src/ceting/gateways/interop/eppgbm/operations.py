"""Verbs of an import: take a file, say which posyandu its names mean, start, go on, withdraw, take it back."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock, jobs
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.foundation.core.models import Job, JobState
from ceting.gateways.interop.eppgbm import columns, mapping
from ceting.gateways.interop.eppgbm.models import (
    ImportFile,
    ImportOutcome,
    ImportPlace,
    ImportProblem,
    ImportRow,
    ImportRun,
    ImportState,
    ImportUndoing,
    ImportWithdrawal,
    Undone,
    UndoneRow,
    private_storage,
)
from ceting.gateways.interop.eppgbm.naming import Proposal
from ceting.gateways.interop.eppgbm.reading import open_table
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas

FOLDER = "eppgbm"
CHECK = "ceting.gateways.interop.eppgbm.work.check"
IMPORT = "ceting.gateways.interop.eppgbm.work.take_in"
UNDO = "ceting.gateways.interop.eppgbm.work.take_back"
CHECK_POINTS = 100
"""A check counts in hundredths: reading is the first half, judging the second."""
SILENT = timedelta(minutes=3)
"""A job that hasn't moved for so long has lost its worker."""


def receive(
    upload: "UploadedFile[bytes]", *, puskesmas: Puskesmas, posyandu: Posyandu | None, by: User
) -> ImportFile:
    """Keep an upload and queue its check. Raises RefusedError when it can't be such a file; then nothing is kept."""
    name = private_storage().save(f"{FOLDER}/{uuid4().hex}", File(upload))
    path = Path(private_storage().path(name))
    try:
        # The header is looked at now, so that a wrong file is told at once; the rows are the job's.
        open_table(path, lambda header: mapping.columns_of(header, puskesmas)).close()
        with transaction.atomic():
            return _keep(upload, name, path, puskesmas=puskesmas, posyandu=posyandu, by=by)
    except BaseException:
        private_storage().delete(name)
        raise


def _keep(
    upload: "UploadedFile[bytes]",
    name: str,
    path: Path,
    *,
    puskesmas: Puskesmas,
    posyandu: Posyandu | None,
    by: User,
) -> ImportFile:
    with path.open("rb") as stored:
        digest = hashlib.file_digest(stored, "sha256").hexdigest()
    file = ImportFile.objects.create(
        puskesmas=puskesmas,
        posyandu=posyandu,
        uploaded_by=by,
        name=(upload.name or "")[-200:],
        stored_as=name,
        size=path.stat().st_size,
        digest=digest,
    )
    _queue_check(file, by=by)
    audit.record("import.receive", "import", [file.pk], by=by, puskesmas_id=puskesmas.pk)
    return file


def _queue_check(file: ImportFile, *, by: User) -> Job:
    job = jobs.start(
        "eppgbm.check", CHECK, file.pk, by_id=by.pk, puskesmas_id=file.puskesmas_id, total=CHECK_POINTS
    )
    ImportFile.objects.filter(pk=file.pk).update(check_job=job, moved_at=clock.now())
    file.check_job = job
    return job


@transaction.atomic
def settle_places(file: ImportFile, choices: Mapping[str, Proposal], *, by: User) -> ImportFile:
    """Say which posyandu the names of the file mean (key of the place -> choice), and check its rows again."""
    file = _in_state(file, ImportState.READY)
    changed = []
    for place in file.places.all():
        choice = choices.get(place.key)
        if choice is not None:
            place.posyandu, place.village = choice.posyandu, choice.village
            place.skipped = choice.skipped
            changed.append(place)
    ImportPlace.objects.bulk_update(changed, ["posyandu", "village", "skipped"], batch_size=100)
    _queue_check(file, by=by)
    audit.record("import.settle", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def settle_columns(file: ImportFile, meant: Mapping[str, int], *, by: User) -> ImportFile:
    """Say what the columns hold, for this file and every later one with this header, and check its rows again.

    Raises RefusedError when a column that every row needs is missing.
    """
    file = _in_state(file, ImportState.READY)
    mapping.remember(file.header, meant, puskesmas=file.puskesmas, by=by)
    ImportFile.objects.filter(pk=file.pk).update(columns=dict(meant))
    file.columns = dict(meant)
    # Another column may name the posyandu: the places are read again with the rows.
    file.places.all().delete()
    _queue_check(file, by=by)
    audit.record("import.settle-columns", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def settle_sheet(file: ImportFile, *, year: int | None, day: int | None, by: User) -> ImportFile:
    """Say of which year a monthly sheet is, and on which day of the month was weighed; then check its rows again."""
    file = _in_state(file, ImportState.READY)
    file.sheet = {**file.sheet, "year": year, "day": day}
    ImportFile.objects.filter(pk=file.pk).update(sheet=file.sheet)
    _queue_check(file, by=by)
    audit.record("import.settle-sheet", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def start(file: ImportFile, *, by: User) -> ImportRun:
    """ "Mulai impor". Raises RefusedError while a posyandu of the file isn't settled."""
    file = _in_state(file, ImportState.READY)
    if missing := columns.missing(file.columns):
        words = ", ".join(f"“{label}”" for label in missing)
        raise RefusedError(
            Problem(f"Tunjukkan dulu kolom untuk {words}, lalu mulai impor.", "columns", "columns")
        )
    if file.asks_year:
        raise RefusedError(Problem("Pilih dulu tahun lembar ini, lalu mulai impor.", "year", "year"))
    unsettled = [place for place in file.places.all() if not place.is_settled]
    if unsettled:
        names = ", ".join(f"“{place.name or 'tanpa posyandu'}”" for place in unsettled[:5])
        raise RefusedError(
            Problem(f"Pilih dulu posyandu untuk {names}, lalu mulai impor.", "unsettled", "places")
        )
    _refuse_while_another_works(file)
    job = _queue_import(file, done=0, by=by)
    run = ImportRun.objects.create(file=file, started_by=by, job=job)
    audit.record("import.start", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return run


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


@transaction.atomic
def go_on(file: ImportFile, *, by: User) -> Job:
    """Queue again what lost its worker: it goes on where it stood. Harmless while the first worker still lives."""
    file = _locked(file)
    if not is_stuck(file):
        raise _not_now()
    if file.state is ImportState.CHECKING or not hasattr(file, "run"):
        job = _queue_check(file, by=by)
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


def is_stuck(file: ImportFile) -> bool:
    """Whether its job failed, or hasn't moved for SILENT."""
    running = file.state in (ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING)
    return file.state is ImportState.STOPPED or (running and clock.now() - file.moved_at > SILENT)


def moved(file: ImportFile) -> None:
    """Its job has got somewhere; called in the transaction that did."""
    ImportFile.objects.filter(pk=file.pk).update(moved_at=clock.now())


@transaction.atomic
def withdraw(file: ImportFile, *, by: User) -> ImportWithdrawal:
    """ "Batalkan": before it is imported; the kept rows go, for nobody needs them any more."""
    file = _locked(file)
    if file.state not in (ImportState.READY, ImportState.REFUSED, ImportState.STOPPED) or hasattr(
        file, "run"
    ):
        raise _not_now()
    ImportProblem.objects.filter(file=file).delete()
    ImportRow.objects.filter(file=file).only("id").delete()
    forget_upload(file)
    withdrawal = ImportWithdrawal.objects.create(file=file, by=by)
    audit.record("import.withdraw", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return withdrawal


@transaction.atomic
def undo(file: ImportFile, *, reason: str, by: User) -> ImportUndoing:
    """ "Tarik kembali": queue the taking back of everything that the import wrote and nobody builds on.

    Once more for an import of which rows had to stay: they are tried again. Raises RefusedError.
    """
    file = _locked(file)
    again = hasattr(file, "undoing")
    over = (ImportState.DONE, ImportState.STOPPED, ImportState.UNDONE)
    if not hasattr(file, "run") or file.state not in over:
        raise _not_now()
    if (
        file.state is ImportState.UNDONE
        and not UndoneRow.objects.filter(file=file, result=Undone.STAYS).exists()
    ):
        raise _not_now()
    if not reason.strip():
        raise RefusedError(
            Problem("Tulis mengapa impor ini ditarik, supaya yang lain mengerti.", "reason", "reason")
        )
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
        raise RefusedError(
            Problem(
                f"Impor “{other.name}” masih berjalan. Tunggu sampai selesai, lalu coba lagi; bila tidak "
                "bergerak, buka impor itu dan tekan “Lanjutkan”.",
                "another_works",
            )
        )


def forget_upload(file: ImportFile) -> None:
    """Once every row is kept encrypted, the upload itself, which isn't, goes when the transaction is through."""
    name = file.stored_as.name
    ImportFile.objects.filter(pk=file.pk).update(stored_as="")
    file.stored_as = ""
    if name:
        transaction.on_commit(lambda: private_storage().delete(name))


def counts(file: ImportFile) -> dict[str, int]:
    """Outcome -> rows, with `new_children` beside them."""
    found: dict[str, int] = {"new_children": 0}
    rows = ImportOutcome.objects.filter(file=file).order_by()
    for outcome, new_child, number in rows.values_list("outcome", "new_child").annotate(Count("row")):
        found[outcome] = found.get(outcome, 0) + number
        found["new_children"] += number if new_child else 0
    return found


def _locked(file: ImportFile) -> ImportFile:
    ImportFile.objects.select_for_update().get(pk=file.pk)
    return ImportFile.objects.with_state().get(pk=file.pk)


def _in_state(file: ImportFile, state: ImportState) -> ImportFile:
    file = _locked(file)
    if file.state is not state:
        raise _not_now()
    return file


def _not_now() -> RefusedError:
    return RefusedError(
        Problem(
            "Impor ini sudah berubah sejak halaman dibuka. Muat ulang halaman, lalu coba lagi.", "not_now"
        )
    )
