"""Reports of a pregnant woman or a newborn, from a kader, the head of a neighbourhood or a private midwife."""

from typing import Self

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import Scope, ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models.family import Child
from ceting.registry.places.models import Area, Puskesmas


class ReportKind(models.TextChoices):
    PREGNANCY = "pregnancy", "Ibu hamil"
    BIRTH = "birth", "Bayi baru lahir"


class ReportQuerySet(ScopedQuerySet["FamilyReport"]):
    """Questions about reports: `visible_to` is what staff see, `told_by` what a reporter sees."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        """A report belongs to a puskesmas, never to a posyandu: only its staff sees it."""
        return self.filter(puskesmas__in=Scope.of(user, may=may).puskesmas)

    def told_by(self, user: User) -> Self:
        """Her own, wherever they went: a kader reads no other kader's reports."""
        return self.filter(by=user)

    def waiting(self) -> Self:
        return self.filter(outcome=None)

    def answered(self) -> Self:
        return self.exclude(outcome=None)


class FamilyReport(Record):
    """Somebody told us of a pregnant woman or a newborn. `day` is the due date or the birth date, if known."""

    field_classes = classify(
        public="puskesmas kind village", volunteer="name rw day", family="phone note", internal="by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    name = models.CharField("nama", max_length=120)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    rw = models.CharField("RW", max_length=5, blank=True)
    phone = EncryptedTextField("nomor HP", blank=True)
    day = models.DateField(null=True)
    note = EncryptedTextField("catatan", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["puskesmas", "-created_at"], name="report_newest"),
            models.Index(fields=["by", "-created_at"], name="report_of_reporter"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"


class OutcomeKind(models.TextChoices):
    REGISTERED = "registered", "Anak sudah didaftarkan"
    NOTED = "noted", "Ibu sudah dicatat bidan"
    KNOWN = "known", "Sudah tercatat sebelumnya"
    NOT_FOUND = "not_found", "Tidak ditemukan di alamat itu"


class ReportOutcome(Record):
    """What became of a report; `created_at` is when."""

    field_classes = classify(public="report kind", volunteer="child", family="note", internal="by")

    report = models.OneToOneField(FamilyReport, on_delete=models.PROTECT, related_name="outcome")
    kind = models.CharField(max_length=12, choices=OutcomeKind.choices)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    note = EncryptedTextField("catatan", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"
