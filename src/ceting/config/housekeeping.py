"""What `ceting work` does by itself, by the clock."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_q.models import Schedule

from ceting.care.measurements import sealing
from ceting.care.pregnancies import nightly
from ceting.config import anchor, marks
from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.messaging import delivery
from ceting.registry.accounts import rate_limits
from ceting.registry.accounts.models import SignInSession
from ceting.registry.families import doubles
from ceting.registry.places.models import Puskesmas

# Successful runs leave no row: a run each minute would push the results of real jobs out of the table.
QUIET = "q_options={'save': False}"
ROUTINES = (
    # name, what runs, minutes between
    ("audit.seal", "ceting.config.housekeeping.seal_audit", 1),
    ("messages.deliver", "ceting.config.housekeeping.deliver_messages", 1),
    ("sessions.forget", "ceting.config.housekeeping.forget_expired_sessions", 24 * 60),
    ("months.seal", "ceting.config.housekeeping.seal_months", 24 * 60),
    ("doubles.look", "ceting.config.housekeeping.look_for_doubles", 24 * 60),
    ("pregnancies.move_on", "ceting.config.housekeeping.move_pregnancies_on", 24 * 60),
    ("tries.forget", "ceting.config.housekeeping.forget_tries", 24 * 60),
)


@transaction.atomic
def schedule() -> None:
    """Write the schedule's rows; harmless to repeat."""
    for name, runner, minutes in ROUTINES:
        wanted = {"func": runner, "schedule_type": Schedule.MINUTES, "minutes": minutes, "kwargs": QUIET}
        row, made = Schedule.objects.get_or_create(name=name, defaults={**wanted, "next_run": clock.now()})
        if not made and any(getattr(row, field) != value for field, value in wanted.items()):
            Schedule.objects.filter(pk=row.pk).update(**wanted)


def seal_audit() -> int:
    """Seal whatever is new, and keep the end of the chain outside the table; the number of seals."""
    home, seals = Path(settings.HOME), 0
    marks.leave(home, marks.WORKER)
    while audit.seal() is not None:
        seals += 1
    anchor.keep_newest(home)
    return seals


def deliver_messages() -> int:
    """Hand to their channels what may leave now; how many went."""
    return delivery.deliver().total()


def forget_expired_sessions() -> int:
    """Delete the sessions that are over; their number."""
    deleted, _ = SignInSession.objects.filter(expire_date__lt=clock.now()).delete()
    return deleted


def forget_tries() -> int:
    """Delete the counts of tries whose pause is over; their number."""
    return rate_limits.forget_tries()


def seal_months() -> int:
    """Keep the counts of every month that is over; the number of months."""
    return sum(sealing.seal_months_over(puskesmas) for puskesmas in Puskesmas.objects.all())


def move_pregnancies_on() -> int:
    """Let the next contact follow the weeks of whoever wasn't seen; how many moved on."""
    return nightly.move_on()


def look_for_doubles() -> int:
    """Find the pairs of those who changed since the last night; the number of children looked at."""
    return doubles.look_for_doubles()
