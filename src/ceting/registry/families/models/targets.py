"""Sasaran: how many children under five a posyandu is to reach in a year, and every later change of it."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas


class TargetSource(models.TextChoices):
    """Real children or a calculation: the two never agree, so a figure says which one it is."""

    REGISTER = "register", "Data riil"
    PROJECTION = "projection", "Proyeksi Dinas/Pusdatin"


class TargetEntry(Record):
    """What somebody typed for a posyandu and year. It may change until it is sealed, and counts nowhere before."""

    field_classes = classify(public="puskesmas posyandu year children source", internal="by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="target_entries")
    year = models.PositiveSmallIntegerField("tahun")
    children = models.PositiveIntegerField("sasaran")
    source = models.CharField(max_length=10, choices=TargetSource.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["posyandu", "year"], name="target_entry_once"),)

    def __str__(self) -> str:
        return f"{self.posyandu_id} {self.year}"


class SealedTargetQuerySet(models.QuerySet["SealedTarget"]):
    """Questions about sealed targets."""

    def standing(self) -> Self:
        """The newest revision of each posyandu and year."""
        later = SealedTarget.objects.filter(
            posyandu=OuterRef("posyandu"), year=OuterRef("year"), revision__gt=OuterRef("revision")
        )
        return self.filter(~Exists(later))


class SealedTarget(Record):
    """The target that stands from `created_at` on. Never changed: another number is another row with its reason."""

    field_classes = classify(public="puskesmas posyandu year revision children source reason", internal="by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField("tahun")
    revision = models.PositiveSmallIntegerField(default=1)
    children = models.PositiveIntegerField("sasaran")
    source = models.CharField(max_length=10, choices=TargetSource.choices)
    reason = models.CharField("alasan", max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = SealedTargetQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["posyandu", "year", "revision"], name="target_revision_once"),
            models.CheckConstraint(
                name="target_changes_for_a_reason",
                condition=Q(revision=1, reason="") | (Q(revision__gt=1) & ~Q(reason="")),
            ),
        )
        indexes = (models.Index(fields=["puskesmas", "year"], name="target_by_year"),)

    def __str__(self) -> str:
        return f"{self.posyandu_id} {self.year}.{self.revision}"
