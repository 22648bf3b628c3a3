"""Where an import of a file stands; derived from its rows, never stored."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import models

from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError, refused
from ceting.foundation.core.models import Job

SILENT = timedelta(minutes=3)
"""A job that hasn't moved for so long has lost its worker."""


class ImportState(models.TextChoices):
    CHECKING = "checking", "Sedang diperiksa"
    REFUSED = "refused", "Tidak bisa dibaca"
    READY = "ready", "Siap diimpor"
    RUNNING = "running", "Sedang diimpor"
    STOPPED = "stopped", "Terhenti"
    DONE = "done", "Selesai"
    WITHDRAWN = "withdrawn", "Dibatalkan"
    UNDOING = "undoing", "Sedang ditarik kembali"
    UNDONE = "undone", "Ditarik kembali"


class Undone(models.TextChoices):
    """What became of a row that was taken back."""

    TAKEN_BACK = "taken_back", "Ditarik"
    STAYS = "stays", "Tetap"
    NOTHING = "nothing", "Tidak menulis apa pun"


WORKING = (ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING)
TONES: Mapping[ImportState, str] = {
    ImportState.CHECKING: "info",
    ImportState.REFUSED: "danger",
    ImportState.READY: "attention",
    ImportState.RUNNING: "info",
    ImportState.STOPPED: "danger",
    ImportState.DONE: "good",
    ImportState.WITHDRAWN: "neutral",
    ImportState.UNDOING: "info",
    ImportState.UNDONE: "neutral",
}


def state_of(file: Any) -> ImportState:
    """By its `withdrawal`, `refusal`, `undoing`, `run` and `check_job`."""
    if _has(file, "withdrawal"):
        return ImportState.WITHDRAWN
    if file.refusal:
        return ImportState.REFUSED
    if _has(file, "undoing"):
        return _of_job(file.undoing.job, running=ImportState.UNDOING, done=ImportState.UNDONE)
    if _has(file, "run"):
        return _of_job(file.run.job, running=ImportState.RUNNING, done=ImportState.DONE)
    if file.check_job is None:
        return ImportState.CHECKING
    return _of_job(file.check_job, running=ImportState.CHECKING, done=ImportState.READY)


def is_stuck(file: Any) -> bool:
    """Whether its job failed, or hasn't moved for SILENT."""
    state = state_of(file)
    return state is ImportState.STOPPED or (state in WORKING and clock.now() - file.moved_at > SILENT)


def not_now() -> RefusedError:
    return refused(
        "Impor ini sudah berubah sejak halaman dibuka. Muat ulang halaman, lalu coba lagi.", "not_now"
    )


def _has(row: models.Model, name: str) -> bool:
    return getattr(row, name, None) is not None


def _of_job(job: Job, *, running: ImportState, done: ImportState) -> ImportState:
    if not job.is_over:
        return running
    return ImportState.STOPPED if job.failure else done
