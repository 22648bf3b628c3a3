"""What measurements tell a family's timeline."""

from collections.abc import Iterator

from django.urls import reverse

from ceting.care.measurements.child_presenters import measured_words
from ceting.care.measurements.measurement_words import chips
from ceting.care.measurements.models import Measurement
from ceting.registry.families.timeline import Asked, Happening, TimelineSource, contribute


def _happenings(asked: Asked) -> Iterator[Happening]:
    rows = Measurement.objects.current().filter(child__in=asked.children)
    if asked.before:
        rows = rows.filter(measured_on__lt=asked.before)
    names = asked.names
    for row in rows.order_by("-measured_on", "-id")[: asked.limit]:
        found = list(chips(row))
        yield Happening(
            row.measured_on,
            names[row.child_id],
            "Ditimbang atau diukur",
            ". ".join([measured_words(row), *(each.label for each in found)]),
            icon="scale",
            tone=found[0].tone if found else "neutral",
            url=reverse("measurements:child", args=[row.child_id]),
        )


contribute(TimelineSource("measurements", "children.read", _happenings))
