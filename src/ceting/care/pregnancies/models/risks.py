"""What somebody stated of a woman's history and illnesses: lines of the KSPR card and of the pre-eclampsia screen."""

from typing import Self

from django.db import models
from django.db.models import Q

from ceting.care.pregnancies.models.pregnancies import Pregnancy
from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User


class Card(models.TextChoices):
    KSPR = "kspr", "Kartu Skor Poedji Rochjati"
    PRE_ECLAMPSIA = "preeclampsia", "Skrining pre-eklampsia"


class StatedRiskQuerySet(ScopedQuerySet["StatedRisk"]):
    """Questions about stated risks."""

    puskesmas_path = "pregnancy__puskesmas_id"
    posyandu_path = "pregnancy__posyandu_id"

    def standing(self) -> Self:
        return self.filter(withdrawn_on=None)


class StatedRisk(Record):
    """One line of a card that somebody ticked. What follows from her contacts is not stated but derived.

    A score never decreases: a line ends only as a mistake, with who said so and why.
    """

    field_classes = classify(
        public="pregnancy",
        clinical="card code stated_on withdrawn_on withdrawn_because",
        internal="by withdrawn_by",
    )

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="stated_risks")
    card = models.CharField(max_length=12, choices=Card.choices)
    code = models.CharField(max_length=24)
    stated_on = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(max_length=120, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = StatedRiskQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["pregnancy", "card", "code"],
                condition=Q(withdrawn_on=None),
                name="risk_stated_once",
            ),
            models.CheckConstraint(
                name="risk_withdrawn_for_a_reason",
                condition=Q(withdrawn_on=None, withdrawn_because="", withdrawn_by=None)
                | (Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pregnancy_id} {self.card} {self.code}"
