"""The rows of an uploaded list: as they stood in it, what was asked and wrong about them, what became of them."""

from django.db import models
from django.db.models import Q

from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.keys import new_key
from ceting.foundation.core.models import Record
from ceting.gateways.interop.states import Undone as Undone
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver


class WomenRow(models.Model):
    """A row exactly as it stood in the file, never changed. `raw`: a JSON list of texts in the order of the header."""

    field_classes = classify(public="id file line", family="raw")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    file = models.ForeignKey(
        "pregnant_women.WomenFile", on_delete=models.PROTECT, related_name="rows", db_index=False
    )
    line = models.PositiveIntegerField()
    raw = EncryptedTextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["file", "line"], name="women_row_once_a_line"),)

    def __str__(self) -> str:
        return f"{self.file_id}:{self.line}"


class WomenProblem(Record):
    """What the person should know about one row: why it isn't taken (`refused`), or what was left out of it.

    `candidates`: keys of the registered women who may be she; `asks`: only a person can say.
    """

    field_classes = classify(public="file row line refused asks code", volunteer="sentence candidates")

    file = models.ForeignKey(
        "pregnant_women.WomenFile", on_delete=models.PROTECT, related_name="problems", db_index=False
    )
    row = models.ForeignKey(WomenRow, on_delete=models.PROTECT, related_name="problems")
    line = models.PositiveIntegerField()
    refused = models.BooleanField()
    asks = models.BooleanField(default=False)
    code = models.CharField(max_length=40)
    sentence = EncryptedTextField()
    candidates = models.JSONField(default=list)

    class Meta:
        indexes = (
            # The lists on the page: what is asked, what isn't taken, what was left out; by line.
            models.Index(fields=["file", "asks", "refused", "line"], name="women_problem_by_line"),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.code}"


class WomenDecision(Record):
    """A person said who stands in a row: a registered woman, or (`woman` None) none of those who are like her.

    `against`: keys of the women who were shown; the answer "none of them" says nothing about anybody else.
    """

    field_classes = classify(public="row", volunteer="woman against by")

    row = models.OneToOneField(WomenRow, on_delete=models.PROTECT, related_name="decision")
    woman = models.ForeignKey(Caregiver, null=True, on_delete=models.PROTECT, related_name="+")
    against = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"decision about {self.row_id}"


class Verdict(models.TextChoices):
    """What became of a row."""

    REGISTERED = "registered", "Kehamilan dicatat"
    KNOWN = "known", "Sudah ada"
    REPEATED = "repeated", "Kembar di berkas"
    WAITING = "waiting", "Menunggu jawaban, tidak diambil"
    REFUSED = "refused", "Tidak diambil"
    SKIPPED = "skipped", "Dilewati"


class WomenOutcome(models.Model):
    """What became of a row; written in the transaction that did it, so a killed worker knows where it was.

    `new_woman` marks the row with which she came into the registry; `from_due`: her HPHT was reckoned from the HPL.
    """

    field_classes = classify(public="file row verdict new_woman from_due", volunteer="woman pregnancy")

    file = models.ForeignKey(
        "pregnant_women.WomenFile", on_delete=models.PROTECT, related_name="outcomes", db_index=False
    )
    row = models.OneToOneField(WomenRow, on_delete=models.PROTECT, related_name="outcome", primary_key=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    woman = models.ForeignKey(Caregiver, null=True, on_delete=models.PROTECT, related_name="+")
    pregnancy = models.ForeignKey(Pregnancy, null=True, on_delete=models.PROTECT, related_name="+")
    new_woman = models.BooleanField(default=False)
    from_due = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["file", "verdict", "new_woman"], name="women_outcome_count"),)
        constraints = (
            models.CheckConstraint(
                name="women_outcome_registered_a_pregnancy",
                condition=~Q(verdict="registered") | Q(pregnancy__isnull=False, woman__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.row_id} {self.verdict}"


WOMAN = "woman."
"""Begins the code of a row of which only the woman stays: her pregnancy was taken back."""


class UndoneWoman(models.Model):
    """Written in the transaction that took the row back. `sentence` says who or what keeps what stays of it."""

    field_classes = classify(public="file row result code", volunteer="sentence")

    file = models.ForeignKey(
        "pregnant_women.WomenFile", on_delete=models.PROTECT, related_name="undone_rows", db_index=False
    )
    row = models.OneToOneField(WomenRow, on_delete=models.PROTECT, related_name="undone", primary_key=True)
    result = models.CharField(max_length=10, choices=Undone.choices)
    code = models.CharField(max_length=20, blank=True)
    sentence = EncryptedTextField(blank=True)

    class Meta:
        indexes = (
            # What stays, in the order of the file (keys of rows are made in it).
            models.Index(fields=["file", "result", "row"], name="undone_woman_by_result"),
        )

    def __str__(self) -> str:
        return f"{self.row_id} {self.result}"
