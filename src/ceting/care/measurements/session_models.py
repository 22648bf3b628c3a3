"""A posyandu's morning: the session, who stands at the scale, and its end."""

from django.db import models
from django.db.models import Q

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.access import ScopedQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas
from ceting.standards.vitamin_a import is_vitamin_a_month


class SessionKind(models.TextChoices):
    """Where the children of a posyandu are weighed. The official rules of the month are the same for all."""

    POSYANDU = "posyandu", "Hari posyandu"
    SWEEPING = "sweeping", "Sweeping rumah"
    PAUD = "paud", "PAUD"
    PUSKESMAS = "puskesmas", "Puskesmas"


class Session(Record):
    """A day on which the children of a posyandu are weighed. Its date is picked on screen; device clocks never decide.

    `place` is the name of the PAUD, and empty for every other kind.
    """

    field_classes = classify(public="puskesmas posyandu held_on kind place", internal="opened_by")

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="sessions")
    posyandu = models.ForeignKey(Posyandu, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField("tanggal posyandu")
    kind = models.CharField(max_length=10, choices=SessionKind.choices, default=SessionKind.POSYANDU)
    place = models.CharField("nama PAUD", max_length=60, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["Session"].as_manager()

    class Meta:
        ordering = ("-held_on",)
        constraints = (
            # Two PAUD may be visited on one day.
            models.UniqueConstraint(
                fields=["posyandu", "held_on", "kind", "place"], name="session_once_a_day_and_kind"
            ),
        )
        indexes = (models.Index(fields=["puskesmas", "-held_on"], name="session_newest"),)

    def __str__(self) -> str:
        return f"{self.posyandu} {self.held_on}"

    @property
    def title(self) -> str:
        """`Posyandu Melati`, `Sweeping rumah, Posyandu Melati`, `PAUD Ceria, Posyandu Melati`."""
        if self.kind == SessionKind.POSYANDU:
            return str(self.posyandu)
        label = f"PAUD {self.place}" if self.kind == SessionKind.PAUD else SessionKind(self.kind).label
        return f"{label}, {self.posyandu}"

    @property
    def gives_vitamin_a(self) -> bool:
        """In February and August a capsule is given wherever children are weighed."""
        return is_vitamin_a_month(self.held_on)


class MeasuringTeam(Record):
    """Who measures in a session and who helps and writes down, from when it was named until the next one is.

    A person with an account is a key, a volunteer without one a name. A measurement keeps the team that stood.
    """

    field_classes = classify(
        public="session", volunteer="measurer measurer_name assistant assistant_name", internal="named_by"
    )

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="teams")
    measurer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    measurer_name = models.CharField("nama pengukur", max_length=60, blank=True)
    assistant = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    assistant_name = models.CharField("nama pembantu", max_length=60, blank=True)
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="team_names_a_measurer", condition=Q(measurer__isnull=False) | ~Q(measurer_name="")
            ),
        )

    def __str__(self) -> str:
        return f"team of {self.session_id}"

    @property
    def is_her_own_word(self) -> bool:
        """Whether the measurer herself said that she measures."""
        return self.measurer_id is not None and self.measurer_id == self.named_by_id

    @property
    def measurer_words(self) -> str:
        return self.measurer.name if self.measurer else self.measurer_name

    @property
    def assistant_words(self) -> str:
        return self.assistant.name if self.assistant else self.assistant_name

    @property
    def words(self) -> str:
        """`Wati, dibantu Nur`."""
        helped = f", dibantu {self.assistant_words}" if self.assistant_words else ""
        return f"{self.measurer_words}{helped}"


class SessionClosure(Record):
    """The kader said "selesai": who and when. The session can still take late rows, which show as late."""

    field_classes = classify(public="session", internal="closed_by")

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="closure")
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"closure of {self.session_id}"
