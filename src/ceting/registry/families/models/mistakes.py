"""Registrations that were a mistake: the row of the child stays, and she belongs to no posyandu on any day."""

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.models import User
from ceting.registry.families.models.family import Child


class MistakenRegistration(Record):
    """The child should never have been registered, by a wrong file for one: who said so, why, and when.

    Final: whoever is right after all is registered anew, with the family and posyandu that are right by then.
    """

    field_classes = classify(volunteer="child reason", internal="by")

    child = models.OneToOneField(Child, on_delete=models.PROTECT, related_name="mistake")
    reason = models.CharField("alasan", max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"mistake {self.child_id}"
