"""Verbs about a month's counts: seal them, and write down whatever changes them afterwards."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Min, QuerySet

from ceting.care.measurements.models import RULES_VERSION, Measurement, Session
from ceting.care.measurements.month_counting import (
    CountedWeighing,
    Member,
    from_scratch,
    letters_of_children,
    letters_of_weighings,
    members,
    plain,
)
from ceting.care.measurements.month_models import LETTERS, CountCause, MonthCount, MonthCountChange
from ceting.foundation.audit import operations as audit
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Stay
from ceting.registry.places.models import Posyandu, Puskesmas, settings_of
from ceting.standards.ages import add_months

LONGEST_BACK = 60
"""Months: who was weighed before is no longer a child under five."""


@transaction.atomic
def seal_month(posyandu: Posyandu, month: date, *, by: User | None) -> MonthCount:
    """Keep the counts of this posyandu's month as they stand. Once: a second time changes nothing."""
    _lock(Posyandu.objects.filter(pk=posyandu.pk))
    standing = MonthCount.objects.filter(posyandu=posyandu, month=month.replace(day=1)).first()
    if standing is not None:
        return standing
    return _seal([(posyandu, month.replace(day=1))], by=by)[0]


@transaction.atomic
def seal_months_over(puskesmas: Puskesmas) -> int:
    """Seal every month that is over and that nobody sealed, back to the first weighing; their number."""
    _lock(Posyandu.objects.filter(puskesmas=puskesmas))
    posyandu = list(Posyandu.objects.filter(puskesmas=puskesmas))
    sealed = set(MonthCount.objects.filter(puskesmas=puskesmas).values_list("posyandu_id", "month"))
    missing = [
        (each, month)
        for month in _months_over(puskesmas)
        for each in posyandu
        if (each.pk, month) not in sealed
    ]
    return len(_seal(missing, by=None))


def _months_over(puskesmas: Puskesmas) -> list[date]:
    first = Measurement.objects.filter(puskesmas=puskesmas).aggregate(first=Min("measured_on"))["first"]
    if first is None:
        return []
    today = puskesmas.today()
    # From this day on a month is over, even when nobody closed its sessions.
    closing_day = settings_of(puskesmas).number("month.closing_day")
    last = add_months(today.replace(day=1), -1 if today.day >= closing_day else -2)
    months: list[date] = []
    while last >= first.replace(day=1) and len(months) < LONGEST_BACK:
        months.append(last)
        last = add_months(last, -1)
    return months


def _lock(posyandu: "QuerySet[Posyandu]") -> list[UUID]:
    """Who seals and who changes what was counted come one after the other, always in the order of keys."""
    rows = posyandu.select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _seal(months: Collection[tuple[Posyandu, date]], *, by: User | None) -> list[MonthCount]:
    if not months:
        return []
    days = _days_of_sessions(months)
    counts = [
        MonthCount(
            puskesmas_id=posyandu.puskesmas_id,
            posyandu=posyandu,
            month=month,
            # A month without a session is counted as it ended.
            counted_on=days.get((posyandu.pk, month), date.fromordinal(add_months(month, 1).toordinal() - 1)),
            rules_version=RULES_VERSION,
            sealed_by=by,
        )
        for posyandu, month in months
    ]
    letters = from_scratch(counts)
    for count in counts:
        count.sealed = count.now = letters[count.pk]
    MonthCount.objects.bulk_create(counts, batch_size=500)
    audit.record(
        "month_count.seal",
        "month_count",
        [count.pk for count in counts],
        by=by,
        puskesmas_id=counts[0].puskesmas_id,
    )
    return counts


def _days_of_sessions(months: Collection[tuple[Posyandu, date]]) -> dict[tuple[UUID, date], date]:
    """(posyandu, month) -> the last day on which it weighed."""
    held = Session.objects.filter(
        posyandu__in={posyandu.pk for posyandu, _ in months},
        held_on__gte=min(month for _, month in months),
        held_on__lt=add_months(max(month for _, month in months), 1),
    )
    return {
        (posyandu_id, day.replace(day=1)): day
        for posyandu_id, day in held.order_by("held_on").values_list("posyandu_id", "held_on")
    }


def note_weighings(
    *,
    left: Collection[CountedWeighing],
    entered: Collection[CountedWeighing],
    cause: str,
    by_id: UUID | None,
) -> int:
    """Weighings stopped counting and others count instead: move the sealed months on by the difference.

    Reads no more than those months, however long the history is. Returns the number of months that changed.
    """
    touched = [*left, *entered]
    children = {each.child_id for each in touched}
    counts = _sealed(Stay.objects.filter(child__in=children), months={each.month for each in touched})
    if not counts:
        return 0
    known = members(child_ids=children)
    changes = []
    for count in counts:
        after = Counter(count.now)
        after.update(letters_of_weighings(count, known, entered))
        after.subtract(letters_of_weighings(count, known, left))
        concerned = {
            each.child_id
            for each in touched
            if each.month == count.month and each.child_id in known and known[each.child_id].counts_in(count)
        }
        changes.append((count, plain(after), concerned))
    return _note(changes, cause=cause, by_id=by_id)


def note_registered(child_ids: Collection[UUID], *, since: date, by_id: UUID | None) -> int:
    """Children whom nobody knew before are on the register: they bring S and K, and no weighing yet."""
    return _note_children(child_ids, 1, since=since, cause=CountCause.REGISTERED, by_id=by_id)


def note_mistaken(child_ids: Collection[UUID], *, since: date, by_id: UUID | None) -> int:
    """Children were registered by mistake: the S and K that they brought go; no weighing of theirs stands any more."""
    return _note_children(child_ids, -1, since=since, cause=CountCause.MISTAKEN, by_id=by_id)


def _note_children(
    child_ids: Collection[UUID], sign: int, *, since: date, cause: CountCause, by_id: UUID | None
) -> int:
    """The sealed months with the S and K of these children more (`sign` 1) or less (-1)."""
    counts = _sealed(Stay.objects.filter(child__in=child_ids), since=since)
    if not counts:
        return 0
    known = members(child_ids=child_ids)
    if sign < 0:
        known = {key: _before_the_mistake(member) for key, member in known.items()}
    changes = []
    for count in counts:
        concerned = {key for key, member in known.items() if member.counts_in(count)}
        after = Counter(count.now)
        for letter, number in letters_of_children(count, known.values()).items():
            after[letter] += sign * number
        changes.append((count, plain(after), concerned))
    return _note(changes, cause=cause, by_id=by_id)


def _before_the_mistake(member: Member) -> Member:
    """Her stays are empty by now; as they were, they never ended."""
    return replace(member, stays=tuple((place, begun, None) for place, begun, _ in member.stays))


def count_again(
    posyandu_ids: Iterable[UUID], *, since: date, child_ids: Iterable[UUID], cause: str, by_id: UUID | None
) -> int:
    """Count the sealed months of these posyandu from the month of `since` on from scratch. Three or four queries."""
    counts = _sealed(Stay.objects.filter(posyandu__in=set(posyandu_ids)), since=since)
    letters = from_scratch(counts)
    children = set(child_ids)
    return _note([(count, letters[count.pk], children) for count in counts], cause=cause, by_id=by_id)


def _sealed(
    stays: "QuerySet[Stay]", *, since: date | None = None, months: Collection[date] = ()
) -> list[MonthCount]:
    """The sealed months of the posyandu of these stays, locked."""
    posyandu_ids = _lock(Posyandu.objects.filter(pk__in=stays.values("posyandu")))
    rows = MonthCount.objects.filter(posyandu__in=posyandu_ids)
    rows = rows.filter(month__in=months) if since is None else rows.filter(month__gte=since.replace(day=1))
    return list(rows.order_by("posyandu_id", "month"))


def _note(
    found: Iterable[tuple[MonthCount, dict[str, int], set[UUID]]], *, cause: str, by_id: UUID | None
) -> int:
    changes, changed = [], []
    for count, after, children in found:
        if after == {letter: count.now.get(letter, 0) for letter in LETTERS}:
            continue
        changes.append(
            MonthCountChange(
                count=count,
                before=count.now,
                after=after,
                cause=cause,
                children=sorted(str(key) for key in children),
                changed_by_id=by_id,
            )
        )
        count.now = after
        changed.append(count)
    if changes:
        MonthCountChange.objects.bulk_create(changes, batch_size=500)
        MonthCount.objects.bulk_update(changed, ["now"], batch_size=500)
    return len(changes)
