"""The words of the page that holds all of a child's care: a card for each part, and the entries day by day."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from ceting.care.child_health import care_cards, immunisation_presenters
from ceting.care.child_health.care_words import ICONS, clinical_words, title_and_text
from ceting.care.child_health.health_record import HealthRecord
from ceting.care.child_health.health_standing import complaint
from ceting.care.child_health.models import Entry, Kind
from ceting.foundation.core.classification import FieldClass
from ceting.foundation.ui.wording import sentence_list
from ceting.registry.accounts.models import User
from ceting.registry.families.child_page import PanelWords
from ceting.registry.families.models import Child
from ceting.standards.child.corrected_age import both_ages
from ceting.standards.numbers import format_age, format_date


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
    found = [*care_cards.urgent(record), _immunisation(record), *care_cards.usual(record)]
    closed = (
        set() if user.may("child_health.treat") else {_form(record, name) for name in ("newborn", "food")}
    )
    return [replace(card, url="") if card.url in closed else card for card in found]


def _form(record: HealthRecord, name: str) -> str:
    return reverse(f"child_health:{name}", args=[record.child.pk])


def emergency(record: HealthRecord) -> str:
    """The danger signs that were told of her lately, as one sentence; "" when there are none."""
    found = complaint(record)
    if found is None or not found.dangers:
        return ""
    told = sentence_list(sign.label.lower() for sign in found.dangers)
    return f"{format_date(found.entry.happened_on)}: {told}."


def _immunisation(record: HealthRecord) -> PanelWords:
    found = immunisation_presenters.standing(record)
    url = reverse("child_health:immunisation", args=[record.child.pk])
    return PanelWords(
        "Imunisasi", found.tone, (f"{found.headline}.", *found.lines), url, "Lihat jadwal imunisasi"
    )


FORMS = (
    # permission, label, address, icon
    ("child_health.treat", "Catat imunisasi", "immunise", "plus"),
    ("child_health.write", "Catat keluhan", "illness", "alert-triangle"),
    ("child_health.treat", "Catat PMT", "food", "sprout"),
    ("child_health.treat", "Catat temuan", "finding-new", "search"),
    ("child_health.treat", "Rujuk", "referral", "arrow-right"),
)
"""What the cards don't lead to, or not for everybody."""
LATE_FORMS = (
    ("child_health.treat", "Imunisasi", "immunise", "plus"),
    ("child_health.treat", "Kunjungan bayi baru lahir", "newborn", "home"),
    ("child_health.write", "Vitamin A dan obat cacing", "supplement", "check"),
    ("child_health.write", "Keluhan", "illness", "alert-triangle"),
    ("child_health.treat", "Rujukan", "referral", "arrow-right"),
    ("child_health.treat", "Temuan", "finding-new", "search"),
)
"""What may come to be known only after a child died."""


def buttons(record: HealthRecord, user: User) -> list[Button]:
    """The forms that she may fill in; none for a child who was never registered."""
    return _buttons(FORMS, record, user)


def _buttons(forms: tuple[tuple[str, str, str, str], ...], record: HealthRecord, user: User) -> list[Button]:
    if hasattr(record.child, "mistake"):
        return []
    child = record.child.pk
    return [
        Button(label, reverse(f"child_health:{name}", args=[child]), icon)
        for permission, label, name, icon in forms
        if user.may(permission)
    ]


def asked(record: HealthRecord, user: User) -> dict[str, object]:
    """What her page says of today and tomorrow; of a child who died only where late data may be written down."""
    if not record.lives:
        return {"late_forms": _buttons(LATE_FORMS, record, user)}
    phone = record.child.puskesmas.emergency_phone or record.child.puskesmas.after_hours_phone
    return {
        "phone": phone,
        "emergency": emergency(record),
        "cards": cards(record, user),
        "buttons": buttons(record, user),
    }


@dataclass(frozen=True)
class Line:
    """One entry of the timeline. `struck` says who struck it out and why; "" while it stands.

    `note` is filled for health workers only.
    """

    entry: Entry
    day: date
    title: str
    text: str
    recorded: str
    late: str
    struck: str
    icon: str
    may_strike: bool = False
    note: str = ""


def timeline(record: HealthRecord, user: User) -> list[Line]:
    """The newest first; what was struck out stays, and says so."""
    clinical = user.may_read(FieldClass.CLINICAL, at={record.child.puskesmas_id})
    return [
        replace(
            line(entry), may_strike=may_strike(entry, user), note=clinical_words(entry) if clinical else ""
        )
        for entry in record.entries
    ]


VOLUNTEERED = (Kind.SUPPLEMENT, Kind.BREASTFEEDING, Kind.FEEDING, Kind.DEVELOPMENT, Kind.ILLNESS)
"""What a kader writes, and so may strike out; the rest only who may write it."""


def may_strike(entry: Entry, user: User) -> bool:
    """Whether she may do it somewhere; the page asks again where the child lives."""
    return user.may(permission_for(entry))


def permission_for(entry: Entry) -> str:
    return "child_health.write" if entry.kind in VOLUNTEERED else "child_health.treat"


def line(entry: Entry) -> Line:
    title, text = title_and_text(entry)
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


def _struck(entry: Entry) -> str:
    strike = getattr(entry, "strike", None)
    return f"Dicoret {strike.by.name}: {strike.reason}" if strike else ""


@dataclass(frozen=True)
class FindingLine:
    """A finding with everybody who had to do with it; `diagnosis` only for those who may read it."""

    entry: Entry
    title: str
    found: str
    confirmed: str
    diagnosed: str
    is_open: bool
    may_be_diagnosed: bool


def finding_line(entry: Entry, *, clinical: bool) -> FindingLine:
    row = entry.finding
    confirmation, diagnosis = getattr(row, "confirmation", None), getattr(row, "diagnosis", None)
    confirmed = ""
    if confirmation is not None:
        verdict = "Dipastikan" if confirmation.holds else "Tidak benar menurut"
        confirmed = f"{verdict} {confirmation.by.name}, {format_date(confirmation.confirmed_on)}"
        confirmed += f": {confirmation.note}" if clinical and confirmation.note else ""
    diagnosed = ""
    if diagnosis is not None:
        diagnosed = f"Diagnosis {diagnosis.by.name}, {format_date(diagnosis.diagnosed_on)}"
        diagnosed += f": {diagnosis.words}" if clinical else ""
    found_by = entry.recorded_by.name if entry.recorded_by else "sistem"
    words = f": {row.words}" if row.words else ""
    return FindingLine(
        entry=entry,
        title=f"{row.get_code_display()}{words}",
        found=f"Ditemukan {found_by}, {format_date(entry.happened_on)}",
        confirmed=confirmed,
        diagnosed=diagnosed,
        is_open=confirmation is None,
        may_be_diagnosed=diagnosis is None and (confirmation is None or confirmation.holds),
    )
