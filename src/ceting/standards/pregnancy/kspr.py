"""The Poedji Rochjati score (KSPR): its factors, the sum and its group, and which factors follow from what is known.

Sources: `tables/kspr.csv`, `tables/kspr_groups.csv`, `tables/pregnancy_thresholds.csv` (kspr.*), decisions `kspr.*`.
A factor that nobody can compute (9a to 10, 11b to 11d, 14, 15) is only ever recorded by a person. Factors and score
are clinical; of 11d see decision `kspr.sexual_disease`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ceting.standards import sources
from ceting.standards.pregnancy.dating import Term, term
from ceting.standards.pregnancy.facts import MONTHS_PER_YEAR, Facts, Known, reason_sentence
from ceting.standards.pregnancy.limits import Limits
from ceting.standards.pregnancy.nutrition import AnaemiaLevel
from ceting.standards.pregnancy.pressure import PressureLevel
from ceting.standards.pregnancy.values import whole

TABLE = "kspr"


@dataclass(frozen=True)
class Factor:
    """A row of the card. `group` I, II or III; `not_with`: the factor beside which it isn't counted."""

    code: str
    group: str
    label: str
    points: int
    not_with: str | None


@dataclass(frozen=True)
class RiskGroup:
    """KRR, KRT or KRST (the code of its words), its colour and where such a birth belongs."""

    code: str
    name: str
    colour: str
    place: str


@dataclass(frozen=True)
class Score:
    """The sum, its group, and the factors that were counted in the order of the card."""

    total: int
    group: RiskGroup
    counted: tuple[Factor, ...]


@cache
def factors() -> tuple[Factor, ...]:
    """The factors in the order of the card."""
    return tuple(
        Factor(row["code"], row["group"], row["factor"], int(row["score"]), row["not_with"] or None)
        for row in sources.rows(TABLE)
    )


def factor(code: str) -> Factor:
    """One factor. Raises TableError for an unknown code."""
    sources.row(TABLE, "code", code)
    return next(each for each in factors() if each.code == code)


def score(codes: Iterable[str]) -> Score:
    """The score of every factor ever found in a pregnancy; twice found is counted once.

    Give the factors of the whole pregnancy, also those that have passed: so the score never decreases. Starts at 2.
    2b and 6 are one factor. Raises TableError for an unknown code.
    """
    found = {factor(code).code for code in codes}
    counted = tuple(each for each in factors() if each.code in found and each.not_with not in found)
    total = whole("kspr.start") + sum(each.points for each in counted)
    return Score(total, risk_group(total), counted)


def risk_group(total: int) -> RiskGroup:
    """The group of a sum: KRR 2, KRT 6 to 10, KRST from 12. Raises ValueError below the start."""
    fitting = [row for row in sources.rows("kspr_groups") if total >= int(row["score_from"])]
    if not fitting:
        raise ValueError(f"a KSPR score starts at {whole('kspr.start')}, not {total}")
    return group_of(fitting[-1]["code"])


def group_of(code: str) -> RiskGroup:
    """One group. Raises TableError for an unknown code."""
    row = sources.row("kspr_groups", "code", code)
    return RiskGroup(row["code"], row["name"], row["colour"], row["place"])


def known_factors(facts: Facts, limits: Limits) -> tuple[Known, ...]:
    """The factors that follow from what is known, in the order of the card; what isn't known gives none."""
    found = (*_of_her_age(facts), *_of_her_births(facts), *_of_her_body(facts, limits), *_of_now(facts))
    order = [each.code for each in factors()]
    return tuple(sorted(found, key=lambda each: order.index(each.code)))


def reason(known: Known) -> str:
    """Why a factor is known, for staff. Raises like `reason_sentence`."""
    return reason_sentence(TABLE, known)


def _of_her_age(facts: Facts) -> Iterator[Known]:
    years = facts.years_married
    if facts.is_first and years is not None and years >= whole("kspr.late_from_years"):
        yield Known("2a", {"years": years})
    if facts.age_years is None:
        return
    if facts.is_first and facts.age_years <= whole("kspr.young_until_years"):
        yield Known("1", {"age": facts.age_years})
    if facts.age_years >= whole("kspr.old_from_years"):
        yield Known("2b" if facts.is_first else "6", {"age": facts.age_years})


def _of_her_births(facts: Facts) -> Iterator[Known]:
    months = facts.months_since_birth
    if months is not None and months < whole("kspr.close_below_months"):
        yield Known("3", {"months": months})
    if months is not None and months >= whole("kspr.far_from_months"):
        yield Known("4", {"years": months // MONTHS_PER_YEAR})
    if facts.births is not None and facts.births >= whole("kspr.many_from_births"):
        yield Known("5", {"births": facts.births})
    if facts.losses:
        yield Known("8", {"losses": facts.losses})


def _of_her_body(facts: Facts, limits: Limits) -> Iterator[Known]:
    if facts.height_cm is not None and facts.height_cm <= limits.short_mother_cm:
        yield Known("7", {"height": facts.height_cm})
    if facts.anaemia is not None and facts.hb is not None and facts.anaemia.level is not AnaemiaLevel.NONE:
        yield Known("11a", {"hb": facts.hb})
    pressure = facts.pressure
    if pressure is not None and facts.swelling and pressure.level is not PressureLevel.NORMAL:
        yield Known("12", {"systolic": pressure.systolic, "diastolic": pressure.diastolic})
    severe = pressure is not None and pressure.level is PressureLevel.EMERGENCY and facts.urine_protein
    if facts.convulsion or severe:
        yield Known("20")


def _of_now(facts: Facts) -> Iterator[Known]:
    if facts.fetuses is not None and facts.fetuses > 1:
        yield Known("13", {"fetuses": facts.fetuses})
    if facts.bleeding:
        yield Known("19")
    if facts.age is None:
        return
    if term(facts.age) is Term.POST_TERM:
        yield Known("16", {"age": facts.age.in_words})
    if facts.age.weeks >= whole("kspr.position_from_week") and facts.presentation in ("breech", "transverse"):
        yield Known("17" if facts.presentation == "breech" else "18", {"age": facts.age.in_words})
