"""What was asked and seen: breast milk, meals, development, the newborn, what troubled her."""

from django.db import models

from ceting.care.child_health.models.entries import Entry
from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Puskesmas


class MonthAnswer(models.TextChoices):
    YES = "yes", "ASI saja"
    NO = "no", "Sudah ada yang lain"
    UNKNOWN = "unknown", "Tidak tahu"


class BreastfeedingMonth(models.Model):
    """What was told of one month, E0 to E6: breast milk only, or not. The newest answer for a month stands."""

    field_classes = classify(volunteer="entry month answer")

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="breastfeeding"
    )
    month = models.PositiveSmallIntegerField("bulan")
    answer = models.CharField("jawaban", max_length=8, choices=MonthAnswer.choices)

    def __str__(self) -> str:
        return f"E{self.month} {self.answer}"


class FeedingRecall(models.Model):
    """What she had on the day before. `groups` are food groups 2 to 8 of iycf_indicators.csv, space-separated."""

    field_classes = classify(volunteer="entry groups meals milk_feeds breastfed")

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="feeding")
    groups = models.CharField("kelompok makanan", max_length=20, blank=True)
    meals = models.PositiveSmallIntegerField("berapa kali makan")
    milk_feeds = models.PositiveSmallIntegerField("berapa kali minum susu", default=0)
    breastfed = models.BooleanField("masih ASI")

    def __str__(self) -> str:
        return self.groups


class QuestionSet(Record):
    """The ten questions of one age as a puskesmas typed them from its own official booklet. The newest holds."""

    field_classes = classify(public="puskesmas age_month source", internal="entered_by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    age_month = models.PositiveSmallIntegerField("umur")
    source = models.CharField("buku", max_length=160)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["puskesmas", "age_month"], name="questions_of_puskesmas"),)

    def __str__(self) -> str:
        return f"KPSP {self.age_month}"


class Question(Record):
    """One of the ten."""

    field_classes = classify(public="questions number text")

    questions = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["questions", "number"], name="question_once"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class DevelopmentScreen(models.Model):
    """KPSP of one age: how many of ten answers were yes. `answers` holds them as 1 and 0 in their order, where they
    were typed; from a paper form only the number is known.
    """

    field_classes = classify(volunteer="entry age_month yes answers questions")

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="development"
    )
    age_month = models.PositiveSmallIntegerField("kuesioner umur")
    yes = models.PositiveSmallIntegerField("jawaban ya")
    answers = models.CharField(max_length=10, blank=True)
    questions = models.ForeignKey(QuestionSet, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"KPSP {self.age_month}: {self.yes}"


class NewbornVisit(models.Model):
    """A visit in her first 28 days. Which of KN1 to KN3 it is, the day says. None: not looked at."""

    field_classes = classify(
        volunteer="entry suckles cord_clean vitamin_k eye_ointment signs", clinical="temperature_c note"
    )

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="newborn")
    suckles = models.BooleanField("menyusu kuat", null=True)
    cord_clean = models.BooleanField("tali pusat bersih", null=True)
    vitamin_k = models.BooleanField("suntikan vitamin K1", null=True)
    eye_ointment = models.BooleanField("salep mata", null=True)
    temperature_c = models.DecimalField("suhu", max_digits=3, decimal_places=1, null=True)
    # Codes of child_signs.csv, space-separated.
    signs = models.CharField(max_length=200, blank=True)
    note = models.CharField("catatan petugas", max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.entry_id)


class IllnessReport(models.Model):
    """What troubled her since the last visit, as her family tells it: signs, no diagnosis."""

    field_classes = classify(volunteer="entry signs words")

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="illness")
    # Codes of child_signs.csv, space-separated.
    signs = models.CharField(max_length=200)
    words = models.CharField("kata keluarga", max_length=300, blank=True)

    def __str__(self) -> str:
        return self.signs
