"""What a night changes for whoever wasn't seen: the contact that comes next moves on with her weeks."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from ceting.care.pregnancies import reminders
from ceting.care.pregnancies.deriving import derive_again
from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.core import clock

AT_ONCE = 200


def move_on() -> int:
    """Derive again whoever's next contact has passed, and remind of the one that comes now; how many moved on.

    Asked of the index by next contact: whoever is in time costs nothing. Safe to run twice, and beside who writes.
    """
    late = Pregnancy.objects.open().filter(next_until__lt=clock.today()).values_list("pk", flat=True)
    keys = list(late)
    return sum(_move_on(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


@transaction.atomic
def _move_on(keys: Iterable[UUID]) -> int:
    rows = Pregnancy.objects.select_for_update(of=("self",)).open().with_woman().filter(pk__in=keys)
    found = list(rows.order_by("pk"))
    before = {each.pk: each.next_contact for each in found}
    derive_again(found)
    moved = [each for each in found if each.next_contact != before[each.pk]]
    reminders.remind(moved)
    return len(moved)
