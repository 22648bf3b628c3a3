"""What a session's screens ask the database, in a number of queries that doesn't grow with the children."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, UUIDField, Value

from ceting.care.measurements.models import Measurement, Session, SessionKind, Source
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child, Stay
from ceting.standards.ages import add_months

# Encrypted columns that no grid shows: not read, not decrypted.
UNREAD = ("nik", "mother__nik", "mother__phone")

BELONGED = "belonged_to_the_posyandu"

# What a grid compares with: the rest of an earlier row isn't read.
COMPARED = ("child_id", "measured_on", "weight_kg", "lenhei_cm", "position", "head_cm")
# What saving a row looks at besides: which rows count, and what stands now.
WEIGHED = (*COMPARED, "session_id", "source", "flags", "muac_cm", "oedema")


@dataclass(frozen=True)
class Entry:
    """One row of the grid. `weighing` and `length` are her last trustworthy values before the session."""

    child: Child
    registered: bool
    """Under five on the day and of this posyandu; else a guest, who counts at home."""
    saved: Measurement | None
    weighing: Measurement | None
    length: Measurement | None


@dataclass(frozen=True)
class Progress:
    """How many of the children in the grid have a measurement in the session."""

    recorded: int
    total: int


def visible_sessions(user: User, *, may: str | None = None) -> QuerySet[Session]:
    """Sessions that she may see, with all that a heading shows."""
    return Session.objects.visible_to(user, may=may).select_related(
        "posyandu__village", "posyandu__puskesmas", "closure__closed_by"
    )


def session_to_type(user: User) -> QuerySet[Session]:
    """Sessions that she may see, with no more than saving a row needs."""
    return Session.objects.visible_to(user, may="measurements.record").select_related("posyandu__puskesmas")


def registered_at(session: Session) -> QuerySet[Child]:
    """Children registered at the posyandu and under five on the day: the S of the session."""
    return Child.objects.staying_at(session.posyandu, session.held_on).under_five(session.held_on)


def expected(session: Session) -> QuerySet[Child]:
    """Whom the session waits for: everybody registered; at home those who weren't weighed yet that month."""
    children = registered_at(session)
    if session.kind != SessionKind.SWEEPING:
        return children
    sound = (
        Measurement.objects.current()
        .filter(
            child=OuterRef("pk"),
            measured_on__gte=session.held_on.replace(day=1),
            measured_on__lte=session.held_on,
            weight_kg__isnull=False,
        )
        .exclude(source=Source.FAMILY)
        .exclude(flags__contains="w")
        .exclude(session=session.pk)
    )
    return children.exclude(Exists(sound))


def entries(session: Session, user: User, *, whole: bool = False) -> list[Entry]:
    """The rows of the grid, by name: the expected children and whoever was measured besides. Four or five queries.

    A guest is shown to those who may see her. `whole`: everybody registered, as SKDN counts.
    """
    saved = {row.child_id: row for row in _current(session).order_by("id")}
    children = list(_with_mother(registered_at(session) if whole else expected(session), session))
    others = saved.keys() - {child.pk for child in children}
    if others:
        children += _with_mother(Child.objects.visible_to(user).filter(pk__in=others), session)
    weighings, lengths = _before(session, [child.pk for child in children])
    return [
        Entry(
            child=child,
            registered=_is_registered(child, session),
            saved=saved.get(child.pk),
            weighing=weighings.get(child.pk),
            length=lengths.get(child.pk),
        )
        for child in sorted(children, key=lambda child: (child.name.casefold(), child.pk.bytes))
    ]


def entry(session: Session, user: User, child_id: UUID, *, to_save: bool) -> Entry | None:
    """One child's row as `entries` would give it; None when she isn't in the grid. Two queries: it is saved often.

    `to_save`: what was derived of the rows isn't read.
    """
    mine = Child.objects.visible_to(user, may="measurements.record")
    child = _with_mother(mine.filter(pk=child_id), session).first()
    if child is None:
        return None
    registered = _is_registered(child, session)
    series = Measurement.objects.current().filter(child=child, measured_on__lte=session.held_on)
    rows = list((series.only(*WEIGHED) if to_save else series).order_by("measured_on", "id"))
    saved = next((row for row in reversed(rows) if row.session_id == session.pk), None)
    if saved is None and not registered:
        return None
    earlier = [row for row in rows if row.measured_on < session.held_on and row.source != Source.FAMILY]
    return Entry(
        child=child,
        registered=registered,
        saved=saved,
        weighing=_last(row for row in earlier if row.weight_kg is not None and "w" not in row.flags),
        length=_last(row for row in earlier if row.lenhei_cm is not None and "l" not in row.flags),
    )


def _is_registered(child: Child, session: Session) -> bool:
    return getattr(child, BELONGED) and child.is_under_five(session.held_on)


def _last(rows: Iterable[Measurement]) -> Measurement | None:
    return max(rows, key=Measurement.chronology, default=None)


def _with_mother(children: QuerySet[Child], session: Session) -> QuerySet[Child]:
    """All that a row shows, and whether the child belonged to the posyandu on the day of the session."""
    stays = Stay.objects.covering(session.held_on).filter(child=OuterRef("pk"), posyandu=session.posyandu_id)
    return children.annotate(**{BELONGED: Exists(stays)}).select_related("mother", "puskesmas").defer(*UNREAD)


def _before(
    session: Session, child_ids: Collection[UUID]
) -> tuple[dict[UUID, Measurement], dict[UUID, Measurement]]:
    """Per child the last weighing and the last length before the session that somebody trained to weigh stands for."""
    earlier = (
        Measurement.objects.current()
        .filter(child=OuterRef("pk"), measured_on__lt=session.held_on)
        .exclude(source=Source.FAMILY)
        .order_by("-measured_on", "-id")
    )
    weighing = earlier.filter(weight_kg__isnull=False).exclude(flags__contains="w").values("pk")[:1]
    length = earlier.filter(lenhei_cm__isnull=False).exclude(flags__contains="l").values("pk")[:1]
    keys = list(
        Child.objects.filter(pk__in=child_ids).values_list("pk", Subquery(weighing), Subquery(length))
    )
    rows = Measurement.objects.only(*COMPARED).in_bulk({key for _, *found in keys for key in found if key})
    return (
        {child: rows[key] for child, key, _ in keys if key},
        {child: rows[key] for child, _, key in keys if key},
    )


def progress(session: Session) -> Progress:
    """The counter of the session's screens, as `entries` would count. Two queries."""
    mine = set(expected(session).values_list("pk", flat=True))
    recorded = set(_current(session).values_list("child_id", flat=True))
    return Progress(len(recorded), len(mine | recorded))


def progress_of(sessions: Collection[Session]) -> dict[UUID, Progress]:
    """The counters of many sessions at once. Two queries."""
    if not sessions:
        return {}
    children: dict[UUID, set[UUID]] = {session.pk: set() for session in sessions}
    recorded: dict[UUID, set[UUID]] = {session.pk: set() for session in sessions}
    first, *others = [
        expected(session)
        .annotate(session_id=Value(session.pk, output_field=UUIDField()))
        .values_list("session_id", "pk")
        for session in sessions
    ]
    for session_id, child_id in first.union(*others, all=True):
        children[session_id].add(child_id)
    measured = Measurement.objects.current().filter(session__in=sessions)
    for session_id, child_id in measured.values_list("session_id", "child_id"):
        recorded[session_id].add(child_id)
    return {key: Progress(len(recorded[key]), len(recorded[key] | children[key])) for key in recorded}


def _current(session: Session) -> QuerySet[Measurement]:
    return Measurement.objects.current().filter(session=session)


def counted_weighings(session: Session, child_ids: Collection[UUID]) -> dict[UUID, Measurement]:
    """Child -> the weighing of the session's month that has an official status (the last sound one). One query."""
    first = session.held_on.replace(day=1)
    month = Measurement.objects.current().filter(child__in=child_ids, measured_on__gte=first)
    weighed = month.filter(measured_on__lt=add_months(first, 1)).exclude(status="")
    return {row.child_id: row for row in weighed}
