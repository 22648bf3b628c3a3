"""What a puskesmas decided for itself, and the value that held on any day."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.places.models.tree import Puskesmas
from ceting.registry.places.settings_catalogue import CATALOGUE, Value, ValueRefusedError


class SettingChange(Record):
    """From `valid_from` on the setting has this value; None: the default again. Only ever added to."""

    field_classes = classify(public="puskesmas code value valid_from reason", internal="by_id")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="setting_changes")
    code = models.CharField(max_length=60)
    value = models.CharField(max_length=300, null=True)
    valid_from = models.DateField()
    reason = models.CharField(max_length=200)
    by_id = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["puskesmas", "code", "valid_from"], name="setting_by_day"),)

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from}"


class Settings:
    """The settings of a puskesmas as they stand on one day.

    A code that the catalogue no longer knows is passed over; a stored value that it no longer allows gives the
    default: an upgrade may drop a setting, and a page must not fail over it.
    """

    def __init__(self, changes: Iterable[SettingChange], on: date) -> None:
        self._held: dict[str, SettingChange] = {}
        for change in sorted(changes, key=lambda change: (change.valid_from, change.created_at, change.pk)):
            if change.valid_from <= on and change.code in CATALOGUE:
                self._held[change.code] = change

    def get(self, code: str) -> Value:
        """The value, typed by its definition. Raises KeyError for a code that the catalogue doesn't know."""
        definition = CATALOGUE[code]
        change = self._held.get(code)
        if change is None or change.value is None:
            return definition.default
        try:
            return definition.read(change.value)
        except ValueRefusedError:
            return definition.default

    def starting(self, prefix: str) -> dict[str, Value]:
        """Code -> value of every setting whose code starts so."""
        return {code: self.get(code) for code in CATALOGUE if code.startswith(prefix)}

    def number(self, code: str) -> Decimal:
        value = self.get(code)
        if not isinstance(value, Decimal):
            raise TypeError(f"{code} is no number")
        return value

    def text(self, code: str) -> str:
        """Of a text or a choice."""
        value = self.get(code)
        if not isinstance(value, str):
            raise TypeError(f"{code} is no text")
        return value

    def time(self, code: str) -> time:
        value = self.get(code)
        if not isinstance(value, time):
            raise TypeError(f"{code} is no time")
        return value

    def change_of(self, code: str) -> SettingChange | None:
        """The row that gave the value; None while the default was never touched."""
        return self._held.get(code)


def settings_of(puskesmas: Puskesmas, on: date | None = None) -> Settings:
    """Its settings on a day (today): a judgement about a day long past uses what held then.

    The rows are read once for each object, so once a request.
    """
    return Settings(_changes(puskesmas), on or puskesmas.today())


def _changes(puskesmas: Puskesmas) -> list[SettingChange]:
    known: list[SettingChange] | None = puskesmas.__dict__.get(_KEPT)
    if known is None:
        known = list(SettingChange.objects.filter(puskesmas=puskesmas))
        puskesmas.__dict__[_KEPT] = known
    return known


def forget_settings(puskesmas: Puskesmas) -> None:
    """After a change the same object reads again."""
    puskesmas.__dict__.pop(_KEPT, None)


_KEPT = "_setting_changes"
