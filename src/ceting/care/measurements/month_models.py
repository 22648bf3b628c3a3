"""The counts of a posyandu's month as they were kept, and every later change of them."""

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas

LETTERS = ("S", "K", "D", "N", "T", "O", "B", "BGM", "two_t", "above_orange")
"""What is counted of a month (rules.md, section 3); D = N + T + O + B."""


class MonthCount(Record):
    """SKDN of a posyandu and month, sealed when its session was closed or the month was over.

    `sealed` never changes: it is what was reported. `now` is a copy of what the last change says, and the row that
    is locked while somebody counts again. S is counted on `counted_on`. `sealed_by` is None for the house.
    """

    field_classes = classify(
        public="puskesmas posyandu month counted_on sealed now rules_version", internal="sealed_by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="month_counts")
    month = models.DateField("bulan")
    counted_on = models.DateField()
    sealed = models.JSONField()
    now = models.JSONField()
    rules_version = models.CharField(max_length=12)
    sealed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["MonthCount"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["posyandu", "month"], name="month_count_once"),)
        indexes = (models.Index(fields=["puskesmas", "month"], name="month_count_by_month"),)

    def __str__(self) -> str:
        return f"{self.posyandu_id} {self.month:%Y-%m}"


class CountCause(models.TextChoices):
    """Why a sealed month counts otherwise now."""

    LATE = "late", "Penimbangan menyusul"
    IMPORT = "import", "Impor data"
    CORRECTION = "correction", "Hasil ukur diperbaiki"
    REASSESSED = "reassessed", "Dihitung ulang"
    BASIS = "growth_basis_changed", "Tanggal lahir atau jenis kelamin diperbaiki"
    REGISTERED = "registered", "Anak didaftarkan"
    CHANGED = "changed", "Tanggal lahir atau Buku KIA diperbaiki"
    MOVED = "moved", "Anak pindah"
    LEFT = "left", "Anak pindah keluar atau meninggal"
    RETURNED = "returned", "Anak kembali terdaftar"
    MERGED = "merged", "Data ganda digabungkan"
    UNMERGED = "unmerged", "Penggabungan dibatalkan"
    IMPORT_UNDONE = "import_undone", "Impor ditarik kembali"
    MISTAKEN = "mistaken", "Anak salah terdaftar"


class MonthCountChangeQuerySet(ScopedQuerySet["MonthCountChange"]):
    """Questions about changes; they are seen where the month is."""

    puskesmas_path = "count__puskesmas_id"
    posyandu_path = "count__posyandu_id"


class MonthCountChange(Record):
    """A sealed month was counted again and gave something else. Sealed plus all changes is what counts now.

    `children` are the keys of those concerned; who changed it is None for the house.
    """

    field_classes = classify(public="count before after cause", internal="children changed_by")

    count = models.ForeignKey(MonthCount, on_delete=models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    cause = models.CharField(max_length=20, choices=CountCause.choices)
    children = models.JSONField(default=list)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MonthCountChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.count_id} {self.cause}"
