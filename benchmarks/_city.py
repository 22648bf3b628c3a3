"""A city of children in bulk, and what benchmarks/search.py times there, in a process whose Django is set up."""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from ceting.care.measurements.models import LatestGrowth, Measurement, Source
from ceting.config import wsgi
from ceting.foundation.core import clock
from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import User
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import Caregiver, Child, Household
from ceting.registry.families.search import find
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, AreaLevel, Puskesmas
from ceting.standards.identity import normalise_name

BAR_MS = 100
PUSKESMAS = 24
PER_POSYANDU = 60
AT_ONCE = 5000
# Frequent names stand first: they are drawn more often, as in life.
SYLLABLES = [
    "ra", "fi", "ai", "syah", "na", "bil", "zah", "ya", "far", "han", "sal", "ma", "di", "an", "ni", "ka",
    "ri", "zky", "al", "da", "put", "wi", "ra", "ze", "in", "ha", "lif", "yu", "su", "ti",
]  # fmt: skip
FREQUENT = [
    "Muhammad", "Putri", "Aisyah", "Ahmad", "Siti", "Nur", "Zahra", "Rafi", "Abdul", "Dewi", "Sari",
    "Rahma", "Fitri", "Yulia", "Budi",
]  # fmt: skip


def measure() -> None:
    """Print p50 and p95 of the searches. Words: children, searches."""
    children, searches = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(20_261_124)
    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    wsgi.keep_code_out_of_collections()  # as the server does
    if not Child.objects.exists():
        fill(children, chance)
        with connection.cursor() as cursor:
            # What autovacuum does in a city's first night; before it, no index answers by itself.
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(
        f"{connection.vendor}: {Child.objects.count():,} children, made in {time.perf_counter() - start:.0f} s"
    )
    bidan = User.objects.get(username="bidan.satu")
    city = User.objects.get(username="bidan.kota")
    for who, user in (("one puskesmas", bidan), ("the whole city", city)):
        mine = list(
            Child.objects.visible_to(user, may="children.read")
            .select_related("mother")
            .order_by("?")[:searches]
        )
        kinds: dict[str, Callable[[Child], str]] = {
            "name": lambda child: child.name,
            "misspelt name": lambda child: _misspelt(child.name, chance),
            "first letters": lambda child: child.name[:3],
            "mother": lambda child: child.mother.name if child.mother else "",
            "one frequent word": lambda child: chance.choice(FREQUENT),
            "masked NIK and name": lambda child: f"1371************ {child.name}",
        }
        for kind, typed in kinds.items():
            _report(f"{who}, {kind}", [(typed(child), child) for child in mine], user)
    client = Client(HTTP_HOST="localhost")
    client.force_login(bidan)
    for name in ("families:children", "measurements:attention", "measurements:attention-unseen"):
        times = []
        for _ in range(102):
            begun = time.perf_counter()
            assert client.get(reverse(name)).status_code == 200
            times.append((time.perf_counter() - begun) * 1000)
        _line(f"page {name}", times[2:])


def _report(name: str, asked: list[tuple[str, Child]], user: User) -> None:
    times, hits = [], 0
    for typed, child in asked:
        begun = time.perf_counter()
        found = find(typed, user=user, limit=50)
        times.append((time.perf_counter() - begun) * 1000)
        hits += child in found
    _line(f"{name} ({hits * 100 // len(asked)}% hold the child meant)", times)


def _line(name: str, times: list[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name}: p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms (bar: p95 <= {BAR_MS})", flush=True
    )


def _misspelt(name: str, chance: random.Random) -> str:
    """One letter of the longest word wrong."""
    word = max(name.split(), key=len)
    place = chance.randrange(len(word))
    return name.replace(word, word[:place] + chance.choice("abdeiklmnrstu") + word[place + 1 :])


def fill(children: int, chance: random.Random) -> None:
    places.import_areas(by=None)
    districts = list(Area.objects.filter(code__startswith="13.71", level=AreaLevel.DISTRICT))
    made: list[Puskesmas] = []
    names = [_invented(chance) for _ in range(12_000)]
    posts = []
    for number in range(PUSKESMAS):
        district = districts[number % len(districts)]
        villages = list(Area.objects.filter(parent=district))
        mine = villages[number // len(districts) :: PUSKESMAS // len(districts) + 1] or villages[:1]
        puskesmas = places.open_puskesmas(
            f"Kota {number}", district=district, villages=mine, confirmed=True, by=None
        )
        made.append(puskesmas)
        wanted = [
            (f"Bench {number}-{post}", mine[0], "01") for post in range(children // PUSKESMAS // PER_POSYANDU)
        ]
        posts += places.open_posyandu(wanted, puskesmas=puskesmas, by=None)
    for username, where in (("bidan.satu", made[:1]), ("bidan.kota", made)):
        user = accounts.create_user(
            username=username, name=username, password="x", puskesmas=made[0], by=None, check=False
        )
        for puskesmas in where:
            accounts.give_role(user, "bidan", puskesmas=puskesmas, posyandu=None, by=None)
    for start in range(0, children, AT_ONCE):
        homes, mothers, born = [], [], []
        for number in range(start, min(start + AT_ONCE, children)):
            post = posts[number % len(posts)]
            home = Household(puskesmas_id=post.puskesmas_id, village_id=post.village_id, rw="01", rt="02")
            mother_name, name = _name(names, chance), _name(names, chance)
            mother = Caregiver(
                puskesmas_id=post.puskesmas_id,
                household=home,
                relation="mother",
                name=mother_name,
                name_key=normalise_name(mother_name),
            )
            child = Child(
                puskesmas_id=post.puskesmas_id,
                posyandu=post,
                household=home,
                mother=mother,
                name=name,
                name_key=normalise_name(name),
                sex=1 + number % 2,
                birth_date=clock.today() - timedelta(days=chance.randint(5, 1800)),
            )
            homes.append(home)
            mothers.append(mother)
            born.append(child)
        Household.objects.bulk_create(homes, batch_size=500)
        Caregiver.objects.bulk_create(mothers, batch_size=500)
        Child.objects.bulk_create(born, batch_size=500)
        index_names([child.pk for child in born])
        _weigh(born, chance)


def _weigh(born: list[Child], chance: random.Random) -> None:
    """One weighing for most, with an attention such as life gives it: lists read nothing else of a child's history."""
    today = clock.today()
    rows, latest = [], []
    for child in born:
        if chance.random() < 0.1:
            continue
        day = max(today - timedelta(days=chance.randint(0, 130)), child.birth_date)
        row = Measurement(
            puskesmas_id=child.puskesmas_id,
            child=child,
            origin=child,
            measured_on=day,
            weight_kg=Decimal("9.4"),
            source=Source.VOLUNTEER,
            age_days=(day - child.birth_date).days,
        )
        rows.append(row)
        need = chance.choices((0, 1, 2, 3, 4), (60, 15, 18, 6, 1))[0]
        latest.append(
            LatestGrowth(
                child=child,
                puskesmas_id=child.puskesmas_id,
                birth_date=child.birth_date,
                measurement=row,
                measured_on=day,
                weight_kg=row.weight_kg,
                weighed_on=day,
                attention=need,
                reasons="two_t" if need else "",
            )
        )
    Measurement.objects.bulk_create(rows, batch_size=500)
    LatestGrowth.objects.bulk_create(latest, batch_size=500)


def _invented(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 3))).capitalize()


def _name(names: list[str], chance: random.Random) -> str:
    words = [
        chance.choice(FREQUENT) if chance.random() < 0.4 else names[int(chance.random() ** 2 * len(names))]
        for _ in range(chance.choice((2, 2, 3)))
    ]
    return " ".join(words)
