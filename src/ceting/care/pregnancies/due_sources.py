"""Who is due for an antenatal contact or a visit after birth, in the list of a posyandu's month."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse

from ceting.care.pregnancies import lists
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.words import woman_name
from ceting.foundation.ui.wording import place_words
from ceting.registry.accounts.models import User
from ceting.registry.families.due_list import DueGroup, DueLine, DueSource, Month, contribute
from ceting.registry.places.models import Posyandu
from ceting.standards.numbers import format_date
from ceting.standards.pregnancy import postnatal

READ = "pregnancies.read"


def _groups(posyandu: Posyandu, month: Month, user: User) -> Sequence[DueGroup]:
    going_on = lists.going_on(user).filter(posyandu=posyandu).with_woman()
    due = going_on.filter(next_from__lte=month.last).exclude(next_contact="").order_by("next_until", "id")
    after = lists.afterwards(user, month.today).filter(posyandu=posyandu).with_woman()
    return [
        DueGroup(
            "contacts",
            "Pemeriksaan kehamilan",
            "Ibu hamil yang waktunya diperiksa bulan ini.",
            tuple(_contact(each, month) for each in due),
        ),
        DueGroup(
            "postnatal",
            "Kunjungan nifas",
            "Ibu dalam enam minggu sesudah kehamilannya berakhir. Tanyakan kabarnya.",
            tuple(_visit(each) for each in after),
        ),
    ]


def _contact(pregnancy: Pregnancy, month: Month) -> DueLine:
    start, until = pregnancy.next_from, pregnancy.next_until
    late = until is not None and until < month.today
    item = f"{pregnancy.next_contact}, sampai {format_date(until)}" if until else pregnancy.next_contact
    return _line(pregnancy, (item,), (item,) if late else (), start)


def _visit(pregnancy: Pregnancy) -> DueLine:
    ended = pregnancy.ended_on
    until = f"sampai {format_date(ended + timedelta(days=postnatal.last_day()))}" if ended else ""
    return _line(pregnancy, (f"Kunjungan nifas {until}".strip(),), (), ended)


def _line(pregnancy: Pregnancy, items: tuple[str, ...], late: tuple[str, ...], day: date | None) -> DueLine:
    home = pregnancy.woman.household
    return DueLine(
        subject_type="pregnancy",
        subject=pregnancy.pk,
        name=woman_name(pregnancy),
        beside="",
        place=place_words("", home.rw, home.rt),
        url=reverse("pregnancies:pregnancy", args=[pregnancy.pk]),
        items=items,
        late=late,
        day=day,
    )


contribute(DueSource("pregnancies", 10, READ, _groups))
