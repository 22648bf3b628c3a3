"""Measurements, and what was derived from them when they were written. Sessions, plans and sheets stand beside."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from ceting.care.measurements.month_models import CountCause as CountCause
from ceting.care.measurements.month_models import MonthCount as MonthCount
from ceting.care.measurements.month_models import MonthCountChange as MonthCountChange
from ceting.care.measurements.plan_models import PlannedDay as PlannedDay
from ceting.care.measurements.practice_models import Practice as Practice
from ceting.care.measurements.practice_models import PracticeValue as PracticeValue
from ceting.care.measurements.practice_models import Practitioner as Practitioner
from ceting.care.measurements.session_models import MeasuringTeam as MeasuringTeam
from ceting.care.measurements.session_models import Session as Session
from ceting.care.measurements.session_models import SessionClosure as SessionClosure
from ceting.care.measurements.session_models import SessionKind as SessionKind
from ceting.care.measurements.sheet_models import PaperSheet as PaperSheet
from ceting.care.measurements.sheet_models import PaperSheetLine as PaperSheetLine
from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models import FIVE_YEARS_IN_MONTHS, Child
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.ages import add_months

RULES_VERSION = "2026.2"
"""Names the rules that derived a row: WHO 2006 with Permenkes 2/2020 and the KBM table. Change it with them."""


class Source(models.TextChoices):
    """Who stood at the scale. A family's own value never overwrites a professional's."""

    FAMILY = "family", "Catatan di rumah"
    VOLUNTEER = "volunteer", "Kader"
    STAFF = "staff", "Petugas"
    IMPORT = "import", "Impor"


class Position(models.TextChoices):
    LYING = "l", "Terlentang"
    STANDING = "h", "Berdiri"
    UNKNOWN = "", "Belum dicatat"


class WeighingStatus(models.TextChoices):
    """Official status of a month's weighing (rules.md, section 3)."""

    FIRST = "B", "Baru pertama ditimbang"
    ABSENT = "O", "Bulan lalu tidak ditimbang"
    GAINED = "N", "Naik"
    NOT_GAINED = "T", "Tidak naik"


class Attention(models.IntegerChoices):
    """How soon somebody should look; the queryset `needing_attention` reads it. Issue D replaces it by cases."""

    NONE = 0, "Tidak ada"
    ROUTINE = 1, "Sesi berikutnya"
    MEDIUM = 2, "Minggu ini"
    HIGH = 3, "Tiga hari"
    SAME_DAY = 4, "Hari ini"


class MeasurementQuerySet(ScopedQuerySet["Measurement"]):
    """Questions about measurements. Who may see a child may see all of hers, wherever they were measured."""

    puskesmas_path = "child__puskesmas_id"
    posyandu_path = "child__posyandu_id"

    def current(self) -> Self:
        """Without the rows that a later row corrects, and those that were struck out."""
        return self.filter(correction=None, withdrawal=None)


class Measurement(Record):
    """What was measured of one child on one day. Never changed: a correction is a new row that names the old one.

    Units: kg, cm. The z-scores (2 decimals, SD) and everything below them are derived when the row is written, by
    `assessment.derive` and only by it, with `rules_version`.
    """

    field_classes = classify(
        public="puskesmas session",
        volunteer=(
            "child origin measured_on weight_kg lenhei_cm position head_cm muac_cm oedema source measured_by team "
            "recorded_by corrects reason age_days corrected_age_days zwei zlen zwfl zbmi zhc zac flags wfa lfa wfl "
            "bmi_class status gain_g minimum_gain_g two_t below_red_line above_orange_line rules_version"
        ),
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="measurements")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="measurements")
    # For whom it was written. `child` is who stands for her through the merges that stand: merging.py sees to it.
    origin = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="original_measurements")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="measurements")
    measured_on = models.DateField("tanggal ukur")
    weight_kg = models.DecimalField("berat", max_digits=6, decimal_places=3, null=True)
    lenhei_cm = models.DecimalField("panjang/tinggi", max_digits=5, decimal_places=2, null=True)
    position = models.CharField("posisi", max_length=1, choices=Position.choices, blank=True)
    head_cm = models.DecimalField("lingkar kepala", max_digits=5, decimal_places=2, null=True)
    muac_cm = models.DecimalField("LiLA", max_digits=5, decimal_places=2, null=True)
    oedema = models.BooleanField("bengkak kedua kaki", default=False)
    source = models.CharField(max_length=10, choices=Source.choices)
    measured_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # The two who stood there, when the session named them: `measured_by` is its measurer, None without an account.
    team = models.ForeignKey(MeasuringTeam, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="correction")
    reason = models.CharField(max_length=120, blank=True)

    # Since birth, and since the day she was due where her growth is judged by that.
    age_days = models.PositiveIntegerField()
    corrected_age_days = models.PositiveIntegerField(null=True)
    zwei = models.FloatField(null=True)
    zlen = models.FloatField(null=True)
    zwfl = models.FloatField(null=True)
    zbmi = models.FloatField(null=True)
    zhc = models.FloatField(null=True)
    zac = models.FloatField(null=True)
    # Indices whose z is implausible (WHO flags), as letters of assessment.INDICES: "" when none is.
    flags = models.CharField(max_length=6, blank=True)
    wfa = models.CharField("BB/U", max_length=12, blank=True)
    lfa = models.CharField("PB/U atau TB/U", max_length=12, blank=True)
    wfl = models.CharField("BB/PB atau BB/TB", max_length=12, blank=True)
    bmi_class = models.CharField("IMT/U", max_length=12, blank=True)
    status = models.CharField(max_length=1, choices=WeighingStatus.choices, blank=True)
    gain_g = models.IntegerField(null=True)
    minimum_gain_g = models.PositiveIntegerField(null=True)
    two_t = models.BooleanField(default=False)
    below_red_line = models.BooleanField(default=False)
    above_orange_line = models.BooleanField(default=False)
    rules_version = models.CharField(max_length=12, default=RULES_VERSION)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        indexes = (
            # A child's series, for her chart and for deriving statuses.
            models.Index(fields=["child", "measured_on"], name="measurement_series"),
            # The session's grid and its SKDN.
            models.Index(fields=["session", "child"], name="measurement_of_session"),
            models.Index(fields=["puskesmas", "measured_on"], name="measurement_by_month"),
        )
        constraints = (
            models.CheckConstraint(
                name="measurement_measures_something",
                condition=Q(weight_kg__isnull=False)
                | Q(lenhei_cm__isnull=False)
                | Q(head_cm__isnull=False)
                | Q(muac_cm__isnull=False)
                | Q(oedema=True),
            ),
            models.CheckConstraint(
                name="measurement_is_positive",
                condition=(Q(weight_kg__isnull=True) | Q(weight_kg__gt=0))
                & (Q(lenhei_cm__isnull=True) | Q(lenhei_cm__gt=0))
                & (Q(head_cm__isnull=True) | Q(head_cm__gt=0))
                & (Q(muac_cm__isnull=True) | Q(muac_cm__gt=0)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.child_id} {self.measured_on}"

    def chronology(self) -> tuple[date, bytes]:
        """Sorts rows by the day they speak of, and rows of one day as they were written."""
        return self.measured_on, self.pk.bytes

    @property
    def growth_age_days(self) -> int:
        """The age that her z-scores were judged by."""
        return self.age_days if self.corrected_age_days is None else self.corrected_age_days

    @property
    def counts_officially(self) -> bool:
        """Family entries never enter SKDN."""
        return self.source != Source.FAMILY


class LatestGrowthQuerySet(ScopedQuerySet["LatestGrowth"]):
    """Questions about where children stand now."""

    posyandu_path = "child__posyandu_id"

    def needing_attention(self) -> Self:
        """Those whom somebody should see, the most urgent first, then the longest unseen."""
        return self.filter(attention__gt=Attention.NONE).order_by("-attention", "measured_on", "child_id")

    def under_five(self, on: date) -> Self:
        """As `Child.objects.under_five`, from the copy of the birth date: no join in a city's lists."""
        return self.filter(birth_date__gt=add_months(on, -FIVE_YEARS_IN_MONTHS), birth_date__lte=on)

    def here(self) -> Self:
        """As `Child.objects.here`, from the copy."""
        return self.filter(here=True)

    def weighed_after(self, day: date) -> Self:
        return self.filter(weighed_on__gt=day)

    def of_posyandu(self, posyandu: Posyandu) -> Self:
        return self.filter(child__posyandu=posyandu)


class LatestGrowth(models.Model):
    """Where a child stands: her last weight and length, and how soon somebody should look. One row a child.

    Derived with the measurements, so that lists don't grow with history. `puskesmas`, `birth_date` and `here` are
    copies of the child's: with them an index answers a puskesmas' whole list (rewritten with everything that is
    derived, and when she moves).
    """

    field_classes = classify(
        public="puskesmas",
        volunteer=(
            "child birth_date here measured_on weight_kg weighed_on lenhei_cm length_on position attention reasons "
            "measurement"
        ),
    )

    child = models.OneToOneField(
        Child, primary_key=True, on_delete=models.PROTECT, related_name="latest_growth"
    )
    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    birth_date = models.DateField()
    here = models.BooleanField(default=True)
    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="+")
    measured_on = models.DateField()
    weight_kg = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    weighed_on = models.DateField(null=True)
    lenhei_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    length_on = models.DateField(null=True)
    position = models.CharField(max_length=1, choices=Position.choices, blank=True)
    attention = models.PositiveSmallIntegerField(choices=Attention.choices, default=Attention.NONE)
    # Codes of attention.REASONS, space-separated, the most urgent first.
    reasons = models.CharField(max_length=160, blank=True)

    objects = LatestGrowthQuerySet.as_manager()

    class Meta:
        indexes = (
            # *Perlu perhatian* in its order, and its counts, without a look at the children.
            models.Index(
                fields=["puskesmas", "-attention", "measured_on", "birth_date", "here"],
                name="growth_by_need",
                condition=Q(attention__gt=0),
            ),
            # Whom nobody has weighed for long: everybody but these.
            models.Index(
                fields=["puskesmas", "weighed_on", "birth_date", "here", "child"], name="growth_by_weighing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.child_id} {self.measured_on}"


class Withdrawal(Record):
    """Struck out: what was typed is nobody's measurement. Who, when and why; the row itself stays."""

    field_classes = classify(volunteer="measurement reason", internal="by")

    measurement = models.OneToOneField(Measurement, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"withdrawal of {self.measurement_id}"
