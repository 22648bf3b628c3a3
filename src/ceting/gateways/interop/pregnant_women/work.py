"""The jobs of an import, run by `ceting work`: read and judge a file; take its good rows in; take them back.

All go on where a killed worker stopped. Reading counts the rows that are kept; taking in writes whole women, their
rows' outcomes and the progress in one transaction, and leaves alone what has an outcome.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction

from ceting.foundation.core import clock, jobs
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.models import Job
from ceting.gateways.interop.cells import Cells
from ceting.gateways.interop.naming import Ground
from ceting.gateways.interop.pregnant_women import operations, running
from ceting.gateways.interop.pregnant_women.chunks import Import
from ceting.gateways.interop.pregnant_women.judging import judge
from ceting.gateways.interop.pregnant_women.models import WomenFile, WomenPlace, WomenRow
from ceting.gateways.interop.pregnant_women.rows import place_key
from ceting.gateways.interop.pregnant_women.undoing import Undoing
from ceting.gateways.interop.reading import Line
from ceting.gateways.interop.reading.sniffing import refuse
from ceting.gateways.interop.uploads import private_storage
from ceting.registry.accounts.models import User

ROWS_AT_ONCE = 500
READ_POINTS = 50
MAX_PLACES = 400


def check(job_id: str, file_id: str) -> None:
    """Read the rows that aren't kept yet, propose posyandu for new names, and forecast what an import would do."""
    file = WomenFile.objects.with_state().get(pk=file_id)
    key = UUID(job_id)

    def work() -> None:
        try:
            if file.read_at is None:
                _read(file)
            elif not file.places.exists():
                _name_again(file)
        except RefusedError as refusal:
            _refuse(file, refusal)
        else:
            jobs.advance(key, READ_POINTS)
            judge(file, by=User.objects.get(pk=Job.objects.get(pk=key).by_id))

    jobs.run(key, work)


def take_in(job_id: str, file_id: str) -> None:
    """Write the good rows of a file, chunk by chunk."""
    file = WomenFile.objects.with_state().get(pk=file_id)
    jobs.run(UUID(job_id), lambda: Import.of(file, UUID(job_id)).run())


def take_back(job_id: str, file_id: str) -> None:
    """Take back what an import wrote and nobody builds on, chunk by chunk."""
    file = WomenFile.objects.with_state().get(pk=file_id)
    jobs.run(UUID(job_id), lambda: Undoing.of(file, UUID(job_id)).run())


def _read(file: WomenFile) -> None:
    path = Path(private_storage().path(str(file.stored_as)))
    with closing(operations.opened(path, file.puskesmas)) as table:
        named: dict[str, WomenPlace] = {}
        kept = file.rows.count()
        while batch := list(islice(table.lines, ROWS_AT_ONCE)):
            for line in batch:
                _name(named, file, table.columns, line.cells)
            fresh = batch[kept:]
            kept = max(kept - len(batch), 0)
            if fresh:
                _keep(file, fresh)
        with transaction.atomic():
            _propose(file, named.values())
            WomenFile.objects.filter(pk=file.pk).update(
                header=table.header, columns=table.columns, read_at=clock.now()
            )
            operations.forget_upload(file)
    file.refresh_from_db(fields=["header", "columns", "read_at"])


@transaction.atomic
def _keep(file: WomenFile, lines: Sequence[Line]) -> None:
    rows = [
        WomenRow(
            file_id=file.pk,
            line=line.number,
            raw=json.dumps(line.cells, ensure_ascii=False, separators=(",", ":")),
        )
        for line in lines
    ]
    WomenRow.objects.bulk_create(rows, batch_size=500)
    running.moved(file)


def _name_again(file: WomenFile) -> None:
    """The rows are kept, but somebody has said anew what their columns hold."""
    named: dict[str, WomenPlace] = {}
    for raw in file.rows.order_by("line").values_list("raw", flat=True).iterator(chunk_size=2000):
        _name(named, file, file.columns, json.loads(raw))
    with transaction.atomic():
        _propose(file, named.values())


def _name(
    named: dict[str, WomenPlace], file: WomenFile, columns: Mapping[str, int], raw: Sequence[str]
) -> None:
    cells = Cells(columns, raw)
    key = place_key(cells)
    if key not in named:
        if len(named) == MAX_PLACES:
            raise refuse(
                "places",
                f"Kolom posyandu berisi lebih dari {MAX_PLACES} nama yang berbeda. Periksa apakah kolomnya benar.",
            )
        told = {"puskesmas_name": cells["puskesmas"], "village_name": cells["village"]}
        named[key] = WomenPlace(
            file=file,
            key=key,
            name=cells["posyandu"][:100],
            **{role: said[:100] for role, said in told.items()},
        )
    named[key].rows += 1


def _propose(file: WomenFile, places: Iterable[WomenPlace]) -> None:
    ground = Ground.of(file.puskesmas, file.posyandu)
    for place in places:
        proposal = ground.propose(
            puskesmas_name=place.puskesmas_name, village_name=place.village_name, name=place.name
        )
        place.posyandu, place.skipped = proposal.posyandu, proposal.skipped
    WomenPlace.objects.bulk_create(places, batch_size=500)


@transaction.atomic
def _refuse(file: WomenFile, refusal: RefusedError) -> None:
    operations.forget_rows(file)
    WomenFile.objects.filter(pk=file.pk).update(refusal=refusal.problems[0].sentence)
    operations.forget_upload(file)
