"""The jobs of an import, run by `ceting work`: read and judge a file; take its good rows in; take them back.

All go on where a killed worker stopped. Reading counts the rows that are kept; taking in writes whole children, their
rows' outcomes and the progress in one transaction, and leaves alone what has an outcome.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from ceting.foundation.core import clock, jobs
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop.eppgbm import mapping, operations, running
from ceting.gateways.interop.eppgbm.chunks import Import
from ceting.gateways.interop.eppgbm.judging import judge, report
from ceting.gateways.interop.eppgbm.loading import release
from ceting.gateways.interop.eppgbm.models import (
    ImportFile,
    ImportPlace,
    ImportProblem,
    ImportRow,
    private_storage,
)
from ceting.gateways.interop.eppgbm.reading import Line, Table, open_table
from ceting.gateways.interop.eppgbm.rows import Cells, place_key
from ceting.gateways.interop.eppgbm.undoing import Undoing
from ceting.gateways.interop.naming import Ground
from ceting.gateways.interop.reading.sniffing import refuse

ROWS_AT_ONCE = 2000
READING_POINTS = 50
MAX_PLACES = 400
ItemT = TypeVar("ItemT")


def check(job_id: str, file_id: str) -> None:
    """Read the rows that aren't kept yet, propose posyandu for new names, and forecast what an import would do."""
    file = ImportFile.objects.with_state().get(pk=file_id)

    def work() -> None:
        try:
            if file.read_at is None:
                _read(file, UUID(job_id))
            elif not file.places.exists():
                _name_again(file)
        except RefusedError as refusal:
            _refuse(file, refusal)
        else:
            judge(file, UUID(job_id))

    try:
        jobs.run(UUID(job_id), work)
    finally:
        release()


def take_in(job_id: str, file_id: str) -> None:
    """Write the good rows of a file, chunk by chunk."""
    file = ImportFile.objects.with_state().get(pk=file_id)
    try:
        jobs.run(UUID(job_id), lambda: Import.of(file, UUID(job_id)).run())
    finally:
        release()


def take_back(job_id: str, file_id: str) -> None:
    """Take back what an import wrote and nobody builds on, chunk by chunk."""
    file = ImportFile.objects.with_state().get(pk=file_id)
    jobs.run(UUID(job_id), lambda: Undoing.of(file, UUID(job_id)).run())


def _read(file: ImportFile, job_id: UUID) -> None:
    path = Path(private_storage().path(str(file.stored_as)))
    with closing(open_table(path, lambda header: mapping.columns_of(header, file.puskesmas))) as table:
        _read_table(file, table, job_id)


def _read_table(file: ImportFile, table: Table, job_id: UUID) -> None:
    named: dict[str, ImportPlace] = {}
    kept = file.rows.count()
    for batch in _batches(table.lines, ROWS_AT_ONCE):
        for line in batch:
            _name(named, file, table.columns, line.cells)
        fresh = batch[kept:]
        kept = max(kept - len(batch), 0)
        if fresh:
            _keep(file, fresh, job_id)
    with transaction.atomic():
        _propose(file, named.values())
        ImportFile.objects.filter(pk=file.pk).update(
            header=table.header, columns=table.columns, sheet=_sheet(table), read_at=clock.now()
        )
        operations.forget_upload(file)
    file.refresh_from_db(fields=["header", "columns", "sheet", "read_at"])


def _sheet(table: Table) -> dict[str, object]:
    if table.wide is None:
        return {}
    return {"months": [month.label for month in table.wide.months], "needs_year": table.wide.needs_year}


@transaction.atomic
def _keep(file: ImportFile, lines: Sequence[Line], job_id: UUID) -> None:
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                file_id=file.pk,
                line=line.number,
                part=line.part,
                raw=json.dumps(line.cells, ensure_ascii=False, separators=(",", ":")),
            )
            for line in lines
        ],
        batch_size=500,
    )
    running.moved(file)
    # How many rows follow isn't known while they stream; half the way, ever slower, is all one can say.
    report(job_id, READING_POINTS - READING_POINTS * ROWS_AT_ONCE // (ROWS_AT_ONCE + file.rows.count()))


def _name_again(file: ImportFile) -> None:
    """The rows are kept, but somebody has said anew what their columns hold."""
    named: dict[str, ImportPlace] = {}
    for raw in file.rows.order_by("line", "part").values_list("raw", flat=True).iterator(chunk_size=2000):
        _name(named, file, file.columns, json.loads(raw))
    with transaction.atomic():
        _propose(file, named.values())


def _name(
    named: dict[str, ImportPlace], file: ImportFile, columns: Mapping[str, int], raw: Sequence[str]
) -> None:
    cells = Cells(columns, raw)
    key = place_key(cells)
    if key not in named:
        if len(named) == MAX_PLACES:
            raise refuse(
                "places",
                f"Kolom posyandu berisi lebih dari {MAX_PLACES} nama yang berbeda. Periksa apakah kolomnya benar.",
            )
        named[key] = ImportPlace(
            file=file,
            key=key,
            puskesmas_name=cells["puskesmas"][:100],
            village_name=cells["village"][:100],
            name=cells["posyandu"][:100],
        )
    named[key].rows += 1


def _propose(file: ImportFile, places: Iterable[ImportPlace]) -> None:
    ground = Ground.of(file.puskesmas, file.posyandu)
    for place in places:
        proposal = ground.propose(
            puskesmas_name=place.puskesmas_name, village_name=place.village_name, name=place.name
        )
        place.posyandu, place.village, place.skipped = proposal.posyandu, proposal.village, proposal.skipped
    ImportPlace.objects.bulk_create(places, batch_size=500)


@transaction.atomic
def _refuse(file: ImportFile, refusal: RefusedError) -> None:
    ImportProblem.objects.filter(file=file).delete()
    ImportRow.objects.filter(file=file).only("id").delete()
    ImportFile.objects.filter(pk=file.pk).update(refusal=refusal.problems[0].sentence)
    operations.forget_upload(file)


def _batches(items: Iterable[ItemT], size: int) -> Iterator[list[ItemT]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
