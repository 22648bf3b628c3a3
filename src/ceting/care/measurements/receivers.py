"""What measurements hear from below."""

from typing import Any

from django.dispatch import receiver

from ceting.care.measurements import operations
from ceting.registry.families.events import GrowthBasisChanged, growth_basis_changed


@receiver(growth_basis_changed)
def derive_again(sender: Any, event: GrowthBasisChanged, **_: Any) -> None:
    """A new birth date or sex makes every z-score and status of the child out of date."""
    operations.reassess(event.child_ids, since=None, by=None, cause="growth_basis_changed")
