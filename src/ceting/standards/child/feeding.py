"""What a child eats: breastfeeding month by month, and yesterday's meals against the indicators of WHO and UNICEF.

Sources: `tables/iycf_indicators.csv`, `tables/mpasi.csv`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ceting.standards import sources

TABLE = "iycf_indicators"
BREASTMILK = 1
GROUPS = tuple(range(1, 9))
LAST_MONTH = 6
"""E6: fed on breast milk alone until six months were completed."""


class Answer(StrEnum):
    """What was told of a month: breast milk only, or not."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Exclusive(StrEnum):
    """Codes of child_words.csv."""

    YES = "EBF_YES"
    NO = "EBF_NO"
    UNKNOWN = "EBF_UNKNOWN"


@dataclass(frozen=True)
class BreastfeedingStanding:
    """`asked` are the months E0..E6 with an answer; `missing` those of her age without one.

    `completed` says that she had six months of breast milk alone; None while that can't be said.
    """

    state: Exclusive
    asked: Mapping[int, Answer]
    missing: tuple[int, ...]
    completed: bool | None


def breastfeeding(age_months: int, answers: Mapping[int, Answer]) -> BreastfeedingStanding:
    """Where she stands at `age_months` completed months, by the answers for E0 to E6.

    One "no" is enough for no. E6 answers for the months that nobody asked about. Raises ValueError for a month
    that isn't E0..E6 or that she hasn't reached.
    """
    reached = min(age_months, LAST_MONTH)
    wrong = [month for month in answers if not 0 <= month <= reached]
    if wrong:
        raise ValueError(f"no answer can be known for E{wrong[0]} at {age_months} months")
    known = {month: answer for month, answer in answers.items() if answer is not Answer.UNKNOWN}
    whole = known.get(LAST_MONTH) is Answer.YES
    missing = () if whole else tuple(month for month in range(reached + 1) if month not in known)
    completed: bool | None = None
    if Answer.NO in known.values():
        state, completed = Exclusive.NO, False
    elif known:
        state = Exclusive.YES
        # The six months E0..E5 say it too, where nobody asked at six months.
        all_six = all(known.get(month) is Answer.YES for month in range(LAST_MONTH))
        completed = True if reached == LAST_MONTH and (whole or all_six) else None
    else:
        state = Exclusive.UNKNOWN
    return BreastfeedingStanding(state, dict(answers), missing, completed)


@dataclass(frozen=True)
class Recall:
    """What she had yesterday: groups 2 to 8, meals (solid or soft), milk feeds that aren't breast milk."""

    groups: frozenset[int]
    meals: int
    breastfed: bool
    milk_feeds: int = 0

    def __post_init__(self) -> None:
        if not self.groups <= set(GROUPS):
            raise ValueError("food groups are 1 to 8")
        if self.meals < 0 or self.milk_feeds < 0:
            raise ValueError("nobody eats less than no meal")

    @property
    def all_groups(self) -> frozenset[int]:
        """With group 1 exactly when she was breastfed."""
        others = self.groups - {BREASTMILK}
        return others | {BREASTMILK} if self.breastfed else others


@dataclass(frozen=True)
class FeedingResult:
    """MDD, MMF, MAD, egg/fish/meat and "MP-ASI baik" of a child of 6 to 23 months."""

    groups: int
    diverse: bool
    often: bool
    acceptable: bool
    animal: bool

    @property
    def good(self) -> bool:
        """Source: iycf_indicators.csv (good_feeding): diverse, with egg, fish or meat."""
        return self.diverse and self.animal

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of child_words.csv: what is to be said, praise or what to add."""
        wanting = (
            (not self.diverse, "FEED_MORE_GROUPS"),
            (not self.animal, "FEED_NO_ANIMAL"),
            (not self.often, "FEED_MORE_MEALS"),
        )
        return tuple(code for holds, code in wanting if holds) or ("FEED_GOOD",)


def of_feeding_age(age_months: int) -> bool:
    """Whether the indicators of complementary feeding speak of this age."""
    return _number("from_month") <= age_months < _number("until_month")


def judge(age_months: int, recall: Recall) -> FeedingResult | None:
    """Yesterday against the indicators; None outside 6 to 23 months."""
    if not of_feeding_age(age_months):
        return None
    groups = recall.all_groups
    diverse = len(groups) >= _number("mdd.groups")
    often = _often(age_months, recall)
    milk = recall.breastfed or recall.milk_feeds >= _number("mad.milk_feeds")
    animal = {int(group) for group in sources.text(TABLE, "animal.groups").split()}
    return FeedingResult(len(groups), diverse, often, diverse and often and milk, bool(groups & animal))


def _often(age_months: int, recall: Recall) -> bool:
    if recall.breastfed:
        young = age_months < _number("mmf.young_until")
        return recall.meals >= _number("mmf.breastfed_young" if young else "mmf.breastfed")
    enough = recall.meals + recall.milk_feeds >= _number("mmf.not_breastfed")
    return enough and recall.meals >= _number("mmf.not_breastfed_solid")


@dataclass(frozen=True)
class MealAdvice:
    """How to feed at an age, in the words of the Buku KIA; `beside` is what a child without breast milk adds."""

    texture: str
    meals: str
    snacks: str
    portion: str
    energy_kcal: int
    beside: str


def advice(age_months: int, *, breastfed: bool) -> MealAdvice | None:
    """Texture, meals and portion at this age; None outside 6 to 23 months."""
    for row in sources.rows("mpasi"):
        if row["breastfed"] == "yes" and int(row["from_month"]) <= age_months < int(row["until_month"]):
            beside = "" if breastfed else sources.row("mpasi", "code", "MPASI_NON_ASI")["portion"]
            return MealAdvice(
                row["texture"], row["meals"], row["snacks"], row["portion"], int(row["energy_kcal"]), beside
            )
    return None


def group_label(group: int) -> str:
    return sources.text(TABLE, f"group.{group}")


def _number(key: str) -> int:
    return int(sources.number(TABLE, key))
