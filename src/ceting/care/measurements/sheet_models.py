"""Paper sheets: which children stand on one, in which order. What is written on paper by hand isn't here."""

from django.db import models

from ceting.care.measurements.session_models import SessionKind
from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places.models import Posyandu, Puskesmas


class PaperSheet(Record):
    """A sheet as it was printed, for a day that may be still to come. It never changes: who prints again has another.

    Its session is the one of the same posyandu, day, kind and place, opened whenever it is.
    """

    field_classes = classify(
        public="puskesmas posyandu held_on kind place", volunteer="code", internal="printed_by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="paper_sheets")
    held_on = models.DateField("tanggal posyandu")
    kind = models.CharField(max_length=10, choices=SessionKind.choices, default=SessionKind.POSYANDU)
    place = models.CharField("nama PAUD", max_length=60, blank=True)
    code = models.CharField("kode lembar", max_length=8, unique=True)
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["PaperSheet"].as_manager()

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=["posyandu", "-created_at"], name="paper_sheet_newest"),)

    def __str__(self) -> str:
        return f"sheet of {self.posyandu} {self.held_on}"


class PaperSheetLine(Record):
    """Row `number` of a sheet is this child's."""

    field_classes = classify(volunteer="sheet number child")

    sheet = models.ForeignKey(PaperSheet, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["sheet", "number"], name="paper_sheet_line_once"),
            models.UniqueConstraint(fields=["sheet", "child"], name="paper_sheet_child_once"),
        )

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.number}"
