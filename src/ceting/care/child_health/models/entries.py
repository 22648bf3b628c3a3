"""One deed or answer about a child on one day. What it was stands beside it, in the row of its kind."""

from typing import Self

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places.models import Puskesmas


class Kind(models.TextChoices):
    """Which row stands beside the entry; its name is that of the relation."""

    IMMUNISATION = "immunisation", "Imunisasi"
    SUPPLEMENT = "supplement", "Vitamin A atau obat cacing"
    BREASTFEEDING = "breastfeeding", "ASI"
    FEEDING = "feeding", "Makan kemarin"
    DEVELOPMENT = "development", "KPSP"
    NEWBORN = "newborn", "Kunjungan bayi baru lahir"
    ILLNESS = "illness", "Keluhan"
    FOOD = "food", "PMT"
    REFERRAL = "referral", "Rujukan"
    FINDING = "finding", "Yang perlu dipastikan"


class Place(models.TextChoices):
    POSYANDU = "posyandu", "Posyandu"
    PUSKESMAS = "puskesmas", "Puskesmas atau pustu"
    HOSPITAL = "hospital", "Rumah sakit"
    PRIVATE = "private", "Bidan atau dokter praktik"
    HOME = "home", "Rumah"
    ELSEWHERE = "elsewhere", "Tempat lain"
    UNKNOWN = "", "Tidak diketahui"


class EntryQuerySet(ScopedQuerySet["Entry"]):
    """Questions about entries. Who may see a child may see all of hers, wherever they were written."""

    puskesmas_path = "child__puskesmas_id"
    posyandu_path = "child__posyandu_id"

    def current(self) -> Self:
        """Without those that were struck out."""
        return self.filter(strike=None)

    def with_details(self, *kinds: str) -> Self:
        """With the rows of these kinds (all) in the same query."""
        return self.select_related(*(kinds or Kind.values))


class Entry(Record):
    """Never changed: what was wrong is struck out and written anew.

    `child` is who stands for `origin` through the merges that stand (merging.py). `form_key` comes with the form and
    `number` counts its entries, so that a form that is sent twice writes once. `limits` are the choices of the
    puskesmas by which it was judged on its day (limits.py), `rules_version` the rules: what it meant then is readable
    whatever somebody chooses later.
    """

    field_classes = classify(
        public="puskesmas",
        volunteer="child origin kind happened_on place given_by recorded_by limits rules_version",
        internal="form_key number",
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="health_entries")
    origin = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    happened_on = models.DateField("tanggal")
    place = models.CharField("tempat", max_length=12, choices=Place.choices, blank=True)
    given_by = models.CharField("oleh", max_length=120, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(null=True)
    number = models.PositiveSmallIntegerField(default=0)
    limits = models.JSONField(default=dict, editable=False)
    rules_version = models.CharField(max_length=12, editable=False, default="")

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = (
            # A child's whole record, and that of all children of a posyandu.
            models.Index(fields=["child", "kind", "happened_on"], name="entry_of_child"),
            # Whose rows go with whom when two children are one.
            models.Index(fields=["origin"], name="entry_by_origin"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["form_key", "number"],
                name="entry_of_form_once",
                condition=models.Q(form_key__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.child_id} {self.happened_on}"


class Strike(Record):
    """Struck out: it never happened so. Who, when and why; the entry itself stays readable."""

    field_classes = classify(volunteer="entry reason", internal="by")

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="strike")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"strike of {self.entry_id}"
