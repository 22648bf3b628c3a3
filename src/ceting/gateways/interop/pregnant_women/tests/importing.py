"""Doing an import as bidan Rina does it, in one line, for the tests that look at what comes of it."""

from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from ceting.care.pregnancies.models import Pregnancy
from ceting.gateways.interop.pregnant_women import operations, work
from ceting.gateways.interop.pregnant_women.models import Undone, UndoneWoman, WomenFile
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver
from ceting.registry.places.models import Posyandu
from tests.cast import Cast


def receive(
    cast: Cast,
    content: bytes,
    *,
    by: User | None = None,
    posyandu: Posyandu | None = None,
    name: str = "register-ibu-hamil.csv",
) -> WomenFile:
    """Upload, without any job having run."""
    rina = by or cast.bidan_rina
    upload = SimpleUploadedFile(name, content)
    return operations.receive(upload, puskesmas=rina.puskesmas, posyandu=posyandu, by=rina)


def check(file: WomenFile) -> WomenFile:
    """Run the check as `ceting work` does; the file as it stands then."""
    work.check(str(file.check_job_id), str(file.pk))
    return again(file)


def preview(cast: Cast, rows: Iterable[Mapping[str, str]], **more: object) -> WomenFile:
    return check(receive(cast, lists.as_csv(rows), **more))  # type: ignore[arg-type]


def run(cast: Cast, file: WomenFile, *, by: User | None = None) -> WomenFile:
    """ "Mulai impor", and the job."""
    started = operations.start(file, by=by or cast.bidan_rina)
    work.take_in(str(started.job_id), str(file.pk))
    return again(file)


def take_in(cast: Cast, rows: Iterable[Mapping[str, str]], **more: object) -> WomenFile:
    """Everything at once."""
    return run(cast, preview(cast, rows, **more))


def undo(cast: Cast, file: WomenFile, *, by: User | None = None, reason: str = "Berkas salah") -> WomenFile:
    """ "Tarik kembali", and the job."""
    undoing = operations.undo(again(file), reason=reason, by=by or cast.bidan_rina)
    work.take_back(str(undoing.job_id), str(file.pk))
    return again(file)


def decide(cast: Cast, file: WomenFile, answers: Mapping[int, Caregiver | None]) -> WomenFile:
    """Line -> who she is; then the check runs again."""
    keys = {row.line: row.pk for row in file.rows.all()}
    operations.decide(file, {keys[line]: woman for line, woman in answers.items()}, by=cast.bidan_rina)
    return check(again(file))


def again(file: WomenFile) -> WomenFile:
    return WomenFile.objects.with_state().get(pk=file.pk)


def told(file: WomenFile) -> dict[int, str]:
    """Line -> why it isn't taken."""
    return {problem.line: problem.sentence for problem in file.problems.filter(refused=True)}


def remarks(file: WomenFile) -> dict[int, str]:
    """Line -> what was left out of a row that is taken."""
    return {problem.line: problem.sentence for problem in file.problems.filter(refused=False)}


def stays(file: WomenFile) -> dict[int, str]:
    """Line -> why something of it stays."""
    rows = UndoneWoman.objects.filter(file=file, result=Undone.STAYS).select_related("row")
    return {row.row.line: row.sentence for row in rows}


def standing() -> list[tuple[object, ...]]:
    """Every woman whom we know and her pregnancies that were meant, without keys and times."""
    pregnancies = Pregnancy.objects.meant().select_related("woman__household", "posyandu")
    rows = [
        (
            *(each.woman.name, each.woman.birth_date, each.woman.nik, each.woman.phone, each.posyandu.name),
            *(each.started_on, each.due_on, each.gravida, each.para, each.abortions, each.is_open),
            *(each.woman.household.rw, each.woman.household.rt, each.woman.household.address),
        )
        for each in pregnancies
    ]
    women = [(woman.name, woman.birth_date) for woman in Caregiver.objects.caring().filter(relation="mother")]
    return sorted([*rows, *women], key=str)
