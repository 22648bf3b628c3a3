"""The phases that benchmarks/eppgbm_import.py times, in a process whose Django is set up already."""

import cProfile
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from ceting.care.measurements.models import Measurement, Source
from ceting.foundation.core import clock
from ceting.gateways.interop.eppgbm import operations, work
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.gateways.interop.eppgbm.tests import exports
from tests import cast as casting


def measure() -> None:
    """Print seconds and rows a second of every phase. Words: children, months, file for a profile or ""."""
    children, months, profile = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    call_command("migrate", verbosity=0)
    cast = casting.gather()
    rows = children * months
    content = exports.as_html(exports.district(children, months, today=clock.today()))
    upload = SimpleUploadedFile("daftar-balita.xls", content)
    print(f"{rows:,} rows of {children:,} children, {len(content) / 1e6:.0f} MB of HTML named .xls")
    print(f"{_machine()}; {_database()}\n\nphase                 seconds   rows/s      CPU")
    phases: list[float] = []

    def phase(name: str, do: Callable[[], Any]) -> Any:
        start, spent = time.perf_counter(), time.process_time()
        done = do()
        seconds, spent = time.perf_counter() - start, time.process_time() - spent
        phases.append(seconds)
        print(f"{name:<20}{seconds:>9.1f}{rows / seconds:>9,.0f}{spent:>9.1f}", flush=True)
        return done

    dewi = cast.petugas_gizi_dewi
    profiler = _profiler() if profile else None
    file = phase("upload", lambda: operations.receive(upload, puskesmas=cast.andalas, posyandu=None, by=dewi))
    phase("read and preview", lambda: work.check(str(file.check_job_id), str(file.pk)))
    file.refresh_from_db()
    run = operations.start(file, by=dewi)
    phase("import", lambda: work.take_in(str(run.job_id), str(file.pk)))
    first = sum(phases)
    print(f"{'in all':<20}{first:>9.1f}{rows / first:>9,.0f}\n")
    upload.seek(0)
    again = phase(
        "upload again", lambda: operations.receive(upload, puskesmas=cast.andalas, posyandu=None, by=dewi)
    )
    phase("preview again", lambda: work.check(str(again.check_job_id), str(again.pk)))
    undoing = operations.undo(ImportFile.objects.with_state().get(pk=file.pk), reason="bench", by=dewi)
    phase("undo", lambda: work.take_back(str(undoing.job_id), str(file.pk)))
    if profiler:
        profiler.disable()
        profiler.dump_stats(profile)
    again.refresh_from_db()
    print(f"\nfirst time: {operations.counts(file)}\nsecond time: {again.totals}")
    print(f"memory at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if again.totals.get("known") != operations.counts(file).get("recorded"):
        raise SystemExit("a repeated import would change something")
    left = Measurement.objects.current().filter(source=Source.IMPORT).count()
    print(f"left of the import after its undoing: {left} measurements")
    if left:
        raise SystemExit("an import that nobody builds on isn't taken back whole")


def _profiler() -> Any:
    profiler = cProfile.Profile()
    profiler.enable()
    return profiler


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if "model name" in line] if info.exists() else []
    model = names[0].split(":")[1].strip() if names else platform.processor()
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _database() -> str:
    return connection.vendor
