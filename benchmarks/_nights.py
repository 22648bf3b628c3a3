"""What benchmarks/duplicates.py times, in a process whose Django is set up."""

import os
import random
import resource
import sys
import time

from django.core.management import call_command
from django.db import connection

from benchmarks.cities.building import build
from benchmarks.cities.plan import CityPlan
from ceting.foundation.core import clock
from ceting.foundation.core.keys import new_key
from ceting.registry.families.doubles import look_for_doubles
from ceting.registry.families.looking_again import look_again
from ceting.registry.families.models import Child, LikelyPair, Unlooked
from ceting.standards.identity import normalise_name

ONE_IN = 50


def measure() -> None:
    """Print the seconds of the first night and of a later one. Words: children, how many changed before it."""
    children, changed = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(20_261_125)
    call_command("migrate", verbosity=0)
    build(CityPlan(clock.today(), children, pregnancies=0, months=1), processes=os.cpu_count() or 1)
    look_again(Child.objects.all())
    _register_again(children // ONE_IN, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}: {Child.objects.count():,} children, {Unlooked.objects.count():,} to look at")
    _night("the first night")
    look_again(Child.objects.order_by("?")[:changed])
    _night(f"a night after {changed} changes")
    look_again(Child.objects.filter(puskesmas=Child.objects.first().puskesmas_id)[:1])  # type: ignore[union-attr]
    _night("a night after one change")


def _register_again(number: int, chance: random.Random) -> None:
    """The same mother and birth date, one letter more or less."""
    again = []
    for child in Child.objects.order_by("?")[:number]:
        place = chance.randrange(1, len(child.name))
        name = child.name[:place] + chance.choice("aehn") + child.name[place:]
        child.pk, child.name, child.name_key = new_key(), name, normalise_name(name)
        again.append(child)
    Child.objects.bulk_create(again, batch_size=500)
    look_again(again)


def _night(name: str) -> None:
    begun = time.perf_counter()
    looked = look_for_doubles()
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    pairs = LikelyPair.objects.count()
    print(
        f"{name}: {looked:,} looked at in {seconds:.1f} s, {pairs:,} pairs, {memory} MB at most", flush=True
    )
