"""The lines of the KSPR card and of the pre-eclampsia screen of one pregnancy: which hold, and why.

What follows from history and contacts is derived, contact by contact, so that a factor that has passed still counts
and one that rested on a mistake goes with its correction; the rest was stated by somebody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ceting.care.pregnancies.models import Card, Contact, Pregnancy, StatedRisk, Urine
from ceting.standards.ages import full_months
from ceting.standards.pregnancy import danger_signs, kspr, nutrition, preeclampsia, pressure
from ceting.standards.pregnancy.dating import GestationalAge, trimester
from ceting.standards.pregnancy.facts import Facts, Known
from ceting.standards.pregnancy.limits import Limits

MONTHS = 12
SWELLING, CONVULSION, BLEEDING = "pregnant.swelling_convulsion", "pregnant.unconscious", "pregnant.bleeding"


@dataclass(frozen=True)
class Reason:
    """A line that holds: its sentence, and the day since when it is known; `stated` by a person or derived."""

    code: str
    sentence: str
    since: date
    stated: bool


@dataclass(frozen=True)
class Cards:
    """Both cards of a pregnancy. `kspr` and `screen` are what they come to."""

    kspr_reasons: tuple[Reason, ...]
    screen_reasons: tuple[Reason, ...]

    @property
    def kspr(self) -> kspr.Score:
        return kspr.score(each.code for each in self.kspr_reasons)

    @property
    def screen(self) -> preeclampsia.ScreenResult:
        return preeclampsia.screen(each.code for each in self.screen_reasons)


def cards_of(
    pregnancy: Pregnancy,
    contacts: Sequence[Contact],
    stated: Iterable[StatedRisk],
    limits_on: Mapping[date, Limits],
    known_on: date,
) -> Cards:
    """The cards from her history on `known_on` (the day she was registered) and her contacts, in any order.

    `limits_on` has the limits of every contact's day and of `known_on`.
    """
    ordered = sorted(contacts, key=Contact.chronology)
    days = [(known_on, history(pregnancy, known_on))]
    days += [(row.on, of_contact(pregnancy, row, limits_on[row.on])) for row in ordered]
    told = list(stated)
    return Cards(
        _reasons(Card.KSPR, [(day, kspr.known_factors(facts, limits_on[day])) for day, facts in days], told),
        _reasons(Card.PRE_ECLAMPSIA, [(day, preeclampsia.known_items(facts)) for day, facts in days], told),
    )


def _reasons(
    card: Card, days: Sequence[tuple[date, Sequence[Known]]], stated: Iterable[StatedRisk]
) -> tuple[Reason, ...]:
    sentence = kspr.reason if card is Card.KSPR else preeclampsia.reason
    order = [each.code for each in (kspr.factors() if card is Card.KSPR else preeclampsia.items())]
    found: dict[str, Reason] = {}
    for row in stated:
        if row.card == card:
            found.setdefault(row.code, Reason(row.code, "Dicatat petugas", row.stated_on, stated=True))
    for day, known in days:
        for each in known:
            standing = found.get(each.code)
            if standing is None or standing.stated:
                found[each.code] = Reason(each.code, sentence(each), day, stated=False)
    return tuple(sorted(found.values(), key=lambda each: order.index(each.code)))


def history(pregnancy: Pregnancy, on: date) -> Facts:
    """What is known of her without a contact."""
    born, last, married = pregnancy.woman.birth_date, pregnancy.last_birth_on, pregnancy.married_on
    start = pregnancy.started_on
    return Facts(
        age_years=full_months(born, on) // MONTHS if born and born <= on else None,
        gravida=pregnancy.gravida,
        births=pregnancy.para,
        losses=pregnancy.abortions,
        months_since_birth=full_months(last, start) if last and last <= start else None,
        years_married=full_months(married, start) // MONTHS if married and married <= start else None,
        height_cm=float(pregnancy.height_cm) if pregnancy.height_cm is not None else None,
        bmi=bmi_before(pregnancy),
    )


def bmi_before(pregnancy: Pregnancy) -> float | None:
    """BMI before the pregnancy in kg/m2; None while height or weight isn't known."""
    if pregnancy.height_cm is None or pregnancy.pre_weight_kg is None:
        return None
    return nutrition.body_mass_index(float(pregnancy.pre_weight_kg), float(pregnancy.height_cm))


def of_contact(pregnancy: Pregnancy, row: Contact, limits: Limits) -> Facts:
    """What is known on the day of a contact."""
    known = history(pregnancy, row.on)
    age = GestationalAge(pregnancy.age_days(row.on))
    hb = float(row.hb_g_dl) if row.hb_g_dl is not None else None
    return Facts(
        **{name: getattr(known, name) for name in _OF_HISTORY},
        hb=hb,
        anaemia=nutrition.anaemia(hb, trimester(age), limits) if hb is not None else None,
        pressure=pressure_of(row),
        swelling=SWELLING in row.signs,
        urine_protein=bool(row.urine_protein) and Urine(row.urine_protein).is_positive,
        convulsion=CONVULSION in row.signs,
        bleeding=BLEEDING in row.signs,
        fetuses=row.fetuses,
        presentation=row.presentation or None,  # type: ignore[arg-type]  # one of its choices
        age=age,
    )


_OF_HISTORY = (
    *("age_years", "gravida", "births", "losses", "months_since_birth", "years_married", "height_cm", "bmi"),
)


def pressure_of(row: Contact) -> pressure.Pressure | None:
    """Her blood pressure judged with the signs of that day; None when it wasn't taken."""
    if row.systolic is None or row.diastolic is None:
        return None
    severe = danger_signs.makes_high_pressure_severe(row.signs)
    return pressure.judge(row.systolic, row.diastolic, severe_sign=severe)
