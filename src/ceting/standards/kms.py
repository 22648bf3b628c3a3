"""The growth card (KMS): monthly status B, O, N or T, two T in a row, the red and the orange line.

Sources: `tables/kbm.csv` (minimum gain), `tables/kms_status.csv` (definitions),
`tables/project_decisions.csv` (kms.*: what the sources leave open). The line rule of the paper card is a
staff override and isn't computed here.
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, Literal, Protocol

from ceting.standards import sources
from ceting.standards.ages import MONTHS_PER_YEAR, full_months
from ceting.standards.growth.formula import round2
from ceting.standards.sex import Sex

StatusCode = Literal["B", "O", "N", "T"]
GRAMS = 1000


class WeighingKey(Hashable, Protocol):
    """Identifies a weighing. Keys of one child are of one type and orderable (UUIDv7, int, text)."""

    def __lt__(self, other: Any, /) -> bool: ...


@dataclass(frozen=True)
class MonthlyWeighing:
    """One weighing of a child.

    `professional`: by a volunteer or health worker, at a session or a visit; False for a family's own entry.
    `flagged`: the weight is biologically implausible and nobody has confirmed it by a second weighing.
    Of two weighings on one day the greater `id` is the later one.
    """

    on: date
    weight_kg: float
    professional: bool
    flagged: bool
    id: WeighingKey


@dataclass(frozen=True)
class MonthStatus:
    """The official status of one weighing; None with `counted` False where it doesn't enter SKDN."""

    code: StatusCode | None
    gain_g: int | None
    minimum_gain_g: int | None
    two_t: bool
    counted: bool


@dataclass(frozen=True)
class GainSinceLast:
    """The project's own rule beside the official status: gain against the sum of KBM since then."""

    since: date
    months: int
    gain_g: int
    minimum_gain_g: int

    @property
    def enough(self) -> bool:
        """Whether the child gained at least the sum of the minimum gains."""
        return self.gain_g >= self.minimum_gain_g


class ReferReason(StrEnum):
    """Why a health worker must see the child (Buku KIA: T, below the red line, above the orange line)."""

    NO_GAIN = "T"
    NO_GAIN_TWICE = "2T"
    BELOW_RED_LINE = "BGM"
    ABOVE_ORANGE_LINE = "AGO"


NOT_COUNTED = MonthStatus(code=None, gain_g=None, minimum_gain_g=None, two_t=False, counted=False)


@cache
def _minimum_gains() -> Mapping[tuple[str, int], int]:
    return {
        (row["sex"], int(row["age_month"])): int(row["kbm_gram_per_month"]) for row in sources.rows("kbm")
    }


def minimum_gain_g(sex: int, age_months: int) -> int:
    """The minimum monthly gain (KBM) in grams for a child of `age_months` completed months at the weighing.

    Row m of the table is the gain from age m - 1 to m. A child who isn't a month old yet has no row: row 1 is
    used. Raises ValueError for an age below 0 or above 60 months or an unknown sex.
    """
    if age_months < 0:
        raise ValueError("an age in months isn't negative")
    month = max(age_months, int(sources.number("project_values", "kms.first_kbm_month")))
    try:
        return _minimum_gains()[Sex(sex).letter, month]
    except KeyError:
        raise ValueError(f"KBM covers 0 to 60 months, not {age_months}") from None


def monthly_status(
    sex: int, birth_date: date, weighings: Iterable[MonthlyWeighing]
) -> dict[WeighingKey, MonthStatus]:
    """The status of every weighing of one child, by its id; the order of the input doesn't matter.

    Counted is, in each calendar month, the last unflagged professional weighing before 60 months of age.
    Then: B the first counted weighing ever (birth weight is none); O none in the calendar month before; N a
    gain of at least KBM; T otherwise. `two_t`: this T follows a T, O between them neither counting nor
    resetting. Raises ValueError for a weighing before birth, a weight of 0 or less, or two weighings with one
    id.
    """
    given = list(weighings)
    result: dict[WeighingKey, MonthStatus] = {weighing.id: NOT_COUNTED for weighing in given}
    previous: MonthlyWeighing | None = None
    ts_in_a_row = 0
    for weighing in _counted(birth_date, given):
        code, gain, minimum = _judge(sex, birth_date, previous, weighing)
        if code == "T":
            ts_in_a_row += 1
        elif code == "N":
            ts_in_a_row = 0
        result[weighing.id] = MonthStatus(
            code, gain, minimum, two_t=code == "T" and ts_in_a_row > 1, counted=True
        )
        previous = weighing
    return result


def gain_since_last(
    sex: int, birth_date: date, weighings: Iterable[MonthlyWeighing]
) -> dict[WeighingKey, GainSinceLast]:
    """For every counted weighing but the first: the gain since the one before, against the sum of KBM.

    A child who comes every second month is always O and never T; this shows whether she grows. The sum has a
    row for every month of age completed since the last weighing (at least one); after one calendar month it
    is the official minimum, so that both rules agree there. Same choice of weighings and same errors as
    `monthly_status`.
    """
    return {
        weighing.id: _since(sex, birth_date, previous, weighing)
        for previous, weighing in pairwise(_counted(birth_date, list(weighings)))
    }


def below_red_line(waz: float | None) -> bool | None:
    """BGM: weight-for-age below -3 SD on the two decimals that are shown; None when it isn't known."""
    shown = _shown(waz)
    return None if shown is None else shown < _line("BGM")


def above_orange_line(waz: float | None) -> bool | None:
    """Above the orange line: weight-for-age over +1 SD on the decimals shown; None when it isn't known."""
    shown = _shown(waz)
    return None if shown is None else shown > _line("AGO")


def must_refer(status: MonthStatus, waz: float | None) -> tuple[ReferReason, ...]:
    """Every reason to send the child to a health worker, in a fixed order; empty when there is none.

    Source: Buku KIA 2023 p54: T, below the red line, or above the orange line.
    """
    found = (
        (status.code == "T", ReferReason.NO_GAIN),
        (status.two_t, ReferReason.NO_GAIN_TWICE),
        (below_red_line(waz), ReferReason.BELOW_RED_LINE),
        (above_orange_line(waz), ReferReason.ABOVE_ORANGE_LINE),
    )
    return tuple(reason for holds, reason in found if holds)


def _counted(birth_date: date, weighings: list[MonthlyWeighing]) -> list[MonthlyWeighing]:
    if len({weighing.id for weighing in weighings}) != len(weighings):
        raise ValueError("two weighings have the same id")
    last_of_month: dict[int, MonthlyWeighing] = {}
    for weighing in sorted(weighings, key=lambda one: (one.on, one.id)):
        if not 0 < weighing.weight_kg < math.inf:
            raise ValueError(f"weighing {weighing.id}: {weighing.weight_kg} kg isn't a weight")
        months = full_months(birth_date, weighing.on)
        under_age = months < sources.number("project_values", "kms.under_months")
        if weighing.professional and not weighing.flagged and under_age:
            last_of_month[_month(weighing.on)] = weighing
    return list(last_of_month.values())


def _judge(
    sex: int, birth_date: date, previous: MonthlyWeighing | None, weighing: MonthlyWeighing
) -> tuple[StatusCode, int | None, int | None]:
    if previous is None:
        return "B", None, None
    if _months_between(previous.on, weighing.on) > 1:
        return "O", None, None
    gain = _grams(weighing) - _grams(previous)
    minimum = minimum_gain_g(sex, full_months(birth_date, weighing.on))
    return ("N" if gain >= minimum else "T"), gain, minimum


def _since(sex: int, birth_date: date, previous: MonthlyWeighing, weighing: MonthlyWeighing) -> GainSinceLast:
    passed = _months_between(previous.on, weighing.on)
    age = full_months(birth_date, weighing.on)
    # After one month only the official row; else a row for every month of age that was completed meanwhile.
    first = age if passed == 1 else min(full_months(birth_date, previous.on) + 1, age)
    return GainSinceLast(
        since=previous.on,
        months=passed,
        gain_g=_grams(weighing) - _grams(previous),
        minimum_gain_g=sum(minimum_gain_g(sex, month) for month in range(first, age + 1)),
    )


def _grams(weighing: MonthlyWeighing) -> int:
    # Whole grams first: 8.5 - 8.3 in floating point is less than 0.2.
    return round(weighing.weight_kg * GRAMS)


def _month(on: date) -> int:
    return on.year * MONTHS_PER_YEAR + on.month


def _months_between(earlier: date, later: date) -> int:
    return _month(later) - _month(earlier)


def _line(code: str) -> float:
    return float(sources.row("kms_status", "code", code)["z"])


def _shown(waz: float | None) -> float | None:
    return None if waz is None or math.isnan(waz) else round2(waz)
