"""What was given: doses of vaccines, capsules, tablets, days of food."""

from django.db import models

from ceting.care.child_health.models.entries import Entry
from ceting.foundation.core.classification import classify


class Immunisation(models.Model):
    """One dose, by its code in standards/tables/immunisation.csv. Late, early or out of order is worked out on reading:
    a dose that comes to light later changes what is said of the others.
    """

    field_classes = classify(volunteer="entry dose lot")

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="immunisation"
    )
    dose = models.CharField("dosis", max_length=8)
    lot = models.CharField("nomor batch", max_length=40, blank=True)

    def __str__(self) -> str:
        return self.dose


class Item(models.TextChoices):
    VITAMIN_A = "vitamin_a", "Kapsul vitamin A"
    DEWORMING = "deworming", "Obat cacing"


class Supplement(models.Model):
    """A capsule or a tablet; `what` is the dose of her age in the words of standards/tables/supplementation.csv."""

    field_classes = classify(volunteer="entry item what")

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="supplement")
    item = models.CharField("apa", max_length=12, choices=Item.choices)
    what = models.CharField("dosis", max_length=60)

    def __str__(self) -> str:
        return self.what


class FoodDays(models.Model):
    """Days of extra local food that she received, by the reason of standards/tables/pmt_lokal.csv."""

    field_classes = classify(volunteer="entry reason days")

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="food")
    reason = models.CharField("alasan", max_length=16)
    days = models.PositiveSmallIntegerField("banyaknya hari")

    class Meta:
        constraints = (
            models.CheckConstraint(name="food_of_at_least_one_day", condition=models.Q(days__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.days}"
