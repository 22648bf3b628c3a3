"""What a posyandu's month counts: letters of children and of their weighings, and the count from scratch."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ceting.care.measurements.models import FIVE_YEARS_IN_MONTHS, Measurement, WeighingStatus
from ceting.care.measurements.month_models import LETTERS, MonthCount
from ceting.registry.families.models import Child
from ceting.standards.ages import add_months


@dataclass(frozen=True)
class Member:
    """A child as far as S and K ask."""

    child_id: UUID
    posyandu_id: UUID
    birth_date: date
    has_kia_book: bool

    @classmethod
    def of(cls, child: Child) -> "Member":
        return cls(child.pk, child.posyandu_id, child.birth_date, child.has_kia_book)

    def counts_on(self, day: date) -> bool:
        """0 to 59 months old."""
        return add_months(day, -FIVE_YEARS_IN_MONTHS) < self.birth_date <= day


@dataclass(frozen=True)
class CountedWeighing:
    """The weighing that gives a child the status of its month."""

    member: Member
    month: date
    status: str
    two_t: bool
    below_red_line: bool
    above_orange_line: bool

    @classmethod
    def of(cls, member: Member, row: Measurement) -> "CountedWeighing":
        return cls(
            member,
            row.measured_on.replace(day=1),
            row.status,
            row.two_t,
            row.below_red_line,
            row.above_orange_line,
        )

    @property
    def letters(self) -> list[str]:
        found = ["D", WeighingStatus(self.status).value]
        if self.below_red_line:
            found.append("BGM")
        if self.two_t:
            found.append("two_t")
        if self.above_orange_line:
            found.append("above_orange")
        return found


def counted_of(rows: Iterable[Measurement]) -> set[CountedWeighing]:
    """The weighings among these rows that count officially. Their children must be at hand."""
    return {CountedWeighing.of(Member.of(row.child), row) for row in rows if row.status}


def letters_of(
    count: MonthCount, members: Iterable[Member], weighings: Iterable[CountedWeighing]
) -> "Counter[str]":
    """What these children and weighings bring to this month of this posyandu."""
    letters: Counter[str] = Counter()
    for member in members:
        if member.posyandu_id == count.posyandu_id and member.counts_on(count.counted_on):
            letters["S"] += 1
            letters["K"] += member.has_kia_book
    for weighing in weighings:
        member = weighing.member
        if (
            weighing.month == count.month
            and member.posyandu_id == count.posyandu_id
            and member.counts_on(count.counted_on)
        ):
            letters.update(weighing.letters)
    return letters


def plain(letters: "Counter[str]") -> dict[str, int]:
    """All letters, as they are stored."""
    return {letter: letters[letter] for letter in LETTERS}


def from_scratch(counts: Collection[MonthCount]) -> dict[UUID, dict[str, int]]:
    """MonthCount -> its letters, counted anew from the register and the weighings. Two queries."""
    if not counts:
        return {}
    members = {
        key: Member(key, *rest)
        for key, *rest in Child.objects.here()
        .filter(posyandu__in={count.posyandu_id for count in counts})
        .values_list("pk", "posyandu_id", "birth_date", "has_kia_book")
    }
    here: dict[UUID, list[Member]] = defaultdict(list)
    for member in members.values():
        here[member.posyandu_id].append(member)
    weighed: dict[tuple[UUID, date], list[CountedWeighing]] = defaultdict(list)
    for weighing in _weighings(counts, members):
        weighed[weighing.member.posyandu_id, weighing.month].append(weighing)
    return {
        count.pk: plain(
            letters_of(count, here[count.posyandu_id], weighed[count.posyandu_id, count.month])
        )
        for count in counts
    }


def _weighings(counts: Collection[MonthCount], members: dict[UUID, Member]) -> Iterable[CountedWeighing]:
    months = {count.month for count in counts}
    rows = (
        Measurement.objects.current()
        .filter(
            child__posyandu__in={count.posyandu_id for count in counts},
            measured_on__gte=min(months),
            measured_on__lt=add_months(max(months), 1),
        )
        .exclude(status="")
    )
    columns = ("child_id", "measured_on", "status", "two_t", "below_red_line", "above_orange_line")
    for child_id, measured_on, *derived in rows.values_list(*columns):
        month = measured_on.replace(day=1)
        if month in months and child_id in members:
            yield CountedWeighing(members[child_id], month, *derived)
