"""A child's stays: a stack of which each deed closes the last one, opens another one, or both.

`Child.posyandu`, `puskesmas`, `is_here` and `died_on` are copies that follow (`settle`). Parts of the verbs that
register, move and merge; each tells whose posyandu changed.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from ceting.foundation.core.errors import refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.events import RegisterChanged, register_changed
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import Arrival, Caregiver, Child, Departure, Household, Merge, Stay
from ceting.registry.places.models import Posyandu
from ceting.standards.numbers import format_date


def begin_stays(arrivals: Sequence[tuple[Child, date | None]], *, by: User | None) -> None:
    """The first stay of children just registered, since birth or since the day on which they moved here."""
    if not arrivals:
        return
    Stay.objects.bulk_create(
        [
            Stay(
                child=child,
                posyandu_id=child.posyandu_id,
                puskesmas_id=child.puskesmas_id,
                since=arrived_on or child.birth_date,
                arrival=Arrival.MOVED_IN if arrived_on else Arrival.BORN,
                by=by,
            )
            for child, arrived_on in arrivals
        ],
        batch_size=500,
    )
    since = min(arrived_on or child.birth_date for child, arrived_on in arrivals)
    children = [child for child, _ in arrivals]
    publish_change(children, {child.posyandu_id for child in children}, since, "registered", by)


def born_on(child: Child, before: date, *, by: User) -> None:
    """A corrected birth date: who was here since birth is here since the new one. Refuses one after she moved."""
    first = child.stays.order_by("since", "id").first()
    if first is None:
        return
    if first.arrival == Arrival.BORN:
        if first.until is not None and first.until < child.birth_date:
            raise refused(
                f"Anak ini tercatat pindah pada {format_date(first.until)}, sebelum tanggal lahir ini. "
                "Periksa tanggalnya.",
                "moved_before_birth",
                "birth_date",
            )
        first.since = child.birth_date
        first.save(update_fields=["since"])
    elif first.since < child.birth_date:
        raise refused(
            f"Anak ini tercatat datang pada {format_date(first.since)}, sebelum tanggal lahir ini. "
            "Periksa tanggalnya.",
            "moved_before_birth",
            "birth_date",
        )
    posyandu = set(child.stays.values_list("posyandu_id", flat=True))
    publish_change([child], posyandu, min(before, child.birth_date), "changed", by)


def open_stay(child: Child, posyandu: Posyandu, on: date, arrival: Arrival, by: User) -> None:
    Stay.objects.create(
        child=child,
        posyandu=posyandu,
        puskesmas_id=posyandu.puskesmas_id,
        since=on,
        arrival=arrival,
        by=by,
    )


def end_stay(stay: Stay | None, on: date, departure: Departure) -> None:
    assert stay is not None
    stay.until, stay.departure = on, departure
    stay.save(update_fields=["until", "departure"])


def reopen_stay(stay: Stay | None) -> None:
    assert stay is not None
    stay.until, stay.departure = None, ""
    stay.save(update_fields=["until", "departure"])


def last_stay(child: Child) -> Stay | None:
    return Stay.objects.filter(child=child).order_by("-since", "-id").first()


def posyandu_of_last(child: Child) -> set[UUID]:
    last = last_stay(child)
    return {last.posyandu_id} if last else set()


@transaction.atomic
def settle(child_ids: Iterable[UUID]) -> None:
    """Write the copies that children carry of their stays, deaths and merges. Whoever merges calls it too."""
    for child in Child.objects.select_for_update(of=("self",)).filter(pk__in=list(child_ids)):
        settle_one(child)


def settle_one(child: Child) -> None:
    last = last_stay(child)
    death = child.deaths.standing().first()
    absorbed = Merge.objects.standing().filter(absorbed=child).exists()
    before = child.puskesmas_id
    if last is not None:
        child.posyandu_id, child.puskesmas_id = last.posyandu_id, last.puskesmas_id
    child.died_on = death.died_on if death else None
    child.is_here = last is not None and last.until is None and death is None and not absorbed
    child.save(update_fields=["posyandu", "puskesmas", "died_on", "is_here"])
    if child.puskesmas_id != before:
        _household_follows(child, before)
        index_names([child.pk])


def _household_follows(child: Child, before: UUID) -> None:
    """The household moves with its last child: while a sister lives at the old puskesmas it is shared.

    One that stayed at a puskesmas before that isn't this child's to take along.
    """
    stays_behind = Child.objects.here().filter(household=child.household_id, puskesmas=before)
    if not stays_behind.exclude(pk=child.pk).exists():
        moved = Household.objects.filter(pk=child.household_id, puskesmas=before)
        if moved.update(puskesmas=child.puskesmas_id):
            Caregiver.objects.filter(household=child.household_id).update(puskesmas=child.puskesmas_id)


def publish_change(
    children: Sequence[Child], posyandu: Iterable[UUID], since: date, cause: str, by: User | None
) -> None:
    ids = tuple(child.pk for child in children)
    by_id = by.pk if by else None
    publish(register_changed, RegisterChanged(ids, tuple(sorted(posyandu)), since, cause, by_id))
