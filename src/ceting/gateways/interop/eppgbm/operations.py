"""Verbs of an import: take a file, say what its names, columns and months mean, withdraw it.

What sets its jobs going stands in `running`; whoever drives an import finds it behind this door.
"""

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count

from ceting.foundation.audit import operations as audit
from ceting.gateways.interop.eppgbm import mapping
from ceting.gateways.interop.eppgbm.models import (
    ImportFile,
    ImportOutcome,
    ImportPlace,
    ImportProblem,
    ImportRow,
    ImportState,
    ImportWithdrawal,
    private_storage,
)
from ceting.gateways.interop.eppgbm.reading import open_table
from ceting.gateways.interop.eppgbm.running import go_on as go_on
from ceting.gateways.interop.eppgbm.running import in_state, locked, queue_check
from ceting.gateways.interop.eppgbm.running import start as start
from ceting.gateways.interop.eppgbm.running import undo as undo
from ceting.gateways.interop.naming import Proposal
from ceting.gateways.interop.states import is_stuck as is_stuck
from ceting.gateways.interop.states import not_now
from ceting.gateways.interop.uploads import digest_of
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas

FOLDER = "eppgbm"


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
    file = ImportFile.objects.create(
        puskesmas=puskesmas,
        posyandu=posyandu,
        uploaded_by=by,
        name=(upload.name or "")[-200:],
        stored_as=name,
        size=path.stat().st_size,
        digest=digest_of(path),
    )
    queue_check(file, by=by)
    audit.record("import.receive", "import", [file.pk], by=by, puskesmas_id=puskesmas.pk)
    return file


@transaction.atomic
def settle_places(file: ImportFile, choices: Mapping[str, Proposal], *, by: User) -> ImportFile:
    """Say which posyandu the names of the file mean (key of the place -> choice), and check its rows again."""
    file = in_state(file, ImportState.READY)
    changed = []
    for place in file.places.all():
        choice = choices.get(place.key)
        if choice is not None:
            place.posyandu, place.village = choice.posyandu, choice.village
            place.skipped = choice.skipped
            changed.append(place)
    ImportPlace.objects.bulk_update(changed, ["posyandu", "village", "skipped"], batch_size=100)
    queue_check(file, by=by)
    audit.record("import.settle", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def settle_columns(file: ImportFile, meant: Mapping[str, int], *, by: User) -> ImportFile:
    """Say what the columns hold, for this file and every later one with this header, and check its rows again.

    Raises RefusedError when a column that every row needs is missing.
    """
    file = in_state(file, ImportState.READY)
    mapping.remember(file.header, meant, puskesmas=file.puskesmas, by=by)
    ImportFile.objects.filter(pk=file.pk).update(columns=dict(meant))
    file.columns = dict(meant)
    # Another column may name the posyandu: the places are read again with the rows.
    file.places.all().delete()
    queue_check(file, by=by)
    audit.record("import.settle-columns", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def settle_sheet(file: ImportFile, *, year: int | None, day: int | None, by: User) -> ImportFile:
    """Say of which year a monthly sheet is, and on which day of the month was weighed; then check its rows again."""
    file = in_state(file, ImportState.READY)
    file.sheet = {**file.sheet, "year": year, "day": day}
    ImportFile.objects.filter(pk=file.pk).update(sheet=file.sheet)
    queue_check(file, by=by)
    audit.record("import.settle-sheet", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return file


@transaction.atomic
def withdraw(file: ImportFile, *, by: User) -> ImportWithdrawal:
    """ "Batalkan": before it is imported; the kept rows go, for nobody needs them any more."""
    file = locked(file)
    if file.state not in (ImportState.READY, ImportState.REFUSED, ImportState.STOPPED) or hasattr(
        file, "run"
    ):
        raise not_now()
    ImportProblem.objects.filter(file=file).delete()
    ImportRow.objects.filter(file=file).only("id").delete()
    forget_upload(file)
    withdrawal = ImportWithdrawal.objects.create(file=file, by=by)
    audit.record("import.withdraw", "import", [file.pk], by=by, puskesmas_id=file.puskesmas_id)
    return withdrawal


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
