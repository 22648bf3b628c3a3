"""What benchmarks/pages.py times, in a process whose Django is set up."""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.growth import processor
from ceting.care.measurements.models import Measurement, Session
from ceting.care.pregnancies.models import Pregnancy
from ceting.config import wsgi
from ceting.foundation.core import clock
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child

BAR_MS, BAR_QUERIES = 100, 15
WARM_UP = 3


def measure() -> None:
    """Print p50, p95 and the most queries of each page. Word: requests."""
    requests, chance = int(sys.argv[1]), random.Random(20_261_125)
    call_command("migrate", verbosity=0)
    wsgi.keep_code_out_of_collections()  # as the server does
    midwife = User.objects.get(username="bidan.satu")
    client = Client(HTTP_HOST="localhost")
    client.force_login(midwife)
    print(
        f"machine: {processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {connection.vendor}"
    )
    print(
        f"{Child.objects.under_five(clock.today()).count():,} children under five, {Measurement.objects.count():,}"
        f" weighings; bidan of one puskesmas of 24; {requests} requests a page"
    )
    print(f"bars: p95 <= {BAR_MS} ms, <= {BAR_QUERIES} queries\n")
    print(f"{'page':<46}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'queries':>9}")
    for name, address in _pages(midwife, chance).items():
        _time(name, address, client, requests)


def _pages(midwife: User, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Name -> an address, another one each time."""
    whole = Child.objects.visible_to(midwife).filter(birth_date__lte=clock.today() - timedelta(days=1700))
    history = list(whole.order_by("?")[:400])
    sessions = list(
        Session.objects.visible_to(midwife)
        .filter(held_on__gte=clock.today() - timedelta(days=40))
        .order_by("?")[:100]
    )
    one_child: dict[str, str] = {
        "child (KMS)": "measurements:child",
        "child's history, five years": "measurements:child-history",
        "where she lived": "families:lives",
        "child's form": "families:change",
        "child's health": "child_health:child",
    }
    pages: dict[str, Callable[[], str]] = {
        f"{title}": lambda name=name: reverse(name, args=[chance.choice(history).pk])  # type: ignore[misc]
        for title, name in one_child.items()
    }
    pages["family"] = lambda: reverse("families:household", args=[chance.choice(history).household_id])
    pages["family's timeline, five years"] = lambda: reverse(
        "families:timeline", args=[chance.choice(history).household_id]
    )
    pages["posyandu day, 60 children"] = lambda: reverse(
        "measurements:session", args=[chance.choice(sessions).pk]
    )
    pages["posyandu day, summary"] = lambda: reverse(
        "measurements:session-summary", args=[chance.choice(sessions).pk]
    )
    pregnant = list(Pregnancy.objects.visible_to(midwife).open().order_by("?")[:200])
    pages["pregnancy"] = lambda: reverse("pregnancies:pregnancy", args=[chance.choice(pregnant).pk])
    lists = {
        "pregnancies": "pregnancies:list",
        "due at each posyandu": "child_health:due",
        "home": "measurements:home",
        "children": "families:children",
        "needing attention": "measurements:attention",
        "not weighed": "measurements:attention-unseen",
        "houses": "measurements:houses",
        "plan": "measurements:plan",
        "messages to send": "messages:by-hand",
    }
    for title, name in lists.items():
        pages[title] = lambda name=name: reverse(name)  # type: ignore[misc]
    return pages


def _time(name: str, address: Callable[[], str], client: Client, requests: int) -> None:
    times, spent, queries = [], [], 0
    for number in range(requests + WARM_UP):
        url = address()
        cpu, begun = time.process_time(), time.perf_counter()
        answer = client.get(url)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
        if answer.status_code != 200:
            print(f"{name:<46}answered {answer.status_code}", flush=True)
            return
        if number >= WARM_UP:
            times.append(seconds * 1000)
            spent.append(cpu * 1000)
    for _ in range(5):
        with CaptureQueriesContext(connection) as captured:
            client.get(address())
        queries = max(queries, len(captured))
    p95 = statistics.quantiles(times, n=20)[-1]
    over = " over" if p95 > BAR_MS or queries > BAR_QUERIES else ""
    print(
        f"{name:<46}{statistics.median(times):>8.0f}{p95:>8.0f}{statistics.median(spent):>8.0f}{queries:>9}{over}",
        flush=True,
    )
