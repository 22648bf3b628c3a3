"""What was given: doses of vaccines."""

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
