"""What a pregnancy's page says: where she is, what is due, what was found and why. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from ceting.care.pregnancies import assessment
from ceting.care.pregnancies.cards import Cards, Reason
from ceting.care.pregnancies.models import BirthPlan, Contact, ExtraFood, Pregnancy
from ceting.care.pregnancies.words import (
    Chip,
    age_words,
    code_chip,
    due_words,
    group_chip,
    parity_words,
    pregnancy_chips,
    with_unit,
)
from ceting.foundation.ui.wording import place_words
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User
from ceting.standards.identity import format_phone
from ceting.standards.numbers import format_date
from ceting.standards.pregnancy import checklist, contacts, kspr, nutrition, preeclampsia
from ceting.standards.pregnancy.dating import GestationalAge, asks_for_outcome, trimester
from ceting.standards.pregnancy.limits import Limits
from ceting.standards.pregnancy.values import whole

SLOT_WORDS = {
    contacts.SlotStatus.DONE: ("selesai", "good"),
    contacts.SlotStatus.LATE: ("selesai, terlambat", "attention"),
    contacts.SlotStatus.EARLY: ("belum waktunya, sudah ada periksa lebih awal", "info"),
    contacts.SlotStatus.DUE: ("waktunya", "info"),
    contacts.SlotStatus.MISSED: ("terlewat", "attention"),
    contacts.SlotStatus.UPCOMING: ("nanti", "neutral"),
}


def lead(pregnancy: Pregnancy, reader: User, today: date) -> str:
    """Under the name of a woman who is pregnant: how far she is and when she is due."""
    parity = parity_words(pregnancy) if readable(reader, pregnancy, "gravida") else ""
    parts = (parity, age_words(pregnancy, today), f"perkiraan lahir {due_words(pregnancy, today)}")
    return " · ".join(part for part in parts if part)


def facts(pregnancy: Pregnancy, reader: User) -> list[tuple[str, str]]:
    """Terms and descriptions of what `reader` may read."""
    woman, home = pregnancy.woman, pregnancy.woman.household
    village = home.village or pregnancy.posyandu.village
    dated = "USG" if pregnancy.scan_on else "HPHT"
    found = [
        ("Posyandu", str(pregnancy.posyandu)),
        ("Tempat tinggal", place_words(village.name, home.rw, home.rt)),
        (
            "Dihitung dari",
            f"{dated}, {format_date(pregnancy.scan_on or pregnancy.lmp or pregnancy.started_on)}",
        ),
        ("Tinggi badan", with_unit(pregnancy.height_cm, "cm")),
        ("Berat sebelum hamil", with_unit(pregnancy.pre_weight_kg, "kg")),
        ("Buku KIA", "punya" if pregnancy.has_kia_book else "belum punya"),
    ]
    if readable(reader, pregnancy, "blood_group"):
        found.append(("Golongan darah", pregnancy.blood_group))
    if readable(reader, woman, "phone"):
        born = format_date(woman.birth_date) if woman.birth_date else ""
        found += [("Tanggal lahir", born), ("Nomor HP", format_phone(woman.phone) if woman.phone else "")]
        found.append(("NIK", woman.nik))
    return found


@dataclass(frozen=True)
class SlotLine:
    """K1 to K6 with how each stands."""

    code: str
    words: str
    tone: str
    when: str
    extra: str


def slots(pregnancy: Pregnancy, rows: Sequence[Contact], today: date) -> list[SlotLine]:
    days = {row.pk: row.on for row in rows}
    return [
        _slot(pregnancy, state, days.get(state.filled_by))  # type: ignore[call-overload]
        for state in assessment.slot_states(pregnancy, rows, min(today, pregnancy.ended_on or today))
    ]


def _slot(pregnancy: Pregnancy, state: contacts.SlotState, done_on: date | None) -> SlotLine:
    words, tone = SLOT_WORDS[state.status]
    if state.overdue:
        words, tone = "terlambat", "attention"
    slot = state.slot
    first, last = (
        assessment.day_of(pregnancy, slot.advised_from_day),
        assessment.day_of(pregnancy, slot.advised_until_day),
    )
    when = format_date(done_on) if done_on else f"{format_date(first)} sampai {format_date(last)}"
    extra = [what for asked, what in ((slot.doctor, "dokter"), (slot.ultrasound, "USG")) if asked]
    return SlotLine(slot.code, words, tone, when, " dan ".join(extra))


@dataclass(frozen=True)
class Todo:
    """One thing to do at the next meeting."""

    words: str
    tone: str


def todos(
    pregnancy: Pregnancy, today: date, *, urgent: Sequence[str], planned: bool, facts: Sequence[str]
) -> list[Todo]:
    """What is due now: the `urgent` sentences first, then the gentlest question; `facts` are those that this week
    should record."""
    if not pregnancy.is_open:
        return []
    age = GestationalAge(max(pregnancy.age_days(today), 0))
    found = urgent_todos(urgent)
    if asks_for_outcome(age):
        found.append(
            Todo(
                "Sudah melewati perkiraan lahir. Tanyakan kabar Ibu dengan lembut; catat bila sudah melahirkan.",
                "attention",
            )
        )
    start, until = pregnancy.next_from, pregnancy.next_until
    if pregnancy.next_contact and start is not None and until is not None and start <= today:
        late = (
            f", terlambat sejak {format_date(until)}" if until < today else f", sampai {format_date(until)}"
        )
        found.append(
            Todo(f"Pemeriksaan {pregnancy.next_contact}{late}", "attention" if until < today else "info")
        )
    if facts:
        labels = ", ".join(checklist.fact_label(fact) for fact in facts)
        found.append(Todo(f"Yang perlu diperiksa minggu ini: {labels}", "info"))
    if not planned and trimester(age) == 3:
        found.append(Todo("Bicarakan rencana persalinan (P4K) bersama keluarga", "info"))
    return found


def urgent_todos(sentences: Sequence[str]) -> list[Todo]:
    return [Todo(sentence, "danger") for sentence in sentences]


@dataclass(frozen=True)
class CardLines:
    """A score card: what it comes to, and the reason of each point."""

    title: str
    chip: Chip
    lines: tuple[tuple[str, str], ...]
    """(what, why with the day since when)."""
    hint: str


def score_cards(found: Cards) -> list[CardLines]:
    """KSPR and pre-eclampsia for health workers."""
    score, screen = found.kspr, found.screen
    screened = code_chip(screen.screen.value)
    return [
        CardLines(
            "Kartu Skor Poedji Rochjati",
            group_chip(score.group.code, score.total),
            tuple(
                _reason(each, f"{kspr.factor(each.code).label} (+{kspr.factor(each.code).points})")
                for each in found.kspr_reasons
            ),
            f"Skor awal {whole('kspr.start')}. Tempat bersalin: {score.group.place}.",
        ),
        CardLines(
            "Skrining pre-eklampsia",
            screened,
            tuple(_reason(each, preeclampsia.item(each.code).label) for each in found.screen_reasons),
            f"Positif bila ada {whole('preeclampsia.moderate_least')} faktor sedang "
            f"atau {whole('preeclampsia.high_least')} faktor tinggi.",
        ),
    ]


def _reason(reason: Reason, what: str) -> tuple[str, str]:
    return what, f"{reason.sentence}, sejak {format_date(reason.since)}"


@dataclass(frozen=True)
class Nutrition:
    """Tablets and extra food so far."""

    tablets: str
    food: str
    classes: str


def nutrition_words(
    pregnancy: Pregnancy, food: Sequence[ExtraFood], classes: int, with_partner: int, limits: Limits
) -> Nutrition:
    tablets = nutrition.tablets(pregnancy.tablets_taken, limits)
    days = nutrition.food_days(sum(each.days for each in food), limits)
    partner = f", {with_partner} kali bersama suami atau keluarga" if with_partner else ""
    return Nutrition(
        f"{tablets.taken} dari {tablets.target} tablet diminum",
        f"{days.received} dari {days.target} hari" if pregnancy.kek or days.received else "",
        f"{classes} kali{partner}" if classes else "belum pernah",
    )


def state_chips(pregnancy: Pregnancy, *, clinical: bool) -> list[Chip]:
    return list(pregnancy_chips(pregnancy, clinical=clinical))


def plan_facts(plan: BirthPlan, reader: User, puskesmas: object) -> list[tuple[str, str]]:
    """The birth plan; donors' names only for whoever may read them."""
    names = ["attendant", "place", "companion", "transport", "funding", "contraception"]
    if reader.may_read(type(plan).field_classes["donors"], at={puskesmas}):  # type: ignore[arg-type]
        names.append("donors")
    fields = type(plan)._meta
    return [(capfirst(str(fields.get_field(name).verbose_name)), getattr(plan, name)) for name in names]  # type: ignore[union-attr]
