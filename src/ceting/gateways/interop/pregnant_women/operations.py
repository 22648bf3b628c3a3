"""Verbs of an import of pregnant women: take a file, say what its names, columns and doubtful rows mean, withdraw it.

What sets its jobs going stands in `running`; whoever drives an import finds it behind this door.
"""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count

from ceting.foundation.audit import operations as audit
from ceting.gateways.interop import memory
from ceting.gateways.interop.naming import Proposal
from ceting.gateways.interop.pregnant_women.columns import VOCABULARY
from ceting.gateways.interop.pregnant_women.models import (
    ImportState,
    WomenColumns,
    WomenDecision,
    WomenFile,
    WomenOutcome,
    WomenPlace,
    WomenProblem,
    WomenRow,
    WomenWithdrawal,
)
from ceting.gateways.interop.pregnant_women.running import SUBJECT, in_state, locked, queue_check
from ceting.gateways.interop.pregnant_women.running import go_on as go_on
from ceting.gateways.interop.pregnant_women.running import start as start
from ceting.gateways.interop.pregnant_women.running import undo as undo
from ceting.gateways.interop.reading import Table, open_table
from ceting.gateways.interop.reading.table import Folded
from ceting.gateways.interop.states import is_stuck as is_stuck
from ceting.gateways.interop.states import not_now
from ceting.gateways.interop.uploads import digest_of, private_storage
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver
from ceting.registry.places.models import Posyandu, Puskesmas

FOLDER = "pregnant_women"
MAX_ROWS = 20_000
"""A puskesmas has some two thousand pregnant women a year."""


def receive(
    upload: "UploadedFile[bytes]", *, puskesmas: Puskesmas, posyandu: Posyandu | None, by: User
) -> WomenFile:
    """Keep an upload and queue its check. Raises RefusedError when it can't be such a file; then nothing is kept."""
    name = private_storage().save(f"{FOLDER}/{uuid4().hex}", File(upload))
    path = Path(private_storage().path(name))
    try:
        # The header is looked at now, so that a wrong file is told at once; the rows are the job's.
        with closing(opened(path, puskesmas)):
            pass
        with transaction.atomic():
            file = WomenFile.objects.create(
                puskesmas=puskesmas,
                posyandu=posyandu,
                uploaded_by=by,
                name=(upload.name or "")[-200:],
                stored_as=name,
                size=path.stat().st_size,
                digest=digest_of(path),
            )
            queue_check(file, by=by)
            audit.record("import.receive", SUBJECT, [file.pk], by=by, puskesmas_id=puskesmas.pk)
            return file
    except BaseException:
        private_storage().delete(name)
        raise


def opened(path: Path, puskesmas: Puskesmas) -> Table[Folded]:
    """Close it. Raises RefusedError for what is no such list, and `lines` for more than MAX_ROWS."""
    return open_table(path, VOCABULARY, lambda header: columns_of(header, puskesmas), most=MAX_ROWS)


def columns_of(header: list[str], puskesmas: Puskesmas) -> dict[str, int]:
    return memory.columns_of(WomenColumns, VOCABULARY, header, puskesmas)


@transaction.atomic
def settle_places(file: WomenFile, choices: Mapping[str, Proposal], *, by: User) -> WomenFile:
    """Say which posyandu the names of the file mean (key of the place -> choice), and check its rows again."""
    file = in_state(file, ImportState.READY)
    changed = []
    for place in file.places.all():
        choice = choices.get(place.key)
        if choice is not None:
            place.posyandu, place.skipped = choice.posyandu, choice.skipped
            changed.append(place)
    WomenPlace.objects.bulk_update(changed, ["posyandu", "skipped"], batch_size=100)
    queue_check(file, by=by)
    audit.record("import.settle", SUBJECT, [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def settle_columns(file: WomenFile, meant: Mapping[str, int], *, by: User) -> WomenFile:
    """Say what the columns hold, for this file and every later one with this header, and check its rows again.

    Raises RefusedError when a column that every row needs is missing.
    """
    file = in_state(file, ImportState.READY)
    memory.remember(WomenColumns, VOCABULARY, file.header, meant, puskesmas=file.puskesmas, by=by)
    WomenFile.objects.filter(pk=file.pk).update(columns=dict(meant))
    file.columns = dict(meant)
    # Another column may name the posyandu: the places are read again with the rows.
    file.places.all().delete()
    queue_check(file, by=by)
    audit.record("import.settle-columns", SUBJECT, [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def decide(file: WomenFile, answers: Mapping[UUID, Caregiver | None], *, by: User) -> WomenFile:
    """Say who stands in rows that wait (key of the row -> the registered woman, None: another), and check again.

    Only women who were shown for the row can be named. A row that isn't answered stays out.
    """
    file = in_state(file, ImportState.READY)
    asked = list(file.problems.filter(asks=True, row__in=answers))
    made: list[WomenDecision] = []
    for problem in asked:
        woman = answers[problem.row_id]
        if woman is None or str(woman.pk) in problem.candidates:
            made.append(WomenDecision(row_id=problem.row_id, woman=woman, against=problem.candidates, by=by))
    WomenDecision.objects.filter(row__in=[each.row_id for each in made]).delete()
    WomenDecision.objects.bulk_create(made, batch_size=500)
    queue_check(file, by=by)
    audit.record(
        "import.decide",
        SUBJECT,
        [file.pk],
        by=by,
        puskesmas_id=file.puskesmas_id,
        detail={"rows": len(made)},
    )
    return file


@transaction.atomic
def ask_again(file: WomenFile, *, by: User) -> WomenFile:
    """Forget what was answered about its rows, and ask anew."""
    file = in_state(file, ImportState.READY)
    WomenDecision.objects.filter(row__file=file).delete()
    queue_check(file, by=by)
    audit.record("import.ask-again", SUBJECT, [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def withdraw(file: WomenFile, *, by: User) -> WomenWithdrawal:
    """ "Batalkan": before it is imported; the kept rows go, for nobody needs them any more."""
    file = locked(file)
    if file.state not in (ImportState.READY, ImportState.REFUSED, ImportState.STOPPED) or hasattr(
        file, "run"
    ):
        raise not_now()
    forget_rows(file)
    forget_upload(file)
    withdrawal = WomenWithdrawal.objects.create(file=file, by=by)
    audit.record("import.withdraw", SUBJECT, [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return withdrawal


def forget_rows(file: WomenFile) -> None:
    """Before anything of them is taken in."""
    WomenProblem.objects.filter(file=file).delete()
    WomenDecision.objects.filter(row__file=file).delete()
    WomenRow.objects.filter(file=file).only("id").delete()


def forget_upload(file: WomenFile) -> None:
    """Once every row is kept encrypted, the upload itself, which isn't, goes when the transaction is through."""
    name = file.stored_as.name
    WomenFile.objects.filter(pk=file.pk).update(stored_as="")
    file.stored_as = ""
    if name:
        transaction.on_commit(lambda: private_storage().delete(name))


def counts(file: WomenFile) -> dict[str, int]:
    """Verdict -> rows, with `new_women` beside them."""
    found: dict[str, int] = {"new_women": 0}
    rows = WomenOutcome.objects.filter(file=file).order_by()
    for verdict, new_woman, number in rows.values_list("verdict", "new_woman").annotate(Count("row")):
        found[verdict] = found.get(verdict, 0) + number
        found["new_women"] += number if new_woman else 0
    return found
