"""The calendar of posyandu days. Nothing here names a person's child."""

from typing import Self

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas


class PlannedDayQuerySet(ScopedQuerySet["PlannedDay"]):
    """Questions about planned days."""

    def standing(self) -> Self:
        """Neither moved nor cancelled."""
        return self.filter(change=None)


class PlannedDay(Record):
    """A day on which a posyandu means to weigh. What becomes of it are rows: a change, or the session that came."""

    field_classes = classify(public="puskesmas posyandu planned_on", internal="planned_by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="planned_days")
    planned_on = models.DateField("tanggal")
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PlannedDayQuerySet.as_manager()

    class Meta:
        ordering = ("planned_on", "id")
        indexes = (
            models.Index(fields=["puskesmas", "planned_on"], name="planned_by_puskesmas"),
            models.Index(fields=["posyandu", "planned_on"], name="planned_by_posyandu"),
        )

    def __str__(self) -> str:
        return f"{self.posyandu} {self.planned_on}"


class PlannedDayChange(Record):
    """A planned day was moved (`moved_to`) or cancelled (None), and why."""

    field_classes = classify(public="planned moved_to reason", internal="changed_by")

    planned = models.OneToOneField(PlannedDay, on_delete=models.PROTECT, related_name="change")
    moved_to = models.OneToOneField(
        PlannedDay, null=True, on_delete=models.PROTECT, related_name="moved_from"
    )
    reason = models.CharField("alasan", max_length=120)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"change of {self.planned_id}"


class PlannedDayOpening(Record):
    """The session that a planned day became."""

    field_classes = classify(public="planned session")

    planned = models.OneToOneField(PlannedDay, on_delete=models.PROTECT, related_name="opening")
    session = models.OneToOneField("measurements.Session", on_delete=models.PROTECT, related_name="planned")

    def __str__(self) -> str:
        return f"opening of {self.planned_id}"
