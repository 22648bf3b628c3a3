"""Children and their weighings through the e-PPGBM pipeline, in this process instead of the worker's."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django_q.models import OrmQ

from ceting.config.imports import people
from ceting.config.imports.sheets import BadFileError, LineProblem
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.models import Job
from ceting.gateways.interop.eppgbm import columns, operations, work
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.gateways.interop.eppgbm.presenters import forecast, result
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas

PERMISSION = "imports.run"


def take(path: Path, *, by: User, puskesmas: str, posyandu: str, dry_run: bool) -> list[str]:
    """Lines to print: figures, then every row that isn't taken, by line. Raises BadFileError.

    `dry_run` leaves nothing but the trail of who looked.
    """
    home, fallback = _place(by, puskesmas, posyandu)
    if not path.is_file():
        raise BadFileError(LineProblem(0, f"Berkas {path} tidak ada."))
    try:
        file = _checked(path, home, fallback, by)
        if file.refusal:
            raise BadFileError(LineProblem(0, file.refusal))
        told = [f"{figure.label}: {figure.number}" for figure in forecast(file.totals)]
        told += _problems(file) or ["Semua baris bisa diambil."]
        open_question = _question(file)
        if dry_run or open_question:
            operations.withdraw(file, by=by)
            if open_question and not dry_run:
                raise BadFileError(LineProblem(0, open_question))
            return [*told, *([open_question] if open_question else [])]
        return [*_taken_in(file, by), *_problems(file)]
    except RefusedError as refusal:
        raise BadFileError.of(refusal.problems) from refusal


def _place(by: User, puskesmas: str, posyandu: str) -> tuple[Puskesmas, Posyandu | None]:
    mine = {
        each.puskesmas.pk: each.puskesmas
        for each in by.assignments
        if each.puskesmas is not None and each.allows(PERMISSION)
    }
    home = people.named(puskesmas, list(mine.values()))
    if isinstance(home, str):
        raise BadFileError(LineProblem(0, home.replace("Isi kolom puskesmas", "Isi --puskesmas")))
    return home, people.posyandu_named(posyandu, home) if posyandu else None


def _checked(path: Path, home: Puskesmas, fallback: Posyandu | None, by: User) -> ImportFile:
    with transaction.atomic():
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        file = operations.receive(upload, puskesmas=home, posyandu=fallback, by=by)
        _keep_from_the_worker(file.check_job)
    work.check(str(file.check_job_id), str(file.pk))
    return ImportFile.objects.with_state().get(pk=file.pk)


def _taken_in(file: ImportFile, by: User) -> list[str]:
    with transaction.atomic():
        run = operations.start(file, by=by)
        _keep_from_the_worker(run.job)
    work.take_in(str(run.job_id), str(file.pk))
    return [f"{figure.label}: {figure.number}" for figure in result(operations.counts(file))]


def _keep_from_the_worker(job: Job | None) -> None:
    """The job is done here and now: before it is committed, it is taken out of the queue again."""
    for queued in OrmQ.objects.all():
        if job is not None and str(job.pk) in queued.task["args"]:
            queued.delete()


def _question(file: ImportFile) -> str:
    """What only a person can answer, on the page."""
    if (
        columns.missing(file.columns)
        or file.asks_year
        or any(not each.is_settled for each in file.places.all())
    ):
        return (
            "Berkas ini perlu jawaban (posyandu, kolom, atau tahun) yang hanya bisa diberikan di layar: "
            "unggah lewat menu Impor."
        )
    return ""


def _problems(file: ImportFile) -> list[str]:
    rows = file.problems.filter(refused=True).order_by("line")
    return [f"Baris {line}: {sentence}" for line, sentence in rows.values_list("line", "sentence")]
