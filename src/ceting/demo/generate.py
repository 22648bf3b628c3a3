"""Make a puskesmas that looks like life, through the same verbs that people use."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from ceting.care.measurements import operations as measuring
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Session, Source
from ceting.demo import people, pregnancies
from ceting.demo.calendar import mornings
from ceting.demo.child_care import care_for
from ceting.demo.lives import Life, heaped, weighings
from ceting.demo.plan import DemoPlan
from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import User
from ceting.registry.families import operations as families
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.models import Child
from ceting.registry.families.operations import Registration
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, AreaLevel, Posyandu, Puskesmas

PASSWORD = "ayo-ceting-demo"  # noqa: S105  printed on the screen; the demo holds no real person
DISTRICT = "13.71.02"
"""Kecamatan Padang Timur. That Andalas answers for all ten of its kelurahan is an example, not confirmed."""
NINE = time(9, 30)
PREGNANT_SHARE = 0.2
"""Pregnancies for each family with a child, those that ended of late included."""
TWINS, SIBLINGS, PAPERLESS = 0.012, 0.16, 0.8


class NotADemoError(RuntimeError):
    """Somebody asked for invented people in a database that isn't the demo's."""


@dataclass(frozen=True)
class Login:
    """A way into the demo."""

    username: str
    name: str
    place: str


STAFF = (
    ("rina", "Bidan Rina", "bidan"),
    ("dewi", "Dewi (petugas gizi)", "petugas_gizi"),
    ("hasan", "dr. Hasan", "dokter"),
    ("kepala", "Kepala Puskesmas Andalas", "kepala"),
    ("mira", "dr. Mira SpOG", "spesialis"),
    ("dinas", "Dinas Kesehatan Kota Padang", "dinas"),
)
SHOWN_LOGINS = (
    Login("wati", "Kader Wati", "Posyandu Melati"),
    Login("tuti", "Kader Tuti", "Posyandu Kenanga"),
    Login("rina", "Bidan Rina", "Puskesmas Andalas"),
    Login("dewi", "Petugas gizi Dewi", "Puskesmas Andalas"),
)


def refuse_unless_demo() -> None:
    """Raise NotADemoError in an installation that isn't a demo, or whose people aren't the demo's."""
    if settings.MODE not in ("demo", "test"):
        raise NotADemoError("Basis data ini bukan basis data demo; isinya mungkin orang sungguhan.")


def is_ready() -> bool:
    """Whether the demo's people are here already."""
    return Puskesmas.objects.filter(name="Andalas").exists() and User.objects.filter(username="wati").exists()


@transaction.atomic
def generate(plan: DemoPlan, *, today: date | None = None) -> Puskesmas:
    """Make the whole demo in one transaction, or nothing. Harmless when it is there. Raises NotADemoError."""
    refuse_unless_demo()
    if is_ready():
        return Puskesmas.objects.get(name="Andalas")
    if User.objects.exists() or Child.objects.exists():
        raise NotADemoError("Basis data ini berisi orang yang bukan buatan demo.")
    source = random.Random(plan.seed)  # noqa: S311  invented people must be the same every time
    places.import_areas(by=None)
    puskesmas, posts = _places(plan)
    volunteers = _accounts(puskesmas, posts)
    on = today or puskesmas.today()
    for number, (post, volunteer) in enumerate(zip(posts, volunteers, strict=True)):
        share = plan.families // plan.posyandu + (number < plan.families % plan.posyandu)
        _fill(post, volunteer, share, plan, random.Random(source.random()), on)  # noqa: S311
    pregnancies.expect(
        posts,
        User.objects.get(username="rina"),
        round(plan.families * PREGNANT_SHARE),
        random.Random(source.random()),  # noqa: S311
        on,
    )
    # Wati and Tuti weigh today: whoever tries the demo has a morning to work on.
    for post, volunteer in list(zip(posts, volunteers, strict=True))[:2]:
        measuring.open_session(post, on, by=volunteer)
    return puskesmas


def _places(plan: DemoPlan) -> tuple[Puskesmas, list[Posyandu]]:
    villages = list(Area.objects.filter(parent__code=DISTRICT, level=AreaLevel.VILLAGE))
    district = Area.objects.get(code=DISTRICT)
    puskesmas = places.open_puskesmas(
        "Andalas", district=district, villages=villages, confirmed=False, by=None
    )
    # Wati's Melati and Tuti's Kenanga stand in the village of Andalas, side by side: the sharpest test of access.
    andalas = next(village for village in villages if village.name == "Andalas")
    order = [andalas, andalas, *[village for village in villages if village != andalas]]
    posts = places.open_posyandu(
        [
            (people.POSTS[number], order[number % len(order)], f"{number % 9 + 1:02d}")
            for number in range(plan.posyandu)
        ],
        puskesmas=puskesmas,
        by=None,
    )
    return puskesmas, posts


def _accounts(puskesmas: Puskesmas, posts: list[Posyandu]) -> list[User]:
    for username, name, role in STAFF:
        reach = None if role in ("spesialis", "dinas") else puskesmas
        user = accounts.create_user(
            username=username, name=name, password=PASSWORD, puskesmas=reach, by=None, check=False
        )
        accounts.give_role(user, role, puskesmas=reach, by=None)
    volunteers = []
    for post, name in zip(posts, people.VOLUNTEERS, strict=False):
        user = accounts.create_user(
            username=name.lower(),
            name=f"Kader {name}",
            password=PASSWORD,
            puskesmas=puskesmas,
            by=None,
            check=False,
        )
        accounts.give_role(user, "kader", posyandu=post, by=None)
        volunteers.append(user)
    return volunteers


def _fill(
    post: Posyandu, volunteer: User, share: int, plan: DemoPlan, source: random.Random, today: date
) -> None:
    """The families of one posyandu, its mornings, and what was measured on them."""
    days = mornings(today, months=plan.months, day=source.randint(4, 24))
    sessions = {on: measuring.open_session(post, on, by=volunteer) for on in days}
    lives: list[Life] = []
    registrations: list[Registration] = []
    for _ in range(share):
        for draft, life in _family(post, source, today):
            registrations.append(Registration(draft, post))
            lives.append(life)
    children = families.register_many(registrations, by=volunteer)
    drafts = [
        draft
        for child, life in zip(children, lives, strict=True)
        for draft in _measurements(child, life, sessions, volunteer, source)
    ]
    measuring.record_many(drafts, by=volunteer)
    # A stream of its own, so that her care changes no weighing of the demo.
    own = random.Random(f"{plan.seed} {post.name}")  # noqa: S311
    midwife = User.objects.get(username="rina")
    care_for(children, days, own, midwife=midwife, volunteer=volunteer)
    for session in sessions.values():
        measuring.close_session(session, by=volunteer)


def _measurements(
    child: Child, life: Life, sessions: dict[date, Session], volunteer: User, source: random.Random
) -> Iterator[MeasurementDraft]:
    for weighing in weighings(life, list(sessions), source):
        yield MeasurementDraft(
            child=child,
            measured_on=weighing.on,
            weight_kg=weighing.weight_kg,
            lenhei_cm=weighing.lenhei_cm,
            position=weighing.position if weighing.lenhei_cm else "",
            head_cm=weighing.head_cm,
            muac_cm=weighing.muac_cm,
            oedema=weighing.oedema,
            source=Source.VOLUNTEER,
            session=sessions[weighing.on],
            measured_by=volunteer,
            written_at=datetime.combine(weighing.on, NINE, tzinfo=child.puskesmas.timezone),
        )


def _family(post: Posyandu, source: random.Random, today: date) -> Iterator[tuple[ChildDraft, Life]]:
    """A mother with one child, sometimes two, sometimes twins."""
    youngest = today - timedelta(days=source.randint(2, 1800))
    mother_born = youngest - timedelta(days=source.randint(19 * 365, 40 * 365))
    mother = CaregiverDraft(
        source.choice(people.MOTHERS),
        nik=people.nik(source, birth_date=mother_born, woman=True) if source.random() < 0.9 else "",
        phone=people.phone(source) if source.random() < 0.75 else "",
    )
    births = [youngest]
    if source.random() < TWINS:
        births.append(youngest)
    elif source.random() < SIBLINGS:
        elder = youngest - timedelta(days=source.randint(420, 1100))
        births += [elder] if (today - elder).days < 1810 else []
    shared = {
        "mother": mother,
        "kk": people.family_card(source, mother_born + timedelta(days=8000)),
        "rw": post.rw,
        "rt": f"{source.randint(1, 5):02d}",
        "address": f"{source.choice(people.STREETS)} No. {source.randint(1, 120)}",
    }
    for number, birth_date in enumerate(births):
        yield _child(source, birth_date, today, shared, twin=number if births.count(birth_date) > 1 else None)


def _child(
    source: random.Random, birth_date: date, today: date, shared: dict[str, object], *, twin: int | None
) -> tuple[ChildDraft, Life]:
    sex = source.choice((1, 2))
    life = Life.drawn(source, sex=sex, birth_date=birth_date, today=today)
    newborn = (today - birth_date).days < 90
    mother = shared["mother"]
    assert isinstance(mother, CaregiverDraft)
    if newborn and source.random() < 0.4:
        name = f"By. Ny. {mother.name.split()[0]}" + ("" if twin is None else (" I", " II")[twin])
    else:
        name = source.choice(people.BOYS if sex == 1 else people.GIRLS)
    paperless = newborn and source.random() < PAPERLESS
    weight = max(1.4, source.gauss(3.05, 0.42))
    draft = ChildDraft(
        name=name,
        sex=sex,
        birth_date=birth_date,
        nik="" if paperless else people.nik(source, birth_date=birth_date, woman=sex == 2),
        birth_weight_kg=heaped(weight, source, whole=0.12, half=0.1),
        birth_length_cm=heaped(life.length_cm(0), source, whole=0.4, half=0.2),
        has_kia_book=source.random() < 0.93,
        **shared,  # type: ignore[arg-type]
    )
    return draft, life
