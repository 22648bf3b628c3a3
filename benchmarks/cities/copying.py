"""Writes rows of models in bulk: by COPY on PostgreSQL, by executemany on SQLite. No signal, no default value."""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.apps import apps
from django.db import connection, models

from ceting.foundation.core.fields import EncryptedTextField

LABELS = ("families", "measurements", "pregnancies")
"""Apps whose tables are filled, and whose indexes are made afterwards."""


@dataclass(frozen=True)
class Columns:
    """What is written of a model: attributes of its rows, and what a column needs before the driver."""

    table: str
    names: tuple[str, ...]
    attributes: tuple[str, ...]
    prepared: tuple[tuple[int, Callable[[Any], Any]], ...]

    @classmethod
    def of(cls, model: type[models.Model]) -> "Columns":
        fields = [each for each in model._meta.concrete_fields if not isinstance(each, models.AutoField)]
        return cls(
            table=model._meta.db_table,
            names=tuple(each.column for each in fields),
            attributes=tuple(each.attname for each in fields),
            prepared=tuple((place, found) for place, each in enumerate(fields) if (found := _prepared(each))),
        )

    def values(self, row: models.Model) -> list[Any]:
        told = row.__dict__
        found = [told[name] for name in self.attributes]
        for place, prepare in self.prepared:
            found[place] = prepare(found[place])
        return found


def _prepared(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    if connection.vendor == "sqlite":
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, EncryptedTextField):
        return field.get_prep_value
    if isinstance(field, models.JSONField):
        return json.dumps
    return None


def write(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Add these rows, which have every column's value."""
    if not rows:
        return
    columns = Columns.of(model)
    names = ", ".join(f'"{name}"' for name in columns.names)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(columns.names))
            statement = f'INSERT INTO "{columns.table}" ({names}) VALUES ({marks})'
            connection.connection.executemany(statement, map(columns.values, rows))
            return
        with cursor.copy(f'COPY "{columns.table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(columns.values(row))


class Maker:
    """Unsaved rows of one model, made without `__init__`: a fifth of its time, and a city has ten million."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._template = {name: value for name, value in vars(model()).items() if name != "_state"}

    def __call__(self, **values: Any) -> Any:
        row = self._model.__new__(self._model)
        row.__dict__ = {**self._template, "_state": models.base.ModelState(), **values}
        return row


def key_at(moment: datetime, chance: Random) -> uuid.UUID:
    """A UUIDv7 of that moment, the same for the same seed."""
    bits = chance.getrandbits(74)
    stamp = int(moment.timestamp() * 1000)
    return uuid.UUID(
        int=stamp << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & 0x3FFF_FFFF_FFFF_FFFF
    )


@contextmanager
def without_indexes() -> Iterator[None]:
    """PostgreSQL makes an index in a fraction of the time in which it would keep one. Those of constraints stay."""
    if connection.vendor == "sqlite":
        yield
        return
    tables = [model._meta.db_table for label in LABELS for model in apps.get_app_config(label).get_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s) AND NOT"
            " EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexname::regclass) ORDER BY tablename, indexname",
            [tables],
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    make_indexes([definition for _, definition in found])


def make_indexes(definitions: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET max_parallel_maintenance_workers = 2")
        for definition in definitions:
            cursor.execute(definition)
