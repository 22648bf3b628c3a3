"""The entries beside doses before they are written: capsules, meals, KPSP, visits, complaints, food, referrals.

Behind the door `drafts`, which names them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ceting.care.child_health.drafting import Draft
from ceting.care.child_health.models import (
    BreastfeedingMonth,
    DevelopmentScreen,
    Entry,
    FeedingRecall,
    Finding,
    FoodDays,
    IllnessReport,
    Item,
    Kind,
    NewbornVisit,
    QuestionSet,
    Referral,
    Supplement,
)
from ceting.foundation.core.errors import Problem
from ceting.standards import sources
from ceting.standards.ages import full_months
from ceting.standards.child import supplementation
from ceting.standards.child.development import questionnaire_ages, questions, rounded_months
from ceting.standards.child.feeding import LAST_MONTH
from ceting.standards.numbers import format_date
from ceting.standards.pregnancy import postnatal

MOST_MEALS = 20
MOST_FOOD_DAYS = 120
COOLEST, HOTTEST = Decimal(30), Decimal(43)


@dataclass(frozen=True, kw_only=True)
class SupplementDraft(Draft):
    """A capsule of vitamin A or a dose against worms; once in each round."""

    kind = Kind.SUPPLEMENT

    item: str

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        if self.item not in Item.values:
            return [Problem("Pilih vitamin A atau obat cacing.", "unknown", "items")]
        before = [
            entry.happened_on
            for entry in known
            if entry.kind == Kind.SUPPLEMENT and entry.supplement.item == self.item
        ]
        same = [day for day in before if _same_round(self.item, day, self.on)]
        if not same:
            return []
        label = Item(self.item).label
        told = f"{label} sudah tercatat pada {format_date(same[0])} untuk masa yang sama."
        return [Problem(f"{told} Bila catatan itu salah, coret dulu catatannya.", "twice", "items")]

    def detail(self, entry: Entry) -> Supplement:
        return Supplement(entry=entry, item=self.item, what=self.what)

    @property
    def what(self) -> str:
        """The dose of her age; outside the ages of the table it says so."""
        birth = self.child.birth_date
        if self.item == Item.VITAMIN_A:
            capsule = supplementation.capsule_at(birth, self.on)
            return f"kapsul {capsule.value}" if capsule else "kapsul (di luar umur 6-59 bulan)"
        if supplementation.may_be_dewormed(birth, self.on):
            return supplementation.deworming_dose(birth, self.on)
        return "obat cacing (di luar umur 12-59 bulan)"


def _same_round(item: str, day: date, other: date) -> bool:
    begins = supplementation.vitamin_a_round if item == Item.VITAMIN_A else supplementation.deworming_round
    return begins(day) == begins(other)


@dataclass(frozen=True, kw_only=True)
class BreastfeedingDraft(Draft):
    """The answer for one month, E0 to E6, that she has reached on the day."""

    kind = Kind.BREASTFEEDING

    month: int
    answer: str

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        reached = min(full_months(self.child.birth_date, self.on), LAST_MONTH)
        if 0 <= self.month <= reached:
            return []
        return [Problem(f"E{self.month} belum bisa ditanyakan pada umur ini.", "not_reached", "months")]

    def detail(self, entry: Entry) -> BreastfeedingMonth:
        return BreastfeedingMonth(entry=entry, month=self.month, answer=self.answer)


@dataclass(frozen=True, kw_only=True)
class FeedingDraft(Draft):
    """Yesterday's meals; `groups` of 2 to 8."""

    kind = Kind.FEEDING

    groups: frozenset[int]
    meals: int
    breastfed: bool
    milk_feeds: int = 0

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        found = []
        for name, value in (("meals", self.meals), ("milk_feeds", self.milk_feeds)):
            if not 0 <= value <= MOST_MEALS:
                found.append(Problem(f"Isi dari 0 sampai {MOST_MEALS} kali.", "out_of_bounds", name))
        if not self.groups <= set(range(2, 9)):
            found.append(Problem("Pilih kelompok makanan dari daftar.", "unknown", "groups"))
        return found

    def detail(self, entry: Entry) -> FeedingRecall:
        groups = " ".join(str(group) for group in sorted(self.groups))
        return FeedingRecall(
            entry=entry,
            groups=groups,
            meals=self.meals,
            milk_feeds=self.milk_feeds,
            breastfed=self.breastfed,
        )


@dataclass(frozen=True, kw_only=True)
class DevelopmentDraft(Draft):
    """KPSP: the ten answers, or from a paper form the number of yeses alone."""

    kind = Kind.DEVELOPMENT

    age_month: int
    yes: int
    answers: tuple[bool, ...] = ()
    questions: QuestionSet | None = None

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        if self.age_month not in questionnaire_ages():
            return [Problem("Pilih umur kuesioner dari daftar.", "unknown", "age_month")]
        if self.age_month > rounded_months(self.child.birth_date, self.on):
            return [Problem("Anak belum sampai umur kuesioner ini.", "not_reached", "age_month")]
        counted = not self.answers or (len(self.answers) == questions() and sum(self.answers) == self.yes)
        if not 0 <= self.yes <= questions() or not counted:
            return [Problem(f"Jawaban ya antara 0 dan {questions()}.", "out_of_bounds", "yes")]
        return []

    def detail(self, entry: Entry) -> DevelopmentScreen:
        typed = "".join("1" if answer else "0" for answer in self.answers)
        return DevelopmentScreen(
            entry=entry, age_month=self.age_month, yes=self.yes, answers=typed, questions=self.questions
        )


@dataclass(frozen=True, kw_only=True)
class NewbornDraft(Draft):
    """A visit in the first 28 days; what nobody looked at is None."""

    kind = Kind.NEWBORN

    suckles: bool | None = None
    cord_clean: bool | None = None
    vitamin_k: bool | None = None
    eye_ointment: bool | None = None
    temperature_c: Decimal | None = None
    signs: tuple[str, ...] = ()
    note: str = ""

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        last = postnatal.last_day("KN")
        found = unknown_signs(self.signs)
        if (self.on - self.child.birth_date).days > last:
            found.append(Problem(f"Kunjungan bayi baru lahir sampai umur {last} hari.", "too_old", "on"))
        if self.temperature_c is not None and not COOLEST <= self.temperature_c <= HOTTEST:
            found.append(
                Problem("Suhu dalam derajat Celsius, misalnya 36,8.", "out_of_bounds", "temperature_c")
            )
        return found

    def detail(self, entry: Entry) -> NewbornVisit:
        return NewbornVisit(
            entry=entry,
            suckles=self.suckles,
            cord_clean=self.cord_clean,
            vitamin_k=self.vitamin_k,
            eye_ointment=self.eye_ointment,
            temperature_c=self.temperature_c,
            signs=" ".join(self.signs),
            note=self.note,
        )


@dataclass(frozen=True, kw_only=True)
class IllnessDraft(Draft):
    """What troubled her: at least one sign."""

    kind = Kind.ILLNESS

    signs: tuple[str, ...]
    words: str = ""

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        if not self.signs:
            return [Problem("Centang paling sedikit satu keluhan.", "empty", "signs")]
        return unknown_signs(self.signs)

    def detail(self, entry: Entry) -> IllnessReport:
        return IllnessReport(entry=entry, signs=" ".join(self.signs), words=self.words)


@dataclass(frozen=True, kw_only=True)
class FoodDraft(Draft):
    """Days of food that were handed out."""

    kind = Kind.FOOD

    reason: str
    days: int

    def own_problems(self, known: Sequence[Entry], today: date) -> list[Problem]:
        found = []
        if self.reason not in sources.index("pmt_lokal", "code"):
            found.append(Problem("Pilih alasannya.", "unknown", "reason"))
        if not 1 <= self.days <= MOST_FOOD_DAYS:
            found.append(Problem(f"Isi dari 1 sampai {MOST_FOOD_DAYS} hari.", "out_of_bounds", "days"))
        return found

    def detail(self, entry: Entry) -> FoodDays:
        return FoodDays(entry=entry, reason=self.reason, days=self.days)


@dataclass(frozen=True, kw_only=True)
class ReferralDraft(Draft):
    """To whom she was sent, and why."""

    kind = Kind.REFERRAL

    reason: str
    destination: str
    note: str = ""

    def detail(self, entry: Entry) -> Referral:
        return Referral(entry=entry, reason=self.reason, destination=self.destination, note=self.note)


@dataclass(frozen=True, kw_only=True)
class FindingDraft(Draft):
    """What stands out, to be confirmed."""

    kind = Kind.FINDING

    code: str
    words: str = ""

    def detail(self, entry: Entry) -> Finding:
        return Finding(entry=entry, code=self.code, words=self.words)


def unknown_signs(signs: Sequence[str]) -> list[Problem]:
    known = sources.index("child_signs", "code")
    if all(sign in known for sign in signs):
        return []
    return [Problem("Pilih keluhan dari daftar.", "unknown", "signs")]
