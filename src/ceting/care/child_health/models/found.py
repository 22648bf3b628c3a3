"""What was found, who confirmed it and who diagnosed; and where she was sent. A kader screens, a doctor diagnoses."""

from django.db import models

from ceting.care.child_health.models.entries import Entry
from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.models import User


class FindingCode(models.TextChoices):
    """What a screening can find; each in words that aren't a diagnosis."""

    LENGTH = "length", "TB/U di bawah -2, perlu dipastikan"
    WASTING = "wasting", "BB/TB di bawah -2"
    SEVERE = "severe", "Gizi buruk: BB/TB di bawah -3, LiLA di bawah 11,5 cm atau bengkak"
    WEIGHT = "weight", "BB/U di bawah -2 atau berat tidak naik"
    HEAD = "head", "Lingkar kepala di luar kebiasaan"
    DEVELOPMENT = "development", "KPSP meragukan atau kemungkinan penyimpangan"
    BIRTH = "birth", "BBLR atau prematur"
    OTHER = "other", "Lainnya"


class Finding(models.Model):
    """What stands out, found by whoever wrote the entry; until somebody confirms it, it is to be checked."""

    field_classes = classify(volunteer="entry code words")

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="finding")
    code = models.CharField("temuan", max_length=12, choices=FindingCode.choices)
    words = models.CharField("keterangan", max_length=200, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def found_by(self) -> User | None:
        return self.entry.recorded_by


class Confirmation(Record):
    """A midwife, nutritionist or doctor looked: it holds, or it doesn't."""

    field_classes = classify(volunteer="finding holds confirmed_on by", clinical="note")

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="confirmation")
    holds = models.BooleanField("benar")
    confirmed_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.finding_id} {self.holds}"


class Diagnosis(Record):
    """What a doctor says it is. Health workers only."""

    field_classes = classify(volunteer="finding diagnosed_on by", clinical="words")

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="diagnosis")
    words = models.CharField("diagnosis", max_length=200)
    diagnosed_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.finding_id)


class ReferralReason(models.TextChoices):
    SEVERE = "severe", "Gizi buruk"
    DANGER = "danger", "Tanda bahaya"
    DEVELOPMENT = "development", "Perkembangan"
    BIRTH = "birth", "BBLR atau prematur"
    OTHER = "other", "Lainnya"


class Referral(models.Model):
    """She was sent to somebody who can do more."""

    field_classes = classify(volunteer="entry reason destination", clinical="note")

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="referral")
    reason = models.CharField("alasan", max_length=12, choices=ReferralReason.choices)
    destination = models.CharField("dirujuk ke", max_length=120)
    note = models.CharField("catatan petugas", max_length=300, blank=True)

    def __str__(self) -> str:
        return self.destination
