"""What each kind of entry says in one line. No database."""

from collections.abc import Callable, Mapping

from ceting.care.child_health.models import Entry, Kind, MonthAnswer
from ceting.foundation.ui.wording import sentence_list
from ceting.standards.child import food_days, illness
from ceting.standards.child.development import interpretation
from ceting.standards.child.doses import known_doses
from ceting.standards.child.feeding import group_label
from ceting.standards.numbers import format_decimal
from ceting.standards.pregnancy import postnatal

ICONS: Mapping[Kind, str] = {
    Kind.IMMUNISATION: "check",
    Kind.SUPPLEMENT: "check",
    Kind.BREASTFEEDING: "child",
    Kind.FEEDING: "child",
    Kind.DEVELOPMENT: "list",
    Kind.NEWBORN: "home",
    Kind.ILLNESS: "alert-triangle",
    Kind.FOOD: "sprout",
    Kind.REFERRAL: "arrow-right",
    Kind.FINDING: "search",
}


def title_and_text(entry: Entry) -> tuple[str, str]:
    """What happened, and what belongs to it; nothing of the class clinical."""
    return _WORDS[Kind(entry.kind)](entry)


def _immunisation(entry: Entry) -> tuple[str, str]:
    row = entry.immunisation
    return f"Imunisasi {known_doses()[row.dose].label}", f"batch {row.lot}" if row.lot else ""


def _supplement(entry: Entry) -> tuple[str, str]:
    return entry.supplement.get_item_display(), entry.supplement.what


def _breastfeeding(entry: Entry) -> tuple[str, str]:
    row = entry.breastfeeding
    return f"ASI bulan ke-{row.month} (E{row.month})", MonthAnswer(row.answer).label


def _feeding(entry: Entry) -> tuple[str, str]:
    row = entry.feeding
    groups = [group_label(int(group)).lower() for group in row.groups.split()]
    eaten = sentence_list(groups) or "belum ada kelompok makanan"
    milk = "masih ASI" if row.breastfed else f"tanpa ASI, susu {row.milk_feeds} kali"
    return "Makan kemarin", f"makan {row.meals} kali, {milk}: {eaten}"


def _development(entry: Entry) -> tuple[str, str]:
    row = entry.development
    return f"KPSP umur {row.age_month} bulan", f"{interpretation(row.yes).label}: {row.yes} jawaban ya"


def clinical_words(entry: Entry) -> str:
    """What only health workers read of it: a newborn's temperature, the notes of a visit and of a referral."""
    if entry.kind == Kind.NEWBORN:
        row = entry.newborn
        warmth = f"suhu {format_decimal(row.temperature_c)} °C" if row.temperature_c is not None else ""
        return ". ".join(part for part in (warmth, row.note) if part)
    return entry.referral.note if entry.kind == Kind.REFERRAL else ""


def _newborn(entry: Entry) -> tuple[str, str]:
    return slot_label((entry.happened_on - entry.child.birth_date).days), newborn_words(entry)


def slot_label(days: int) -> str:
    """`Kunjungan bayi baru lahir (KN2)` for a visit on day 5 of her life."""
    held = [window.code for window in postnatal.windows("KN") if window.holds(postnatal.Since(days))]
    return f"Kunjungan bayi baru lahir ({held[0]})" if held else "Kunjungan bayi baru lahir"


def newborn_words(entry: Entry) -> str:
    """What was seen, what wasn't right first."""
    row = entry.newborn
    seen = (
        (row.suckles, "menyusu kuat", "belum menyusu kuat"),
        (row.cord_clean, "tali pusat bersih", "tali pusat perlu dilihat"),
        (row.vitamin_k, "vitamin K1 sudah", "vitamin K1 belum"),
        (row.eye_ointment, "salep mata sudah", "salep mata belum"),
    )
    found = [illness.label_of(code) for code in row.signs.split()]
    found += [bad for answer, _, bad in seen if answer is False]
    found += [good for answer, good, _ in seen if answer]
    return ", ".join(found)


def _illness(entry: Entry) -> tuple[str, str]:
    row = entry.illness
    told = [illness.label_of(code) for code in row.signs.split()]
    return "Keluhan", "; ".join(part for part in (sentence_list(told), row.words) if part)


def _food(entry: Entry) -> tuple[str, str]:
    row = entry.food
    return f"PMT {row.days} hari", food_days.reason_of(row.reason).label


def _referral(entry: Entry) -> tuple[str, str]:
    row = entry.referral
    return f"Dirujuk ke {row.destination}", row.get_reason_display()


def _finding(entry: Entry) -> tuple[str, str]:
    row = entry.finding
    confirmation = getattr(row, "confirmation", None)
    if confirmation is None:
        state = "belum dipastikan"
    else:
        state = f"{'dipastikan' if confirmation.holds else 'tidak benar'}, {confirmation.by.name}"
    return row.get_code_display(), "; ".join(part for part in (row.words, state) if part)


_WORDS: Mapping[Kind, Callable[[Entry], tuple[str, str]]] = {
    Kind.IMMUNISATION: _immunisation,
    Kind.SUPPLEMENT: _supplement,
    Kind.BREASTFEEDING: _breastfeeding,
    Kind.FEEDING: _feeding,
    Kind.DEVELOPMENT: _development,
    Kind.NEWBORN: _newborn,
    Kind.ILLNESS: _illness,
    Kind.FOOD: _food,
    Kind.REFERRAL: _referral,
    Kind.FINDING: _finding,
}
