"""Taking an import back: who said so and why, and what became of each of its rows."""

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Job, Record
from ceting.gateways.interop.states import Undone as Undone
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child


class ImportUndoing(Record):
    """ "Tarik kembali": who, when and why; the job that does it. Nothing that the import wrote is deleted."""

    field_classes = classify(public="file job", volunteer="started_by reason")

    file = models.OneToOneField("eppgbm.ImportFile", on_delete=models.PROTECT, related_name="undoing")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("alasan", max_length=100)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"undoing of {self.file_id}"


class UndoneRow(models.Model):
    """Written in the transaction that took the row back. `sentence` says who or what keeps what stays of it."""

    field_classes = classify(public="file row result code", volunteer="sentence")

    file = models.ForeignKey(
        "eppgbm.ImportFile", on_delete=models.PROTECT, related_name="undone_rows", db_index=False
    )
    row = models.OneToOneField(
        "eppgbm.ImportRow", on_delete=models.PROTECT, related_name="undone", primary_key=True
    )
    result = models.CharField(max_length=10, choices=Undone.choices)
    code = models.CharField(max_length=20, blank=True)
    sentence = EncryptedTextField(blank=True)

    class Meta:
        indexes = (
            # What stays, in the order of the file (keys of rows are made in it).
            models.Index(fields=["file", "result", "row"], name="undone_row_by_result"),
        )

    def __str__(self) -> str:
        return f"{self.row_id} {self.result}"


class NikRemoval(Record):
    """The NIK that only imports had given to a child was taken back with them. `child_version` is hers after that."""

    field_classes = classify(public="file child_version", volunteer="child")

    file = models.ForeignKey("eppgbm.ImportFile", on_delete=models.PROTECT, related_name="nik_removals")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    child_version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"NIK of {self.child_id} removed"
