"""What to ask about a typed row before it is saved. No database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.measurement_words import number
from ceting.care.measurements.models import Measurement
from ceting.foundation.core.errors import Problem
from ceting.registry.families.models import Child
from ceting.standards.child import corrected_age
from ceting.standards.numbers import format_decimal
from ceting.standards.plausibility import MeasurementWarning, Measures, check_measurement

# The standard's names of fields -> those of a measurement.
FIELDS = {"headc_cm": "head_cm"}
ONLY_OF_LENGTH = ("lenhei.shrank", "lenhei.jumped")
LARGEST_KEY = 400


@dataclass(frozen=True)
class Doubt:
    """A sentence about one field. `blocks`: the row can't be saved like this; else saving twice answers it.

    `suggestion` is the value that was probably meant. `key` names the question with the value that raised it, so that
    an answer doesn't hold for another value.
    """

    field: str
    sentence: str
    key: str
    blocks: bool
    suggestion: Decimal | None = None

    @property
    def typed(self) -> str:
        """The suggestion as one would type it."""
        return "" if self.suggestion is None else format_decimal(self.suggestion)


def doubts(
    draft: MeasurementDraft,
    *,
    weighing: Measurement | None,
    length: Measurement | None,
    today: date,
) -> tuple[Doubt, ...]:
    """Everything to ask or refuse, the refusals first. A question with a suggestion says more than a bare refusal."""
    problems = {problem.field: problem for problem in draft.problems(today)}
    warnings = [] if "measured_on" in problems else list(_warnings(draft, weighing, length))
    asked = [_from_warning(warning, draft, problems) for warning in warnings]
    named = {doubt.field for doubt in asked}
    refused = [from_problem(problem) for field, problem in problems.items() if field not in named]
    return tuple(sorted([*refused, *asked], key=lambda doubt: not doubt.blocks))


def from_problem(problem: Problem) -> Doubt:
    return Doubt(problem.field, problem.sentence, problem.code, blocks=True)


def answered(doubt: Doubt, sure: str) -> bool:
    """Whether `sure`, which the row sends back, names this very question."""
    return not doubt.blocks and doubt.key in sure[:LARGEST_KEY].split("|")


def answer(asked: Iterable[Doubt]) -> str:
    """What the row sends back when the typist saves once more."""
    return "|".join(doubt.key for doubt in asked if not doubt.blocks)[:LARGEST_KEY]


def _warnings(
    draft: MeasurementDraft, weighing: Measurement | None, length: Measurement | None
) -> Iterator[MeasurementWarning]:
    age_days = (draft.measured_on - draft.child.growth_birth(draft.measured_on)).days
    now = {
        "weight_kg": number(draft.weight_kg),
        "lenhei_cm": number(draft.lenhei_cm),
        "headc_cm": number(draft.head_cm),
        "muac_cm": number(draft.muac_cm),
    }
    position = cast(Literal["l", "h", ""], draft.position)
    yield from check_measurement(
        sex=draft.child.sex,
        age_days=age_days,
        position=position,
        previous=_measures(weighing, draft.child, age_days) or _at_birth(draft.child, age_days),
        **now,
    )
    if length is not None and length != weighing and now["lenhei_cm"] is not None:
        # Her last length is of another day than her last weight.
        yield from (
            warning
            for warning in check_measurement(
                sex=draft.child.sex,
                age_days=age_days,
                lenhei_cm=now["lenhei_cm"],
                position=position,
                previous=_measures(length, draft.child, age_days),
            )
            if warning.code in ONLY_OF_LENGTH
        )


def _measures(row: Measurement | None, child: Child, before: int) -> Measures | None:
    # From today's birth date: it may have been corrected since the row was written.
    age_days = (row.measured_on - child.growth_birth(row.measured_on)).days if row else -1
    if row is None or not 0 <= age_days < before:
        return None
    return Measures(
        age_days=age_days,
        weight_kg=number(row.weight_kg),
        lenhei_cm=number(row.lenhei_cm),
        position=cast(Literal["l", "h", ""], row.position),
        headc_cm=number(row.head_cm),
    )


def _at_birth(child: Child, age_days: int) -> Measures | None:
    if child.birth_weight_kg is None or age_days <= 0 or corrected_age.is_preterm(child.gestation_days):
        return None
    return Measures(age_days=0, weight_kg=number(child.birth_weight_kg))


def _from_warning(
    warning: MeasurementWarning, draft: MeasurementDraft, problems: dict[str, Problem]
) -> Doubt:
    field = FIELDS.get(warning.field, warning.field)
    value = getattr(draft, field)
    problem = problems.get(field)
    # "Bila tetap sama, simpan" would be a lie about a value that is refused.
    refused = problem is not None and warning.suggestion is None and not warning.hard
    return Doubt(
        field=field,
        sentence=problem.sentence if problem and refused else warning.sentence,
        key=f"{warning.code}={value}",
        blocks=warning.hard or problem is not None,
        suggestion=None if warning.suggestion is None else Decimal(str(warning.suggestion)),
    )
