"""Pairs of children who may be one, the answer that they are two, and whose pairs are still to be looked for."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models.family import Child
from ceting.registry.places.models import Puskesmas


class Unlooked(Record):
    """A child of whom something changed that tells children apart. The nightly look takes the row away.

    A queue and not a mark on the child: there may be two rows of one child, and no writer waits for another.
    """

    field_classes = classify(internal="puskesmas child")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = (models.Index(fields=["puskesmas", "id"], name="unlooked_by_puskesmas"),)

    def __str__(self) -> str:
        return f"{self.child_id} to be looked at"


class PairReason(models.TextChoices):
    """What two records have in common, in the order in which it convinces."""

    NIK = "nik", "NIK-nya sama"
    SAME = "same", "Nama, ibu dan tanggal lahirnya sama"
    UNNAMED = "unnamed", "Ibu dan tanggal lahirnya sama, yang satu belum diberi nama"
    MOTHER = "mother", "Ibu dan tanggal lahirnya sama, namanya hampir sama"
    DATE = "date", "Nama dan ibunya sama, tanggal lahirnya mirip (mungkin salah tulis)"
    NAME = "name", "Nama, tanggal lahir dan posyandunya sama"
    SEX = "sex", "Nama, ibu dan tanggal lahirnya sama, jenis kelaminnya berbeda"
    NEAR = "near", "Ibu dan tanggal lahirnya sama, namanya mirip (mungkin kembar)"


class PairStrength(models.IntegerChoices):
    """How likely two records are one child."""

    WEAK = 1, "Perlu dilihat"
    LIKELY = 2, "Mungkin"
    STRONG = 3, "Sangat mungkin"


class LikelyPairQuerySet(ScopedQuerySet["LikelyPair"]):
    """Questions about pairs. A pair belongs to a puskesmas, never to a posyandu: only its staff merges."""

    posyandu_path = "first__posyandu_id"

    def waiting(self) -> Self:
        """Those whom somebody may still answer: both children live here, and nobody merged them today."""
        here = Q(first__is_here=True, second__is_here=True)
        return self.filter(here, first__puskesmas=F("puskesmas"), second__puskesmas=F("puskesmas"))

    def how_many_for(self, user: User) -> int:
        """How many she may answer."""
        return self.visible_to(user, may="children.merge").waiting().count()

    def strongest_first(self) -> Self:
        return self.order_by("-strength", "id")


class LikelyPair(Record):
    """Two children of one puskesmas who may be one. Derived: the nightly look writes it and takes it away."""

    field_classes = classify(public="puskesmas", volunteer="first second reason strength")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+", db_index=False)
    # `first` has the smaller key: she was registered earlier.
    first = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8, choices=PairReason.choices)
    strength = models.PositiveSmallIntegerField(choices=PairStrength.choices)

    objects = LikelyPairQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="likely_pair_once"),
            models.CheckConstraint(name="likely_pair_in_order", condition=Q(first__lt=F("second"))),
        )
        indexes = (models.Index(fields=["puskesmas", "-strength", "id"], name="likely_pair_strongest"),)

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class TwoChildren(Record):
    """Somebody looked at both and says that they are two children.

    `seen` is a digest of the names and birth dates that were compared: when one of them changes the answer was
    about something else, and the pair may come back.
    """

    field_classes = classify(public="puskesmas", volunteer="first second", internal="seen by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    seen = models.CharField(max_length=43)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["first", "second", "seen"], name="two_children_said_once"),
            models.CheckConstraint(name="two_children_in_order", condition=Q(first__lt=F("second"))),
        )

    def __str__(self) -> str:
        return f"{self.first_id} isn't {self.second_id}"
