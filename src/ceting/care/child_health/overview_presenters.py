"""The words of the page that holds all of a child's care: a card for each part, and the entries day by day."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from ceting.care.child_health import immunisation_presenters
from ceting.care.child_health.health_record import HealthRecord
from ceting.care.child_health.models import Entry, Kind
from ceting.registry.accounts.models import User
from ceting.registry.families.child_page import PanelWords
from ceting.registry.families.models import Child
from ceting.standards.child.corrected_age import both_ages
from ceting.standards.numbers import format_age, format_date

ICONS = {Kind.IMMUNISATION: "check"}


@dataclass(frozen=True)
class Button:
    """A form that one opens from her page."""

    label: str
    url: str
    icon: str


def lead(child: Child, today: date) -> str:
    """Under the name: sex, both ages where a preterm child has two, birth date."""
    parts = [child.get_sex_display(), format_age(child.birth_date, today)]
    corrected = both_ages(child.birth_date, today, child.gestation_days).corrected
    if corrected is not None:
        months = corrected.years * 12 + corrected.months
        parts.append(f"umur koreksi {months} bulan {corrected.days} hari")
    return " · ".join([*parts, f"lahir {format_date(child.birth_date)}"])


def cards(record: HealthRecord, user: User) -> list[PanelWords]:
    """One for each part of her care, in the order in which one asks."""
    return [_immunisation(record)]


def _immunisation(record: HealthRecord) -> PanelWords:
    found = immunisation_presenters.standing(record)
    url = reverse("child_health:immunisation", args=[record.child.pk])
    return PanelWords(
        "Imunisasi", found.tone, (f"{found.headline}.", *found.lines), url, "Lihat jadwal imunisasi"
    )


def buttons(record: HealthRecord, user: User) -> list[Button]:
    """The forms that she may fill in."""
    if hasattr(record.child, "mistake"):
        return []
    found = []
    if user.may("child_health.treat"):
        found.append(
            Button("Catat imunisasi", reverse("child_health:immunise", args=[record.child.pk]), "plus")
        )
    return found


@dataclass(frozen=True)
class Line:
    """One entry of the timeline. `struck` says who struck it out and why; "" while it stands."""

    entry: Entry
    day: date
    title: str
    text: str
    recorded: str
    late: str
    struck: str
    icon: str
    may_strike: bool = False


def timeline(record: HealthRecord, user: User) -> list[Line]:
    """The newest first; what was struck out stays, and says so."""
    may = user.may("child_health.treat")
    return [replace(line(entry), may_strike=may) for entry in record.entries]


def line(entry: Entry) -> Line:
    title, text = _words(entry)
    where = entry.get_place_display() if entry.place else ""
    came = localtime(entry.created_at).date()
    return Line(
        entry=entry,
        day=entry.happened_on,
        title=title,
        text=" · ".join(part for part in (text, where, entry.given_by) if part),
        recorded=entry.recorded_by.name if entry.recorded_by else "sistem",
        late=f"dicatat {format_date(came)}" if came > entry.happened_on else "",
        struck=_struck(entry),
        icon=ICONS[Kind(entry.kind)],
    )


def _words(entry: Entry) -> tuple[str, str]:
    label = immunisation_presenters.label_of(entry)
    return f"Imunisasi {label}", f"batch {entry.immunisation.lot}" if entry.immunisation.lot else ""


def _struck(entry: Entry) -> str:
    strike = getattr(entry, "strike", None)
    return f"Dicoret {strike.by.name}: {strike.reason}" if strike else ""
