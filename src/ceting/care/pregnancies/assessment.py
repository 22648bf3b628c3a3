"""What is stored of the standards beside a pregnancy and its contacts, derived nowhere else.

`derive` reads the facts of one pregnancy and writes the derived columns of its (unsaved) rows; the order in which the
facts arrived doesn't matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ceting.care.pregnancies.cards import Cards, bmi_before, cards_of, pressure_of
from ceting.care.pregnancies.models import Attendant, Contact, Pregnancy, StatedRisk
from ceting.registry.places.models import settings_of
from ceting.standards.pregnancy import checklist, fundal, nutrition, preeclampsia, weight_gain
from ceting.standards.pregnancy import contacts as schedule
from ceting.standards.pregnancy.dating import GestationalAge, trimester
from ceting.standards.pregnancy.limits import PREFIX, Limits, limits_from

RULES_VERSION = "2026.4"
"""Names the rules that derived a row; change it with them."""
FACT_COLUMNS = (
    *(("weight_kg", "weight_kg"), ("blood_pressure", "systolic"), ("muac_cm", "muac_cm"), ("hb", "hb_g_dl")),
    *(("fundal_height_cm", "fundal_cm"), ("presentation", "presentation"), ("fetal_heart", "fetal_heart")),
    *(("tetanus", "tetanus_dose"), ("iron_tablets", "tablets_given"), ("iron_tablets", "tablets_taken")),
    *(("urine_protein", "urine_protein"), ("blood_sugar", "glucose_mg_dl"), ("case_management", "treated")),
    *(("counselling", "counselled"), ("ultrasound", "scan_done"), ("mental_health", "mental_screened")),
)
"""Fact of the checklist -> the column that records it. HIV, syphilis and HBsAg are named results."""
NAMED_FACTS = frozenset({"hiv", "syphilis", "hbsag"})
FILLED = (schedule.SlotStatus.DONE, schedule.SlotStatus.LATE)


@dataclass(frozen=True)
class Facts:
    """A pregnancy with its current contacts and stated risks, in any order; `babies` came at its end, if it has one."""

    pregnancy: Pregnancy
    contacts: Sequence[Contact]
    stated: Sequence[StatedRisk] = ()
    babies: int = 0


def limits_on(pregnancy: Pregnancy, on: date) -> Limits:
    """The limits of her puskesmas as they stood on a day."""
    return limits_from(settings_of(pregnancy.puskesmas, on).starting(PREFIX))


def derive(facts: Facts) -> None:
    """Write what follows from the facts into the pregnancy and its contacts; nothing is saved."""
    rows = sorted(facts.contacts, key=Contact.chronology)
    for row in rows:
        _derive_contact(facts.pregnancy, row)
    if facts.babies > 1 or is_multiple(rows):
        # Corridor and fundal height are for one fetus: of twins nobody is told too much or too little.
        for row in rows:
            row.gain, row.fundal = "", ""
    _derive_slots(facts.pregnancy, rows)
    _derive_pregnancy(facts.pregnancy, rows)
    found = cards(facts)
    score = found.kspr
    facts.pregnancy.risk_score, facts.pregnancy.risk_group = score.total, score.group.code
    facts.pregnancy.pre_eclampsia = found.screen.screen is preeclampsia.Screen.POSITIVE


def is_multiple(rows: Iterable[Contact]) -> bool:
    """Whether any of her contacts found more than one fetus; what was seen once holds for those before it too."""
    return any((row.fetuses or 1) > 1 for row in rows)


def is_unjudged(pregnancy: Pregnancy, rows: Sequence[Contact], *, clinical: bool) -> bool:
    """Whether corridor and fundal height say nothing of this pregnancy.

    How many fetuses there are is for health workers; anybody else is told by what was derived for her too, the
    verdict that is missing beside a known gain.
    """
    if clinical:
        return is_multiple(rows)
    gained = [row for row in rows if row.gain_kg is not None]
    return bool(gained) and bmi_before(pregnancy) is not None and not any(row.gain for row in gained)


def cards(facts: Facts) -> Cards:
    """Her KSPR card and pre-eclampsia screen."""
    pregnancy, known_on = facts.pregnancy, facts.pregnancy.created_at.date()
    days = {known_on, *(row.on for row in facts.contacts)}
    limits = {day: limits_on(pregnancy, day) for day in days}
    return cards_of(pregnancy, facts.contacts, facts.stated, limits, known_on)


def _derive_contact(pregnancy: Pregnancy, row: Contact) -> None:
    limits = limits_on(pregnancy, row.on)
    row.age_days = pregnancy.age_days(row.on)
    row.trimester = trimester(GestationalAge(row.age_days))
    row.kek = nutrition.kek(_float(row.muac_cm), bmi_before(pregnancy), limits).at_risk
    row.anaemia = _anaemia(row, limits)
    found = pressure_of(row)
    row.pressure = found.level.value if found else ""
    row.map_mm_hg = Decimal(str(found.map_mmhg)) if found else None
    row.map_positive = found.map_positive if found else None
    row.heart = fundal.judge_heart(row.fetal_heart, limits).rate.value if row.fetal_heart else ""
    _derive_growth(pregnancy, row)
    row.limits = limits.as_record
    row.rules_version = RULES_VERSION


def _anaemia(row: Contact, limits: Limits) -> str:
    if row.hb_g_dl is None:
        return ""
    stage = trimester(GestationalAge(row.age_days))
    return nutrition.anaemia(float(row.hb_g_dl), stage, limits).level.value


def _derive_growth(pregnancy: Pregnancy, row: Contact) -> None:
    """Weight gained against the corridor of her BMI class, fundal height against her weeks."""
    bmi = bmi_before(pregnancy)
    row.gain_kg, row.gain, row.fundal = None, "", ""
    if row.weight_kg is not None and pregnancy.pre_weight_kg is not None:
        row.gain_kg = row.weight_kg - pregnancy.pre_weight_kg
    if row.gain_kg is not None and bmi is not None:
        row.gain = weight_gain.judge(weight_gain.bmi_class(bmi), row.age_days, float(row.gain_kg)).gain.value
    if row.fundal_cm is not None:
        height = fundal.judge_height(float(row.fundal_cm), GestationalAge(row.age_days))
        row.fundal = height.value if height else ""


def as_scheduled(rows: Iterable[Contact]) -> list[schedule.Contact]:
    """The contacts as the schedule counts them: a kader's own check is no antenatal contact."""
    return [
        schedule.Contact(row.pk, row.age_days, Attendant(row.attendant).is_doctor, row.scan_done)
        for row in rows
        if row.attendant != Attendant.KADER
    ]


def slot_states(pregnancy: Pregnancy, rows: Iterable[Contact], on: date) -> list[schedule.SlotState]:
    """K1 to K6 as they stand on a day."""
    wanted = schedule.slots(limits_on(pregnancy, on).anc_pattern)
    return schedule.states(wanted, as_scheduled(rows), max(pregnancy.age_days(on), 0))


def _derive_slots(pregnancy: Pregnancy, rows: Sequence[Contact]) -> None:
    """Which contact filled which slot, and which comes next.

    Looked at from today, or from the day on which it ended: of a woman who was last seen at 9 weeks and is 33 weeks
    now, what is late is K4 and not K2. The nightly `nightly.move_on` keeps it true while nothing happens.
    """
    today = pregnancy.puskesmas.today()
    states = slot_states(pregnancy, rows, min(today, pregnancy.ended_on or today))
    filled = {state.filled_by: state.slot.code for state in states if state.status in FILLED}
    for row in rows:
        row.slot = filled.get(row.pk, "")
    # Whoever was never seen is still waited for at K1, however late.
    waiting = states if not filled else [state for state in states if _is_open(state)]
    coming = next((state.slot for state in waiting), None)
    pregnancy.next_contact = coming.code if coming else ""
    pregnancy.next_from = day_of(pregnancy, coming.advised_from_day) if coming else None
    pregnancy.next_until = day_of(pregnancy, coming.advised_until_day) if coming else None


def _is_open(state: schedule.SlotState) -> bool:
    return state.status not in FILLED and state.status is not schedule.SlotStatus.MISSED


def wanted(
    pregnancy: Pregnancy, rows: Iterable[Contact], on: date, *, besides: Iterable[str] = NAMED_FACTS
) -> tuple[str, ...]:
    """The facts of the 12T that a contact on this day should record, but those of `besides`.

    HIV, syphilis and HBsAg are asked for only where somebody says that they are open: who may know it.
    """
    earlier = [checklist.ContactFacts(row.age_days, recorded(row)) for row in rows]
    known = [checklist.ContactFacts(0, frozenset({*_known_of(pregnancy), *besides}))]
    return checklist.wanted(GestationalAge(max(pregnancy.age_days(on), 0)), [*known, *earlier])


def recorded(row: Contact) -> frozenset[str]:
    """The facts that a contact recorded, by their names in the checklist."""
    return frozenset(fact for fact, name in FACT_COLUMNS if getattr(row, name) not in (None, "", False))


def _known_of(pregnancy: Pregnancy) -> Iterable[str]:
    if pregnancy.height_cm is not None:
        yield "height_cm"
    if pregnancy.blood_group:
        yield "blood_type"


def day_of(pregnancy: Pregnancy, age_days: int) -> date:
    return pregnancy.started_on + timedelta(days=age_days)


def _derive_pregnancy(pregnancy: Pregnancy, rows: Sequence[Contact]) -> None:
    pregnancy.kek = _kek(pregnancy, rows)
    pregnancy.anaemia = next((row.anaemia for row in reversed(rows) if row.anaemia), "")
    pregnancy.tablets_taken = sum(row.tablets_taken or 0 for row in rows)
    pregnancy.rules_version = RULES_VERSION


def _kek(pregnancy: Pregnancy, rows: Sequence[Contact]) -> bool | None:
    """By the first arm circumference of the pregnancy or a later one, whichever was below: food is given to its end."""
    if not rows:
        bmi = bmi_before(pregnancy)
        return nutrition.kek(None, bmi, limits_on(pregnancy, pregnancy.started_on)).at_risk
    known = [row.kek for row in rows if row.kek is not None]
    return any(known) if known else None


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
