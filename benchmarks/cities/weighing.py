"""The weighings of one posyandu: sessions, rows derived by the kernel, where each child stands, and counted months."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID

from benchmarks.cities.copying import Maker, key_at, write
from benchmarks.cities.families import Families, moment_of
from benchmarks.cities.growing import readings
from benchmarks.cities.places import Post
from benchmarks.cities.plan import CityPlan
from ceting.care.measurements import assessment
from ceting.care.measurements.assessment import Series
from ceting.care.measurements.models import (
    RULES_VERSION,
    LatestGrowth,
    Measurement,
    Session,
    SessionClosure,
    Source,
)
from ceting.care.measurements.month_counting import (
    CountedWeighing,
    Member,
    counted_of,
    letters_of_children,
    letters_of_weighings,
    plain,
)
from ceting.care.measurements.month_models import MonthCount

NINE, NOON = time(9, 30), time(12)
BY_MIDWIFE = 0.1


@dataclass
class Weighings:
    """Rows of one posyandu, not derived yet."""

    post: Post
    families: Families
    sessions: list[Session] = field(default_factory=list)
    closures: list[SessionClosure] = field(default_factory=list)
    rows: list[Measurement] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)


def weigh(plan: CityPlan, post: Post, families: Families) -> Weighings:
    """Every morning of the posyandu; those of the past are closed."""
    found, mornings = Weighings(post, families), plan.mornings(post.number)
    chance, make, close = plan.chance(post.number, "weighings"), Maker(Session), Maker(SessionClosure)
    for on in mornings:
        begins, ends = moment_of(on, post, NINE), moment_of(on, post, NOON)
        session = make(
            id=key_at(begins, chance),
            created_at=begins,
            puskesmas_id=post.puskesmas.pk,
            posyandu_id=post.posyandu.pk,
            held_on=on,
            opened_by_id=post.kader,
        )
        found.sessions.append(session)
        if on < plan.today:
            found.closures.append(
                close(
                    id=key_at(ends, chance), created_at=ends, session_id=session.pk, closed_by_id=post.kader
                )
            )
    _measure(plan, found, mornings)
    return found


def _measure(plan: CityPlan, found: Weighings, mornings: Sequence[date]) -> None:
    chance, make, children = (
        plan.chance(found.post.number, "rows"),
        Maker(Measurement),
        found.families.children,
    )
    moments = [moment_of(on, found.post, NINE) for on in mornings]
    by_child: dict[UUID, list[Measurement]] = defaultdict(list)
    for each in readings(children, mornings, plan.numbers(found.post.number)):
        child, session = children[each.child], found.sessions[each.morning]
        by_midwife = chance.random() < BY_MIDWIFE
        who = found.post.midwife if by_midwife else found.post.kader
        row = make(
            id=key_at(moments[each.morning], chance),
            created_at=moments[each.morning],
            puskesmas_id=child.puskesmas_id,
            child_id=child.pk,
            origin_id=child.pk,
            session_id=session.pk,
            measured_on=session.held_on,
            weight_kg=each.weight_kg,
            lenhei_cm=each.lenhei_cm,
            position=("l" if each.lies else "h") if each.lenhei_cm is not None else "",
            head_cm=each.head_cm,
            muac_cm=each.muac_cm,
            oedema=each.oedema,
            source=(Source.STAFF if by_midwife else Source.VOLUNTEER).value,
            measured_by_id=who,
            recorded_by_id=who,
        )
        found.rows.append(row)
        by_child[child.pk].append(row)
    found.series = [Series(child, by_child[child.pk]) for child in children]


def derive(weighed: Sequence[Weighings]) -> None:
    """By the kernel, for several posyandu at once: it works on whole columns."""
    assessment.derive(series for each in weighed for series in each.series)


def save(plan: CityPlan, weighed: Weighings) -> None:
    """Rows morning by morning, as they would have been written."""
    write(Session, weighed.sessions)
    write(SessionClosure, weighed.closures)
    write(Measurement, weighed.rows)
    write(LatestGrowth, [row for each in weighed.series if (row := assessment.latest(each)) is not None])
    write(MonthCount, _months(plan, weighed))


def _months(plan: CityPlan, weighed: Weighings) -> list[MonthCount]:
    """What sealing each closed session's month would have kept, by the functions that seal."""
    children = weighed.families.children
    members = {
        child.pk: Member(child.birth_date, child.has_kia_book, ((child.posyandu_id, child.birth_date, None),))
        for child in children
    }
    weighings: dict[date, list[CountedWeighing]] = defaultdict(list)
    for weighing in counted_of(weighed.rows):
        weighings[weighing.month].append(weighing)
    return [
        _month(weighed.post, session, members, weighings)
        for session in weighed.sessions
        if session.held_on < plan.today
    ]


def _month(
    post: Post,
    session: Session,
    members: dict[UUID, Member],
    weighings: dict[date, list[CountedWeighing]],
) -> MonthCount:
    month = session.held_on.replace(day=1)
    count = MonthCount(
        created_at=session.created_at + timedelta(hours=3),
        puskesmas_id=post.puskesmas.pk,
        posyandu_id=post.posyandu.pk,
        month=month,
        counted_on=session.held_on,
        rules_version=RULES_VERSION,
        sealed_by_id=post.kader,
    )
    letters = letters_of_children(count, members.values())
    letters += letters_of_weighings(count, members, weighings[month])
    count.sealed = count.now = plain(letters)
    return count
