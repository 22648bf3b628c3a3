"""How soon somebody should look at a child, and why: rules.md, section 6, growth only. Clocks come with the cases.

A reason stands until a measurement that answers its question clears it: complete for that question, unflagged, and
not the family's own. Missing data clears nothing, and a scale at home can raise a reason but never clear one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ceting.care.measurements import recovery
from ceting.care.measurements.models import Attention, Measurement
from ceting.registry.families.models import Child
from ceting.standards import categories, kms
from ceting.standards.ages import add_months, full_months
from ceting.standards.levels import Level, level_of

CODES = (
    *("oedema", "infant_wasted", "severely_wasted", "muac_red", "infant_losing", "measure_again"),
    *("recovering", "wasted", "severely_underweight", "two_t_below_red_line", "infant_not_gaining"),
    *("severely_short", "short", "underweight", "muac_yellow", "two_t", "obese", "head"),
    *("not_gained", "not_gained_since_last", "overweight_risk", "implausible", "home_length"),
)
"""Findings of growth, as `standards.levels` names them."""
_SOON = {
    Level.RINGAN: Attention.ROUTINE,
    Level.SEDANG: Attention.MEDIUM,
    Level.TINGGI: Attention.HIGH,
    Level.SEGERA: Attention.SAME_DAY,
    Level.MERAH: Attention.SAME_DAY,
}
REASONS = {code: _SOON[level] for code in CODES if (level := level_of(code))}
SEVERE = {"severely_wasted": "wasting", "infant_wasted": "wasting", "muac_red": "arm", "oedema": "oedema"}
"""Reasons of gizi buruk -> the index that must recover."""
# The graver word says the milder one too.
SWALLOWS = {
    "oedema": ("recovering",),
    "infant_wasted": ("recovering",),
    "severely_wasted": ("wasted", "recovering"),
    "severely_underweight": ("underweight",),
    "severely_short": ("short", "home_length"),
    "short": ("home_length",),
    "muac_red": ("muac_yellow", "recovering"),
    "measure_again": ("implausible",),
    "two_t_below_red_line": ("two_t",),
    "infant_losing": ("infant_not_gaining", "not_gained", "not_gained_since_last"),
    "infant_not_gaining": ("not_gained", "not_gained_since_last"),
}
Z_OF_FLAG = {"w": "zwei", "l": "zlen", "f": "zwfl", "b": "zbmi", "h": "zhc", "a": "zac"}
INFANT_MONTHS = 6
LAST_MONTH = 60
NEWBORN_DAYS = 10
UNSEEN_MONTHS = 2
"""Not weighed for two months running: the kader goes and asks (rules.md, section 6)."""
NEWBORN_LOSS = 0.10
"""Part of the birth weight that a newborn may lose in her first NEWBORN_DAYS."""


def attention_to(child: Child, rows: Iterable[Measurement]) -> tuple[Attention, list[str]]:
    """How soon somebody should look at a child with these current rows (any order), and why.

    The reasons are codes of REASONS, the most urgent first. Rows from 60 months of age on say nothing.
    """
    history = [
        _Aged(row, full_months(child.birth_date, row.measured_on))
        for row in sorted(rows, key=Measurement.chronology, reverse=True)
    ]
    history = [each for each in history if each.months < LAST_MONTH]
    found = {reason for question in QUESTIONS for reason in _asked(question, history)}
    found |= {*_doubted(history), *_gaining(child, history), *_losing(child, history)}
    found |= {*_recovering(history)}
    found -= {milder for reason in found for milder in SWALLOWS.get(reason, ())}
    ordered = sorted(found, key=lambda reason: (-REASONS[reason], reason))
    return (REASONS[ordered[0]] if ordered else Attention.NONE), ordered


def unseen_since(today: date) -> date:
    """Nobody has seen a child for long when her last weighing is of this day or earlier."""
    return add_months(today, -UNSEEN_MONTHS)


@dataclass(frozen=True)
class _Aged:
    row: Measurement
    months: int

    @property
    def is_infant(self) -> bool:
        return self.months < INFANT_MONTHS

    def sound(self, letter: str) -> bool:
        """Whether the z of this index is there and plausible."""
        return getattr(self.row, Z_OF_FLAG[letter]) is not None and letter not in self.row.flags

    def trusted(self, letter: str) -> bool:
        """Whether the row answers for this index: sound, and measured by somebody trained."""
        return self.sound(letter) and self.row.counts_officially


@dataclass(frozen=True)
class _Question:
    reasons: Callable[[_Aged], Iterator[str]]
    answered: Callable[[_Aged], bool]


def _asked(question: _Question, history: Sequence[_Aged]) -> Iterator[str]:
    """The reasons of all rows back to the newest one that answers the question."""
    for each in history:
        yield from question.reasons(each)
        if question.answered(each):
            return


def _oedema(each: _Aged) -> Iterator[str]:
    if each.row.oedema:
        yield "oedema"


def _seen_whole(each: _Aged) -> bool:
    return each.row.oedema or (each.trusted("w") and each.trusted("l"))


def _wasting(each: _Aged) -> Iterator[str]:
    z = each.row.zwfl
    # A length from home only asks for a new one.
    if z is None or not each.trusted("f"):
        return
    if z < -3:
        yield "infant_wasted" if each.is_infant else "severely_wasted"
    elif z < -2:
        yield "wasted"
    elif z > 3:
        yield "obese"
    elif z > 1:
        yield "overweight_risk"


def _weight(each: _Aged) -> Iterator[str]:
    z = each.row.zwei
    if z is not None and each.sound("w") and z < -2:
        yield "severely_underweight" if z < -3 else "underweight"


def _length(each: _Aged) -> Iterator[str]:
    z = each.row.zlen
    if z is None or not each.sound("l") or z >= -2:
        return
    if each.row.counts_officially:
        yield "severely_short" if z < -3 else "short"
    else:
        yield "home_length"


def _arm(each: _Aged) -> Iterator[str]:
    muac = each.row.muac_cm
    found = categories.muac_category(None if muac is None else float(muac), each.months)
    if found is not None and found.code in ("LILA_MERAH", "LILA_KUNING"):
        yield "muac_red" if found.code == "LILA_MERAH" else "muac_yellow"


def _arm_answered(each: _Aged) -> bool:
    return each.row.muac_cm is not None and categories.covers_age(each.months) and each.row.counts_officially


def _head(each: _Aged) -> Iterator[str]:
    if each.row.zhc is not None and each.sound("h") and abs(each.row.zhc) > 2:
        yield "head"


QUESTIONS = (
    _Question(_oedema, _seen_whole),
    _Question(_wasting, lambda each: each.trusted("f")),
    _Question(_weight, lambda each: each.trusted("w")),
    _Question(_length, lambda each: each.trusted("l")),
    _Question(_arm, _arm_answered),
    _Question(_head, lambda each: each.trusted("h")),
)


def _recovering(history: Sequence[_Aged]) -> Iterator[str]:
    """Gizi buruk goes on after a better measurement, until she has recovered at two visits running."""
    aged = {each.row.pk: each for each in history}
    days = recovery.by_day(each.row for each in history)
    if recovery.goes_on((rows, frozenset(_severe(aged[row.pk] for row in rows))) for rows in days):
        yield "recovering"


def _severe(day: Iterable[_Aged]) -> Iterator[str]:
    reasons = (reason for each in day for question in QUESTIONS for reason in question.reasons(each))
    return (SEVERE[reason] for reason in reasons if reason in SEVERE)


def _doubted(history: Sequence[_Aged]) -> Iterator[str]:
    """A flag stands until the same index is measured again. On the low side, or beside a danger: now."""
    answered: set[str] = set()
    for each in history:
        danger = each.row.oedema or "muac_red" in _arm(each)
        for letter in set(each.row.flags) - answered:
            low = getattr(each.row, Z_OF_FLAG[letter]) < 0
            yield "measure_again" if low or danger else "implausible"
        answered |= {letter for letter in Z_OF_FLAG if each.trusted(letter)}


def _gaining(child: Child, history: Sequence[_Aged]) -> Iterator[str]:
    """What the last counted weighing says; for one after a gap, the project's own rule (KBM of all those months)."""
    last = next((each for each in history if each.row.status), None)
    if last is None:
        return
    if last.row.two_t:
        yield "two_t_below_red_line" if last.row.below_red_line else "two_t"
    elif last.row.status == "T":
        yield "not_gained"
    if last.row.status == "O" and not _enough_since_last(child, history, last.row):
        yield "infant_not_gaining" if last.is_infant else "not_gained_since_last"
    if last.row.status == "T" and last.is_infant:
        yield "infant_not_gaining"


def _enough_since_last(child: Child, history: Sequence[_Aged], last: Measurement) -> bool:
    weighings = monthly_weighings(each.row for each in history)
    found = kms.gain_since_last(child.sex, child.birth_date, weighings).get(last.pk)
    return found is None or found.enough


def monthly_weighings(rows: Iterable[Measurement]) -> list[kms.MonthlyWeighing]:
    """The rows that have a weight, as the KMS takes them."""
    return [
        kms.MonthlyWeighing(
            on=row.measured_on,
            weight_kg=float(row.weight_kg),
            professional=row.counts_officially,
            flagged="w" in row.flags,
            id=row.pk,
        )
        for row in rows
        if row.weight_kg is not None
    ]


def _losing(child: Child, history: Sequence[_Aged]) -> Iterator[str]:
    """An infant lighter than at her weighing before, or than at birth beyond what every newborn loses."""
    weighed = [
        (each, float(each.row.weight_kg)) for each in history if each.row.weight_kg and _believable(each)
    ]
    for place, (each, kg) in enumerate(weighed):
        if not each.is_infant:
            return
        earlier = (
            older_kg
            for older, older_kg in weighed[place + 1 :]
            if older.row.measured_on < each.row.measured_on and older.row.counts_officially
        )
        before_kg = next(earlier, None)
        if before_kg is not None:
            least = _least(before_kg, each.row.measured_on, child)
        elif child.birth_weight_kg is not None and each.row.measured_on > child.birth_date:
            least = _least(float(child.birth_weight_kg), each.row.measured_on, child)
        else:
            return
        if kg < least:
            yield "infant_losing"
        if each.row.counts_officially:
            return


def _believable(each: _Aged) -> bool:
    return "w" not in each.row.flags


def _least(before_kg: float, on: date, child: Child) -> float:
    if (on - child.birth_date).days > NEWBORN_DAYS:
        return before_kg
    birth = float(child.birth_weight_kg) if child.birth_weight_kg is not None else before_kg
    return min(before_kg, birth * (1 - NEWBORN_LOSS))
