"""The rows of an uploaded file: as they stood in it, what was wrong with them, what became of them."""

from django.db import models

from ceting.care.measurements.models import Measurement
from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.keys import new_key
from ceting.foundation.core.models import Record
from ceting.registry.families.models import Child


class ImportRow(models.Model):
    """A row exactly as it stood in the file, never changed. `raw`: a JSON list of texts in the order of the header."""

    field_classes = classify(public="id file line part", family="raw")

    # No moment and no version of its own, as in a Record: there are as many rows as the file has.
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)

    file = models.ForeignKey(
        "eppgbm.ImportFile", on_delete=models.PROTECT, related_name="rows", db_index=False
    )
    line = models.PositiveIntegerField()
    # A row of a monthly sheet becomes a row for each month.
    part = models.PositiveSmallIntegerField(default=0)
    raw = EncryptedTextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["file", "line", "part"], name="import_row_once_a_line"),
        )

    def __str__(self) -> str:
        return f"{self.file_id}:{self.line}"


class ImportProblem(Record):
    """What the person should know about one row: why it isn't taken (`refused`), or what was left out of it."""

    field_classes = classify(public="file row line refused code", volunteer="sentence")

    file = models.ForeignKey(
        "eppgbm.ImportFile", on_delete=models.PROTECT, related_name="problems", db_index=False
    )
    row = models.ForeignKey(ImportRow, on_delete=models.PROTECT, related_name="problems")
    line = models.PositiveIntegerField()
    refused = models.BooleanField()
    code = models.CharField(max_length=40)
    sentence = EncryptedTextField()

    class Meta:
        indexes = (
            # The list under the preview and the result: refused first, by line, perhaps of one kind.
            models.Index(fields=["file", "refused", "code", "line"], name="import_problem_of_kind"),
            models.Index(fields=["file", "refused", "line"], name="import_problem_by_line"),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.code}"


class Outcome(models.TextChoices):
    """What became of a row."""

    RECORDED = "recorded", "Penimbangan dicatat"
    REGISTERED = "registered", "Anak didaftarkan, tanpa penimbangan"
    KNOWN = "known", "Sudah ada"
    REPEATED = "repeated", "Kembar di berkas"
    REFUSED = "refused", "Tidak diambil"
    SKIPPED = "skipped", "Dilewati"


class ImportOutcome(models.Model):
    """What became of a row of the file; written in the transaction that did it, so a killed worker knows where it was.

    `new_child` marks the one row with which the child came into the registry.
    """

    field_classes = classify(public="file row outcome new_child", volunteer="child measurement")

    file = models.ForeignKey(
        "eppgbm.ImportFile", on_delete=models.PROTECT, related_name="outcomes", db_index=False
    )
    row = models.OneToOneField(ImportRow, on_delete=models.PROTECT, related_name="outcome", primary_key=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    # No index: nobody asks which row of a file a measurement came from, and measurements are never deleted.
    measurement = models.ForeignKey(
        Measurement, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    new_child = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["file", "outcome", "new_child"], name="import_outcome_count"),)

    def __str__(self) -> str:
        return f"{self.row_id} {self.outcome}"


class LearnedNik(Record):
    """A registered child who had no NIK got the one of this row. `child_version` is hers after that."""

    field_classes = classify(public="file row child_version", volunteer="child")

    file = models.ForeignKey("eppgbm.ImportFile", on_delete=models.PROTECT, related_name="learned_niks")
    row = models.OneToOneField(ImportRow, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    child_version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"NIK of {self.child_id}"
