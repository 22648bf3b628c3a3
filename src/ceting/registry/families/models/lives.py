"""Where children live, when they came and went, and what ended it. Deeds and stays are rows."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import Scope
from ceting.registry.accounts.models import User
from ceting.registry.families.models.family import Child
from ceting.registry.places.models import Posyandu, Puskesmas


class Arrival(models.TextChoices):
    BORN = "born", "Terdaftar sejak lahir"
    MOVED_IN = "moved_in", "Pindah masuk"
    POSYANDU = "posyandu", "Pindah dari posyandu lain"
    ACCEPTED = "accepted", "Diterima dari puskesmas lain"
    RETURNED = "returned", "Kembali"


class Departure(models.TextChoices):
    POSYANDU = "posyandu", "Pindah ke posyandu lain"
    HANDED_OVER = "handed_over", "Pindah ke puskesmas lain"
    LEFT = "left", "Pindah ke luar daerah"
    DIED = "died", "Meninggal"
    MISTAKE = "mistake", "Salah terdaftar"


class StayQuerySet(models.QuerySet["Stay"]):
    """Questions about where children lived."""

    def covering(self, on: date) -> Self:
        """Those that hold on that day. The day on which a stay ends belongs to the next one."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class Stay(Record):
    """A child belongs to a posyandu from `since` until the day before `until` (None: she is there).

    Only the verbs of life_operations write it. At most one is open; a child's stays, by key, never overlap.
    """

    field_classes = classify(
        public="puskesmas posyandu", volunteer="child since until arrival departure", internal="by"
    )

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="stays")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="stays")
    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="stays")
    since = models.DateField()
    until = models.DateField(null=True)
    arrival = models.CharField(max_length=12, choices=Arrival.choices)
    departure = models.CharField(max_length=12, choices=Departure.choices, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = StayQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["child"], condition=Q(until=None), name="stay_open_once"),
            models.CheckConstraint(
                name="stay_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="stay_ends_for_a_reason",
                condition=Q(until=None, departure="") | (Q(until__isnull=False) & ~Q(departure="")),
            ),
        )
        indexes = (
            # The S of a session, for a day of any year.
            models.Index(fields=["posyandu", "since", "until", "child"], name="stay_at_posyandu"),
        )

    def __str__(self) -> str:
        return f"{self.child_id} {self.since}"


class MoveKind(models.TextChoices):
    WITHIN = "within", "Pindah posyandu"
    HANDED_OVER = "handed_over", "Pindah ke puskesmas lain"
    ACCEPTED = "accepted", "Diterima dari puskesmas lain"
    LEFT = "left", "Pindah ke luar daerah"
    RETURNED = "returned", "Kembali"


class MoveQuerySet(models.QuerySet["Move"]):
    """Questions about moves."""

    def standing(self) -> Self:
        return self.filter(undoing=None)

    def waiting(self) -> Self:
        """Handed over, and neither accepted nor back yet; nobody waits for a child who died."""
        answers = Move.objects.standing().filter(answers=OuterRef("pk"))
        return (
            self.standing()
            .filter(kind=MoveKind.HANDED_OVER, child__died_on=None, child__is_here=False)
            .exclude(Exists(answers))
        )

    def waiting_for(self, user: User) -> Self:
        """Who waits at the puskesmas where she may take children in."""
        return self.waiting().filter(to_puskesmas__in=Scope.of(user, may="children.move").puskesmas)

    def last_departures(self, away: models.QuerySet[Child]) -> Self:
        """The move by which each of these children left."""
        later = Move.objects.standing().filter(child=OuterRef("child"), pk__gt=OuterRef("pk"))
        departures = self.standing().filter(child__in=away, kind__in=(MoveKind.HANDED_OVER, MoveKind.LEFT))
        return departures.exclude(Exists(later))


class Move(Record):
    """A child moved: what was done, and by whom. `answers` is the handing over that this one ends."""

    field_classes = classify(
        public="from_posyandu to_posyandu to_puskesmas",
        volunteer="child kind on reason answers",
        internal="by",
    )

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=12, choices=MoveKind.choices)
    on = models.DateField()
    from_posyandu = models.ForeignKey(Posyandu, null=True, on_delete=models.PROTECT, related_name="+")
    to_posyandu = models.ForeignKey(Posyandu, null=True, on_delete=models.PROTECT, related_name="+")
    to_puskesmas = models.ForeignKey(Puskesmas, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answered_by")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MoveQuerySet.as_manager()

    class Meta:
        indexes = (
            # Who waits to be accepted at a puskesmas.
            models.Index(
                fields=["to_puskesmas", "child"],
                name="move_handed_over",
                condition=Q(kind="handed_over"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} {self.on}"


class MoveUndoing(Record):
    """The move was a mistake: who said so, why, and when (`created_at`)."""

    field_classes = classify(volunteer="move reason", internal="by")

    move = models.OneToOneField(Move, on_delete=models.PROTECT, related_name="undoing")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"undoing of {self.move_id}"


class DeathPlace(models.TextChoices):
    HOME = "home", "Di rumah"
    HEALTH_CENTRE = "health_centre", "Di puskesmas, klinik, atau bidan"
    HOSPITAL = "hospital", "Di rumah sakit"
    ON_THE_WAY = "on_the_way", "Dalam perjalanan"
    ELSEWHERE = "elsewhere", "Di tempat lain"
    UNKNOWN = "unknown", "Belum diketahui"


class DeathQuerySet(models.QuerySet["Death"]):
    """Questions about deaths."""

    def standing(self) -> Self:
        return self.filter(undoing=None)


class Death(Record):
    """A child died. Its cause is a doctor's to say, and not kept here."""

    field_classes = classify(volunteer="child died_on place", internal="by")

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="deaths")
    died_on = models.DateField("tanggal meninggal")
    place = models.CharField(max_length=14, choices=DeathPlace.choices, default=DeathPlace.UNKNOWN)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DeathQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.child_id} {self.died_on}"


class DeathUndoing(Record):
    """The child lives: the record was a mistake."""

    field_classes = classify(volunteer="death reason", internal="by")

    death = models.OneToOneField(Death, on_delete=models.PROTECT, related_name="undoing")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"undoing of {self.death_id}"
