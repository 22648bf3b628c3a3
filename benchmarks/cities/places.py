"""The city's puskesmas and posyandu, by their verbs, and who works there."""

from dataclasses import dataclass
from uuid import UUID

from benchmarks.cities.plan import PUSKESMAS, CityPlan
from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import RoleAssignment, User
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, AreaLevel, Posyandu, Puskesmas

PASSWORD = "x"


@dataclass(frozen=True)
class Post:
    """A posyandu with its number in the city, its puskesmas and who weighs there."""

    number: int
    posyandu: Posyandu
    puskesmas: Puskesmas
    kader: UUID
    midwife: UUID


def found(plan: CityPlan) -> None:
    """24 puskesmas, their posyandu, a midwife for each, a kader for each posyandu, and one midwife who sees all."""
    places.import_areas(by=None)
    districts = list(Area.objects.filter(code__startswith="13.71", level=AreaLevel.DISTRICT))
    made: list[Puskesmas] = []
    for number in range(PUSKESMAS):
        district = districts[number % len(districts)]
        villages = list(Area.objects.filter(parent=district))
        mine = villages[number // len(districts) :: PUSKESMAS // len(districts) + 1] or villages[:1]
        puskesmas = places.open_puskesmas(
            f"Kota {number}", district=district, villages=mine, confirmed=True, by=None
        )
        made.append(puskesmas)
        wanted = [
            (f"Kota {post:04}", mine[post // PUSKESMAS % len(mine)], f"{post % 12 + 1:02}")
            for post in range(number, plan.posyandu, PUSKESMAS)
        ]
        if wanted:
            _staff(places.open_posyandu(wanted, puskesmas=puskesmas, by=None), puskesmas, number)
    everywhere = _midwife("bidan.kota", made[0])
    for puskesmas in made[1:]:
        accounts.give_role(everywhere, "bidan", puskesmas=puskesmas, by=None)


def _midwife(username: str, puskesmas: Puskesmas) -> User:
    user = accounts.create_user(
        username=username, name=username, password=PASSWORD, puskesmas=puskesmas, by=None, check=False
    )
    accounts.give_role(user, "bidan", puskesmas=puskesmas, by=None)
    return user


def _staff(posts: list[Posyandu], puskesmas: Puskesmas, number: int) -> None:
    """Kaders in bulk: nobody signs in as one, and a password costs a tenth of a second."""
    _midwife("bidan.satu" if number == 0 else f"bidan.{number}", puskesmas)
    kaders = [
        User(username=f"kader.{post.name[5:]}", name=f"Kader {post.name}", password="!", puskesmas=puskesmas)
        for post in posts
    ]
    User.objects.bulk_create(kaders, batch_size=500)
    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(user=user, role="kader", posyandu=post)
            for user, post in zip(kaders, posts, strict=True)
        ],
        batch_size=500,
    )


def posts_of(numbers: list[int]) -> list[Post]:
    """These posyandu, with whoever works there."""
    names = {f"Kota {number:04}": number for number in numbers}
    rows = Posyandu.objects.filter(name__in=names).select_related("puskesmas")
    kaders = dict(
        RoleAssignment.objects.filter(posyandu__name__in=names).values_list("posyandu__name", "user_id")
    )
    midwives = dict(
        RoleAssignment.objects.filter(role="bidan")
        .exclude(user__username="bidan.kota")
        .values_list("puskesmas_id", "user_id")
    )
    found = [
        Post(names[row.name], row, row.puskesmas, kaders[row.name], midwives[row.puskesmas_id])
        for row in rows
    ]
    return sorted(found, key=lambda post: post.number)
