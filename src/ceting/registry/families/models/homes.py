"""What changes in a household: where it lives, who cares for the children, and who ended doing so."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record
from ceting.registry.accounts.models import User
from ceting.registry.families.models.family import Caregiver, Child, Household
from ceting.registry.places.models import Area


class HouseholdMove(Record):
    """Where a household lived until it moved house, or until somebody corrected it (`created_at`)."""

    field_classes = classify(volunteer="household village rw rt", family="address", internal="by")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="earlier_places")
    village = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    rw = models.CharField("RW", max_length=5, blank=True)
    rt = models.CharField("RT", max_length=5, blank=True)
    address = EncryptedTextField("alamat", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.household_id} until {self.created_at:%Y-%m-%d}"


class CaregiverEnding(Record):
    """Somebody cares for the children of this household no longer: from when and why."""

    field_classes = classify(volunteer="caregiver ended_on reason", internal="by")

    caregiver = models.OneToOneField(Caregiver, on_delete=models.PROTECT, related_name="ending")
    ended_on = models.DateField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"ending of {self.caregiver_id}"


class CaregiverDeathQuerySet(models.QuerySet["CaregiverDeath"]):
    """Questions about deaths of caregivers."""

    def standing(self) -> Self:
        return self.filter(undoing=None)


class CaregiverDeath(Record):
    """A mother, or somebody else who cared, died. Its cause is a doctor's to say, and not kept here."""

    field_classes = classify(volunteer="caregiver died_on", internal="by")

    caregiver = models.ForeignKey(Caregiver, on_delete=models.PROTECT, related_name="deaths")
    died_on = models.DateField("tanggal meninggal")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaregiverDeathQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.caregiver_id} {self.died_on}"


class CaregiverDeathUndoing(Record):
    """She lives: the record was a mistake."""

    field_classes = classify(volunteer="death reason", internal="by")

    death = models.OneToOneField(CaregiverDeath, on_delete=models.PROTECT, related_name="undoing")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"undoing of {self.death_id}"


class MainCaregiver(Record):
    """Who cares for a child most, from `since` until the day before `until`. Adoption and guardianship are rows."""

    field_classes = classify(volunteer="child caregiver since until reason", internal="by")

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="main_caregivers")
    caregiver = models.ForeignKey(Caregiver, on_delete=models.PROTECT, related_name="main_for")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["child"], condition=Q(until=None), name="main_caregiver_once"),
            models.CheckConstraint(
                name="main_caregiver_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.caregiver_id} of {self.child_id}"


class FamilyChange(Record):
    """A child came to live with another household: an adoption, a grandmother's house. Going back is one more row."""

    field_classes = classify(volunteer="child left joined since reason", internal="by")

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="family_changes")
    left = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    joined = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(name="family_changes", condition=~Q(left=F("joined"))),)

    def __str__(self) -> str:
        return f"{self.child_id} to {self.joined_id}"
