"""Verbs that write measurements. Forms, imports, the demo and sync all enter here.

The days are opened and closed in `session_operations`, what stands is derived again in `reassessing`; other apps find
both behind this door.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from ceting.care.measurements import assessment
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.events import MeasurementsRecorded, measurements_recorded
from ceting.care.measurements.models import Measurement, Source, Withdrawal
from ceting.care.measurements.month_counting import counted_of
from ceting.care.measurements.month_models import CountCause
from ceting.care.measurements.reassessing import (
    CHILDREN_AT_ONCE,
    as_derived,
    months_touched,
    save_derived,
    save_latest,
    series_of,
)
from ceting.care.measurements.reassessing import reassess as reassess
from ceting.care.measurements.session_operations import close_session as close_session
from ceting.care.measurements.session_operations import open_session as open_session
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child, roots

CORRECTED = "Salah ketik"
LONGEST_REASON = 120


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
    series = series_of(children.values(), additional=new, without=corrected)
    since = months_touched(new, [draft.corrects for draft in drafts if draft.corrects])
    fresh = {row.pk for row in new}
    standing = [row for each in series for row in each.rows if row.pk not in fresh]
    counted = counted_of([*standing, *(draft.corrects for draft in drafts if draft.corrects)])
    before = as_derived(standing)
    changed = [row for row in assessment.derive(series, since=since) if row.pk not in fresh]
    Measurement.objects.bulk_create(new, batch_size=500)
    save_derived(changed)
    save_latest(series)
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
    series = series_of({row.child_id: row.child for row in rows}.values())
    standing = [row for each in series for row in each.rows]
    counted = counted_of([*standing, *rows])
    before = as_derived(standing)
    changed = assessment.derive(series, since=months_touched((), rows))
    save_derived(changed)
    save_latest(series)
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
