"""What the list of children who need somebody asks the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery

from ceting.care.measurements.attention import unseen_since
from ceting.care.measurements.models import Attention, LatestGrowth, LatestGrowthQuerySet
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child
from ceting.registry.places.models import Posyandu

# Encrypted columns that no list shows: not read, not decrypted.
UNREAD = ("nik", "mother__nik", "mother__phone")


def needing_attention(user: User, today: date, posyandu: Posyandu | None) -> LatestGrowthQuerySet:
    """Her children under five with a reason, the most urgent first, then the longest unseen."""
    found = LatestGrowth.objects.visible_to(user, may="attention.read").here().under_five(today)
    found = found.needing_attention()
    return found.of_posyandu(posyandu) if posyandu else found


def by_level(found: LatestGrowthQuerySet) -> dict[Attention, int]:
    """How many children stand at each level, the most urgent first; levels without children are left out."""
    counts = found.order_by().values("attention").annotate(number=Count("pk")).order_by("-attention")
    return {Attention(row["attention"]): row["number"] for row in counts}


def with_children(found: LatestGrowthQuerySet) -> LatestGrowthQuerySet:
    """All that a line of the list shows, in the same query."""
    return found.select_related("child__mother", "child__posyandu").defer(
        *(f"child__{name}" for name in UNREAD)
    )


@dataclass(frozen=True)
class Unseen:
    """Children whom nobody weighed for long: `found` in their order, and how many, which is quicker to tell."""

    found: QuerySet[Child]
    number: int


def unseen(user: User, today: date, posyandu: Posyandu | None) -> Unseen:
    """Her children under five whom nobody trained weighed for two months or ever, the longest unseen first.

    A newborn is given her first two months. Everybody but the weighed is asked for, and counted as the difference:
    two index look-ups instead of a join over a whole puskesmas.
    """
    since = unseen_since(today)
    mine = (
        Child.objects.visible_to(user, may="attention.read")
        .here()
        .under_five(today)
        .filter(birth_date__lte=since)
    )
    weighed = (
        LatestGrowth.objects.visible_to(user, may="attention.read")
        .here()
        .under_five(today)
        .filter(birth_date__lte=since)
    )
    weighed = weighed.weighed_after(since)
    if posyandu:
        mine, weighed = mine.of_posyandu(posyandu), weighed.of_posyandu(posyandu)
    # Looked up child by child: by a join PostgreSQL reads the last weighing of everybody in the city.
    last = LatestGrowth.objects.filter(child=OuterRef("pk")).values("weighed_on")
    found = mine.exclude(pk__in=weighed.values("child_id")).order_by(
        Subquery(last).asc(nulls_first=True), "birth_date", "id"
    )
    # Somebody may be weighed between the two counts.
    return Unseen(found, max(0, mine.count() - weighed.count()))


def with_families(children: QuerySet[Child]) -> QuerySet[Child]:
    """All that a line of the list shows, in three queries: joined, they would be read for everybody who is sorted."""
    mothers = Prefetch("mother", Caregiver.objects.defer("nik", "phone"))
    return children.select_related("posyandu").prefetch_related(mothers, "latest_growth").defer("nik")


def chosen_posyandu(posts: list[Posyandu], asked: str) -> Posyandu | None:
    """The posyandu that somebody asked for, if it is one of hers."""
    try:
        key = UUID(asked)
    except ValueError:
        return None
    return next((post for post in posts if post.pk == key), None)


def chosen_level(asked: str) -> Attention | None:
    """The level that somebody asked for."""
    return next((level for level in Attention if level and str(level.value) == asked), None)
