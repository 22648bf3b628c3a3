"""Doing an import as Dewi does it, in one line, for the tests that look at what comes of it."""

from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from ceting.gateways.interop.eppgbm import operations, work
from ceting.gateways.interop.eppgbm.models import ImportFile, Undone, UndoneRow
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu
from tests.cast import Cast


def receive(
    cast: Cast,
    content: bytes,
    *,
    by: User | None = None,
    posyandu: Posyandu | None = None,
    name: str = "daftar-balita.xls",
) -> ImportFile:
    """Upload, without any job having run."""
    dewi = by or cast.petugas_gizi_dewi
    upload = SimpleUploadedFile(name, content)
    return operations.receive(upload, puskesmas=dewi.puskesmas, posyandu=posyandu, by=dewi)


def check(file: ImportFile) -> ImportFile:
    """Run the check as `ceting work` does; the file as it stands then."""
    work.check(str(file.check_job_id), str(file.pk))
    return again(file)


def preview(cast: Cast, rows: Iterable[Mapping[str, str]], **more: object) -> ImportFile:
    return check(receive(cast, exports.as_html(rows), **more))  # type: ignore[arg-type]


def run(cast: Cast, file: ImportFile, *, by: User | None = None) -> ImportFile:
    """ "Mulai impor", and the job."""
    started = operations.start(file, by=by or cast.petugas_gizi_dewi)
    work.take_in(str(started.job_id), str(file.pk))
    return again(file)


def undo(cast: Cast, file: ImportFile, *, by: User | None = None, reason: str = "Berkas salah") -> ImportFile:
    """ "Tarik kembali", and the job."""
    undoing = operations.undo(again(file), reason=reason, by=by or cast.petugas_gizi_dewi)
    work.take_back(str(undoing.job_id), str(file.pk))
    return again(file)


def stays(file: ImportFile) -> dict[int, str]:
    """Line -> why something of it stays."""
    rows = UndoneRow.objects.filter(file=file, result=Undone.STAYS).select_related("row")
    return {row.row.line: row.sentence for row in rows}


def take_in(cast: Cast, rows: Iterable[Mapping[str, str]], **more: object) -> ImportFile:
    """Everything at once."""
    return run(cast, preview(cast, rows, **more))


def again(file: ImportFile) -> ImportFile:
    return ImportFile.objects.with_state().get(pk=file.pk)


def told(file: ImportFile) -> dict[int, str]:
    """Line -> why it isn't taken."""
    return {problem.line: problem.sentence for problem in file.problems.filter(refused=True)}


def remarks(file: ImportFile) -> dict[int, str]:
    """Line -> what was left out of a row that is taken."""
    return {problem.line: problem.sentence for problem in file.problems.filter(refused=False)}


FIRST_LINE = 3
"""Of the data: e-PPGBM's title stands in line 1, the header in line 2."""
