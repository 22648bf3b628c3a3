"""Verbs about the duty roster: the weekly pattern, holidays, swaps, extra duties."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Q

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import DeviationKind, DutyDeviation, DutyShift, User
from ceting.registry.places.models import Puskesmas


@dataclass(frozen=True)
class ShiftDraft:
    """A weekly duty; `ends` at or before `starts` is on the next day."""

    user: User
    weekday: int
    starts: time
    ends: time


def colleagues(puskesmas: Puskesmas) -> list[User]:
    """Who may stand on its roster: whoever has an account and a role there now, by name."""
    standing = Q(role_assignments__ended_at=None) & (
        Q(role_assignments__puskesmas=puskesmas) | Q(role_assignments__posyandu__puskesmas=puskesmas)
    )
    return list(User.objects.filter(standing, is_active=True).distinct().order_by("name", "id"))


@transaction.atomic
def give_duties(
    drafts: Iterable[ShiftDraft], *, puskesmas: Puskesmas, since: date | None = None, by: User | None
) -> list[DutyShift]:
    """Weekly duties from a day (today) on. Raises RefusedError for a stranger or an overlap of her own duties."""
    given = list(drafts)
    first = since or puskesmas.today()
    _refuse_past(first, puskesmas)
    _refuse_strangers([draft.user for draft in given], puskesmas)
    # Two people who edit the same week at once: the second sees what the first wrote.
    Puskesmas.objects.select_for_update().get(pk=puskesmas.pk)
    standing = list(_standing(puskesmas, first))
    rows: list[DutyShift] = []
    for draft in given:
        row = DutyShift(puskesmas=puskesmas, since=first, given_by=by, **vars(draft))
        if any(_overlap(row, other) for other in (*standing, *rows)):
            sentence = f"{draft.user.name} sudah bertugas pada jam itu. Akhiri dulu yang lama."
            raise RefusedError(Problem(sentence, "duty_overlap", "user"))
        rows.append(row)
    DutyShift.objects.bulk_create(rows)
    _record("duty.give", rows, puskesmas, by)
    return rows


@transaction.atomic
def end_duties(shifts: Iterable[DutyShift], *, until: date | None = None, by: User | None) -> None:
    """From `until` (today) on they no longer hold; what they were before stays. Harmless to repeat."""
    keys = [shift.pk for shift in shifts]
    rows = list(
        DutyShift.objects.select_for_update(of=("self",))
        .select_related("puskesmas")
        .filter(pk__in=keys, until=None)
    )
    for row in rows:
        last = until or row.puskesmas.today()
        _refuse_past(last, row.puskesmas)
        row.until, row.ended_by = max(last, row.since), by
        row.version += 1
    DutyShift.objects.bulk_update(rows, ["until", "ended_by", "version"])
    for puskesmas in {row.puskesmas for row in rows}:
        _record("duty.end", [row for row in rows if row.puskesmas == puskesmas], puskesmas, by)


@transaction.atomic
def close_days(
    days: Iterable[date], *, puskesmas: Puskesmas, reason: str, by: User | None
) -> list[DutyDeviation]:
    """Holidays: nobody's weekly duty holds. Raises RefusedError without a reason or for a past day."""
    if not reason.strip():
        raise RefusedError(Problem("Tulis libur apa.", "reason_missing", "reason"))
    rows = [
        DutyDeviation(puskesmas=puskesmas, kind=DeviationKind.CLOSED, day=day, reason=reason.strip())
        for day in days
    ]
    return _deviate(rows, puskesmas, by)


@transaction.atomic
def add_duty(
    user: User,
    *,
    puskesmas: Puskesmas,
    day: date,
    starts: time,
    ends: time,
    reason: str = "",
    by: User | None,
) -> DutyDeviation:
    """Somebody on duty on one day beside the pattern. Raises RefusedError."""
    _refuse_strangers([user], puskesmas)
    row = DutyDeviation(
        puskesmas=puskesmas,
        kind=DeviationKind.EXTRA,
        day=day,
        user=user,
        starts=starts,
        ends=ends,
        reason=reason.strip(),
    )
    (added,) = _deviate([row], puskesmas, by)
    return added


@transaction.atomic
def swap_duty(
    absent: User,
    substitute: User | None,
    *,
    puskesmas: Puskesmas,
    day: date,
    reason: str = "",
    by: User | None,
) -> list[DutyDeviation]:
    """On one day `absent` isn't on duty; `substitute` takes her hours (None: nobody). Raises RefusedError."""
    shifts = [
        shift
        for shift in _standing(puskesmas, day)
        if shift.user_id == absent.pk and shift.weekday == day.weekday() and shift.since <= day
    ]
    if not shifts:
        raise RefusedError(Problem(f"{absent.name} tidak bertugas pada hari itu.", "not_on_duty", "absent"))
    if substitute == absent:
        raise RefusedError(Problem("Pilih pengganti yang lain.", "same_person", "substitute"))
    rows = [DutyDeviation(puskesmas=puskesmas, kind=DeviationKind.OFF, day=day, user=absent)]
    if substitute is not None:
        _refuse_strangers([substitute], puskesmas)
        rows += [
            DutyDeviation(
                puskesmas=puskesmas,
                kind=DeviationKind.EXTRA,
                day=day,
                user=substitute,
                starts=shift.starts,
                ends=shift.ends,
            )
            for shift in shifts
        ]
    for row in rows:
        row.reason = reason.strip()
    return _deviate(rows, puskesmas, by)


@transaction.atomic
def withdraw_deviation(deviation: DutyDeviation, *, by: User | None) -> None:
    """The pattern holds again on that day. Raises RefusedError for a day that is over. Harmless to repeat."""
    row = (
        DutyDeviation.objects.select_for_update(of=("self",)).select_related("puskesmas").get(pk=deviation.pk)
    )
    if row.withdrawn_at is None:
        _refuse_past(row.day, row.puskesmas)
        row.withdrawn_at, row.withdrawn_by = clock.now(), by
        row.version += 1
        row.save()
        _record("duty.withdraw", [row], row.puskesmas, by)


def _standing(puskesmas: Puskesmas, on: date) -> Iterable[DutyShift]:
    return DutyShift.objects.filter(Q(until=None) | Q(until__gt=on), puskesmas=puskesmas)


def _deviate(rows: list[DutyDeviation], puskesmas: Puskesmas, by: User | None) -> list[DutyDeviation]:
    for row in rows:
        row.given_by = by
        _refuse_past(row.day, puskesmas)
    DutyDeviation.objects.bulk_create(rows)
    _record("duty.deviate", rows, puskesmas, by)
    return rows


def _record(
    action: str, rows: list[DutyShift] | list[DutyDeviation], puskesmas: Puskesmas, by: User | None
) -> None:
    if rows:
        keys = [row.pk for row in rows]
        told = {"rows": [str(row) for row in rows]}
        audit.record(action, "duty", keys, by=by, puskesmas_id=puskesmas.pk, detail=told)


def _overlap(one: DutyShift, other: DutyShift) -> bool:
    """Whether the same person would stand twice in the same hour of the week."""
    if one.user_id != other.user_id:
        return False
    return any(
        start < other_end and other_start < end
        for start, end in _minutes(one)
        for other_start, other_end in _minutes(other)
    )


def _minutes(shift: DutyShift) -> list[tuple[int, int]]:
    """Minutes of the week; what reaches over Sunday midnight goes on at the week's beginning."""
    week = 7 * 24 * 60
    start = shift.weekday * 24 * 60 + shift.starts.hour * 60 + shift.starts.minute
    length = (shift.ends.hour - shift.starts.hour) * 60 + shift.ends.minute - shift.starts.minute
    end = start + (length if length > 0 else length + 24 * 60)
    return [(start, end)] if end <= week else [(start, week), (0, end - week)]


def _refuse_strangers(users: list[User], puskesmas: Puskesmas) -> None:
    known = set(colleagues(puskesmas)) if users else set()
    for user in users:
        if user not in known:
            sentence = f"{user.name} tidak bekerja di {puskesmas}."
            raise RefusedError(Problem(sentence, "not_a_colleague", "user"))


def _refuse_past(day: date, puskesmas: Puskesmas) -> None:
    # Hours that were counted stay as they were counted.
    if day < puskesmas.today():
        raise RefusedError(Problem("Jadwal hari yang sudah lewat tidak bisa diubah.", "day_past", "day"))
