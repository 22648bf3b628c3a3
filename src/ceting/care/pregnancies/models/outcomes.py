"""How a pregnancy ended: birth, loss, or out of our sight; and the visits to the mother afterwards."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ceting.care.pregnancies.models.contacts import Attendant, Place
from ceting.care.pregnancies.models.pregnancies import Pregnancy
from ceting.care.pregnancies.models.support import OfPregnancyQuerySet
from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child


class EndKind(models.TextChoices):
    BIRTH = "birth", "Melahirkan"
    MISCARRIAGE = "miscarriage", "Keguguran"
    STILLBIRTH = "stillbirth", "Bayi lahir meninggal"
    MATERNAL_DEATH = "maternal_death", "Ibu meninggal"
    MOVED = "moved", "Pindah keluar daerah"
    MISTAKE = "mistake", "Salah catat: tidak hamil"

    @property
    def is_loss(self) -> bool:
        """Whatever assumes a living pregnancy stops at once."""
        return self in (EndKind.MISCARRIAGE, EndKind.STILLBIRTH, EndKind.MATERNAL_DEATH)


class Delivery(models.TextChoices):
    VAGINAL = "vaginal", "Normal"
    ASSISTED = "assisted", "Dengan alat (vakum atau tang)"
    CAESAREAN = "caesarean", "Operasi sesar"
    UNKNOWN = "", "Belum diketahui"


class OutcomeQuerySet(ScopedQuerySet["Outcome"]):
    """Questions about outcomes."""

    puskesmas_path = "pregnancy__puskesmas_id"
    posyandu_path = "pregnancy__posyandu_id"

    def standing(self) -> Self:
        return self.filter(undoing=None)


class Outcome(Record):
    """What ended a pregnancy. A mistaken one is undone by a row; `stillborn` counts twins who died beside one born."""

    field_classes = classify(
        volunteer="pregnancy ended_on age_days",
        clinical="kind place attendant delivery complications stillborn note",
        internal="by form_key",
    )

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="outcomes")
    # Of the form that it came with. After an undoing the same form is another outcome, so this isn't the row's own.
    form_key = models.UUIDField(null=True, editable=False)
    kind = models.CharField(max_length=14, choices=EndKind.choices)
    ended_on = models.DateField("tanggal")
    age_days = models.PositiveSmallIntegerField(editable=False)
    place = models.CharField("tempat", max_length=10, choices=Place.choices, blank=True)
    attendant = models.CharField("ditolong oleh", max_length=10, choices=Attendant.choices, blank=True)
    delivery = models.CharField("cara", max_length=10, choices=Delivery.choices, blank=True)
    stillborn = models.PositiveSmallIntegerField(default=0)
    complications = EncryptedTextField("penyulit", blank=True)
    note = EncryptedTextField("catatan", blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OutcomeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"outcome of {self.pregnancy_id}"

    @property
    def is_loss(self) -> bool:
        return EndKind(self.kind).is_loss or self.stillborn > 0


class OutcomeUndoing(Record):
    """It was a mistake: the pregnancy goes on."""

    field_classes = classify(public="outcome", clinical="reason", internal="by")

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="undoing")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"undoing of {self.outcome_id}"


class Born(Record):
    """A child of this birth, in the order in which they came; weights and lengths stand on the child."""

    field_classes = classify(
        volunteer="pregnancy outcome child order early_breastfeeding",
        clinical="head_cm cried vitamin_k eye_ointment",
    )

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="born")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="born")
    child = models.OneToOneField(Child, on_delete=models.PROTECT, related_name="birth")
    order = models.PositiveSmallIntegerField(default=1)
    head_cm = models.DecimalField("lingkar kepala", max_digits=4, decimal_places=1, null=True)
    # IMD: skin to skin for an hour at least (supplementation.csv).
    early_breastfeeding = models.BooleanField("IMD", null=True)
    cried = models.BooleanField("langsung menangis", null=True)
    vitamin_k = models.BooleanField("vitamin K", null=True)
    eye_ointment = models.BooleanField("salep mata", null=True)

    objects: ClassVar[OfPregnancyQuerySet["Born"]] = OfPregnancyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["outcome", "order"], name="born_in_order"),
            models.CheckConstraint(name="born_one_after_another", condition=Q(order__gte=1, order__lte=6)),
        )

    def __str__(self) -> str:
        return f"{self.child_id} born of {self.pregnancy_id}"


class PostnatalVisitQuerySet(OfPregnancyQuerySet["PostnatalVisit"]):
    """Questions about visits afterwards."""

    def standing(self) -> Self:
        """Those after the end that stands; one after an end that was undone isn't hers to be read or counted."""
        ends = Outcome.objects.standing().filter(
            pregnancy=OuterRef("pregnancy"), ended_on__lte=OuterRef("on")
        )
        return self.filter(Exists(ends))


class PostnatalVisit(Record):
    """A visit to the mother after the end of her pregnancy (KF1-KF4); after a loss too."""

    field_classes = classify(
        volunteer="pregnancy on place slot vitamin_a danger_signs tablets_given",
        clinical="attendant systolic diastolic temperature_c contraception note",
        internal="by",
    )

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="postnatal_visits")
    on = models.DateField("tanggal")
    place = models.CharField("tempat", max_length=10, choices=Place.choices)
    attendant = models.CharField("oleh", max_length=10, choices=Attendant.choices)
    slot = models.CharField(max_length=3, blank=True, editable=False)
    systolic = models.PositiveSmallIntegerField("tekanan darah atas", null=True)
    diastolic = models.PositiveSmallIntegerField("tekanan darah bawah", null=True)
    temperature_c = models.DecimalField("suhu", max_digits=3, decimal_places=1, null=True)
    vitamin_a = models.PositiveSmallIntegerField("vitamin A nifas", default=0)
    tablets_given = models.PositiveSmallIntegerField("tablet diberikan", null=True)
    danger_signs = models.CharField(max_length=300, blank=True)
    contraception = models.CharField("KB", max_length=80, blank=True)
    note = EncryptedTextField("catatan", blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[PostnatalVisitQuerySet] = PostnatalVisitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pregnancy", "on"], name="postnatal_visit_once_a_day"),
            models.CheckConstraint(name="postnatal_vitamin_a_twice", condition=Q(vitamin_a__lte=2)),
        )

    def __str__(self) -> str:
        return f"{self.pregnancy_id} {self.on}"
