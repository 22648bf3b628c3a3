"""What a puskesmas offers, when, and for how many."""

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.places.models.tree import Puskesmas

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


class Service(Record):
    """A service with its days and hours. `quota` is people a day; None is without a limit."""

    field_classes = classify(
        public="puskesmas name weekdays starts ends quota ended_on", internal="by_id ended_by_id"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=100)
    weekdays = models.CharField(max_length=7)
    """Digits of the days, 0 is Monday: "024" is Monday, Wednesday and Friday."""
    starts = models.TimeField()
    ends = models.TimeField()
    quota = models.PositiveSmallIntegerField(null=True)
    by_id = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    ended_by_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
