"""What the care of children hears from below."""

from typing import Any

from django.dispatch import receiver

from ceting.care.child_health import merging
from ceting.care.child_health.models import Entry
from ceting.foundation.core.errors import refused
from ceting.registry.families.events import (
    ChildrenMerged,
    MergeUndone,
    RegistrationWithdrawing,
    children_merged,
    merge_undone,
    registration_withdrawing,
)


@receiver(registration_withdrawing)
def keep_whoever_was_cared_for(sender: Any, event: RegistrationWithdrawing, **_: Any) -> None:
    """A child of whom something stands that was given or asked is no mistake: it has to be struck out first."""
    if Entry.objects.current().filter(child__in=event.child_ids).exists():
        raise refused("Anak ini sudah punya catatan pelayanan. Coret dulu catatannya.", "cared_for")


@receiver(children_merged)
def carry_entries_along(sender: Any, event: ChildrenMerged, **_: Any) -> None:
    """Whatever was written for the absorbed child is the kept child's."""
    merging.bring_home((event.kept_id, event.absorbed_id))


@receiver(merge_undone)
def give_entries_back(sender: Any, event: MergeUndone, **_: Any) -> None:
    """Every entry goes back to the child for whom it was written."""
    merging.bring_home((event.kept_id, event.absorbed_id))
