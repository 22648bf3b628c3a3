"""KPSP: which questionnaire at which age, and what ten answers mean. The questions themselves aren't shipped.

Sources: `tables/kpsp.csv`, `tables/kpsp_interpretation.csv`, `tables/development.csv`; decision `child.kpsp_questions`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ceting.standards import sources
from ceting.standards.ages import add_months, age
from ceting.standards.child.corrected_age import birth_for_age, correction_days

DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Interpretation:
    """`code` is S, M or P; `words` its code in child_words.csv."""

    code: str
    label: str
    action: str

    @property
    def words(self) -> str:
        return f"KPSP_{self.code}"


@cache
def questionnaire_ages() -> tuple[int, ...]:
    """The ages in months that have a questionnaire."""
    return tuple(int(row["age_month"]) for row in sources.rows("kpsp"))


def questions() -> int:
    """How many questions a questionnaire has."""
    return int(sources.number("development", "questions"))


def rounded_months(birth: date, on: date, gestation_days: int | None = None) -> int:
    """Her age for KPSP in months: corrected for a preterm child under 24 months, from the 16th day on rounded up."""
    counted = age(birth_for_age(birth, on, gestation_days), on)
    months = counted.years * 12 + counted.months
    return months + 1 if counted.days >= sources.number("development", "round_up_days") else months


def questionnaire_for(birth: date, on: date, gestation_days: int | None = None) -> int | None:
    """The questionnaire of the nearest age that she has reached, in months; None before the first."""
    months = rounded_months(birth, on, gestation_days)
    return max((each for each in questionnaire_ages() if each <= months), default=None)


def next_questionnaire(birth: date, on: date, gestation_days: int | None = None) -> tuple[int, date] | None:
    """The next questionnaire's age and the day on which she is of that age; None after the last."""
    months = rounded_months(birth, on, gestation_days)
    following = min((each for each in questionnaire_ages() if each > months), default=None)
    if following is None:
        return None
    return following, _reaches(following, birth, gestation_days)


def _reaches(months: int, birth: date, gestation_days: int | None) -> date:
    """The day on which she is that old, corrected as long as the correction holds."""
    corrected = add_months(birth + timedelta(days=correction_days(gestation_days)), months)
    ends = add_months(birth, int(sources.number("newborn", "corrected_until")))
    return corrected if corrected < ends else max(add_months(birth, months), ends)


def interpret(answers: Sequence[bool]) -> Interpretation:
    """What ten answers mean. Raises ValueError for more or fewer than ten."""
    if len(answers) != questions():
        raise ValueError(f"a questionnaire has {questions()} answers, not {len(answers)}")
    return interpretation(sum(answers))


def interpretation(yes: int) -> Interpretation:
    """What that many yeses mean. Raises ValueError for a number that ten questions can't give."""
    for row in sources.rows("kpsp_interpretation"):
        if int(row["yes_from"]) <= yes <= int(row["yes_until"]):
            return Interpretation(row["code"], row["label"], row["action"])
    raise ValueError(f"ten questions don't give {yes} yeses")


def repeat_on(screened_on: date, code: str, repeat_weeks: int) -> date | None:
    """The day of the repetition after a doubtful result; None after the others."""
    return screened_on + timedelta(days=DAYS_PER_WEEK * repeat_weeks) if code == "M" else None
