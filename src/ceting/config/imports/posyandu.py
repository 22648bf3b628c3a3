"""Posyandu with their village and RW."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from ceting.config.imports import people
from ceting.config.imports.sheets import BadFileError, Outcome, read
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.office.batches import POSYANDU, posyandu_of_lines
from ceting.registry.office.pasted import ListLine
from ceting.registry.places import operations as places
from ceting.standards.place_names import place_name

PERMISSION = "places.manage"
COLUMNS = (*POSYANDU, people.PUSKESMAS)


@transaction.atomic
def take(path: Path, *, by: User) -> Outcome:
    """All or nothing; those that are there already are passed over. Raises BadFileError."""
    lines = _written(read(path, COLUMNS, required={"village": "kelurahan", "name": "posyandu"}))
    found, problems = people.by_puskesmas(lines, people.those_run_by(by, may=PERMISSION))
    batches = {home: posyandu_of_lines(its_lines, home) for home, its_lines in found.items()}
    problems += people.problems_of(batches.values())
    if problems:
        raise BadFileError(*sorted(problems))
    try:
        opened = [
            post
            for home, batch in batches.items()
            for post in places.open_missing_posyandu(batch.items, puskesmas=home, by=by)
        ]
    except RefusedError as refusal:
        raise BadFileError.of(refusal.problems) from refusal
    return Outcome(len(opened), len(lines) - len(opened))


def _written(lines: Iterable[ListLine]) -> list[ListLine]:
    """Files of e-PPGBM write names in capitals."""
    return [replace(line, cells={**line.cells, "name": place_name(line.cells["name"])}) for line in lines]
