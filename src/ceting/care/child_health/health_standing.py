"""Where a child stands with everything but vaccines: read from her record by the standards. No database."""

from dataclasses import dataclass
from datetime import date, timedelta

from ceting.care.child_health.health_record import HealthRecord
from ceting.care.child_health.limits import repeat_weeks
from ceting.care.child_health.models import DevelopmentScreen, Entry, Item, Kind
from ceting.registry.places.models import settings_of
from ceting.standards.ages import full_months
from ceting.standards.child import development, feeding, food_days, illness, newborn, supplementation
from ceting.standards.child.development import Interpretation
from ceting.standards.child.feeding import Answer, BreastfeedingStanding, FeedingResult, Recall
from ceting.standards.child.food_days import FoodStanding
from ceting.standards.child.illness import Sign
from ceting.standards.child.newborn import BirthFinding
from ceting.standards.child.supplementation import Round
from ceting.standards.pregnancy import postnatal
from ceting.standards.pregnancy.postnatal import VisitState

GRAMS = 1000
RECENT = timedelta(days=14)
"""For how long a complaint stands on her page as news."""


def months_old(record: HealthRecord) -> int:
    """Completed months, chronological."""
    return full_months(record.child.birth_date, record.today)


def rounds(record: HealthRecord, item: Item) -> tuple[Round, ...]:
    """The rounds of a capsule or tablet of her whole life, the newest last."""
    given = [each.happened_on for each in record.of(Kind.SUPPLEMENT) if each.supplement.item == item]
    read = supplementation.vitamin_a_rounds if item is Item.VITAMIN_A else supplementation.deworming_rounds
    return read(record.child.birth_date, given, record.today)


def breastfeeding(record: HealthRecord) -> BreastfeedingStanding:
    """The newest answer for each month that she has reached."""
    reached = min(months_old(record), feeding.LAST_MONTH)
    told = [entry.breastfeeding for entry in reversed(record.of(Kind.BREASTFEEDING))]
    answers = {row.month: Answer(row.answer) for row in told if row.month <= reached}
    return feeding.breastfeeding(months_old(record), answers)


@dataclass(frozen=True)
class Meals:
    """The last recall and what it means at the age that she had; `result` None outside 6 to 23 months."""

    entry: Entry
    result: FeedingResult | None


def meals(record: HealthRecord) -> Meals | None:
    """None when nobody asked yet."""
    entry = next(iter(record.of(Kind.FEEDING)), None)
    if entry is None:
        return None
    row = entry.feeding
    recall = Recall(
        frozenset(int(group) for group in row.groups.split()), row.meals, row.breastfed, row.milk_feeds
    )
    months = full_months(record.child.birth_date, entry.happened_on)
    return Meals(entry, feeding.judge(months, recall))


@dataclass(frozen=True)
class Development:
    """KPSP: the questionnaire of her age (None before the first), the last screen, and what is to be done."""

    age_month: int | None
    last: DevelopmentScreen | None
    last_on: date | None
    result: Interpretation | None
    repeat_on: date | None
    due: bool
    next_on: date | None


def kpsp(record: HealthRecord) -> Development:
    """Due: her age has a questionnaire that nobody filled in, or a doubtful one is to be repeated by now."""
    birth, gestation = record.child.birth_date, record.child.gestation_days
    wanted = development.questionnaire_for(birth, record.today, gestation)
    following = development.next_questionnaire(birth, record.today, gestation)
    entry = next(iter(record.of(Kind.DEVELOPMENT)), None)
    next_on = following[1] if following else None
    if entry is None:
        return Development(wanted, None, None, None, None, wanted is not None, next_on)
    row = entry.development
    result = development.interpretation(row.yes)
    weeks = repeat_weeks(entry, record.child.puskesmas)
    again = development.repeat_on(entry.happened_on, result.code, weeks)
    repeat = again is not None and again <= record.today
    due = repeat or (wanted is not None and row.age_month < wanted)
    return Development(wanted, row, entry.happened_on, result, again, due, next_on)


def newborn_visits(record: HealthRecord) -> list[VisitState]:
    """KN1 to KN3; the key of a visit is the day on which it was."""
    birth = record.child.birth_date
    given = [
        postnatal.Visit(entry.happened_on, postnatal.since_birth(birth, entry.happened_on))
        for entry in record.of(Kind.NEWBORN)
    ]
    return postnatal.states("KN", given, postnatal.since_birth(birth, record.today))


def is_newborn(record: HealthRecord) -> bool:
    return (record.today - record.child.birth_date).days <= postnatal.last_day("KN")


def birth_findings(record: HealthRecord) -> tuple[BirthFinding, ...]:
    """What stood out at birth, by the limit of her own puskesmas on that day."""
    child = record.child
    low = settings_of(child.puskesmas, child.birth_date).number("child.low_birth_weight_g")
    return newborn.birth_findings(
        round(child.birth_weight_kg * GRAMS) if child.birth_weight_kg is not None else None,
        float(child.birth_length_cm) if child.birth_length_cm is not None else None,
        child.gestation_days,
        low_weight_g=int(low),
    )


@dataclass(frozen=True)
class Complaint:
    """The last complaint, if it is still news, and which of it are danger signs."""

    entry: Entry
    dangers: tuple[Sign, ...]


def complaint(record: HealthRecord) -> Complaint | None:
    """Danger signs told on a newborn visit count as well."""
    told = [
        entry for entry in record.standing if entry.kind in (Kind.ILLNESS, Kind.NEWBORN) and signs_of(entry)
    ]
    entry = next((each for each in told if record.today - each.happened_on <= RECENT), None)
    if entry is None:
        return None
    codes = signs_of(entry)
    return Complaint(entry, illness.danger_signs(codes, record.child.birth_date, entry.happened_on))


def signs_of(entry: Entry) -> list[str]:
    row = entry.illness if entry.kind == Kind.ILLNESS else entry.newborn
    return row.signs.split()


def food(record: HealthRecord) -> list[FoodStanding]:
    """Days received of those that she is to get, for each reason."""
    received: dict[str, int] = {}
    for entry in record.of(Kind.FOOD):
        received[entry.food.reason] = received.get(entry.food.reason, 0) + entry.food.days
    return [food_days.standing(code, days) for code, days in received.items()]


def open_findings(record: HealthRecord) -> list[Entry]:
    """Those that nobody refuted."""
    found = record.of(Kind.FINDING)
    return [entry for entry in found if getattr(getattr(entry.finding, "confirmation", None), "holds", True)]
