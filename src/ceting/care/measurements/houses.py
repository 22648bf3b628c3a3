"""Houses to call at: the children under five of a posyandu, by where they live.

Here and not with the families: whom a sweeping round looks for is told by the weighings (docs/architecture.md, floors).
"""

from datetime import date

from ceting.foundation.core.classification import FieldClass
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places.models import Posyandu

# Not read and not decrypted where nobody may see them.
NEVER = ("nik", "mother__nik", "household__kk")
FOR_HEALTH_WORKERS = ("mother__phone", "household__address")


def children_at(posyandu: Posyandu, user: User, today: date) -> list[Child]:
    """Those who belong to the posyandu now and whom she may see, with family and last weighing, in one query."""
    here = {posyandu.puskesmas_id}
    hidden = NEVER if user.may_read(FieldClass.FAMILY, at=here) else (*NEVER, *FOR_HEALTH_WORKERS)
    found = Child.objects.visible_to(user, may="children.read").here().under_five(today).of_posyandu(posyandu)
    return list(
        found.select_related("mother", "household__village", "latest_growth")
        .defer(*hidden)
        .order_by("birth_date", "id")
    )
