"""Who is on duty when: the weekly pattern and what differs from it, as rows that are never overwritten."""

from datetime import timedelta

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


def roster_of(puskesmas: Puskesmas) -> Roster:
    """The roster as `standards.duty` reads it; people are keys of users. Two queries."""
    # A deviation of last year changes no clock that still runs.
    newest = puskesmas.today() - timedelta(days=366)
    shifts = DutyShift.objects.filter(puskesmas=puskesmas)
    deviations = DutyDeviation.objects.filter(puskesmas=puskesmas, withdrawn_at=None, day__gte=newest)
    return Roster(
        tuple(shift.as_rule() for shift in shifts),
        tuple(deviation.as_rule() for deviation in deviations),
        puskesmas.timezone,
    )
