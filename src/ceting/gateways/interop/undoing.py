"""Taking an import back, as far as it is every import's: chunk by chunk of whole people, each in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from ceting.foundation.core import jobs
from ceting.gateways.interop import running
from ceting.gateways.interop.holding import Hold
from ceting.gateways.interop.kinds import FileT, ImportKind
from ceting.gateways.interop.states import Undone
from ceting.registry.accounts.models import User
from ceting.standards.numbers import format_date

TakeBack = Callable[[list[UUID], Sequence[Any]], Sequence[Any]]
"""(people, their outcomes of this file) -> what became of each of these rows."""


def run(
    kind: ImportKind[FileT], file: FileT, job_id: UUID, take_back: TakeBack, *, by: User, rows_in_chunk: int
) -> None:
    """Running it again, or twice at once, changes nothing."""
    for people in _chunks(kind, file, rows_in_chunk):
        _take_back(kind, file, job_id, people, take_back)
    running.note(kind, file, "import.undo-finish", by=by)


def _chunks(kind: ImportKind[FileT], file: FileT, rows_in_chunk: int) -> Iterator[list[UUID]]:
    """People of whom some row isn't taken back yet, about so many rows together."""
    open_rows = file.outcomes.exclude(**{kind.person: None}).filter(row__undone=None).order_by(kind.person)
    collected: list[UUID] = []
    size = 0
    for key, number in list(open_rows.values_list(kind.person).annotate(Count("row"))):
        collected.append(key)
        size += number
        if size >= rows_in_chunk:
            yield collected
            collected, size = [], 0
    if collected:
        yield collected


@transaction.atomic
def _take_back(
    kind: ImportKind[FileT], file: FileT, job_id: UUID, people: list[UUID], take_back: TakeBack
) -> None:
    # One run at a time: a second one waits here, and then finds the rows of the first.
    kind.files.objects.select_for_update().get(pk=file.pk)
    mine = list(file.outcomes.filter(**{f"{kind.person}__in": people}, row__undone=None))
    if not mine:
        return
    told = take_back(people, mine)
    kind.model("undone_rows").objects.bulk_create(told, batch_size=500)
    jobs.advance(job_id, len(mine))
    running.moved(kind, file)


def reason_of(file: Any) -> str:
    """As it stands in what was struck out: half of a child's page has 120 letters for it."""
    return f"Impor ditarik: {file.undoing.reason}"


def is_undone(file: Any) -> bool:
    return hasattr(file, "undoing")


def other_import(file: Any) -> Hold:
    """Another import says the same and stands."""
    return Hold("other_import", f"Juga ada di impor “{file.name}”, {format_date(file.created_at.date())}.")


def undone_row(kind: ImportKind[FileT], outcome: Any, holds: Iterable[Hold], *, wrote: bool) -> Any:
    """What became of one row: it stays for these reasons, went, or had written nothing."""
    reasons = list(dict.fromkeys(holds))
    result = Undone.STAYS if reasons else Undone.TAKEN_BACK if wrote else Undone.NOTHING
    return kind.model("undone_rows")(
        file_id=outcome.file_id,
        row_id=outcome.row_id,
        result=result,
        code=reasons[0].code if reasons else "",
        sentence=" ".join(reason.sentence for reason in reasons),
    )


def tell_earlier(
    kind: ImportKind[FileT],
    file: FileT,
    people: Sequence[UUID],
    stands: Callable[[Any], bool],
    related: Sequence[str],
) -> None:
    """Rows that had to stay in an earlier undoing because this import said them too: they are gone now.

    `stands`: whether something of an outcome still does; `related`: what it asks of it.
    """
    model = kind.model("undone_rows")
    here = {f"row__outcome__{kind.person}__in": people}
    stayed = model.objects.filter(result=Undone.STAYS, **here).exclude(file=file)
    told = stayed.select_related(*(f"row__outcome__{name}" for name in related))
    gone = [each.pk for each in told if not stands(each.row.outcome)]
    model.objects.filter(pk__in=gone).update(result=Undone.TAKEN_BACK, code="", sentence="")
