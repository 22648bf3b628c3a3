"""What a posyandu's month counts: letters of children and of their weighings, and the count from scratch."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ceting.care.measurements.models import Measurement
from ceting.care.measurements.month_models import LETTERS, MonthCount
from ceting.registry.families.models import FIVE_YEARS_IN_MONTHS, Merge, Stay
from ceting.standards.ages import add_months


@dataclass(frozen=True)
class Member:
    """A child as far as S and K ask: how old she is, whether she has the book, where she lived since when."""

    birth_date: date
    has_kia_book: bool
    stays: tuple[tuple[UUID, date, date | None], ...]

    def counts_in(self, count: MonthCount) -> bool:
        """0 to 59 months old on the day of the count, and at home at its posyandu."""
        day = count.counted_on
        return add_months(day, -FIVE_YEARS_IN_MONTHS) < self.birth_date <= day and any(
            posyandu == count.posyandu_id and since <= day and (until is None or until > day)
            for posyandu, since, until in self.stays
        )


@dataclass(frozen=True)
class CountedWeighing:
    """The weighing that gives a child the status of its month."""

    child_id: UUID
    month: date
    status: str
    two_t: bool
    below_red_line: bool
    above_orange_line: bool

    @classmethod
    def of(cls, row: Measurement) -> "CountedWeighing":
        month = row.measured_on.replace(day=1)
        return cls(row.child_id, month, row.status, row.two_t, row.below_red_line, row.above_orange_line)

    @property
    def letters(self) -> list[str]:
        found = ["D", self.status]
        if self.below_red_line:
            found.append("BGM")
        if self.two_t:
            found.append("two_t")
        if self.above_orange_line:
            found.append("above_orange")
        return found


def counted_of(rows: Iterable[Measurement]) -> set[CountedWeighing]:
    """The weighings among these rows that count officially."""
    return {CountedWeighing.of(row) for row in rows if row.status}


def letters_of_children(count: MonthCount, members: Iterable[Member]) -> "Counter[str]":
    """The S and K that these children bring to the month."""
    counted = [member for member in members if member.counts_in(count)]
    return Counter(S=len(counted), K=sum(member.has_kia_book for member in counted))


def letters_of_weighings(
    count: MonthCount, members: Mapping[UUID, Member], weighings: Iterable[CountedWeighing]
) -> "Counter[str]":
    """What these weighings bring to the month: those of children who count in it."""
    letters: Counter[str] = Counter()
    for weighing in weighings:
        member = members.get(weighing.child_id)
        if weighing.month == count.month and member is not None and member.counts_in(count):
            letters.update(weighing.letters)
    return letters


def plain(letters: "Counter[str]") -> dict[str, int]:
    """All letters, as they are stored."""
    return {letter: letters[letter] for letter in LETTERS}


def members(
    *, posyandu_ids: Collection[UUID] | None = None, child_ids: Collection[UUID] = ()
) -> dict[UUID, Member]:
    """Whoever ever belonged to these posyandu, or these children; not those found to be another child. One query."""
    stays = Stay.objects.exclude(child__in=Merge.objects.standing().values("absorbed"))
    wanted = (
        stays.filter(child__in=child_ids) if posyandu_ids is None else stays.filter(posyandu__in=posyandu_ids)
    )
    found: dict[UUID, Member] = {}
    columns = ("child_id", "child__birth_date", "child__has_kia_book", "posyandu_id", "since", "until")
    for child_id, birth_date, has_kia_book, *stay in wanted.values_list(*columns):
        before = found[child_id].stays if child_id in found else ()
        found[child_id] = Member(birth_date, has_kia_book, (*before, (stay[0], stay[1], stay[2])))
    return found


def from_scratch(counts: Collection[MonthCount]) -> dict[UUID, dict[str, int]]:
    """MonthCount -> its letters, counted anew from the register and the weighings. Two queries."""
    if not counts:
        return {}
    posyandu_ids = {count.posyandu_id for count in counts}
    everybody = members(posyandu_ids=posyandu_ids)
    here: dict[UUID, list[Member]] = defaultdict(list)
    for member in everybody.values():
        for posyandu_id in {stay[0] for stay in member.stays}:
            here[posyandu_id].append(member)
    weighed: dict[date, list[CountedWeighing]] = defaultdict(list)
    for weighing in _weighings(posyandu_ids, {count.month for count in counts}):
        weighed[weighing.month].append(weighing)
    return {
        count.pk: plain(
            letters_of_children(count, here[count.posyandu_id])
            + letters_of_weighings(count, everybody, weighed[count.month])
        )
        for count in counts
    }


def _weighings(posyandu_ids: Collection[UUID], months: Collection[date]) -> Iterable[CountedWeighing]:
    rows = (
        Measurement.objects.current()
        .filter(
            child__in=Stay.objects.filter(posyandu__in=posyandu_ids).values("child"),
            measured_on__gte=min(months),
            measured_on__lt=add_months(max(months), 1),
        )
        .exclude(status="")
    )
    columns = ("child_id", "measured_on", "status", "two_t", "below_red_line", "above_orange_line")
    for child_id, measured_on, *derived in rows.values_list(*columns):
        month = measured_on.replace(day=1)
        if month in months:
            yield CountedWeighing(child_id, month, *derived)
