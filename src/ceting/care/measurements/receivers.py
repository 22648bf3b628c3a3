"""What measurements hear from below."""

from typing import Any

from django.dispatch import receiver

from ceting.care.measurements import merging, operations
from ceting.registry.families.events import (
    ChildrenMerged,
    GrowthBasisChanged,
    MergeUndone,
    children_merged,
    growth_basis_changed,
    merge_undone,
)


@receiver(growth_basis_changed)
def derive_again(sender: Any, event: GrowthBasisChanged, **_: Any) -> None:
    """A new birth date or sex makes every z-score and status of the child out of date."""
    operations.reassess(event.child_ids, since=None, by=None, cause="growth_basis_changed")


@receiver(children_merged)
def carry_along(sender: Any, event: ChildrenMerged, **_: Any) -> None:
    """Whatever was written for the absorbed child is the kept child's."""
    merging.bring_home((event.kept_id, event.absorbed_id), cause="merged")


@receiver(merge_undone)
def give_back(sender: Any, event: MergeUndone, **_: Any) -> None:
    """Every row goes back to the child for whom it was written."""
    merging.bring_home((event.kept_id, event.absorbed_id), cause="unmerged")
