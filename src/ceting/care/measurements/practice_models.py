"""Practising to measure. Nothing here is a child's: no key leads to one, and nothing here enters a record or SKDN."""

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas


class Practice(Record):
    """A standardisation exercise: an expert and others measure the same children twice. They are only numbers here."""

    field_classes = classify(public="puskesmas posyandu held_on children measures", internal="opened_by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="practices")
    held_on = models.DateField("tanggal latihan")
    children = models.PositiveSmallIntegerField("banyaknya anak")
    # Names of standards.standardisation.MEASURES, space-separated.
    measures = models.CharField("yang diukur", max_length=60)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["Practice"].as_manager()

    class Meta:
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return f"practice at {self.posyandu} {self.held_on}"


class Practitioner(Record):
    """Somebody who measures in a practice; one of them is the expert with whom the others are compared."""

    field_classes = classify(public="practice number expert", volunteer="name")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="people")
    number = models.PositiveSmallIntegerField()
    name = models.CharField("nama", max_length=60)
    expert = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["practice", "number"], name="practitioner_once"),
            models.UniqueConstraint(
                fields=["practice"], condition=models.Q(expert=True), name="practice_has_one_expert"
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice_id} {self.number}"


class PracticeValue(Record):
    """What one person read off for one child the first or second time; None when it was rubbed out again."""

    field_classes = classify(volunteer="person child_number measure turn value")

    person = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="values")
    child_number = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=10)
    turn = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=6, decimal_places=3, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "child_number", "measure", "turn"], name="practice_value_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.child_number} {self.measure} {self.turn}"
