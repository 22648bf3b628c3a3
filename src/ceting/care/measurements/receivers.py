"""What measurements hear from below, and from themselves."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.dispatch import receiver

from ceting.care.measurements import merging, reassessing, sealing
from ceting.care.measurements.events import (
    MeasurementsReassessed,
    MeasurementsRecorded,
    measurements_reassessed,
    measurements_recorded,
)
from ceting.care.measurements.models import LatestGrowth, Measurement
from ceting.care.measurements.month_models import CountCause
from ceting.foundation.core.errors import refused
from ceting.registry.families.events import (
    ChildrenMerged,
    GrowthBasisChanged,
    MergeUndone,
    RegisterChanged,
    RegistrationWithdrawing,
    children_merged,
    growth_basis_changed,
    merge_undone,
    register_changed,
    registration_withdrawing,
)
from ceting.registry.families.models import Child, Stay


@receiver(growth_basis_changed)
def derive_again(sender: Any, event: GrowthBasisChanged, **_: Any) -> None:
    """A new birth date or sex makes every z-score and status of the child out of date."""
    reassessing.reassess(event.child_ids, since=None, by=None, cause="growth_basis_changed")


@receiver(registration_withdrawing)
def keep_whoever_was_weighed(sender: Any, event: RegistrationWithdrawing, **_: Any) -> None:
    """A child with a weighing that stands is no mistake: the weighing has to go first."""
    if Measurement.objects.current().filter(child__in=event.child_ids).exists():
        raise refused("Anak ini sudah punya penimbangan. Tarik dulu penimbangannya.", "weighed")


@receiver(children_merged)
def carry_along(sender: Any, event: ChildrenMerged, **_: Any) -> None:
    """Whatever was written for the absorbed child is the kept child's."""
    merging.bring_home((event.kept_id, event.absorbed_id), cause="merged")


@receiver(merge_undone)
def give_back(sender: Any, event: MergeUndone, **_: Any) -> None:
    """Every row goes back to the child for whom it was written."""
    merging.bring_home((event.kept_id, event.absorbed_id), cause="unmerged")


@receiver(measurements_recorded)
def note_what_it_changes(sender: Any, event: MeasurementsRecorded, **_: Any) -> None:
    """A row that comes late, corrects or is struck out may change a month that was sealed."""
    sealing.note_weighings(left=event.left, entered=event.entered, cause=event.cause, by_id=event.by_id)


@receiver(measurements_reassessed)
def count_reassessed(sender: Any, event: MeasurementsReassessed, **_: Any) -> None:
    """New statuses, and for a new birth date a new S, in every sealed month from then on."""
    posyandu = Stay.objects.filter(child__in=event.child_ids).values_list("posyandu_id", flat=True)
    known = event.cause in CountCause.values
    sealing.count_again(
        posyandu,
        since=event.since,
        child_ids=event.child_ids,
        cause=event.cause if known else CountCause.REASSESSED,
        by_id=event.by_id,
    )


@receiver(register_changed)
def follow_the_child(sender: Any, event: RegisterChanged, **_: Any) -> None:
    """Whoever moves takes her standing along; whoever left is in no list. New children have no standing yet."""
    if event.cause == "registered":
        return
    child = Child.objects.filter(pk=OuterRef("child_id"))
    LatestGrowth.objects.filter(child__in=event.child_ids).update(
        puskesmas_id=Subquery(child.values("puskesmas_id")[:1]), here=Subquery(child.values("is_here")[:1])
    )


@receiver(register_changed)
def count_registered(sender: Any, event: RegisterChanged, **_: Any) -> None:
    """Who belongs to a posyandu is its S and K, and whose weighings it counts."""
    if event.cause == CountCause.REGISTERED:
        sealing.note_registered(event.child_ids, since=event.since, by_id=event.by_id)
        return
    if event.cause == CountCause.MISTAKEN:
        sealing.note_mistaken(event.child_ids, since=event.since, by_id=event.by_id)
        return
    sealing.count_again(
        event.posyandu_ids,
        since=event.since,
        child_ids=event.child_ids,
        cause=event.cause,
        by_id=event.by_id,
    )
