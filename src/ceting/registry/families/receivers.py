"""What families hear from below."""

from typing import Any

from django.dispatch import receiver

from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.families.models import Child
from ceting.registry.places.events import PosyanduClosing, posyandu_closing


@receiver(posyandu_closing)
def stay_open_for_children(event: PosyanduClosing, **_: Any) -> None:
    """A posyandu doesn't close under its children. Who is five or older needs it no more."""
    staying = Child.objects.here().under_five(event.closed_on).filter(posyandu=event.posyandu_id).count()
    if staying:
        sentence = f"Masih ada {staying} anak terdaftar di posyandu ini. Pindahkan dulu ke posyandu lain."
        raise RefusedError(Problem(sentence, "children_stay"))
