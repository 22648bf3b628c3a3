"""The sheet of a child's care that her family takes home: one A4 page, in the order of the Buku KIA.

Families read other words than staff: none of `standards.words.FORBIDDEN_FOR_FAMILIES`, and nothing of the class
clinical has a place here for any reader: the sheet lies on a table at home.
"""

from collections.abc import Iterator

from ceting.care.child_health import health_standing as standing
from ceting.care.child_health.health_record import HealthRecord
from ceting.care.child_health.immunisation_presenters import labels
from ceting.care.child_health.models import Entry, Item, Kind
from ceting.foundation.ui.typesetting import typeset
from ceting.foundation.ui.wording import sentence_list
from ceting.registry.families.models import Sex
from ceting.standards.child.corrected_age import both_ages
from ceting.standards.child.development import interpretation
from ceting.standards.child.feeding import LAST_MONTH, Answer
from ceting.standards.child.illness import WORDS_DANGER
from ceting.standards.child.immunisation import DoseStanding, DoseState, Visit
from ceting.standards.child.supplementation import Round, RoundState
from ceting.standards.numbers import format_age, format_date, format_month
from ceting.standards.pregnancy.postnatal import VisitStatus
from ceting.standards.words import FamilyWords, family_words

FILENAME = "kesehatan-anak.pdf"
MESSAGES, ROUNDS, SCREENS, VISITS = 3, 6, 5, 3
ANSWERS = {Answer.YES: "ya", Answer.NO: "tidak", Answer.UNKNOWN: "?"}


def health_sheet(record: HealthRecord) -> bytes:
    """The PDF of a child's care. Raises typst.TypstError when the template is broken."""
    return typeset("ceting.care.child_health", "health_sheet", words(record))


def words(record: HealthRecord) -> dict[str, object]:
    """Everything that is written on the sheet, as the template names it."""
    child = record.child
    return {
        "name": child.name,
        "girl": child.sex == Sex.GIRL,
        "who": f"{child.get_sex_display()} · {_ages(record)} · lahir {format_date(child.birth_date)}",
        "mother": child.mother.name if child.mother else "",
        "posyandu": f"{child.posyandu}, {child.posyandu.village.name}",
        "puskesmas": str(child.puskesmas),
        "phone": child.puskesmas.emergency_phone or child.puskesmas.after_hours_phone,
        "printed": format_date(record.today),
        "messages": [{"what": each.what, "why": each.why, "today": each.today} for each in messages(record)],
        "doses": [_dose(each) for each in sorted(record.doses, key=lambda each: each.dose.age)],
        "visits": [_visit(each, record) for each in record.plan[:VISITS]],
        "capsules": _rounds(standing.rounds(record, Item.VITAMIN_A)),
        "worms": _rounds(standing.rounds(record, Item.DEWORMING)),
        "milk": _milk(record),
        "screens": [_screen(each) for each in record.of(Kind.DEVELOPMENT)[:SCREENS]],
        "newborn": _newborn(record),
    }


def _ages(record: HealthRecord) -> str:
    child = record.child
    told = format_age(child.birth_date, record.today)
    corrected = both_ages(child.birth_date, record.today, child.gestation_days).corrected
    if corrected is None:
        return told
    return f"{told} (umur koreksi {corrected.years * 12 + corrected.months} bulan)"


def messages(record: HealthRecord) -> list[FamilyWords]:
    """What can't wait first, then what is late or due, at most three; praise when nothing is wanting."""
    return list(dict.fromkeys(_wanting(record)))[:MESSAGES] or [family_words(DoseState.GIVEN)]


def _wanting(record: HealthRecord) -> Iterator[FamilyWords]:
    complaint = standing.complaint(record)
    if complaint is not None and complaint.dangers:
        yield family_words(WORDS_DANGER)
    for state in (DoseState.OVERDUE, DoseState.DUE):
        if labels(record, state):
            yield family_words(state)
            break
    screen = standing.kpsp(record).result
    if screen is not None and screen.code != "S":
        yield family_words(screen.words)
    meals = standing.meals(record)
    if meals is not None and meals.result is not None and not meals.result.good:
        yield family_words(meals.result.codes[0])
    for item, code in ((Item.VITAMIN_A, "VITA_DUE"), (Item.DEWORMING, "WORM_DUE")):
        rounds = standing.rounds(record, item)
        if rounds and rounds[-1].state is RoundState.DUE:
            yield family_words(code)


def _visit(visit: Visit, record: HealthRecord) -> dict[str, str]:
    return {
        "day": "Hari ini" if visit.on == record.today else format_date(visit.on),
        "doses": sentence_list(dose.label for dose in visit.doses),
    }


def _screen(entry: Entry) -> dict[str, str]:
    return {
        "age": f"{entry.development.age_month} bulan",
        "words": family_words(interpretation(entry.development.yes).words).what,
        "day": format_date(entry.happened_on),
    }


def _dose(found: DoseStanding) -> dict[str, object]:
    months = found.dose.age
    if found.given_on is not None:
        told, mark = format_date(found.given_on), "done"
    elif found.can_be_given:
        told, mark = "sudah waktunya", "open"
    elif found.state is DoseState.NO_LONGER:
        told, mark = "tidak diberikan lagi", "closed"
    else:
        told, mark = f"mulai {format_date(found.since)}" if found.since else "menyusul", "coming"
    return {
        "age": "Lahir" if months == 0 else f"{months} bl",
        "label": found.dose.label,
        "told": told,
        "mark": mark,
    }


def _rounds(rounds: tuple[Round, ...]) -> list[dict[str, str]]:
    told = {RoundState.DUE: "sekarang", RoundState.MISSED: "terlewat"}
    return [
        {
            "round": format_month(each.since),
            "told": format_date(each.given_on) if each.given_on else told[each.state],
        }
        for each in rounds[-ROUNDS:]
    ]


def _milk(record: HealthRecord) -> list[dict[str, str]]:
    asked = standing.breastfeeding(record).asked
    if not asked:
        return []
    return [
        {"month": f"E{month}", "answer": ANSWERS[asked[month]] if month in asked else "–"}
        for month in range(LAST_MONTH + 1)
    ]


def _newborn(record: HealthRecord) -> list[dict[str, str]]:
    visits = standing.newborn_visits(record)
    if not standing.is_newborn(record) and all(each.status is VisitStatus.MISSED for each in visits):
        return []
    told = {
        VisitStatus.DUE: "sekarang",
        VisitStatus.MISSED: "terlewat",
        VisitStatus.UPCOMING: "nanti",
    }
    return [
        {
            "code": each.window.code,
            "told": told.get(each.status) or format_date(each.filled_by),  # type: ignore[arg-type]
        }
        for each in visits
    ]
