"""What every draft has: whose entry it is, when, where, by whom; and what makes a day impossible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import models

from ceting.care.child_health.models import Entry, Kind, Place
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.standards.numbers import format_date


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One entry about one child. `known` in `problems` are her current entries, those before it in the batch too."""

    kind: ClassVar[Kind]

    child: Child
    on: date
    place: str = Place.UNKNOWN
    given_by: str = ""
    form_key: UUID | None = None
    number: int = 0
    written_for: UUID | None = None
    """For whom it was written, where that was another child until she was found to be this one."""
    written_at: datetime | None = None
    """When it was written down, where that isn't now: the demo's past, later a phone's capture."""

    def problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        """Everything that makes it impossible; late, early and out of order is none of it."""
        return _impossible_day(self.child, self.on, today) or self.own_problems(known, today)

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        """Those of its kind, on a day that is possible."""
        return []

    def detail(self, entry: Entry) -> models.Model:
        """The unsaved row beside the entry."""
        raise NotImplementedError

    def entry(self, by: User | None) -> Entry:
        """The unsaved entry."""
        return Entry(
            puskesmas_id=self.child.puskesmas_id,
            child=self.child,
            origin_id=self.written_for or self.child.pk,
            kind=self.kind,
            happened_on=self.on,
            place=self.place,
            given_by=self.given_by,
            recorded_by=by,
            form_key=self.form_key,
            number=self.number,
            created_at=self.written_at or clock.now(),
        )


def _impossible_day(child: Child, on: date, today: date) -> list[Problem]:
    if on > today:
        return [Problem("Tanggal ini belum terjadi. Periksa hari, bulan dan tahunnya.", "future", "on")]
    if on < child.birth_date:
        born = format_date(child.birth_date)
        sentence = f"Tanggal ini sebelum anak lahir ({born}). Periksa tanggalnya, atau tanggal lahir."
        return [Problem(sentence, "before_birth", "on")]
    if child.died_on is not None and on > child.died_on:
        sentence = (
            "Anak ini tercatat meninggal sebelum tanggal ini. Mohon periksa tanggalnya, atau hubungi bidan."
        )
        return [Problem(sentence, "after_death", "on")]
    return []
