"""Two children found to be one, pairs who may be, and the answers to that question."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record
from ceting.registry.accounts.models import User
from ceting.registry.families.models.family import Child
from ceting.registry.places.models import Puskesmas


class MergeQuerySet(models.QuerySet["Merge"]):
    """Questions about merges."""

    def standing(self) -> "MergeQuerySet":
        return self.filter(undoing=None)


class Merge(Record):
    """`absorbed` was found to be `kept`. Stands until somebody undoes it.

    `chosen` is JSON of what the merge wrote into the kept child: field -> [before, after]. A NIK may be in it.
    """

    field_classes = classify(
        public="puskesmas", volunteer="kept absorbed reason", family="chosen", internal="by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="absorptions")
    absorbed = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="merges")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("alasan", max_length=200)
    chosen = EncryptedTextField(blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="merge_of_two", condition=~models.Q(kept=models.F("absorbed"))),
        )

    def __str__(self) -> str:
        return f"{self.absorbed_id} is {self.kept_id}"


class MergeUndoing(Record):
    """They are two children after all: who said so, and when (`created_at`).

    `left` names the fields that somebody changed after the merge, and that therefore stayed as they were.
    """

    field_classes = classify(volunteer="merge left", internal="by")

    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="undoing")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    left = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"undoing of {self.merge_id}"


def roots(child_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Child -> the child who stands for her through the merges that stand; herself when nobody absorbed her."""
    found = {child_id: child_id for child_id in child_ids}
    while True:
        steps = dict(
            Merge.objects.standing()
            .filter(absorbed__in=set(found.values()))
            .values_list("absorbed_id", "kept_id")
        )
        if not steps:
            return found
        found = {child_id: steps.get(root, root) for child_id, root in found.items()}


def those_who_became(child_ids: Iterable[UUID]) -> set[UUID]:
    """These children and everybody who was merged into them, directly or through others."""
    found = set(child_ids)
    newest = found
    while newest:
        newest = (
            set(Merge.objects.standing().filter(kept__in=newest).values_list("absorbed_id", flat=True))
            - found
        )
        found = found | newest
    return found
