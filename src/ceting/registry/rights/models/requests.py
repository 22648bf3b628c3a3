"""What people ask of their data, and what they were answered within 3 x 24 hours (UU 27/2022)."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.registry.accounts.access import Scope as Places
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child, Household
from ceting.registry.places.models import Puskesmas
from ceting.registry.rights.models.append_only import AppendOnlyQuerySet, AppendOnlyRecord

TIME_TO_ANSWER = timedelta(hours=3 * 24)
"""Of the law, so no setting. Hours, not working days."""


class RequestKind(models.TextChoices):
    COPY = "copy", "Melihat atau mendapat salinan"
    CORRECT = "correct", "Memperbaiki data"
    STOP = "stop", "Menghentikan pemakaian data"
    ERASE = "erase", "Menghapus data"


class IdentityCheck(models.TextChoices):
    """How one knew who asks: data handed to the wrong person is a breach."""

    CARD = "card", "KTP atau KK diperlihatkan"
    KIA_BOOK = "kia_book", "Buku KIA diperlihatkan"
    KNOWN = "known", "Dikenal langsung oleh petugas"
    CALLED_BACK = "called_back", "Ditelepon balik ke nomor yang tercatat"


class RequestChannel(models.TextChoices):
    DESK = "desk", "Datang ke puskesmas atau posyandu"
    PHONE = "phone", "Telepon atau WhatsApp"
    LETTER = "letter", "Surat"


class DataRequestQuerySet(AppendOnlyQuerySet["DataRequest"]):
    """Questions about requests. They belong to a puskesmas, never to one posyandu."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        return self.filter(puskesmas__in=Places.of(user, may=may or "rights.handle").puskesmas)

    def open(self) -> Self:
        """Unanswered, the one that is due first in front."""
        return self.filter(answer=None).order_by("received_at", "id")

    def answered(self) -> Self:
        return self.filter(answer__isnull=False).order_by("-answer__answered_at", "-id")

    def with_people(self) -> Self:
        """Everything that a line of the list shows, in one query."""
        people = ("child", "caregiver", "puskesmas", "answer__by", "recorded_by")
        return self.select_related(*people).defer("child__nik", "caregiver__nik", "caregiver__phone")


class DataRequest(AppendOnlyRecord):
    """Somebody asks about the data of a child, of a caregiver (herself), or of a whole household."""

    field_classes = classify(
        public="puskesmas kind channel identity",
        volunteer="child caregiver household received_at",
        family="asked_by details",
        internal="recorded_by",
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RequestKind.choices)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="data_requests")
    caregiver = models.ForeignKey(
        Caregiver, null=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    household = models.ForeignKey(
        Household, null=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    asked_by = models.CharField(max_length=120)
    channel = models.CharField(max_length=6, choices=RequestChannel.choices)
    identity = models.CharField(max_length=12, choices=IdentityCheck.choices)
    details = EncryptedTextField(blank=True)
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["puskesmas", "received_at"], name="data_request_by_due"),)
        constraints = (
            models.CheckConstraint(
                name="data_request_about_one",
                condition=Q(child__isnull=False, caregiver=None, household=None)
                | Q(child=None, caregiver__isnull=False, household=None)
                | Q(child=None, caregiver=None, household__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.received_at:%Y-%m-%d}"

    @property
    def due_at(self) -> datetime:
        return self.received_at + TIME_TO_ANSWER


class Outcome(models.TextChoices):
    DONE = "done", "Dipenuhi"
    PARTLY = "partly", "Dipenuhi sebagian"
    REFUSED = "refused", "Ditolak"


class DataAnswer(AppendOnlyRecord):
    """What was answered, when and by whom. Only a whole yes needs no reason."""

    field_classes = classify(
        public="outcome", volunteer="request answered_at", family="reason", internal="by"
    )

    request = models.OneToOneField(DataRequest, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = AppendOnlyQuerySet["DataAnswer"].as_manager()

    def __str__(self) -> str:
        return f"answer to {self.request_id}"

    @property
    def in_time(self) -> bool:
        return self.answered_at <= self.request.due_at
