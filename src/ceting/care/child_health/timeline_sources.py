"""What the care of children tells a family's timeline."""

from collections.abc import Iterator

from django.urls import reverse

from ceting.care.child_health.care_words import ICONS, title_and_text
from ceting.care.child_health.models import Entry, Kind
from ceting.registry.families.timeline import Asked, Happening, TimelineSource, contribute


def _happenings(asked: Asked) -> Iterator[Happening]:
    rows = Entry.objects.filter(child__in=asked.children).current().with_details()
    if asked.before:
        rows = rows.filter(happened_on__lt=asked.before)
    names = {child.pk: child for child in asked.children}
    for row in rows.order_by("-happened_on", "-id")[: asked.limit]:
        row.child = names[row.child_id]
        title, text = title_and_text(row)
        url = reverse("child_health:child", args=[row.child_id])
        yield Happening(row.happened_on, row.child.name, title, text, icon=ICONS[Kind(row.kind)], url=url)


contribute(TimelineSource("child_health", "child_health.read", _happenings))
