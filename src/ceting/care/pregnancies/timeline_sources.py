"""What pregnancies tell a family's timeline. After a loss it says that the pregnancy ended, and no week of it."""

from collections.abc import Iterator

from django.urls import reverse

from ceting.care.pregnancies.contact_presenters import measured_parts
from ceting.care.pregnancies.models import Contact, EndKind, Outcome, PostnatalVisit
from ceting.care.pregnancies.words import contact_chips
from ceting.registry.accounts.access import readable
from ceting.registry.families.timeline import Asked, Happening, TimelineSource, contribute

READ = "pregnancies.read"


def _happenings(asked: Asked) -> Iterator[Happening]:
    if not asked.women:
        return
    yield from _contacts(asked)
    yield from _ends(asked)
    yield from _visits(asked)


def _contacts(asked: Asked) -> Iterator[Happening]:
    rows = Contact.objects.visible_to(asked.reader, may=READ).current()
    rows = rows.filter(pregnancy__woman__in=asked.women).select_related("pregnancy")
    if asked.before:
        rows = rows.filter(on__lt=asked.before)
    for row in rows.order_by("-on", "-id")[: asked.limit]:
        clinical = readable(asked.reader, row, "hb_g_dl")
        chips = list(contact_chips(row, clinical=clinical))
        yield Happening(
            row.on,
            asked.names[row.pregnancy.woman_id],
            f"Pemeriksaan kehamilan {row.slot}".strip(),
            ". ".join([" · ".join(measured_parts(row, clinical=clinical)), *(each.label for each in chips)]),
            icon="mother",
            tone=chips[0].tone if chips else "neutral",
            url=reverse("pregnancies:pregnancy", args=[row.pregnancy_id]),
        )


def _ends(asked: Asked) -> Iterator[Happening]:
    rows = Outcome.objects.visible_to(asked.reader, may=READ).standing()
    rows = (
        rows.filter(pregnancy__woman__in=asked.women)
        .exclude(kind=EndKind.MISTAKE)
        .select_related("pregnancy")
    )
    if asked.before:
        rows = rows.filter(ended_on__lt=asked.before)
    for row in rows.order_by("-ended_on")[: asked.limit]:
        clinical = readable(asked.reader, row.pregnancy, "risk_score")
        yield Happening(
            row.ended_on,
            asked.names[row.pregnancy.woman_id],
            row.get_kind_display() if clinical else "Kehamilan berakhir",
            icon="mother",
            url=reverse("pregnancies:pregnancy", args=[row.pregnancy_id]),
        )


def _visits(asked: Asked) -> Iterator[Happening]:
    rows = PostnatalVisit.objects.visible_to(asked.reader, may=READ).standing()
    rows = rows.filter(pregnancy__woman__in=asked.women).select_related("pregnancy")
    if asked.before:
        rows = rows.filter(on__lt=asked.before)
    for row in rows.order_by("-on", "-id")[: asked.limit]:
        yield Happening(
            row.on,
            asked.names[row.pregnancy.woman_id],
            f"Kunjungan nifas {row.slot}".strip(),
            f"Vitamin A {row.vitamin_a} kapsul" if row.vitamin_a else "",
            icon="mother",
            url=reverse("pregnancies:pregnancy", args=[row.pregnancy_id]),
        )


contribute(TimelineSource("pregnancies", READ, _happenings))
