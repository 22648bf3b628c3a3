"""What stands beside the contacts: the birth plan (P4K), the mothers' class, extra food, and results for few eyes."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from ceting.care.pregnancies.models.pregnancies import Pregnancy
from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import Scope, ScopedQuerySet
from ceting.registry.accounts.models import User

RowT = TypeVar("RowT", bound=Record)


class OfPregnancyQuerySet(ScopedQuerySet[RowT]):
    """Rows that belong to a pregnancy are seen by whoever sees it."""

    puskesmas_path = "pregnancy__puskesmas_id"
    posyandu_path = "pregnancy__posyandu_id"


class BirthPlan(Record):
    """P4K as it was agreed with the family; the newest row stands, earlier ones stay."""

    field_classes = classify(
        volunteer="pregnancy attendant place companion transport funding contraception",
        family="donors",
        internal="by",
    )

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="birth_plans")
    attendant = models.CharField("penolong", max_length=80, blank=True)
    place = models.CharField("tempat bersalin", max_length=80, blank=True)
    companion = models.CharField("pendamping", max_length=80, blank=True)
    transport = models.CharField("kendaraan", max_length=80, blank=True)
    funding = models.CharField("biaya", max_length=80, blank=True)
    contraception = models.CharField("rencana KB", max_length=80, blank=True)
    donors = EncryptedTextField("calon pendonor darah", blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[OfPregnancyQuerySet["BirthPlan"]] = OfPregnancyQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"birth plan of {self.pregnancy_id}"


class ClassAttendance(Record):
    """She came to the Kelas Ibu Hamil, alone or with her partner."""

    field_classes = classify(volunteer="pregnancy on with_partner", internal="by")

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="class_attendances")
    on = models.DateField("tanggal kelas")
    with_partner = models.BooleanField("bersama suami atau keluarga", default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[OfPregnancyQuerySet["ClassAttendance"]] = OfPregnancyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pregnancy", "on"], name="class_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.pregnancy_id} {self.on}"


class ExtraFood(Record):
    """Days of extra food (PMT) that she received, as they were handed out."""

    field_classes = classify(volunteer="pregnancy given_on days", internal="by")

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="extra_food")
    given_on = models.DateField("tanggal diberikan")
    days = models.PositiveSmallIntegerField("untuk berapa hari")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[OfPregnancyQuerySet["ExtraFood"]] = OfPregnancyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pregnancy", "given_on"], name="extra_food_once_a_day"),
            models.CheckConstraint(name="extra_food_for_days", condition=Q(days__gte=1, days__lte=31)),
        )

    def __str__(self) -> str:
        return f"{self.pregnancy_id} {self.given_on}"


class NamedKind(models.TextChoices):
    """What only the clinicians named on the record read (rules.md, section 8)."""

    HIV = "hiv", "HIV"
    SYPHILIS = "syphilis", "Sifilis"
    HEPATITIS_B = "hbsag", "HBsAg"
    MENTAL = "mental", "Kesehatan jiwa"
    VIOLENCE = "violence", "Kekerasan"


class NamedClinicianQuerySet(models.QuerySet["NamedClinician"]):
    """Questions about who is named."""

    def standing(self) -> Self:
        return self.filter(ended_on=None)


class NamedClinician(Record):
    """A clinician who may read the named results of this pregnancy; whoever writes one is named by it."""

    field_classes = classify(public="pregnancy", clinical="clinician ended_on", internal="named_by")

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="named_clinicians")
    clinician = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)

    objects = NamedClinicianQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["pregnancy", "clinician"], condition=Q(ended_on=None), name="clinician_named_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.clinician_id} of {self.pregnancy_id}"


class NamedResultQuerySet(models.QuerySet["NamedResult"]):
    """Questions about named results: there is no way to them but through who is named."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        """Those of pregnancies in her scope on which she is named herself."""
        named = NamedClinician.objects.standing().filter(
            pregnancy=models.OuterRef("pregnancy"), clinician=user.pk
        )
        here = Scope.of(user, may=may).puskesmas
        return self.filter(models.Exists(named), pregnancy__puskesmas__in=here)


class NamedResult(Record):
    """HIV, syphilis, HBsAg, mental health, violence: what was found, in words; encrypted."""

    field_classes = classify(public="pregnancy", named="kind on result", internal="by")

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="named_results")
    kind = models.CharField(max_length=8, choices=NamedKind.choices)
    on = models.DateField("tanggal")
    result = EncryptedTextField("hasil")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = NamedResultQuerySet.as_manager()

    def __str__(self) -> str:
        return f"named result of {self.pregnancy_id}"
