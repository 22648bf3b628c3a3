"""Writing what is stored under a newer key: encrypted columns in small steps, lookup hashes in one.

The columns are found by looking at the models, so a new one can't be forgotten. The audit trail's old values are
columns like the others: a seal covers the plain text, so a rotation leaves every seal true. The secrets of second
factors stand inside a JSON column of allauth's, so accounts rotates those.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from ceting.foundation.core.ciphers import decrypt, encrypt, keyed_hash
from ceting.foundation.core.fields import EncryptedTextField
from ceting.registry.accounts import factors

BATCH = 500
ENDING = "_hash"


@dataclass(frozen=True)
class Column:
    """An encrypted column. `hash_column` is the one beside it by which it is found; "" when it isn't."""

    table: str
    key: str
    name: str
    label: str
    """What the cipher authenticates: <app>.<model>.<attribute>."""
    hash_column: str


def columns() -> list[Column]:
    """Every encrypted column of the house."""
    return [
        _column(model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def _column(model: type[models.Model], field: EncryptedTextField) -> Column:
    beside = {other.attname: other.column for other in model._meta.local_concrete_fields}
    key: Any = model._meta.pk
    return Column(
        model._meta.db_table,
        str(key.column),
        str(field.column),
        f"{model._meta.label_lower}.{field.attname}",
        str(beside.get(f"{field.attname}{ENDING}", "")),
    )


def counts() -> dict[str, int]:
    """Name of a key -> how many values carry it."""
    found: dict[str, int] = {}
    for column in columns():
        for value, number in _asked(
            f"SELECT {_prefix(column.name)}, count(*) FROM {_q(column.table)} "  # noqa: S608  names of models
            f"WHERE {_q(column.name)} <> '' GROUP BY 1",
        ):
            found[value] = found.get(value, 0) + number
    for value, number in factors.secret_counts().items():
        found[value] = found.get(value, 0) + number
    return found


def _prefix(name: str) -> str:
    """SQL for what stands before the colon."""
    place = f"strpos({_q(name)}, ':')" if connection.vendor == "postgresql" else f"instr({_q(name)}, ':')"
    return f"substr({_q(name)}, 1, {place} - 1)"


def rotate_data() -> int:
    """Bring every value under the first key; how many were. Raises UnreadableValueError.

    A value changes only while it is still the one that was read, so others may go on writing; cut short, the next
    run finds what is left.
    """
    changed = sum(_rotate_batch(column, batch) for column in columns() for batch in _old_values(column))
    return changed + factors.rotate_secrets()


def _old_values(column: Column) -> Iterator[list[tuple[Any, Any]]]:
    newest, last = settings.DATA_KEYS[0][0], None
    while True:
        after = f"AND {_q(column.key)} > %s " if last is not None else ""
        batch = _asked(
            f"SELECT {_q(column.key)}, {_q(column.name)} FROM {_q(column.table)} "  # noqa: S608
            f"WHERE {_q(column.name)} <> '' AND {_prefix(column.name)} <> %s {after}"
            f"ORDER BY {_q(column.key)} LIMIT {BATCH}",
            [newest, *([last] if last is not None else [])],
        )
        if not batch:
            return
        last = batch[-1][0]
        yield batch


@transaction.atomic
def _rotate_batch(column: Column, batch: list[tuple[Any, Any]]) -> int:
    changed = 0
    with connection.cursor() as cursor:
        for key, stored in batch:
            fresh = encrypt(decrypt(stored, column=column.label), column=column.label)
            cursor.execute(
                f"UPDATE {_q(column.table)} SET {_q(column.name)} = %s "  # noqa: S608
                f"WHERE {_q(column.key)} = %s AND {_q(column.name)} = %s",
                [fresh, key, stored],
            )
            changed += cursor.rowcount
    return changed


@transaction.atomic
def rotate_lookup(new_key: bytes) -> int:
    """Compute every hash anew under `new_key`, all or none; how many. Nobody else may write meanwhile."""
    changed = 0
    for column in columns():
        if not column.hash_column:
            continue
        rows = _asked(
            f"SELECT {_q(column.key)}, {_q(column.name)} FROM {_q(column.table)} "  # noqa: S608
            f"WHERE {_q(column.name)} <> ''"
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {_q(column.table)} SET {_q(column.hash_column)} = %s "  # noqa: S608
                f"WHERE {_q(column.key)} = %s",
                [
                    (keyed_hash(decrypt(stored, column=column.label), key=new_key), key)
                    for key, stored in rows
                ],
            )
        changed += len(rows)
    return changed


def _asked(query: str, values: list[Any] | None = None) -> list[tuple[Any, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or [])
        found: list[tuple[Any, Any]] = cursor.fetchall()
        return found


def _q(name: str) -> str:
    return connection.ops.quote_name(name)
