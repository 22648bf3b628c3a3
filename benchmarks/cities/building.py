"""Builds a city: the places first, then posyandu by posyandu, in as many processes as there are cores."""

import gc
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.db import connection, connections, transaction

from benchmarks.cities import families, places, pregnancies, weighing
from benchmarks.cities.copying import without_indexes
from benchmarks.cities.plan import CityPlan

AT_ONCE = 12
"""Posyandu whose rows are derived together: some forty thousand rows, which fill the kernel's columns."""


def build(plan: CityPlan, *, processes: int = 0) -> None:
    """Fill an empty, migrated database. `processes=0`: in this one, in the caller's transaction."""
    places.found(plan)
    if not processes or connection.vendor == "sqlite":
        families.save_word_keys()
        for numbers in _parts(plan):
            fill(plan, numbers)
        return
    with without_indexes():
        families.save_word_keys()
        connections.close_all()
        with ProcessPoolExecutor(processes, mp_context=get_context("fork"), initializer=_begin) as pool:
            for done in pool.map(_fill_alone, [(plan, numbers) for numbers in _parts(plan)]):
                print(f"\rposyandu {done + 1} of {plan.posyandu}", end="", flush=True)
    print()


def _parts(plan: CityPlan) -> list[list[int]]:
    numbers = list(range(plan.posyandu))
    return [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]


def _begin() -> None:
    """No row of a city points back at itself: nothing is to be collected, and looking for it costs a tenth."""
    gc.disable()
    os.nice(0)


def _fill_alone(part: tuple[CityPlan, list[int]]) -> int:
    plan, numbers = part
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        # Every key was just made beside the row that it points at (tests/test_city.py asks the database itself).
        cursor.execute("SET LOCAL session_replication_role = replica")
        fill(plan, numbers)
    return numbers[-1]


def fill(plan: CityPlan, numbers: Sequence[int]) -> None:
    """These posyandu, whole."""
    posts = places.posts_of(list(numbers))
    weighed = []
    for post in posts:
        home = families.settle(plan, post)
        families.save(home)
        weighed.append(weighing.weigh(plan, post, home))
    weighing.derive(weighed)
    for each in weighed:
        weighing.save(plan, each)
        pregnancies.save(plan, each.post, each.families)
