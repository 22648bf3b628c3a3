"""Rows that are evidence: written once, never changed, never deleted."""

from typing import Any, NoReturn, TypeVar

from django.db import models

from ceting.foundation.audit.models import AppendOnlyError
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet

RowT = TypeVar("RowT", bound=models.Model)
REFUSAL = "what a family said and asked for is only ever added to"


class AppendOnlyQuerySet(ScopedQuerySet[RowT]):
    """Refuses whatever would change or delete rows behind their backs."""

    def update(self, **_: Any) -> NoReturn:
        raise AppendOnlyError(REFUSAL)

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnlyError(REFUSAL)

    def delete(self) -> NoReturn:
        raise AppendOnlyError(REFUSAL)


class AppendOnlyRecord(Record):
    """A Record that is written once. What ends it is another row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(REFUSAL)
