"""The kept rows of a file, understood and put together as children, in chunks that can be judged and written alone."""

import gc
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from ceting.care.measurements.models import PlannedDay, Session, SessionKind
from ceting.gateways.interop.eppgbm.children import FileChild, Place, children_of
from ceting.gateways.interop.eppgbm.models import ImportFile, ImportPlace
from ceting.gateways.interop.eppgbm.monthly import Days
from ceting.gateways.interop.eppgbm.rows import FileRow, read_row
from ceting.gateways.interop.naming import identity_of_new, unsettled

ROWS_IN_CHUNK = 1000
"""Enough to be quick, few enough that a kader's "Simpan" never waits long for the database."""


@dataclass(frozen=True)
class Chunk:
    """All children of some birth dates, because only those can be mistaken for one another; or `loose` rows."""

    children: tuple[FileChild, ...] = ()
    loose: tuple[FileRow, ...] = ()

    @property
    def rows(self) -> list[FileRow]:
        return [*self.loose, *(row for child in self.children for row in child.rows)]


@dataclass(frozen=True)
class Contents:
    """A whole file: rows of posyandu that are left out, rows that name no child, and the children."""

    skipped: list[FileRow]
    loose: list[FileRow]
    children: list[FileChild]

    @classmethod
    def of(cls, file: ImportFile, today: date) -> "Contents":
        """Read every kept row; one query for the rows and one for the places."""
        with _quiet_collector():
            return cls._read(file, today)

    @classmethod
    def _read(cls, file: ImportFile, today: date) -> "Contents":
        places = {place.key: place for place in file.places.select_related("village")}
        standing: dict[str, Place] = {key: _place(place) for key, place in places.items()}
        skipped, loose, placed = [], [], []
        for row in _rows(file, today, _days(file, places)):
            place = places[row.place]
            if place.skipped:
                skipped.append(row)
            elif standing[row.place] is None:
                row.refusals.append(unsettled(place))
                loose.append(row)
            else:
                placed.append(row)
        children = children_of(placed, standing)
        named = {row.id for child in children for row in child.rows}
        loose += [row for row in placed if row.id not in named]
        return cls(skipped, loose, children)

    def chunks(self) -> Iterator[Chunk]:
        """In the order of birth dates, about ROWS_IN_CHUNK rows each; rows without a child come last."""
        collected: list[FileChild] = []
        size = 0
        for _, cohort in groupby(self.children, key=lambda child: child.birth_date):
            same_day = list(cohort)
            collected += same_day
            size += sum(len(child.rows) for child in same_day)
            if size >= ROWS_IN_CHUNK:
                yield Chunk(children=tuple(collected))
                collected, size = [], 0
        if collected:
            yield Chunk(children=tuple(collected))
        rest = [*self.loose, *self.skipped]
        for start in range(0, len(rest), ROWS_IN_CHUNK):
            yield Chunk(loose=tuple(rest[start : start + ROWS_IN_CHUNK]))


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """Reading makes many objects and no garbage; searched through again and again they cost a third of the time.

    What was read is set aside for good (gc.freeze): `release` gives it back when the job is through.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def release() -> None:
    """The job is through: what it read may be collected again."""
    gc.unfreeze()


def _rows(file: ImportFile, today: date, days: Days) -> Iterator[FileRow]:
    stored = file.rows.order_by("line", "part").values_list("id", "line", "raw")
    for key, line, raw in stored.iterator(chunk_size=2000):
        yield read_row(key, line, json.loads(raw), file.columns, today, days)


def _days(file: ImportFile, places: Mapping[str, ImportPlace]) -> Days:
    """Two queries for a file that knows months and no days; none for any other."""
    if "month" not in file.columns:
        return Days()
    posyandu = {place.posyandu_id for place in places.values() if place.posyandu_id}
    weighed: dict[UUID, dict[tuple[int, int], date]] = defaultdict(dict)
    planned = PlannedDay.objects.standing().filter(posyandu__in=posyandu).order_by("-planned_on")
    held = Session.objects.filter(posyandu__in=posyandu, kind=SessionKind.POSYANDU).order_by("-held_on")
    # What was held is surer than what was meant.
    for key, day in (
        *planned.values_list("posyandu_id", "planned_on"),
        *held.values_list("posyandu_id", "held_on"),
    ):
        weighed[key][day.year, day.month] = day
    known = {key: weighed[place.posyandu_id] for key, place in places.items() if place.posyandu_id}
    return Days(file.sheet.get("year") or 0, file.sheet.get("day") or 0, known)


def _place(place: ImportPlace) -> Place:
    if place.posyandu_id is not None:
        return place.posyandu_id
    return identity_of_new(place.village, place.name) if place.village is not None else None
