"""What the registry itself tells a family's timeline: births, deaths, and where the children came and went."""

from collections.abc import Iterator

from ceting.registry.families.models import Arrival, Departure, Stay
from ceting.registry.families.timeline import Asked, Happening, TimelineSource, contribute

TOLD_OTHERWISE = (Departure.POSYANDU, Departure.DIED)
"""Ends of a stay that the beginning of the next one, or her death, tells already."""


def _happenings(asked: Asked) -> Iterator[Happening]:
    names = asked.names
    for child in asked.children:
        if asked.before is None or child.birth_date < asked.before:
            yield Happening(child.birth_date, child.name, "Lahir", icon="sprout", tone="good")
        # By the day of her death, not by the end of a stay: she may have moved away before.
        if child.died_on is not None and _counts(asked, child.died_on):
            yield Happening(child.died_on, child.name, str(Departure.DIED.label), icon="place")
    for woman in asked.women:
        if woman.died_on is not None and _counts(asked, woman.died_on):
            yield Happening(woman.died_on, woman.name, str(Departure.DIED.label), icon="place")
    stays = Stay.objects.filter(child__in=asked.children).select_related("posyandu").order_by("-since")
    for stay in stays[: asked.limit]:
        if stay.arrival != Arrival.BORN and _counts(asked, stay.since):
            title = f"{Arrival(stay.arrival).label}: {stay.posyandu}"
            yield Happening(stay.since, names[stay.child_id], title, icon="place")
        if stay.until is not None and stay.departure not in TOLD_OTHERWISE and _counts(asked, stay.until):
            yield Happening(
                stay.until, names[stay.child_id], str(Departure(stay.departure).label), icon="place"
            )


def _counts(asked: Asked, day: object) -> bool:
    return asked.before is None or day < asked.before  # type: ignore[operator]


contribute(TimelineSource("lives", "children.read", _happenings))
