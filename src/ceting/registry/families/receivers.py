"""What families hear from below."""

from typing import Any

from django.dispatch import receiver

from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.families.events import (
    GrowthBasisChanged,
    RegisterChanged,
    growth_basis_changed,
    register_changed,
)
from ceting.registry.families.looking_again import look_again
from ceting.registry.families.models import Child
from ceting.registry.places.events import PosyanduClosing, posyandu_closing


@receiver(posyandu_closing)
def stay_open_for_children(event: PosyanduClosing, **_: Any) -> None:
    """A posyandu doesn't close under its children. Who is five or older needs it no more."""
    staying = Child.objects.here().under_five(event.closed_on).filter(posyandu=event.posyandu_id).count()
    if staying:
        sentence = f"Masih ada {staying} anak terdaftar di posyandu ini. Pindahkan dulu ke posyandu lain."
        raise RefusedError(Problem(sentence, "children_stay"))


@receiver(register_changed)
def look_at_whoever_came_or_went(event: RegisterChanged, **_: Any) -> None:
    """Another posyandu, another birth date, or back again: other children may be the same. Naming looks by itself."""
    if event.cause != "registered":
        look_again(Child.objects.filter(pk__in=event.child_ids).only("puskesmas"))


@receiver(growth_basis_changed)
def look_at_another_sex(event: GrowthBasisChanged, **_: Any) -> None:
    """A corrected sex may part two children or join them."""
    look_again(Child.objects.filter(pk__in=event.child_ids).only("puskesmas"))
