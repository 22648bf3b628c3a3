"""What benchmarks/city.py times, in a process whose Django is set up."""

import os
import sys
import time
from datetime import date

from django.core.management import call_command
from django.db import connection

from benchmarks.cities.building import build
from benchmarks.cities.plan import CityPlan
from benchmarks.growth import processor
from ceting.care.measurements.models import Measurement
from ceting.care.pregnancies.models import Contact, Pregnancy
from ceting.foundation.core import clock
from ceting.registry.families.models import Caregiver, Child


def measure() -> None:
    """Make the city and print how long each part took. Words: children, pregnancies, months, processes."""
    children, pregnancies, months, processes = map(int, sys.argv[1:5])
    begun = time.perf_counter()
    call_command("migrate", verbosity=0)
    if Child.objects.exists():
        print("this folder holds a city already")
    else:
        plan = CityPlan(clock.today(), children, pregnancies, months)
        build(plan, processes=processes)
        _told("rows and indexes", begun)
        settle_in()
        _told("with VACUUM ANALYZE", begun)
    print(f"machine: {processor()}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f} over five minutes")
    today: date = clock.today()
    under_five = Child.objects.under_five(today).count()
    print(
        f"{under_five:,} children under five of {Child.objects.count():,}, {Caregiver.objects.count():,} caregivers"
    )
    print(f"{Measurement.objects.count():,} weighings; {Pregnancy.objects.count():,} pregnancies with "
          f"{Contact.objects.count():,} contacts; {_size()} on disk")  # fmt: skip


def settle_in() -> None:
    """What autovacuum does in a city's first night; before it, no index answers by itself."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _told(what: str, begun: float) -> None:
    print(f"{what}: {time.perf_counter() - begun:.0f} s (bar: 900 s)", flush=True)


def _size() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        return str(cursor.fetchone()[0])
