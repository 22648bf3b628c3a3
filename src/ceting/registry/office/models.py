"""How a puskesmas gets started: steps that it leaves out, values that a doctor has read, and the end of it."""

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import puskesmas_of
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas

MAY_START = "places.manage"


class StepSkip(Record):
    """A step that this puskesmas leaves out and why, until somebody takes it up again."""

    field_classes = classify(public="puskesmas step reason", internal="skipped_by resumed_at resumed_by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="step_skips")
    step = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    skipped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["puskesmas", "step"], condition=models.Q(resumed_at=None), name="step_skipped_once"
            ),
            models.CheckConstraint(
                name="step_resumed_by_somebody",
                condition=models.Q(resumed_at=None, resumed_by=None)
                | models.Q(resumed_at__isnull=False, resumed_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} of {self.puskesmas_id}"


class SettingsReading(Record):
    """A doctor has read the values that official sources leave open. `values` are those that stood: code -> stored."""

    field_classes = classify(public="puskesmas values", internal="read_by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="settings_readings")
    values = models.JSONField()
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["puskesmas", "created_at"], name="settings_reading_newest"),)

    def __str__(self) -> str:
        return f"reading of {self.puskesmas_id}"


class StartFinish(Record):
    """The puskesmas has got started: its steps are no longer shown at home."""

    field_classes = classify(public="puskesmas", internal="finished_by")

    puskesmas = models.OneToOneField(Puskesmas, on_delete=models.PROTECT, related_name="start_finish")
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"finish of {self.puskesmas_id}"


def unfinished_starts(user: User) -> list[Puskesmas]:
    """The puskesmas that she runs and that are still getting started; no query for who runs none."""
    if not user.may(MAY_START):
        return []
    return list(puskesmas_of(user, may=MAY_START).filter(start_finish=None))
