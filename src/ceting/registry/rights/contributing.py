"""What goes into the copy that a person gets of her data. Each app adds its tables in its own `copies.py`.

A model that leads to a child, a caregiver or a household and stands in no table fails a test, unless it says why.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from ceting.foundation.ui.numerals import moment
from ceting.standards.numbers import format_date, format_decimal

Row = dict[str, str]
MANY = 2000
"""Rows of one table in a copy; nobody has as many, and nobody's copy may hang the server."""


@dataclass(frozen=True)
class Person:
    """Whose data it is: keys of children, caregivers and households."""

    children: Set[UUID] = frozenset()
    caregivers: Set[UUID] = frozenset()
    households: Set[UUID] = frozenset()


@dataclass(frozen=True)
class Section:
    """One table of the copy: a title, and rows of label -> value."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Table:
    """How the rows of a model get into a copy.

    `paths` lead to the person: ("children", "child") takes the rows whose `child` is one of her children. Every field
    has a label or a reason in `left_out`; those of the class INTERNAL need neither. `words` writes a field otherwise.
    `only` leaves out rows that turned out not to be of that person.
    """

    model: type[models.Model]
    title: str
    paths: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]
    left_out: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    only: Callable[[Any], models.QuerySet[Any]] | None = None

    def rows_of(self, person: Person, zone: str) -> list[Row]:
        mine = Q(pk__in=())
        for kind, path in self.paths:
            mine |= Q(**{f"{path}__in": getattr(person, kind)})
        named = [
            each for each in self.labels if isinstance(self.model._meta.get_field(each), models.ForeignKey)
        ]
        rows = self.only(self.model._default_manager) if self.only else self.model._default_manager
        found = rows.filter(mine).select_related(*named, *self.related).order_by("pk")
        return [self._row(each, ZoneInfo(zone)) for each in found[:MANY]]

    def _row(self, row: models.Model, zone: ZoneInfo) -> Row:
        told = {
            label: self.words[name](row) if name in self.words else in_words(row, name, zone)
            for name, label in self.labels.items()
        }
        return {label: value for label, value in told.items() if value != ""}


@dataclass(frozen=True)
class Source:
    """Rows that no table can tell: `rows` reads them for a person. `models` are those that it takes care of."""

    models: tuple[type[models.Model], ...]
    title: str
    rows: Callable[[Person, str], list[Row]]

    def rows_of(self, person: Person, zone: str) -> list[Row]:
        return self.rows(person, zone)


SOURCES: list[Table | Source] = []
KEPT_OUT: dict[type[models.Model], str] = {}
"""Models that lead to a person and aren't copied, each with its reason."""


def contribute(*sources: Table | Source) -> None:
    """Add tables to every copy, in this order."""
    SOURCES.extend(sources)


def keep_out(model: type[models.Model], reason: str) -> None:
    KEPT_OUT[model] = reason


def sections(person: Person, zone: str) -> list[Section]:
    """Everything that the house holds of this person; tables without a row are left out."""
    found = [Section(each.title, each.rows_of(person, zone)) for each in SOURCES]
    return [section for section in found if section.rows]


def contributed() -> set[type[models.Model]]:
    taken: Iterable[tuple[type[models.Model], ...]] = (
        (each.model,) if isinstance(each, Table) else each.models for each in SOURCES
    )
    return {model for models_of in taken for model in models_of}


def in_words(row: models.Model, name: str, zone: ZoneInfo) -> str:
    """A field as a person reads it: choices by their label, rows by their name, days and numbers as written here."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal | float):
        return format_decimal(value)
    return str(value)
