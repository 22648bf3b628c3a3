"""Verbs of a file that isn't taken in yet: keep it, say what its names and columns mean, withdraw it."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count

from ceting.gateways.interop import memory
from ceting.gateways.interop.kinds import FileT, ImportKind
from ceting.gateways.interop.naming import Proposal
from ceting.gateways.interop.reading import Table
from ceting.gateways.interop.running import in_state, locked, note, queue_check
from ceting.gateways.interop.states import ImportState, not_now
from ceting.gateways.interop.uploads import digest_of, private_storage
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas

WITHDRAWABLE = (ImportState.READY, ImportState.REFUSED, ImportState.STOPPED)


def receive(
    kind: ImportKind[FileT],
    upload: "UploadedFile[bytes]",
    *,
    puskesmas: Puskesmas,
    posyandu: Posyandu | None,
    by: User,
) -> FileT:
    """Keep an upload and queue its check. Raises RefusedError when it can't be such a file; then nothing is kept.

    `posyandu`: of rows that name none.
    """
    name = private_storage().save(f"{kind.name}/{uuid4().hex}", File(upload))
    path = Path(private_storage().path(name))
    try:
        # The header is looked at now, so that a wrong file is told at once; the rows are the job's.
        with closing(opened(kind, path, puskesmas)):
            pass
        with transaction.atomic():
            return _keep(kind, upload, path, stored_as=name, puskesmas=puskesmas, posyandu=posyandu, by=by)
    except BaseException:
        private_storage().delete(name)
        raise


def _keep(
    kind: ImportKind[FileT], upload: "UploadedFile[bytes]", path: Path, *, by: User, **more: Any
) -> FileT:
    file: FileT = kind.files.objects.create(
        uploaded_by=by,
        name=(upload.name or "")[-200:],
        size=path.stat().st_size,
        digest=digest_of(path),
        **more,
    )
    queue_check(kind, file, by=by)
    note(kind, file, "import.receive", by=by)
    return file


def opened(kind: ImportKind[FileT], path: Path, puskesmas: Puskesmas) -> Table[Any]:
    """Its header as this puskesmas understands it, and its lines. Close it. Raises RefusedError."""
    return kind.open_table(path, lambda header: memory.columns_of(kind, header, puskesmas))


@transaction.atomic
def settle_places(
    kind: ImportKind[FileT], file: FileT, choices: Mapping[str, Proposal], *, by: User
) -> FileT:
    """Say which posyandu the names of the file mean (key of the place -> choice), and check its rows again."""
    file = in_state(kind, file, ImportState.READY)
    changed = [place for place in file.places.all() if place.key in choices]
    put(kind, changed, [choices[place.key] for place in changed])
    kind.model("places").objects.bulk_update(changed, _fields(kind), batch_size=100)
    queue_check(kind, file, by=by)
    note(kind, file, "import.settle", by=by)
    return file


def put(kind: ImportKind[FileT], places: list[Any], choices: list[Proposal]) -> None:
    """What each place means from now on; not saved."""
    for place, choice in zip(places, choices, strict=True):
        for name in _fields(kind):
            setattr(place, name, getattr(choice, name))


def _fields(kind: ImportKind[FileT]) -> list[str]:
    return ["posyandu", "skipped", *(["village"] if kind.opens_posyandu else [])]


@transaction.atomic
def settle_columns(kind: ImportKind[FileT], file: FileT, meant: Mapping[str, int], *, by: User) -> FileT:
    """Say what the columns hold, for this file and every later one with this header, and check its rows again.

    Raises RefusedError when a column that every row needs is missing.
    """
    file = in_state(kind, file, ImportState.READY)
    memory.remember(kind, file.header, meant, puskesmas=file.puskesmas, by=by)
    kind.files.objects.filter(pk=file.pk).update(columns=dict(meant))
    file.columns = dict(meant)
    # Another column may name the posyandu: the places are read again with the rows.
    file.places.all().delete()
    queue_check(kind, file, by=by)
    note(kind, file, "import.settle-columns", by=by)
    return file


@transaction.atomic
def withdraw(kind: ImportKind[FileT], file: FileT, *, by: User) -> Any:
    """ "Batalkan": before it is imported; the kept rows go, for nobody needs them any more. Raises RefusedError."""
    file = locked(kind, file)
    if file.state not in WITHDRAWABLE or hasattr(file, "run"):
        raise not_now()
    forget_rows(kind, file)
    forget_upload(kind, file)
    withdrawal = kind.model("withdrawal").objects.create(file=file, by=by)
    note(kind, file, "import.withdraw", by=by)
    return withdrawal


def forget_rows(kind: ImportKind[FileT], file: FileT) -> None:
    """Before anything of them is taken in."""
    kind.forget(file)
    file.problems.all().delete()
    file.rows.only("id").delete()


def forget_upload(kind: ImportKind[FileT], file: FileT) -> None:
    """Once every row is kept encrypted, the upload itself, which isn't, goes when the transaction is through."""
    name = file.stored_as.name
    kind.files.objects.filter(pk=file.pk).update(stored_as="")
    file.stored_as = ""
    if name:
        transaction.on_commit(lambda: private_storage().delete(name))


def counts(kind: ImportKind[FileT], file: FileT) -> dict[str, int]:
    """What became of rows -> their number, with `new_<people>` beside them."""
    new, total = f"new_{kind.person}", f"new_{kind.people}"
    found: dict[str, int] = {total: 0}
    rows = file.outcomes.order_by().values_list(kind.verdict, new)
    for verdict, is_new, number in rows.annotate(Count("row")):
        found[verdict] = found.get(verdict, 0) + number
        found[total] += number if is_new else 0
    return found
