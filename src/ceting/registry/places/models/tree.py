"""The tree that scopes access and sync: areas of the state, and the puskesmas, pustu and posyandu in them."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models

from ceting.foundation.core import clock
from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record


class AreaLevel(models.TextChoices):
    PROVINCE = "province", "Provinsi"
    REGENCY = "regency", "Kota/Kabupaten"
    DISTRICT = "district", "Kecamatan"
    VILLAGE = "village", "Kelurahan/Desa"


class Area(Record):
    """An area of the state by its Kemendagri code (13.71.02.1007 is Kelurahan Andalas)."""

    field_classes = classify(public="code level name parent")

    code = models.CharField(max_length=13, unique=True)
    level = models.CharField(max_length=10, choices=AreaLevel.choices)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


ZONES = (("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"))


class Puskesmas(Record):
    """A community health centre: the tenant. Everything about a person carries its key."""

    field_classes = classify(
        public="name code district zone office_address office_phone"
        " after_hours_facility after_hours_phone emergency_phone"
    )

    name = models.CharField(max_length=100)
    code = models.CharField(max_length=12, blank=True)
    """The ministry's code (P1371020101); "" until somebody has it at hand."""
    district = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="puskesmas")
    zone = models.CharField(
        max_length=40,
        default=clock.DEFAULT_ZONE,
        choices=ZONES,
    )
    office_address = models.CharField(max_length=200, blank=True)
    office_phone = models.CharField(max_length=20, blank=True)
    after_hours_facility = models.CharField(max_length=120, blank=True)
    """PONED or the IGD of a hospital: where one goes when nobody is on duty."""
    after_hours_phone = models.CharField(max_length=20, blank=True)
    emergency_phone = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["district", "name"], name="puskesmas_once_a_district"),
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="puskesmas_code_once"
            ),
        )

    def __str__(self) -> str:
        return f"Puskesmas {self.name}"

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def work_is_confirmed(self) -> bool:
        """Whether somebody who knows has confirmed every village that it answers for."""
        return all(area.confirmed for area in self.work_areas.all())

    def today(self) -> date:
        """The calendar day at this puskesmas."""
        return clock.today(self.zone)


class WorkArea(Record):
    """A village that a puskesmas answers for. `confirmed` is False until somebody who knows has said so."""

    field_classes = classify(public="puskesmas village confirmed")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="work_areas")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="work_areas")
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["puskesmas", "village"], name="village_once_a_puskesmas"),
        )

    def __str__(self) -> str:
        return f"{self.village} -> {self.puskesmas}"


class Pustu(Record):
    """A puskesmas pembantu: a branch in a village."""

    field_classes = classify(public="puskesmas village name")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="pustu")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="pustu")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ("village__name", "name")
        constraints = (
            models.UniqueConstraint(fields=["puskesmas", "village", "name"], name="pustu_once_a_village"),
        )

    def __str__(self) -> str:
        return f"Pustu {self.name}"


class PosyanduKind(models.TextChoices):
    CHILDREN = "kia", "Posyandu KIA: ibu hamil, bayi dan balita"
    EVERYBODY = "ilp", "Posyandu ILP: seluruh siklus hidup"


class Posyandu(Record):
    """A monthly health post run by volunteers: where children are weighed."""

    field_classes = classify(public="puskesmas village name rw kind")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="posyandu")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="posyandu")
    name = models.CharField(max_length=100)
    rw = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=5, choices=PosyanduKind.choices, default=PosyanduKind.CHILDREN)

    class Meta:
        ordering = ("village__name", "name")
        constraints = (
            models.UniqueConstraint(fields=["puskesmas", "village", "name"], name="posyandu_once_a_village"),
        )

    def __str__(self) -> str:
        return f"Posyandu {self.name}"

    @property
    def with_village(self) -> str:
        """`Posyandu Melati, Andalas`: several are called Melati. Ask for the village in the same query."""
        return f"{self}, {self.village}"
