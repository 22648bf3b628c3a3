"""Verbs that write measurements. Forms, imports, the demo and sync all enter here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from ceting.care.measurements import assessment
from ceting.care.measurements.assessment import Series
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.events import (
    MeasurementsReassessed,
    MeasurementsRecorded,
    measurements_reassessed,
    measurements_recorded,
)
from ceting.care.measurements.models import (
    LatestGrowth,
    Measurement,
    Session,
    SessionClosure,
    SessionKind,
    Source,
    Withdrawal,
)
from ceting.care.measurements.month_counting import counted_of
from ceting.care.measurements.month_models import CountCause
from ceting.care.measurements.sealing import seal_month
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child, roots
from ceting.registry.places.models import Posyandu
from ceting.standards.numbers import format_date

CHILDREN_AT_ONCE = 2000
FIRST_DAY = date(2000, 1, 1)
"""No child of a register that still counts was weighed before; an older day is a slip in the year."""
LONGEST_PLACE = 60
CORRECTED = "Salah ketik"
LONGEST_REASON = 120


@transaction.atomic
def open_session(
    posyandu: Posyandu,
    held_on: date,
    *,
    by: User,
    kind: SessionKind = SessionKind.POSYANDU,
    place: str = "",
) -> Session:
    """The session of this posyandu, day and kind; the same one when it is open already.

    `place` names the PAUD and nothing else. Refuses a day to come, one before `FIRST_DAY` and a PAUD without a name.
    """
    place = " ".join(place.split()).removeprefix("PAUD ") if kind == SessionKind.PAUD else ""
    problems = _impossible_session(held_on, kind, place, today=posyandu.puskesmas.today())
    if problems:
        raise RefusedError(*problems)
    session, made = Session.objects.get_or_create(
        posyandu=posyandu,
        held_on=held_on,
        kind=kind,
        place=place,
        defaults={"puskesmas_id": posyandu.puskesmas_id, "opened_by": by},
    )
    if made:
        audit.record("session.open", "session", [session.pk], by=by, puskesmas_id=posyandu.puskesmas_id)
    return session


def _impossible_session(held_on: date, kind: SessionKind, place: str, *, today: date) -> list[Problem]:
    problems = []
    if held_on > today:
        sentence = "Hari posyandu belum tiba. Pilih hari ini atau hari yang sudah lewat."
        problems.append(Problem(sentence, "future", "held_on"))
    if held_on < FIRST_DAY:
        sentence = (
            f"Tanggal ini terlalu lama. Pilih tanggal sejak {format_date(FIRST_DAY)}; periksa tahunnya."
        )
        problems.append(Problem(sentence, "too_old", "held_on"))
    if kind == SessionKind.PAUD and not place:
        problems.append(Problem("Isi nama PAUD yang dikunjungi.", "paud_without_name", "place"))
    if len(place) > LONGEST_PLACE:
        sentence = f"Nama PAUD terlalu panjang. Singkat sampai {LONGEST_PLACE} huruf."
        problems.append(Problem(sentence, "long_name", "place"))
    return problems


@transaction.atomic
def close_session(session: Session, *, by: User) -> SessionClosure:
    """ "Selesai": once; a second time changes nothing."""
    closure, made = SessionClosure.objects.get_or_create(session=session, defaults={"closed_by": by})
    if made:
        audit.record("session.close", "session", [session.pk], by=by, puskesmas_id=session.puskesmas_id)
        seal_month(session.posyandu, session.held_on, by=by)
    return closure


@transaction.atomic
def record_in_session(draft: MeasurementDraft, *, base: UUID | None, by: User) -> Measurement:
    """Save one row of a session's grid; typing over a saved row makes a correction of it.

    `base` is the measurement that the typist saw for this child (None: none yet). Raises RefusedError for an
    impossible value, and EditConflictError when somebody else saved this child meanwhile: both values stay.
    """
    if draft.session is None:
        raise ValueError("a grid row belongs to a session")
    problems = draft.problems(draft.child.puskesmas.today())
    if problems:
        raise RefusedError(*problems)
    # The child's row is the lock: two typists of one child come one after the other.
    Child.objects.select_for_update(of=("self",)).only("pk").get(pk=draft.child.pk)
    standing = (
        Measurement.objects.current()
        .filter(session=draft.session, child=draft.child)
        .select_related("recorded_by", "team__measurer")
        .order_by("-id")
        .first()
    )
    if standing is not None and same_values(standing, draft):
        return standing
    if (standing.pk if standing else None) != base:
        raise _typed_meanwhile(standing)
    if standing is not None:
        # A slip of the finger is mended; who stood at the scale stays who she was.
        draft = replace(
            draft, corrects=standing, reason=draft.reason or CORRECTED, team=standing.team or draft.team
        )
    (row,) = record_many([draft], by=by)
    return row


@transaction.atomic
def record_visit(draft: MeasurementDraft, *, by: User) -> Measurement:
    """Save a measurement outside a posyandu day. The same numbers on the same day are the same row: a page that was
    sent twice leaves one. Raises RefusedError for an impossible value.
    """
    Child.objects.select_for_update(of=("self",)).get(pk=draft.child.pk)
    standing = Measurement.objects.current().filter(child=draft.child, measured_on=draft.measured_on)
    for row in standing.order_by("-id"):
        if same_values(row, draft):
            return row
    (saved,) = record_many([draft], by=by)
    return saved


MEASURED = ("weight_kg", "lenhei_cm", "position", "head_cm", "muac_cm", "oedema")


def same_values(row: Measurement, draft: MeasurementDraft) -> bool:
    """Whether the row already says what the draft says."""
    return all(getattr(row, name) == getattr(draft, name) for name in MEASURED)


def _typed_meanwhile(standing: Measurement | None) -> EditConflictError:
    if standing is None:
        sentence = "Catatan anak ini baru saja ditarik orang lain. Periksa lagi, lalu simpan."
        return EditConflictError(Problem(sentence, "edit_conflict"), theirs={}, version=0)
    who = standing.recorded_by.name if standing.recorded_by else "orang lain"
    return EditConflictError(
        Problem(
            f"{who} baru saja mencatat anak ini dengan angka lain. Isian Ibu/Bapak belum disimpan.",
            "edit_conflict",
        ),
        theirs={"id": standing.pk, **{name: getattr(standing, name) for name in MEASURED}},
        version=standing.version,
    )


@transaction.atomic
def record_many(drafts: Sequence[MeasurementDraft], *, by: User | None) -> list[Measurement]:
    """Write many measurements and everything derived from them; one row is a batch of one.

    All drafts must be possible (`draft.problems()` is empty): else RefusedError, and nothing is written; whoever
    wants the good rows of a bad file sorts them before. Every child's whole series is derived again from the month
    of her earliest new row, so late data ends in the same rows as timely data.
    """
    if not drafts:
        return []
    drafts = _of_those_who_stand(drafts)
    today = {draft.child.puskesmas_id: draft.child.puskesmas.today() for draft in drafts}
    problems = [problem for draft in drafts for problem in draft.problems(today[draft.child.puskesmas_id])]
    if problems:
        raise RefusedError(*problems)
    new = [draft.row(by) for draft in drafts]
    corrected = {row.corrects_id for row in new if row.corrects_id}
    # A row that was another child's: both are derived again.
    children = {draft.corrects.child_id: draft.corrects.child for draft in drafts if draft.corrects}
    children |= {draft.child.pk: draft.child for draft in drafts}
    series = _series(children.values(), additional=new, without=corrected)
    since = _months_touched(new, [draft.corrects for draft in drafts if draft.corrects])
    fresh = {row.pk for row in new}
    standing = [row for each in series for row in each.rows if row.pk not in fresh]
    counted = counted_of([*standing, *(draft.corrects for draft in drafts if draft.corrects)])
    before = _as_derived(standing)
    changed = [row for row in assessment.derive(series, since=since) if row.pk not in fresh]
    Measurement.objects.bulk_create(new, batch_size=500)
    _save_derived(changed)
    _save_latest(series)
    audit.record(
        "measurement.record",
        "measurement",
        [row.pk for row in new],
        by=by,
        puskesmas_id=new[0].puskesmas_id,
        detail={"derived_again": {str(row.pk): before[row.pk] for row in changed}},
    )
    counts = counted_of(row for each in series for row in each.rows)
    publish(
        measurements_recorded,
        MeasurementsRecorded(
            measurement_ids=tuple(fresh),
            child_ids=tuple(children),
            left=tuple(counted - counts),
            entered=tuple(counts - counted),
            cause=_cause(drafts),
            by_id=by.pk if by else None,
        ),
    )
    return new


@transaction.atomic
def strike_out_many(rows: Sequence[Measurement], *, reason: str, cause: CountCause, by: User) -> None:
    """These rows, which all stand, are nobody's measurement: each stays readable with the reason, and counts nowhere.

    They need their `child` with its puskesmas. Whoever calls has locked the children.
    """
    if not rows:
        return
    Withdrawal.objects.bulk_create(
        [Withdrawal(measurement=row, by=by, reason=reason[:LONGEST_REASON]) for row in rows], batch_size=500
    )
    leave_out(rows, by=by, cause=cause)


def leave_out(
    rows: Sequence[Measurement], *, by: User | None, cause: CountCause = CountCause.CORRECTION
) -> None:
    """Derive what stands without these rows, which were just struck out. Part of the verb that strikes them out."""
    series = _series({row.child_id: row.child for row in rows}.values())
    standing = [row for each in series for row in each.rows]
    counted = counted_of([*standing, *rows])
    before = _as_derived(standing)
    changed = assessment.derive(series, since=_months_touched((), rows))
    _save_derived(changed)
    _save_latest(series)
    audit.record(
        "measurement.strike_out",
        "measurement",
        [row.pk for row in rows],
        by=by,
        puskesmas_id=rows[0].puskesmas_id,
        detail={"derived_again": {str(row.pk): before[row.pk] for row in changed}},
    )
    counts = counted_of(standing)
    publish(
        measurements_recorded,
        MeasurementsRecorded(
            measurement_ids=(),
            child_ids=tuple({row.child_id for row in rows}),
            left=tuple(counted - counts),
            entered=tuple(counts - counted),
            cause=cause,
            by_id=by.pk if by else None,
        ),
    )


def _cause(drafts: Sequence[MeasurementDraft]) -> CountCause:
    if any(draft.corrects for draft in drafts):
        return CountCause.CORRECTION
    if drafts[0].source == Source.IMPORT:
        return CountCause.IMPORT
    return CountCause.LATE


def _of_those_who_stand(drafts: Sequence[MeasurementDraft]) -> Sequence[MeasurementDraft]:
    """The same drafts; what speaks of a child who was merged is given to the child who stands for her."""
    keys = {draft.child.pk for draft in drafts}
    # A merge waits for rows that are being written, and rows for a merge: none is left behind.
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHILDREN_AT_ONCE):
        some = Child.objects.filter(pk__in=ordered[start : start + CHILDREN_AT_ONCE]).order_by("pk")
        locked = dict(some.select_for_update(of=("self",)).values_list("pk", "is_here"))
        _refuse_mistaken([key for key, is_here in locked.items() if not is_here])
    standing = {child_id: root for child_id, root in roots(keys).items() if child_id != root}
    if not standing:
        return drafts
    rows = Child.objects.select_related("puskesmas").in_bulk(set(standing.values()))
    return [
        replace(draft, child=rows[standing[draft.child.pk]], written_for=draft.child.pk)
        if draft.child.pk in standing
        else draft
        for draft in drafts
    ]


def _refuse_mistaken(away: Collection[UUID]) -> None:
    """A child whose registration was withdrawn while somebody had her on a page."""
    if away and Child.objects.filter(pk__in=away).exclude(mistake=None).exists():
        sentence = "Pendaftaran anak ini ditarik karena keliru. Bila ia memang ada, daftarkan lagi."
        raise RefusedError(Problem(sentence, "mistaken"))


def _months_touched(new: Iterable[Measurement], corrected: Iterable[Measurement]) -> dict[UUID, date]:
    """Per child the first day of the earliest month that a row enters or leaves: all that can change.

    The whole month, because the last weighing of a month takes the status from the one before it.
    """
    since: dict[UUID, date] = {}
    for row in (*new, *corrected):
        first = row.measured_on.replace(day=1)
        since[row.child_id] = min(since.get(row.child_id, first), first)
    return since


def _series(
    children: Collection[Child],
    *,
    additional: Sequence[Measurement] = (),
    without: Collection[UUID | None] = (),
) -> list[Series]:
    rows: dict[UUID, list[Measurement]] = defaultdict(list)
    keys = [child.pk for child in children]
    for start in range(0, len(keys), CHILDREN_AT_ONCE):
        for row in Measurement.objects.current().filter(child__in=keys[start : start + CHILDREN_AT_ONCE]):
            if row.pk not in without:
                rows[row.child_id].append(row)
    for row in additional:
        rows[row.child_id].append(row)
    return [Series(child, rows[child.pk]) for child in children]


def _as_derived(rows: Iterable[Measurement]) -> dict[UUID, dict[str, object]]:
    return {row.pk: assessment.snapshot(row) for row in rows}


def _refuse_before_birth(series: Iterable[Series]) -> None:
    for each in series:
        first = min((row.measured_on for row in each.rows), default=each.child.birth_date)
        if first < each.child.birth_date:
            raise RefusedError(
                Problem(
                    f"Anak ini sudah diukur pada {format_date(first)}, sebelum tanggal lahir ini. "
                    "Periksa tanggal lahirnya, atau perbaiki dulu tanggal ukurnya.",
                    "measured_before_birth",
                    "birth_date",
                )
            )


def _save_derived(rows: Sequence[Measurement]) -> None:
    Measurement.objects.bulk_update(rows, assessment.DERIVED, batch_size=200)


def _save_latest(series: Iterable[Series]) -> None:
    series = list(series)
    standing = [found for each in series if (found := assessment.latest(each)) is not None]
    # Nothing stands for her any more: her only row was struck out, or another child's.
    empty = [each.child.pk for each in series if not each.rows]
    if empty:
        LatestGrowth.objects.filter(child__in=empty).delete()
    fields = [field.name for field in LatestGrowth._meta.concrete_fields if not field.primary_key]
    LatestGrowth.objects.bulk_create(
        standing, update_conflicts=True, unique_fields=["child"], update_fields=fields, batch_size=500
    )


@transaction.atomic
def reassess(child_ids: Iterable[UUID], *, since: date | None, by: User | None, cause: str) -> int:
    """Derive again what stands for these children from the month of `since` on (None: from birth).

    For a corrected birth date, a merge, new rules. Old values go to the audit. Returns the number of rows changed.
    Raises RefusedError when a child would have been measured before she was born: one of the two dates is wrong.
    """
    children = list(Child.objects.filter(pk__in=list(child_ids)).select_related("puskesmas"))
    series = _series(children)
    first = since.replace(day=1) if since else date.min
    _refuse_before_birth(series)
    before = _as_derived(row for each in series for row in each.rows)
    changed = assessment.derive(series, since={child.pk: first for child in children})
    _save_derived(changed)
    _save_latest(series)
    if changed:
        audit.record(
            "measurement.reassess",
            "measurement",
            [row.pk for row in changed],
            by=by,
            puskesmas_id=changed[0].puskesmas_id,
            purpose=cause,
            detail={str(row.pk): before[row.pk] for row in changed},
        )
    publish(
        measurements_reassessed,
        MeasurementsReassessed(tuple(child.pk for child in children), first, cause, by.pk if by else None),
    )
    return len(changed)
