"""A file through the pipeline of its import, in this process instead of the worker's."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django_q.models import OrmQ

from ceting.config.imports import people
from ceting.config.imports.sheets import BadFileError, LineProblem
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.models import Job
from ceting.gateways.interop import forecasting, running, settling
from ceting.gateways.interop.kinds import ImportKind
from ceting.gateways.interop.screens import ImportScreens
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas


@dataclass(frozen=True)
class Pipeline:
    """An import: its jobs, and its screens with what it is and its figures before and after."""

    work: Any
    screens: ImportScreens[Any]

    @property
    def kind(self) -> ImportKind[Any]:
        return self.screens.kind

    def question(self, file: Any) -> str:
        """What only a person can answer, on the page; "" when there is nothing."""
        unsettled = any(not each.is_settled for each in file.places.all())
        if not forecasting.is_open(self.kind, file) and not unsettled:
            return ""
        return (
            "Berkas ini perlu jawaban (posyandu, kolom, atau tahun) yang hanya bisa diberikan di layar: "
            f"unggah lewat menu {self.screens.words.title}."
        )


def take(
    pipeline: Pipeline, path: Path, *, by: User, puskesmas: str, posyandu: str, dry_run: bool
) -> list[str]:
    """Lines to print: figures, then every row that isn't taken, by line. Raises BadFileError.

    `dry_run` leaves nothing but the trail of who looked.
    """
    home, fallback = _place(pipeline, by, puskesmas, posyandu)
    if not path.is_file():
        raise BadFileError(LineProblem(0, f"Berkas {path} tidak ada."))
    try:
        file = _checked(pipeline, path, home, fallback, by)
        if file.refusal:
            raise BadFileError(LineProblem(0, file.refusal))
        told = [f"{figure.label}: {figure.number}" for figure in pipeline.screens.forecast(file.totals)]
        told += _problems(file) or ["Semua baris bisa diambil."]
        open_question = pipeline.question(file)
        if dry_run or open_question:
            settling.withdraw(pipeline.kind, file, by=by)
            if open_question and not dry_run:
                raise BadFileError(LineProblem(0, open_question))
            return [*told, *([open_question] if open_question else [])]
        return [*_taken_in(pipeline, file, by), *_problems(file)]
    except RefusedError as refusal:
        raise BadFileError.of(refusal.problems) from refusal


def _place(pipeline: Pipeline, by: User, puskesmas: str, posyandu: str) -> tuple[Puskesmas, Posyandu | None]:
    mine = {
        each.puskesmas.pk: each.puskesmas
        for each in by.assignments
        if each.puskesmas is not None and all(map(each.allows, pipeline.kind.may))
    }
    home = people.named(puskesmas, list(mine.values()))
    if isinstance(home, str):
        raise BadFileError(LineProblem(0, home.replace("Isi kolom puskesmas", "Isi --puskesmas")))
    return home, people.posyandu_named(posyandu, home) if posyandu else None


def _checked(pipeline: Pipeline, path: Path, home: Puskesmas, fallback: Posyandu | None, by: User) -> Any:
    with transaction.atomic():
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        file = settling.receive(pipeline.kind, upload, puskesmas=home, posyandu=fallback, by=by)
        _keep_from_the_worker(file.check_job)
    pipeline.work.check(str(file.check_job_id), str(file.pk))
    return pipeline.kind.files.objects.with_state().get(pk=file.pk)


def _taken_in(pipeline: Pipeline, file: Any, by: User) -> list[str]:
    with transaction.atomic():
        run = running.start(pipeline.kind, file, by=by)
        _keep_from_the_worker(run.job)
    pipeline.work.take_in(str(run.job_id), str(file.pk))
    figures = pipeline.screens.result(settling.counts(pipeline.kind, file))
    return [f"{figure.label}: {figure.number}" for figure in figures]


def _keep_from_the_worker(job: Job | None) -> None:
    """The job is done here and now: before it is committed, it is taken out of the queue again."""
    for queued in OrmQ.objects.all():
        if job is not None and str(job.pk) in queued.task["args"]:
            queued.delete()


def _problems(file: Any) -> list[str]:
    rows = file.problems.filter(refused=True).order_by("line")
    return [f"Baris {line}: {sentence}" for line, sentence in rows.values_list("line", "sentence")]
