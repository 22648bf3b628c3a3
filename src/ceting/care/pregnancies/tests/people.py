"""Women of the pregnancy tests: Ibu Sari is known as Aisyah's mother, Yanti comes for the first time."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ceting.care.pregnancies import operations
from ceting.care.pregnancies.drafts import ContactDraft, PregnancyDraft
from ceting.care.pregnancies.models import Attendant, Contact, Place, Pregnancy
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.families.models import Caregiver
from tests.cast import Cast

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def yanti(cast: Cast, **more: Any) -> Caregiver:
    draft = WomanDraft("Yanti Marlina", birth_date=date(1995, 3, 1), rw="02", **more)
    return woman_operations.register_woman(draft, posyandu=cast.melati, by=cast.bidan_rina)


def pregnant(
    cast: Cast,
    *,
    weeks: int = 9,
    days: int = 0,
    woman: Caregiver | None = None,
    by: User | None = None,
    **more: Any,
) -> Pregnancy:
    """Yanti's pregnancy, so many weeks on today."""
    facts: dict[str, Any] = {
        "lmp": cast.today - weeks * WEEK - days * DAY,
        "gravida": 1,
        "para": 0,
        "abortions": 0,
        "height_cm": Decimal("156"),
        "pre_weight_kg": Decimal("50"),
    }
    return operations.register(
        PregnancyDraft(**(facts | more)),
        woman=woman or yanti(cast),
        posyandu=cast.melati,
        by=by or cast.bidan_rina,
    )


def contact(
    cast: Cast, pregnancy: Pregnancy, *, weeks: int | None = None, by: User | None = None, **values: Any
) -> Contact:
    """A contact by bidan Rina at so many weeks (today), at the puskesmas."""
    on = values.pop("on", None) or (cast.today if weeks is None else pregnancy.started_on + weeks * WEEK)
    told: dict[str, Any] = {"place": Place.PUSKESMAS.value, "attendant": Attendant.MIDWIFE.value}
    draft = ContactDraft(on=on, **(told | values))
    return operations.record_contact(pregnancy, draft, by=by or cast.bidan_rina)


def fresh(pregnancy: Pregnancy) -> Pregnancy:
    return Pregnancy.objects.select_related("woman", "puskesmas").get(pk=pregnancy.pk)
