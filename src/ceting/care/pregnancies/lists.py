"""What the list of pregnant women asks the database."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from ceting.care.pregnancies.models import EndKind, Outcome, Pregnancy, PregnancyQuerySet
from ceting.registry.accounts.models import User
from ceting.standards.identity import normalise_name
from ceting.standards.pregnancy import postnatal

SOON = timedelta(days=30)
LOSSES = [kind.value for kind in EndKind if kind.is_loss]

Condition = Callable[[date], Q]
CHOICES: dict[str, tuple[str, Condition]] = {
    "": ("Semua", lambda today: Q()),
    "periksa": ("Waktunya periksa", lambda today: Q(next_from__lte=today, next_until__gte=today)),
    "terlambat": ("Terlambat periksa", lambda today: Q(next_until__lt=today)),
    "risiko": ("Berisiko", lambda today: Q(risk_group__in=("KRT", "KRST")) | Q(kek=True)),
    "hpl": ("Segera melahirkan", lambda today: Q(due_on__gte=today, due_on__lte=today + SOON)),
    "lewat": ("Lewat HPL", lambda today: Q(due_on__lt=today)),
}
"""Code -> label and condition among pregnancies that go on."""


def going_on(user: User) -> PregnancyQuerySet:
    return Pregnancy.objects.visible_to(user, may="pregnancies.read").open()


def counts(found: PregnancyQuerySet, today: date) -> dict[str, int]:
    """How many stand behind each choice, in one query."""
    asked = {
        code or "semua": Count("pk", filter=condition(today)) for code, (_, condition) in CHOICES.items()
    }
    row = found.aggregate(**asked)
    return {code: row[code or "semua"] for code in CHOICES}


def chosen(found: PregnancyQuerySet, code: str, today: date) -> PregnancyQuerySet:
    """Whoever should be seen first stands first."""
    _, condition = CHOICES.get(code, CHOICES[""])
    return found.filter(condition(today)).order_by(F("next_until").asc(nulls_last=True), "due_on", "id")


def afterwards(user: User, today: date) -> PregnancyQuerySet:
    """Women in the six weeks after the end of their pregnancy; without those who died or moved away, and mistakes."""
    ended = Pregnancy.objects.visible_to(user, may="pregnancies.read").filter(
        is_open=False, ended_on__gte=today - timedelta(days=postnatal.last_day()), woman__died_on=None
    )
    standing = Outcome.objects.standing().filter(pregnancy=OuterRef("pk"))
    away = standing.filter(kind__in=(EndKind.MOVED, EndKind.MISTAKE, EndKind.MATERNAL_DEATH))
    return ended.filter(~Exists(away)).order_by("-ended_on", "id")


def lost(found: PregnancyQuerySet) -> PregnancyQuerySet:
    """Those whose pregnancy ended in a loss; for health workers only."""
    standing = Outcome.objects.standing().filter(pregnancy=OuterRef("pk"))
    return found.filter(Exists(standing.filter(Q(kind__in=LOSSES) | Q(stillborn__gt=0))))


def named(found: PregnancyQuerySet, query: str) -> PregnancyQuerySet:
    """Those whose name holds every word, however it is spelt."""
    for word in normalise_name(query).split():
        found = found.filter(woman__name_key__contains=word)
    return found
