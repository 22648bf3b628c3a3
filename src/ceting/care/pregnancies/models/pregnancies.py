"""A pregnancy from the day somebody knows of it until its outcome, and a weeks-count that everybody shares."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver
from ceting.registry.places.models import Posyandu, Puskesmas


class PregnancyQuerySet(ScopedQuerySet["Pregnancy"]):
    """Questions about pregnancies, in the words of the bidan."""

    def open(self) -> Self:
        """Those that go on, as far as anybody knows."""
        return self.filter(is_open=True)

    def meant(self) -> Self:
        """Without those that never were: recorded by mistake."""
        return self._not_ended_as("mistake")

    def followed(self) -> Self:
        """Without those that never were, and those that went on elsewhere: she may come back with the same one."""
        return self._not_ended_as("mistake", "moved")

    def _not_ended_as(self, *kinds: str) -> Self:
        # Outcomes import pregnancies: their table is found from here.
        outcomes = self.model._meta.get_field("outcomes").related_model._default_manager
        return self.filter(~Exists(outcomes.filter(pregnancy=OuterRef("pk"), kind__in=kinds, undoing=None)))

    def with_woman(self) -> Self:
        return self.select_related("woman__household__village", "posyandu__village", "puskesmas")


class Pregnancy(Record):
    """One pregnancy of one woman.

    `started_on` is the first day of the last period (HPHT), or what the ultrasound says it would have been: gestational
    age counts from it. It, `due_on` and everything below "derived" are written by `assessment.derive` and only by it.
    """

    field_classes = classify(
        public="puskesmas posyandu",
        volunteer=(
            "woman lmp scan_on scan_age_days started_on due_on height_cm pre_weight_kg has_kia_book is_open ended_on "
            "risk_group kek next_contact next_from next_until tablets_taken rules_version"
        ),
        clinical=(
            "gravida para abortions living_children last_birth_on married_on blood_group risk_score anaemia "
            "pre_eclampsia"
        ),
        internal="by",
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="pregnancies")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="pregnancies")
    woman = models.ForeignKey(Caregiver, on_delete=models.PROTECT, related_name="pregnancies")
    lmp = models.DateField("hari pertama haid terakhir", null=True)
    scan_on = models.DateField("tanggal USG", null=True)
    scan_age_days = models.PositiveSmallIntegerField("umur kehamilan menurut USG", null=True)
    gravida = models.PositiveSmallIntegerField("kehamilan ke-", null=True)
    para = models.PositiveSmallIntegerField("jumlah persalinan", null=True)
    abortions = models.PositiveSmallIntegerField("jumlah keguguran", null=True)
    living_children = models.PositiveSmallIntegerField("jumlah anak hidup", null=True)
    last_birth_on = models.DateField("persalinan terakhir", null=True)
    married_on = models.DateField("tanggal menikah", null=True)
    height_cm = models.DecimalField("tinggi badan", max_digits=4, decimal_places=1, null=True)
    pre_weight_kg = models.DecimalField("berat sebelum hamil", max_digits=5, decimal_places=2, null=True)
    blood_group = models.CharField("golongan darah", max_length=3, blank=True)
    has_kia_book = models.BooleanField("punya Buku KIA", default=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    # Copies of what the rows of her outcome say.
    is_open = models.BooleanField(default=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    # Derived from the facts above and her contacts; results are codes of standards/tables/words.csv.
    started_on = models.DateField(editable=False)
    due_on = models.DateField(editable=False)
    risk_group = models.CharField(max_length=4, blank=True, editable=False)
    risk_score = models.PositiveSmallIntegerField(null=True, editable=False)
    pre_eclampsia = models.BooleanField("skrining pre-eklampsia positif", default=False, editable=False)
    kek = models.BooleanField("risiko KEK", null=True, editable=False)
    anaemia = models.CharField(max_length=20, blank=True, editable=False)
    tablets_taken = models.PositiveSmallIntegerField(default=0, editable=False)
    # The contact of the schedule that comes next ("K3"), and the days between which it is due.
    next_contact = models.CharField(max_length=2, blank=True, editable=False)
    next_from = models.DateField(null=True, editable=False)
    next_until = models.DateField(null=True, editable=False)
    rules_version = models.CharField(max_length=12, editable=False)

    objects = PregnancyQuerySet.as_manager()

    class Meta:
        indexes = (
            # The list of a puskesmas, whoever is due first at the top.
            models.Index(fields=["puskesmas", "is_open", "next_until"], name="pregnancy_by_next_contact"),
            # The month of a posyandu.
            models.Index(fields=["posyandu", "is_open", "due_on"], name="pregnancy_of_posyandu"),
        )
        constraints = (
            # Nobody is pregnant twice: the second one is refused with the first one's name.
            models.UniqueConstraint(
                fields=["woman"], condition=Q(is_open=True), name="pregnancy_open_once_a_woman"
            ),
            models.CheckConstraint(
                name="pregnancy_is_dated",
                condition=Q(lmp__isnull=False) | Q(scan_on__isnull=False, scan_age_days__isnull=False),
            ),
            models.CheckConstraint(
                name="pregnancy_ends_on_a_day",
                condition=Q(is_open=True, ended_on=None) | Q(is_open=False, ended_on__isnull=False),
            ),
            models.CheckConstraint(name="pregnancy_is_due_later", condition=Q(due_on__gt=F("started_on"))),
        )

    def __str__(self) -> str:
        return f"pregnancy {self.pk}"

    def age_days(self, on: date) -> int:
        """Completed days of gestation on a day."""
        return (on - self.started_on).days
