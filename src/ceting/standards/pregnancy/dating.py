"""How far a pregnancy is: due date, gestational age, trimester, preterm and post-term.

Sources: `tables/pregnancy_thresholds.csv` (dating.*, trimester.*); `tables/project_decisions.csv` (dating.*) for
what they leave open. Everything counts from `started_on`: the first day of the last menstrual period (HPHT), or
the day that an ultrasound puts in its place.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Literal

from ceting.standards.ages import add_months
from ceting.standards.pregnancy.values import PregnancyValueError, whole

DAYS_PER_WEEK = 7
Trimester = Literal[1, 2, 3]


@dataclass(frozen=True, order=True)
class GestationalAge:
    """Days since the start of the pregnancy; people say it in completed weeks and days."""

    days: int

    @property
    def weeks(self) -> int:
        """Completed weeks."""
        return self.days // DAYS_PER_WEEK

    @property
    def rest(self) -> int:
        """Days beyond the completed weeks, 0 to 6."""
        return self.days % DAYS_PER_WEEK

    @property
    def in_words(self) -> str:
        """As a midwife says it: "24 minggu 3 hari", "24 minggu"."""
        return f"{self.weeks} minggu {self.rest} hari" if self.rest else f"{self.weeks} minggu"


class Term(Enum):
    """Whether a birth on this day comes early, in time or late."""

    PRETERM = "kurang bulan"
    AT_TERM = "cukup bulan"
    POST_TERM = "lebih bulan"


def last_day() -> int:
    """The last day on which a pregnancy can still be open: 44 weeks."""
    return whole("dating.last_day")


def stillbirth_from_day() -> int:
    """The first day on which a child who died in the womb is a stillbirth; before it is a miscarriage."""
    return whole("dating.stillbirth_from_days")


def due_date(lmp: date) -> date:
    """The due date by Naegele on the calendar: 7 days on, then 3 months back and a year on.

    A month that is too short ends on its last day. 280 to 283 days, as the calendar falls.
    """
    return add_months(lmp + timedelta(days=whole("dating.naegele_days")), whole("dating.naegele_months"))


def start_from_scan(scanned_on: date, age_days: int) -> date:
    """The day that stands in for the HPHT when an ultrasound found `age_days` on `scanned_on`.

    Raises PregnancyValueError: dating.scan_age for an age of no day or beyond 44 weeks.
    """
    if not 1 <= age_days <= last_day():
        raise PregnancyValueError(
            "dating.scan_age",
            "Umur kehamilan dari USG harus antara 1 hari dan 44 minggu. Lihat lagi lembar USG-nya.",
        )
    return scanned_on - timedelta(days=age_days)


def due_date_from_scan(scanned_on: date, age_days: int) -> date:
    """The due date by ultrasound: 40 weeks. Raises like `start_from_scan`."""
    return start_from_scan(scanned_on, age_days) + timedelta(days=whole("dating.term_days"))


def gestational_age(started_on: date, on: date) -> GestationalAge:
    """The age on a day; beyond 44 weeks too, because an outcome may be told late.

    Raises PregnancyValueError: dating.before_start when `on` lies before the start.
    """
    if on < started_on:
        raise PregnancyValueError(
            "dating.before_start", "Tanggal ini sebelum hari pertama haid terakhir. Periksa lagi tanggalnya."
        )
    return GestationalAge((on - started_on).days)


def check_start(started_on: date, today: date) -> None:
    """Refuse a start that no open pregnancy can have today.

    Raises PregnancyValueError: dating.future, dating.too_long_ago (more than 44 weeks).
    """
    if started_on > today:
        raise PregnancyValueError(
            "dating.future", "Hari pertama haid terakhir belum terjadi. Periksa lagi tanggalnya."
        )
    if gestational_age(started_on, today).days > last_day():
        raise PregnancyValueError(
            "dating.too_long_ago",
            "Hari pertama haid terakhir sudah lebih dari 44 minggu yang lalu. Periksa lagi tanggalnya.",
        )


def trimester(age: GestationalAge) -> Trimester:
    """1 to 12 weeks 6 days, 2 from 13 weeks to 24 weeks 6 days, 3 from 25 weeks (decision dating.trimester)."""
    if age.weeks <= whole("trimester.first_until_week"):
        return 1
    return 2 if age.weeks <= whole("trimester.second_until_week") else 3


def trimester_days(number: Trimester) -> tuple[int, int]:
    """The first and the last day of a trimester; the third ends with the last day that can be open."""
    first_ends = (whole("trimester.first_until_week") + 1) * DAYS_PER_WEEK
    second_ends = (whole("trimester.second_until_week") + 1) * DAYS_PER_WEEK
    return {1: (0, first_ends - 1), 2: (first_ends, second_ends - 1), 3: (second_ends, last_day())}[number]


def term(age: GestationalAge) -> Term:
    """Preterm before 37 weeks, post-term from 42 weeks."""
    if age.days < whole("dating.preterm_below_days"):
        return Term.PRETERM
    return Term.POST_TERM if age.days >= whole("dating.post_term_from_days") else Term.AT_TERM


def asks_for_outcome(age: GestationalAge) -> bool:
    """From 40 weeks on somebody asks gently how she is; a birth is never guessed."""
    return age.days >= whole("dating.term_days")


def is_overdue(age: GestationalAge) -> bool:
    """Beyond 41 weeks a health worker must see her (rules.md 6, TINGGI)."""
    return age.days > whole("dating.overdue_after_days")


def is_beyond_last_day(age: GestationalAge) -> bool:
    """Beyond 44 weeks no pregnancy is open: its outcome is missing in the record."""
    return age.days > last_day()
