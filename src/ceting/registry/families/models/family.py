"""Households, their caregivers and their children."""

from datetime import date
from typing import Self

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import Scope, ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Area, Posyandu, Puskesmas
from ceting.standards.ages import add_months
from ceting.standards.child import corrected_age

FIVE_YEARS_IN_MONTHS = 60


class Sex(models.IntegerChoices):
    """As WHO codes it."""

    BOY = 1, "Laki-laki"
    GIRL = 2, "Perempuan"


class HouseholdQuerySet(ScopedQuerySet["Household"]):
    """A household is seen by whoever sees one of its children; one without children by the staff of its puskesmas.

    Who cared for a child who lives elsewhere now can still take back what she allowed.
    """

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        here = models.OuterRef("pk")
        seen = models.Exists(Child.objects.visible_to(user, may=may).filter(household=here))
        childless = ~models.Exists(Child.objects.filter(household=here))
        own = models.Q(childless, puskesmas__in=Scope.of(user, may=may).puskesmas)
        return self.filter(models.Q(seen) | own)

    def lived_in(self) -> Self:
        """Without those that came only with children, or a woman, who were registered by mistake."""
        here = models.OuterRef("pk")
        children = Child.objects.filter(household=here)
        known = Caregiver.objects.filter(household=here, ending=None)
        alone = ~models.Exists(children) & models.Exists(known)
        return self.filter(models.Exists(children.registered()) | alone)


class CaregiverQuerySet(ScopedQuerySet["Caregiver"]):
    """As their households."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        here = models.OuterRef("household")
        seen = models.Exists(Child.objects.visible_to(user, may=may).filter(household=here))
        childless = ~models.Exists(Child.objects.filter(household=here))
        own = models.Q(childless, puskesmas__in=Scope.of(user, may=may).puskesmas)
        return self.filter(models.Q(seen) | own)

    def caring(self) -> Self:
        """Who cares for the children now: she neither ended doing so nor died."""
        return self.filter(ending=None, died_on=None)


class Household(Record):
    """People who eat from one kitchen. `kk` is the family card's number, 16 digits, often unknown."""

    field_classes = classify(
        public="puskesmas", volunteer="village rw rt", family="kk address", internal="kk_hash"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="households")
    village = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="households")
    rw = models.CharField("RW", max_length=5, blank=True)
    rt = models.CharField("RT", max_length=5, blank=True)
    address = EncryptedTextField("alamat", blank=True)
    kk = EncryptedTextField("nomor KK", blank=True)
    kk_hash = models.CharField(max_length=43, blank=True, db_index=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        indexes = (
            # Houses to call at, RW by RW.
            models.Index(fields=["puskesmas", "village", "rw", "rt"], name="household_by_place"),
        )

    def __str__(self) -> str:
        return f"household {self.pk}"


class Relation(models.TextChoices):
    """Fathers, grandmothers and guardians are full caregivers."""

    MOTHER = "mother", "Ibu"
    FATHER = "father", "Ayah"
    GRANDMOTHER = "grandmother", "Nenek"
    GRANDFATHER = "grandfather", "Kakek"
    GUARDIAN = "guardian", "Wali"


class Caregiver(Record):
    """An adult who cares for the children of a household."""

    field_classes = classify(
        public="puskesmas",
        volunteer="household name name_key relation died_on",
        family="birth_date nik phone",
        internal="nik_hash phone_hash",
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="caregivers")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="caregivers")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    name = models.CharField("nama", max_length=120)
    # Spelling-tolerant form of the name (standards.identity.normalise_name); longer where x becomes ks.
    name_key = models.CharField(max_length=240)
    birth_date = models.DateField("tanggal lahir", null=True)
    nik = EncryptedTextField("NIK", blank=True)
    nik_hash = models.CharField(max_length=43, blank=True, db_index=True)
    phone = EncryptedTextField("nomor HP", blank=True)
    phone_hash = models.CharField(max_length=43, blank=True, db_index=True)
    # Copy of what the rows of her death say.
    died_on = models.DateField(null=True, editable=False)

    objects = CaregiverQuerySet.as_manager()

    class Meta:
        indexes = (
            # Who else has a child of a mother of this name: the nightly look for doubles.
            models.Index(fields=["puskesmas", "name_key"], name="caregiver_by_name"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def lives(self) -> bool:
        """Whether anything may still be asked of her, planned for her or written to her."""
        return self.died_on is None


class ChildQuerySet(ScopedQuerySet["Child"]):
    """Questions about children, in the words of the posyandu."""

    def under_five(self, on: date) -> Self:
        """Born, and not yet 60 calendar months old on `on`: the S of SKDN."""
        return self.filter(birth_date__gt=add_months(on, -FIVE_YEARS_IN_MONTHS), birth_date__lte=on)

    def here(self) -> Self:
        """Without those who moved away or died, and those found to be another child."""
        return self.filter(is_here=True)

    def registered(self) -> Self:
        """Without those whose registration was a mistake: for whoever looks for a child that may be known."""
        return self.filter(mistake=None)

    def away(self) -> Self:
        """Who lives, and lives elsewhere."""
        return self.registered().filter(is_here=False, died_on=None)

    def of_posyandu(self, posyandu: Posyandu) -> Self:
        return self.filter(posyandu=posyandu)

    def staying_at(self, posyandu: Posyandu, on: date) -> Self:
        """Those who belonged to the posyandu on that day, wherever they are now; a double is counted once.

        With `under_five(on)` it is the S of a session, and stays so when somebody moves later.
        """
        merges = self.model._meta.get_field("merges").related_model._default_manager
        return self.filter(
            models.Q(stays__until=None) | models.Q(stays__until__gt=on),
            stays__posyandu=posyandu,
            stays__since__lte=on,
        ).exclude(models.Exists(merges.filter(absorbed=models.OuterRef("pk"), undoing=None)))

    def with_family(self) -> Self:
        """Mother, household and posyandu in the same query: what every list of children shows."""
        return self.select_related("mother", "household", "posyandu__village")


class Child(Record):
    """A child. The NIK is never required: a newborn has none (rules.md, section 7)."""

    field_classes = classify(
        public="puskesmas posyandu",
        volunteer=(
            "household mother name name_key sex birth_date birth_weight_kg birth_length_cm gestation_days "
            "has_kia_book is_here died_on"
        ),
        family="nik",
        internal="nik_hash",
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="children")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="children")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="children")
    mother = models.ForeignKey(Caregiver, null=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField("nama anak", max_length=120)
    name_key = models.CharField(max_length=240)
    sex = models.PositiveSmallIntegerField("jenis kelamin", choices=Sex.choices)
    birth_date = models.DateField("tanggal lahir")
    nik = EncryptedTextField("NIK", blank=True)
    nik_hash = models.CharField(max_length=43, blank=True)
    birth_weight_kg = models.DecimalField(max_digits=5, decimal_places=3, null=True)
    birth_length_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    # Completed days of pregnancy when she was born: her growth is judged at corrected age where it was too short.
    gestation_days = models.PositiveSmallIntegerField("umur kehamilan saat lahir", null=True)
    has_kia_book = models.BooleanField("punya Buku KIA", default=True)
    # Copy of what the rows of her stays, her death and merges say: lists of a city ask for it.
    is_here = models.BooleanField(default=True, editable=False)
    # Copy of her Death's: nothing is measured after it.
    died_on = models.DateField(null=True, editable=False)

    objects = ChildQuerySet.as_manager()

    class Meta:
        indexes = (
            # A posyandu's children, and their number.
            models.Index(fields=["posyandu", "birth_date", "is_here"], name="child_of_posyandu_by_birth"),
            # Lists of a whole puskesmas, and matching of imported rows by name and birth date.
            models.Index(fields=["puskesmas", "birth_date", "name_key", "is_here"], name="child_match"),
            models.Index(fields=["puskesmas", "name_key"], name="child_by_name"),
            models.Index(fields=["nik_hash"], name="child_by_nik", condition=~models.Q(nik_hash="")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def lives(self) -> bool:
        """Whether anything may still be planned, due, or asked of her family."""
        return self.died_on is None

    def lived_until(self, day: date) -> date:
        """The day up to which her age and her care are counted: `day`, for a child who died before it that day."""
        return day if self.died_on is None else min(day, self.died_on)

    def growth_birth(self, on: date) -> date:
        """The day from which her growth is judged: for a preterm child under two the day she was due."""
        return corrected_age.birth_for_age(self.birth_date, on, self.gestation_days)

    def is_under_five(self, on: date) -> bool:
        """As `under_five` asks the database."""
        return add_months(on, -FIVE_YEARS_IN_MONTHS) < self.birth_date <= on
