"""The base of every row of ours, and long work with its progress."""

from typing import ClassVar

from django.db import models

from ceting.foundation.core import clock
from ceting.foundation.core.classification import FieldClass, classify
from ceting.foundation.core.keys import new_key


class Record(models.Model):
    """A row with a UUIDv7 key, the moment it was made, and a version that counts its changes.

    `version` guards against two people editing the same row: a writer names the version it saw.
    """

    field_classes: ClassVar[dict[str, FieldClass]] = classify(public="id created_at version")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class JobState(models.TextChoices):
    WAITING = "waiting", "Menunggu giliran"
    RUNNING = "running", "Sedang berjalan"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"


class Job(Record):
    """Long work that a person may leave and come back to. Drained by `ceting work`.

    `done` of `total` are units that mean something to the person (rows, children). `by_id` and `puskesmas_id`
    are plain ids: this floor knows neither users nor places.
    """

    field_classes = classify(
        public="kind state done total started_at finished_at", internal="by_id puskesmas_id failure"
    )

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    by_id = models.UUIDField()
    puskesmas_id = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["kind", "-created_at"], name="job_newest_of_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def percent(self) -> int:
        return 100 if self.state == JobState.DONE else (self.done * 100 // self.total if self.total else 0)

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
