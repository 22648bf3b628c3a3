"""What other people have built on rows that an import wrote: whatever points at such a row, but the row's own parts.

Found from the models, so that also what a later slice of the house keeps holds; a test reads the lists of parts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel, ManyToOneRel

from ceting.standards.numbers import format_date

OTHER = "Ada catatan lain"
AUTHORS = ("by", "recorded_by", "started_by", "created_by")
TAKEN_BACK = ("undoing", "withdrawal")
"""Accessors of rows by which a row was undone: then it holds nobody."""


@dataclass(frozen=True)
class Hold:
    """Why a row stays: a code, and a sentence with who and when."""

    code: str
    sentence: str


def relations_of(model: type[Model]) -> list[ForeignObjectRel]:
    """Everything in the house that points at a row of this model."""
    # `related_objects` leaves out those whose related_name is "+": most of them are.
    fields = model._meta.get_fields(include_hidden=True)
    return [each for each in fields if isinstance(each, ManyToOneRel) and each.field.concrete]


def name_of(relation: ForeignObjectRel) -> str:
    """`families.Move.child`."""
    return f"{relation.related_model._meta.label}.{relation.field.name}"


def rows_of(relation: ForeignObjectRel, keys: Collection[UUID]) -> Iterable[Any]:
    """Newest last; what was undone since holds nobody."""
    model: Any = relation.related_model
    rows: QuerySet[Any] = model._default_manager.filter(**{f"{relation.field.name}__in": list(keys)})
    accessors = {each.get_accessor_name() for each in model._meta.related_objects}
    for name in TAKEN_BACK:
        if name in accessors:
            rows = rows.filter(**{name: None})
    if hasattr(rows, "meant"):
        # A pregnancy that never was holds nobody either.
        rows = rows.meant()
    author = _author(model)
    return rows.select_related(author).order_by("pk") if author else rows.order_by("pk")


def hold_of(relation: ForeignObjectRel, row: Any, words: Mapping[str, str]) -> Hold:
    """The hold of a row that points there; `words`: name_of a relation -> what it means."""
    author = _author(type(row))
    said = words.get(name_of(relation), OTHER)
    return Hold(relation.field.name[:20], told(said, row, getattr(row, author) if author else None))


def told(words: str, row: Any, who: Any) -> str:
    day = getattr(row, "created_at", None)
    when = f" {format_date(day.date())}" if day else ""
    return f"{words}{when} oleh {who.name}." if who is not None else f"{words}{when}."


def _author(model: type[Model]) -> str:
    names = {field.name for field in model._meta.get_fields()}
    return next((name for name in AUTHORS if name in names), "")
