"""Antenatal contacts: what was asked, measured and given, by whom and where, and what was derived from it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from ceting.care.pregnancies.models.pregnancies import Pregnancy
from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas


class Place(models.TextChoices):
    POSYANDU = "posyandu", "Posyandu"
    PUSKESMAS = "puskesmas", "Puskesmas atau pustu"
    PRIVATE = "private", "Praktik bidan atau klinik"
    HOSPITAL = "hospital", "Rumah sakit"
    HOME = "home", "Di rumah ibu"


class Attendant(models.TextChoices):
    KADER = "kader", "Kader"
    MIDWIFE = "midwife", "Bidan"
    DOCTOR = "doctor", "Dokter"
    SPECIALIST = "specialist", "Dokter SpOG"

    @property
    def is_doctor(self) -> bool:
        return self in (Attendant.DOCTOR, Attendant.SPECIALIST)


class Presentation(models.TextChoices):
    HEAD = "head", "Kepala"
    BREECH = "breech", "Sungsang"
    TRANSVERSE = "transverse", "Lintang"
    UNKNOWN = "", "Belum diperiksa"


class Urine(models.TextChoices):
    NEGATIVE = "0", "Negatif"
    TRACE = "tr", "Samar"
    ONE = "1", "+"
    TWO = "2", "++"
    THREE = "3", "+++ atau lebih"
    UNKNOWN = "", "Belum diperiksa"

    @property
    def is_positive(self) -> bool:
        return self in (Urine.ONE, Urine.TWO, Urine.THREE)


class Product(models.TextChoices):
    IRON_FOLATE = "ttd", "TTD (tablet tambah darah)"
    MULTIPLE = "mms", "MMS (multi mikronutrien)"


class ContactQuerySet(ScopedQuerySet["Contact"]):
    """Questions about contacts. Who may see a pregnancy may see its contacts, wherever they were."""

    puskesmas_path = "pregnancy__puskesmas_id"
    posyandu_path = "pregnancy__posyandu_id"

    def current(self) -> Self:
        """Without those that a later one corrects, and those that were struck out."""
        return self.filter(correction=None, withdrawal=None)


MEASURED = (
    *("weight_kg", "muac_cm", "systolic", "diastolic", "hb_g_dl", "fundal_cm", "fetal_heart", "presentation"),
    *(
        "fetuses",
        "urine_protein",
        "glucose_mg_dl",
        "product",
        "tablets_given",
        "tablets_taken",
        "tetanus_dose",
    ),
    *("scan_done", "lab_done", "mental_screened", "counselled", "treated", "danger_signs"),
)


class Contact(Record):
    """One antenatal contact. Never changed: a correction is a new row that names the old one.

    Units: kg, cm, mmHg, g/dL, beats a minute, mg/dL, tablets. What is below "derived" follows from these values, the
    pregnancy's dating and the settings of the puskesmas, which are kept in `limits`.
    """

    field_classes = classify(
        public="puskesmas",
        volunteer=(
            "pregnancy on place attendant weight_kg muac_cm systolic diastolic product tablets_given tablets_taken "
            "tetanus_dose counselled danger_signs corrects reason age_days trimester slot kek pressure gain_kg gain "
            "rules_version limits"
        ),
        clinical=(
            "hb_g_dl fundal_cm fetal_heart presentation fetuses urine_protein glucose_mg_dl scan_done lab_done "
            "mental_screened treated note anaemia map_mm_hg map_positive fundal heart"
        ),
        internal="by",
    )

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="contacts")
    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="antenatal_contacts")
    on = models.DateField("tanggal periksa")
    place = models.CharField("tempat", max_length=10, choices=Place.choices)
    attendant = models.CharField("diperiksa oleh", max_length=10, choices=Attendant.choices)
    weight_kg = models.DecimalField("berat", max_digits=5, decimal_places=2, null=True)
    muac_cm = models.DecimalField("LiLA", max_digits=4, decimal_places=1, null=True)
    systolic = models.PositiveSmallIntegerField("tekanan darah atas", null=True)
    diastolic = models.PositiveSmallIntegerField("tekanan darah bawah", null=True)
    hb_g_dl = models.DecimalField("Hb", max_digits=4, decimal_places=1, null=True)
    fundal_cm = models.DecimalField("tinggi fundus", max_digits=4, decimal_places=1, null=True)
    fetal_heart = models.PositiveSmallIntegerField("denyut jantung janin", null=True)
    presentation = models.CharField("letak janin", max_length=10, choices=Presentation.choices, blank=True)
    fetuses = models.PositiveSmallIntegerField("jumlah janin", null=True)
    urine_protein = models.CharField("protein urin", max_length=2, choices=Urine.choices, blank=True)
    glucose_mg_dl = models.PositiveSmallIntegerField("gula darah", null=True)
    product = models.CharField("jenis tablet", max_length=3, choices=Product.choices, blank=True)
    tablets_given = models.PositiveSmallIntegerField("tablet diberikan", null=True)
    tablets_taken = models.PositiveSmallIntegerField("tablet diminum sejak periksa terakhir", null=True)
    tetanus_dose = models.PositiveSmallIntegerField("imunisasi tetanus", null=True)
    scan_done = models.BooleanField("USG", default=False)
    lab_done = models.BooleanField("tes laboratorium", default=False)
    # That it was asked, not what was answered: that is a NamedResult.
    mental_screened = models.BooleanField("skrining kesehatan jiwa", default=False)
    counselled = models.BooleanField("konseling", default=False)
    treated = models.BooleanField("tata laksana", default=False)
    # Codes of standards.pregnancy.danger_signs, with spaces between.
    danger_signs = models.CharField(max_length=300, blank=True)
    note = EncryptedTextField("catatan", blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="correction")
    reason = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    # Derived; results are codes of standards/tables/words.csv.
    age_days = models.PositiveSmallIntegerField(editable=False)
    trimester = models.PositiveSmallIntegerField(editable=False)
    slot = models.CharField(max_length=2, blank=True, editable=False)
    kek = models.BooleanField(null=True, editable=False)
    anaemia = models.CharField(max_length=20, blank=True, editable=False)
    pressure = models.CharField(max_length=20, blank=True, editable=False)
    map_mm_hg = models.DecimalField(max_digits=5, decimal_places=1, null=True, editable=False)
    map_positive = models.BooleanField(null=True, editable=False)
    gain_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    gain = models.CharField(max_length=20, blank=True, editable=False)
    fundal = models.CharField(max_length=20, blank=True, editable=False)
    heart = models.CharField(max_length=20, blank=True, editable=False)
    # Setting -> value, as they stood: a threshold that is changed later explains no earlier judgement.
    limits = models.JSONField(default=dict, editable=False)
    rules_version = models.CharField(max_length=12, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["pregnancy", "on"], name="contact_series"),
            # K1 and K6 of a month.
            models.Index(fields=["puskesmas", "on"], name="contact_by_month"),
        )
        constraints = (
            models.CheckConstraint(
                name="contact_pressure_is_a_pair",
                condition=Q(systolic=None, diastolic=None)
                | Q(systolic__isnull=False, diastolic__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pregnancy_id} {self.on}"

    def chronology(self) -> tuple[date, bytes]:
        """Sorts rows by the day they speak of, and rows of one day as they were written."""
        return self.on, self.pk.bytes

    @property
    def signs(self) -> list[str]:
        return self.danger_signs.split()


class ContactWithdrawal(Record):
    """The contact never took place, or was another woman's: it stays readable and counts nowhere."""

    field_classes = classify(volunteer="contact reason", internal="by")

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=120)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of {self.contact_id}"
