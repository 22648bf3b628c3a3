"""The jobs of an import, run by `ceting work`: read and judge a file; take its good rows in; take them back.

All go on where a killed worker stopped. Reading counts the rows that are kept; taking in writes whole people, their
rows' outcomes and the progress in one transaction, and leaves alone what has an outcome.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from ceting.foundation.core import clock, jobs
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop import running, settling
from ceting.gateways.interop.cells import Cells
from ceting.gateways.interop.forecasting import report
from ceting.gateways.interop.kinds import FileT, ImportKind
from ceting.gateways.interop.naming import Ground, key_in_file
from ceting.gateways.interop.reading import Line, Table
from ceting.gateways.interop.reading.sniffing import refuse
from ceting.gateways.interop.uploads import private_storage

ROWS_AT_ONCE = 2000
READING_POINTS = 50
MAX_PLACES = 400
Work = Callable[[Any, UUID], None]
"""What a job does with (file, key of the job)."""


def run(kind: ImportKind[FileT], job_id: str, file_id: str, work: Work) -> None:
    """One job of a file: it is told how the work ended."""
    file, key = kind.files.objects.with_state().get(pk=file_id), UUID(job_id)
    jobs.run(key, lambda: work(file, key))


def check(kind: ImportKind[FileT], job_id: str, file_id: str, judge: Work) -> None:
    """Read the rows that aren't kept yet, propose posyandu for new names, and forecast what an import would do."""

    def work(file: FileT, key: UUID) -> None:
        try:
            if file.read_at is None:
                _read(kind, file, key)
            elif not file.places.exists():
                _name_again(kind, file)
        except RefusedError as refusal:
            _refuse(kind, file, refusal)
        else:
            report(key, READING_POINTS)
            judge(file, key)

    run(kind, job_id, file_id, work)


def _read(kind: ImportKind[FileT], file: FileT, job_id: UUID) -> None:
    path = Path(private_storage().path(str(file.stored_as)))
    with closing(settling.opened(kind, path, file.puskesmas)) as table:
        _read_table(kind, file, table, job_id)


def _read_table(kind: ImportKind[FileT], file: FileT, table: Table[Any], job_id: UUID) -> None:
    named: dict[str, Any] = {}
    kept = file.rows.count()
    while batch := list(islice(table.lines, ROWS_AT_ONCE)):
        for line in batch:
            _name(kind, named, file, table.columns, line.cells)
        fresh = batch[kept:]
        kept = max(kept - len(batch), 0)
        if fresh:
            _keep(kind, file, fresh, job_id)
    learned = {"header": table.header, "columns": table.columns, **kind.learn(table)}
    with transaction.atomic():
        _propose(kind, file, named.values())
        kind.files.objects.filter(pk=file.pk).update(**learned, read_at=clock.now())
        settling.forget_upload(kind, file)
    file.refresh_from_db(fields=[*learned, "read_at"])


@transaction.atomic
def _keep(kind: ImportKind[FileT], file: FileT, lines: Sequence[Line], job_id: UUID) -> None:
    model = kind.model("rows")
    rows = [
        model(
            file_id=file.pk,
            line=line.number,
            raw=json.dumps(line.cells, ensure_ascii=False, separators=(",", ":")),
            **({"part": line.part} if kind.has_parts else {}),
        )
        for line in lines
    ]
    model.objects.bulk_create(rows, batch_size=500)
    running.moved(kind, file)
    # How many rows follow isn't known while they stream; half the way, ever slower, is all one can say.
    report(job_id, READING_POINTS - READING_POINTS * ROWS_AT_ONCE // (ROWS_AT_ONCE + file.rows.count()))


def _name_again(kind: ImportKind[FileT], file: FileT) -> None:
    """The rows are kept, but somebody has said anew what their columns hold."""
    named: dict[str, Any] = {}
    for raw in file.rows.order_by("line").values_list("raw", flat=True).iterator(chunk_size=2000):
        _name(kind, named, file, file.columns, json.loads(raw))
    with transaction.atomic():
        _propose(kind, file, named.values())


def _name(
    kind: ImportKind[FileT],
    named: dict[str, Any],
    file: FileT,
    columns: Mapping[str, int],
    raw: Sequence[str],
) -> None:
    cells = Cells(columns, raw)
    key = key_in_file(cells)
    if key not in named:
        if len(named) == MAX_PLACES:
            raise refuse(
                "places",
                f"Kolom posyandu berisi lebih dari {MAX_PLACES} nama yang berbeda. Periksa apakah kolomnya benar.",
            )
        named[key] = kind.model("places")(
            file=file,
            key=key,
            puskesmas_name=cells["puskesmas"][:100],
            village_name=cells["village"][:100],
            name=cells["posyandu"][:100],
        )
    named[key].rows += 1


def _propose(kind: ImportKind[FileT], file: FileT, places: Iterable[Any]) -> None:
    ground, found = Ground.of(file.puskesmas, file.posyandu), list(places)
    settling.put(kind, found, [ground.propose_for(place) for place in found])
    kind.model("places").objects.bulk_create(found, batch_size=500)


@transaction.atomic
def _refuse(kind: ImportKind[FileT], file: FileT, refusal: RefusedError) -> None:
    settling.forget_rows(kind, file)
    kind.files.objects.filter(pk=file.pk).update(refusal=refusal.problems[0].sentence)
    settling.forget_upload(kind, file)
