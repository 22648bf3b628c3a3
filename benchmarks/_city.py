"""What benchmarks/search.py times in a city, in a process whose Django is set up."""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks._city_making import settle_in
from benchmarks.cities.building import build
from benchmarks.cities.names import FREQUENT
from benchmarks.cities.plan import CityPlan
from ceting.config import wsgi
from ceting.foundation.core import clock
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.families.search import find

BAR_MS = 100
MONTHS = 5
"""Of history, in a city that is made for this alone: searches and lists read nothing else of it."""


def measure() -> None:
    """Print p50 and p95 of the searches. Words: children, searches."""
    children, searches = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(20_261_124)
    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    wsgi.keep_code_out_of_collections()  # as the server does
    if not Child.objects.exists():
        build(CityPlan(clock.today(), children, pregnancies=0, months=MONTHS), processes=os.cpu_count() or 1)
        settle_in()
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
