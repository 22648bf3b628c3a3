"""The tables beside the code: every value with its source and how far that source can be trusted.

A threshold is read from `tables/<name>.csv`, never typed into a function, so that the sheet which a doctor
signs (`docs/clinical-review.md`) and the behaviour can't drift apart.
"""

import csv
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

Row = Mapping[str, str]
TABLES = Path(__file__).with_name("tables")


class Status(StrEnum):
    """How far a value can be trusted; in the order in which a reviewer must look at them."""

    CONFLICT = "CONFLICT"  # two official sources disagree: a setting with a default
    BACKGROUND = "background"  # common knowledge whose text nobody of the project has seen
    PROJECT = "project"  # the project's own decision where the rules are silent
    VERIFIED = "verified"  # the text of the source was seen


class TableError(ValueError):
    """A table beside the code is broken or lacks a row: a fault of the release, not of a user."""


@cache
def rows(table: str) -> tuple[Row, ...]:
    """Every row of `tables/<table>.csv`, read once, unchangeable.

    Raises TableError when the table doesn't exist or a row has too few or too many cells.
    """
    path = TABLES / f"{table}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            header, *body = [record for record in csv.reader(lines) if record]
    except (FileNotFoundError, ValueError) as error:
        raise TableError(f"{path.name}: no such table, or an empty one") from error
    for number, record in enumerate(body, start=2):
        if len(record) != len(header):
            raise TableError(f"{path.name} line {number}: {len(record)} cells instead of {len(header)}")
    return tuple(MappingProxyType(dict(zip(header, record, strict=True))) for record in body)


@cache
def index(table: str, column: str) -> Mapping[str, Row]:
    """The rows of a table by the text in `column`. Raises TableError when a text occurs twice."""
    found: dict[str, Row] = {}
    for row in rows(table):
        if row[column] in found:
            raise TableError(f"{table}.csv: {column} {row[column]!r} occurs twice")
        found[row[column]] = row
    return MappingProxyType(found)


def row(table: str, column: str, key: str) -> Row:
    """The one row whose `column` is `key`. Raises TableError when there is none."""
    try:
        return index(table, column)[key]
    except KeyError as error:
        raise TableError(f"{table}.csv: no row with {column} {key!r}") from error


def text(table: str, key: str) -> str:
    """The `value` of a key in a table of keys and values."""
    return row(table, "key", key)["value"]


@cache
def number(table: str, key: str) -> float:
    """The numeric `value` of a key in a table of keys and values, in the unit that the table names."""
    return float(text(table, key))
