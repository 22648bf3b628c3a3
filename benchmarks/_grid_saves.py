"""What benchmarks/grid.py times, in a process whose Django is set up already."""

import http.client
import os
import platform
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from ceting.care.measurements import operations
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Measurement, Session
from ceting.foundation.core import clock
from ceting.registry.accounts.models import User
from ceting.registry.families import operations as families
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.models import Child
from ceting.registry.places import operations as places
from ceting.registry.places.models import Posyandu
from ceting.standards.growth import value_at
from tests import cast as casting

MONTHS = 12
PER_POSYANDU = 60
WARM_UP = 10
BAR_MS = 50


def measure() -> None:
    """Print p50 and p95 of a saved row, in this process and through a server. Words: folder, children, saves."""
    kept, children, saves = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    _database(kept / "grid.sqlite3", children)
    rows = _rows_to_type(2 * (saves + WARM_UP))
    print(
        f"machine: {_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}; SQLite, WAL, FULL"
    )
    print(f"{Child.objects.count():,} children, {Measurement.objects.count():,} measurements")
    inside, outside = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    _report("in this process", _in_process(), inside)
    with _Server() as server:
        _report("through granian", server.save, outside)
        _report_page("the grid of 60 children", server)
    sys.exit(0)


# ---- Timing


def _report(
    name: str, save: Callable[[str, dict[str, str]], None], rows: list[tuple[str, dict[str, str]]]
) -> None:
    for url, typed in rows[:WARM_UP]:
        save(url, typed)
    others, began, spent = _foreign_seconds(), time.perf_counter(), time.process_time()
    times = []
    for url, typed in rows[WARM_UP:]:
        start = time.perf_counter()
        save(url, typed)
        times.append((time.perf_counter() - start) * 1000)
    busy = (_foreign_seconds() - others) / (time.perf_counter() - began)
    own = (time.process_time() - spent) * 1000 / len(times)
    print(
        f"{name}: {len(times)} saved rows, p50 {statistics.median(times):.0f} ms, p95 {_p95(times):.0f} ms"
        f" (bar: p95 <= {BAR_MS}), CPU of this process {own:.0f} ms a row;"
        f" all programs together kept {busy:.1f} cores busy"
    )


def _report_page(name: str, server: "_Server") -> None:
    session = Session.objects.filter(held_on=_today()).order_by("pk").first()
    assert session is not None
    times = []
    for _ in range(20):
        start = time.perf_counter()
        server.get(f"/staf/sesi/{session.pk}/")
        times.append((time.perf_counter() - start) * 1000)
    print(f"{name}, through granian: p50 {statistics.median(times):.0f} ms, p95 {_p95(times):.0f} ms")


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _foreign_seconds() -> float:
    """CPU seconds that all programs have used since the machine started."""
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    busy = sum(int(field) for field in fields) - int(fields[3]) - int(fields[4])
    return busy / os.sysconf("SC_CLK_TCK")


def _in_process() -> Callable[[str, dict[str, str]], None]:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="bidan.rina"))

    def save(url: str, typed: dict[str, str]) -> None:
        response = client.post(url, typed, headers={"HX-Request": "true"})
        assert response.headers["X-Row"] == "saved", (url, typed, response.headers["X-Row"])

    return save


class _Server:
    """A granian of its own on a free port, and one connection to it with a signed-in midwife's cookies."""

    def __enter__(self) -> "_Server":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [
            "--interface",
            "wsgi",
            "--port",
            str(self.port),
            "--workers",
            "1",
            "--blocking-threads",
            "1",
        ]
        granian = Path(sys.executable).with_name("granian")
        # The file that was written above is all that the server needs; this process lets go of it.
        connection.close()
        self.process = subprocess.Popen(
            [str(granian), *command, "ceting.config.wsgi:application"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username="bidan.rina"))
        self.cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        page = self._first_page()
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert found is not None
        self.token = found[1]
        return self

    def _first_page(self) -> str:
        for _ in range(100):
            try:
                return self.get("/staf/")
            except ConnectionRefusedError:
                self.connection.close()
                time.sleep(0.2)
        raise TimeoutError("granian didn't start")

    def get(self, url: str) -> str:
        self.connection.request("GET", url, headers={"Cookie": self._cookie()})
        response = self.connection.getresponse()
        body = response.read().decode()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        assert response.status == 200, (response.status, body[:300])
        return body

    def save(self, url: str, typed: dict[str, str]) -> None:
        headers = {
            "Cookie": self._cookie(),
            "HX-Request": "true",
            "X-CSRFToken": self.token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request("POST", url, urlencode(typed), headers)
        response = self.connection.getresponse()
        body = response.read().decode()
        assert response.headers["X-Row"] == "saved", (response.status, body[:1000])

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait(timeout=20)


# ---- The database


def _today() -> date:
    return clock.today()


def _database(kept: Path, children: int) -> None:
    """The kept database, made first when there is none, copied to where the settings look."""
    target = Path(str(settings.DATABASES["default"]["NAME"]))
    marker = kept.with_suffix(".made-on")
    if not kept.exists() or marker.read_text(encoding="ascii") != f"{_today()}":
        start = time.perf_counter()
        call_command("migrate", verbosity=0)
        _fill(children)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(target, kept)
        marker.write_text(f"{_today()}", encoding="ascii")
        print(f"database made in {time.perf_counter() - start:.0f} s")
    connection.close()
    for rest in target.parent.glob(f"{target.name}*"):
        rest.unlink()
    shutil.copy(kept, target)


def _fill(children: int) -> None:
    chance = random.Random(20_261_124)
    cast = casting.gather()
    village = cast.villages["Andalas"]
    posts = places.open_posyandu(
        [(f"Bench {number:03}", village, "01") for number in range(children // PER_POSYANDU)],
        puskesmas=cast.andalas,
        by=cast.bidan_rina,
    )
    for post in posts:
        _fill_posyandu(post, cast.bidan_rina, chance)
        operations.open_session(post, _today(), by=cast.bidan_rina)


def _fill_posyandu(post: Posyandu, by: User, chance: random.Random) -> None:
    registrations = []
    for number in range(PER_POSYANDU):
        birth_date = _today() - timedelta(days=chance.randint(40, 1750))
        draft = ChildDraft(
            name=f"Anak {post.name} {number}",
            sex=1 + number % 2,
            birth_date=birth_date,
            mother=CaregiverDraft(f"Ibu {number}"),
        )
        registrations.append(families.Registration(draft, post))
    born = families.register_many(registrations, by=by)
    sessions = [
        operations.open_session(post, _today() - timedelta(days=30 * back), by=by)
        for back in range(MONTHS, 0, -1)
    ]
    # Weight and length go together: else every tenth row would be a question.
    lines = ((z, z + chance.gauss(0, 0.5)) for z in (chance.gauss(-0.9, 0.8) for _ in born))
    standing = {child.pk: line for child, line in zip(born, lines, strict=True)}
    drafts = [
        _draft(child, session, standing[child.pk])
        for session in sessions
        for child in born
        if child.birth_date <= session.held_on
    ]
    operations.record_many(drafts, by=by)


def _draft(child: Child, session: Session, z: tuple[float, float]) -> MeasurementDraft:
    weight, length = _of_z(child, session.held_on, z)
    return MeasurementDraft(
        child=child,
        measured_on=session.held_on,
        weight_kg=weight,
        lenhei_cm=length,
        position=_position(child, session.held_on),
        session=session,
    )


def _of_z(child: Child, on: date, z: tuple[float, float]) -> tuple[Decimal, Decimal]:
    age_days = (on - child.birth_date).days
    weight = value_at("wfa", child.sex, age_days, z[0])
    length = value_at("lhfa", child.sex, age_days, z[1])
    return Decimal(f"{weight:.1f}"), Decimal(f"{length:.1f}")


def _position(child: Child, on: date) -> str:
    return "h" if (on - child.birth_date).days >= 731 else "l"


def _rows_to_type(number: int) -> list[tuple[str, dict[str, str]]]:
    """Today's rows: children who keep to their line, as most do."""
    rows = []
    waiting = Child.objects.filter(posyandu__name__startswith="Bench", latest_growth__isnull=False)
    today = {session.posyandu_id: session for session in Session.objects.filter(held_on=_today())}
    grown = waiting.select_related("latest_growth__measurement").order_by("posyandu_id", "pk")
    for child in grown[:number]:
        last = child.latest_growth.measurement
        assert last.zwei is not None
        assert last.zlen is not None
        weight, length = _of_z(child, _today(), (last.zwei, last.zlen))
        typed = {
            "weight_kg": str(weight).replace(".", ","),
            "lenhei_cm": str(length),
            "position": _position(child, _today()),
            "base": "",
        }
        rows.append((f"/staf/sesi/{today[child.posyandu_id].pk}/anak/{child.pk}/", typed))
    return rows


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
