"""What became of places: every change with who and when, and the posyandu that closed."""

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.places.models.tree import Posyandu, Puskesmas


class PlaceChange(Record):
    """One line of a puskesmas' history. Only ever added to.

    `by_id` is a plain key: places know no users. `action` is the audit's word for the deed.
    """

    field_classes = classify(public="puskesmas action subject_id name before after reason", internal="by_id")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="changes")
    action = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    name = models.CharField(max_length=120)
    """What it was called then."""
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    by_id = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["puskesmas", "-created_at"], name="place_change_newest"),)

    def __str__(self) -> str:
        return f"{self.action} {self.name}"


class PosyanduClosure(Record):
    """A posyandu that weighs no more, from which day and why. Its past stays readable."""

    field_classes = classify(public="posyandu closed_on reason", internal="by_id")

    posyandu = models.OneToOneField(Posyandu, on_delete=models.PROTECT, related_name="closure")
    closed_on = models.DateField()
    reason = models.CharField(max_length=200)
    by_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.posyandu_id} closed on {self.closed_on}"
