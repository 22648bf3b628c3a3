"""Who is on duty when: the weekly pattern and what differs from it, as rows that are never overwritten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models

from ceting.foundation.core.classification import classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.models.people import User
from ceting.registry.places.models import Puskesmas
from ceting.standards.duty import Closed, Deviation, Extra, Off, Roster, Shift


class DutyShift(Record):
    """Every week on this day, from `since` on and, once it was ended, until before `until`."""

    field_classes = classify(
        public="puskesmas user weekday starts ends since until", internal="given_by ended_by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="duty_shifts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duty_shifts")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    since = models.DateField()
    until = models.DateField(null=True)
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("weekday", "starts", "id")
        indexes = (models.Index(fields=["puskesmas", "until"], name="duty_shift_standing"),)
        constraints = (
            models.CheckConstraint(name="duty_on_a_weekday", condition=models.Q(weekday__range=(0, 6))),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.weekday} {self.starts}-{self.ends}"

    def as_rule(self) -> Shift:
        rule = Shift(self.user_id, self.weekday, self.starts, self.ends, self.since)
        return rule if self.until is None else Shift(**{**vars(rule), "until": self.until})


class DeviationKind(models.TextChoices):
    CLOSED = "closed", "Libur"
    OFF = "off", "Tidak bertugas"
    EXTRA = "extra", "Tambahan jaga"


class DutyDeviation(Record):
    """One day on which the pattern doesn't hold as it is. `withdrawn_at` ends it as if it had never been."""

    field_classes = classify(
        public="puskesmas kind day user starts ends reason", internal="given_by withdrawn_at withdrawn_by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="duty_deviations")
    kind = models.CharField(max_length=6, choices=DeviationKind.choices)
    day = models.DateField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="duty_deviations")
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    reason = models.CharField(max_length=120, blank=True)
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("day", "id")
        indexes = (models.Index(fields=["puskesmas", "day"], name="duty_deviation_by_day"),)
        constraints = (
            models.CheckConstraint(
                name="duty_deviation_is_whole",
                condition=models.Q(kind=DeviationKind.CLOSED, user__isnull=True)
                | models.Q(kind=DeviationKind.OFF, user__isnull=False)
                | models.Q(
                    kind=DeviationKind.EXTRA, user__isnull=False, starts__isnull=False, ends__isnull=False
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

    def as_rule(self) -> Deviation:
        if self.kind == DeviationKind.CLOSED:
            return Closed(self.day)
        if self.kind == DeviationKind.OFF or self.starts is None or self.ends is None:
            return Off(self.day, self.user_id)
        return Extra(self.day, self.user_id, self.starts, self.ends)


@dataclass(frozen=True)
class WrittenRoster:
    """What a puskesmas wrote down about its duties, with the people."""

    puskesmas: Puskesmas
    shifts: tuple[DutyShift, ...]
    deviations: tuple[DutyDeviation, ...]

    @property
    def rules(self) -> Roster:
        """As `standards.duty` reads it; people are keys of users. Who left isn't on duty, whatever was planned."""
        away = {key for key, user in self.people.items() if not user.is_active}
        return Roster(
            tuple(shift.as_rule() for shift in self.shifts if shift.user_id not in away),
            tuple(each.as_rule() for each in self.deviations if each.user_id not in away),
            self.puskesmas.timezone,
        )

    @property
    def people(self) -> dict[UUID, User]:
        standing = {shift.user_id: shift.user for shift in self.shifts}
        return standing | {each.user.pk: each.user for each in self.deviations if each.user}

    def now(self, reader: User, moment: datetime) -> "DutyNow":
        """Who is on duty, as `reader` may see it: numbers are for who calls about a child, or keeps the roster."""
        may_call = reader.may("attention.read") or reader.may("roster.manage")
        rules, people = self.rules, self.people
        on = [
            (people[UUID(str(duty.person))], duty.ends.astimezone(rules.zone))
            for duty in rules.on_duty(moment)
        ]
        start = None if on else rules.next_start(moment)
        return DutyNow(
            puskesmas=self.puskesmas,
            people=tuple(OnDuty(user.name, user.phone if may_call else "", ends) for user, ends in on),
            next_start=start.astimezone(rules.zone) if start else None,
        )


@dataclass(frozen=True)
class OnDuty:
    """Somebody on duty, the number to call her by, and until when on the clock of the puskesmas."""

    name: str
    phone: str
    until: datetime

    @property
    def clock(self) -> str:
        return f"{self.until:%H.%M}"


@dataclass(frozen=True)
class DutyNow:
    """Who is there; when nobody is, `next_start` says from when, and the puskesmas whom to call meanwhile."""

    puskesmas: Puskesmas
    people: tuple[OnDuty, ...]
    next_start: datetime | None

    @property
    def next_clock(self) -> str:
        return f"{self.next_start:%H.%M}" if self.next_start else ""


def written_roster(puskesmas: Puskesmas) -> WrittenRoster:
    """Its roster with the people on it. Two queries."""
    # A deviation of last year changes no clock that still runs.
    newest = puskesmas.today() - timedelta(days=366)
    shifts = DutyShift.objects.filter(puskesmas=puskesmas)
    deviations = DutyDeviation.objects.filter(puskesmas=puskesmas, withdrawn_at=None, day__gte=newest)
    return WrittenRoster(
        puskesmas, tuple(shifts.select_related("user")), tuple(deviations.select_related("user"))
    )
