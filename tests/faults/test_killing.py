"""kill -9 of everything, again and again, while a posyandu's day is typed: what was answered as saved is there, once.

Two installations by deploy/install, run by their own units' ExecStart. `CETING_SOAK=600` types for ten minutes.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import postgres
from tests.faults.installation import Installation, installed
from tests.faults.supervisor import Unit, kill, running
from tests.faults.typists import Typist
from tests.servers import free_port

pytestmark = [pytest.mark.fault, pytest.mark.slow]

SECONDS = float(os.environ.get("CETING_SOAK", "14"))
TYPISTS = ("kader.wati", "bidan.rina", "gizi.dewi")
CHILDREN = 24
ALL_CHILDREN = (
    "import django; django.setup();"
    "from ceting.registry.families.models import Child;"
    "print(*Child.objects.filter(posyandu__name='Melati').order_by('pk').values_list('pk', flat=True))"
)
STANDING = """
import django; django.setup()
import json
from collections import Counter
from ceting.care.measurements import operations
from ceting.care.measurements.models import Measurement
from ceting.foundation.audit import operations as audit
from ceting.foundation.audit.models import AuditEntry
from ceting.config import housekeeping

rows = Measurement.objects.filter(session="{session}")
current = rows.current()
noted = Counter(key for entry in AuditEntry.objects.filter(action="measurement.record") for key in entry.subject_ids)
children = set(rows.values_list("child_id", flat=True))
housekeeping.seal_audit()
print(json.dumps({{
    "standing": [[str(row.child_id), str(row.weight_kg.normalize())] for row in current],
    "written": [[str(row.child_id), str(row.weight_kg.normalize())] for row in rows],
    "noted": [noted[str(row.pk)] for row in rows],
    "notes": sum(noted.values()),
    "derived_anew": operations.reassess(children, since=None, by=None, cause="test"),
    "sealed": audit.verify(),
}}))
"""


@contextmanager
def no_server() -> Iterator[tuple[list[str], Callable[[], list[int]], Callable[[], None]]]:
    """SQLite: no process of its own."""
    yield [], list, lambda: None


@contextmanager
def postgres_server() -> Iterator[tuple[list[str], Callable[[], list[int]], Callable[[], None]]]:
    """Options for the installer, the processes that may be killed, and what brings the server back."""
    try:
        postgres.binaries()
    except postgres.NoPostgresError as error:
        pytest.skip(str(error))
    with postgres.cluster(postgres.AS_IN_A_CITY) as url:
        pid_file = postgres.folder_of(url) / "data" / "postmaster.pid"

        def processes() -> list[int]:
            try:
                postmaster = int(pid_file.read_text(encoding="ascii").split()[0])
                children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text(encoding="ascii")
            except (OSError, ValueError):
                return []
            return [postmaster, *map(int, children.split())]

        def bring_back() -> None:
            """As its unit would: the rest of a dead server's processes goes too."""
            deadline = time.monotonic() + 30
            while True:
                try:
                    postgres.start_again(url, postgres.AS_IN_A_CITY)
                except postgres.NoPostgresError:
                    assert time.monotonic() < deadline, "PostgreSQL doesn't start again"
                    time.sleep(0.2)
                else:
                    return

        yield ["--database-url", url], processes, bring_back


@pytest.mark.parametrize("server", [no_server, postgres_server], ids=["sqlite", "postgresql"])
def test_what_was_answered_as_saved_is_there_once_whatever_is_killed(
    server: Callable[[], Iterator[tuple[list[str], Callable[[], list[int]], Callable[[], None]]]],
    tmp_path: Path,
) -> None:
    chance = random.Random(os.environ.get("CETING_SEED", "2019"))
    with (
        server() as (options, servers, bring_back),
        installed(tmp_path / "root", free_port(), *options) as here,
    ):
        session = here.move_in(children=CHILDREN)
        web, work = (
            Unit(here.unit(f"ceting-{name}.service"), tmp_path / f"{name}.log") for name in ("web", "work")
        )
        children = here.ask(ALL_CHILDREN).split()
        with running(web, work):
            typists = _sit_down(here, session, children)
            killed = _kill_for(SECONDS, chance, {"web": web.processes, "work": work.processes, "database": servers},
                               bring_back)  # fmt: skip
            for typist in typists:
                typist.join()
        logs = (tmp_path / "web.log").read_text(encoding="utf-8")[-3000:]
        assert not [typist.trouble for typist in typists if typist.trouble], f"{typists[0].trouble} {logs}"
        assert killed["web"] >= 3
        assert killed["work"] >= 2
        assert killed["postmaster"] >= (1 if options else 0)
        assert sum(typist.browser.unanswered for typist in typists), (
            "nobody noticed anything: nothing was tested"
        )
        _nothing_lost_nothing_doubled(here, session, typists)
        saved = sum(len(weights) for typist in typists for weights in typist.typed.values())
        print(f"\nkilled {dict(killed)}, {saved} rows answered as saved, web started {web.starts} times")


def _sit_down(here: Installation, session: str, children: list[str]) -> list[Typist]:
    until = time.monotonic() + SECONDS
    typists = [
        Typist(here.port, name, session, children[place :: len(TYPISTS)], until)
        for place, name in enumerate(TYPISTS)
    ]
    for typist in typists:
        typist.start()
    return typists


def _kill_for(
    seconds: float,
    chance: random.Random,
    targets: dict[str, Callable[[], list[int]]],
    bring_back: Callable[[], None],
) -> "Counter[str]":
    """kill -9 of one process after the other at any instant; a database's first process takes the others along."""
    killed: Counter[str] = Counter()
    until = time.monotonic() + seconds
    next_ones: list[str] = []
    while time.monotonic() < until:
        time.sleep(chance.uniform(0.2, 1.4))
        if not next_ones:
            next_ones = chance.sample(["web", "web", "work", "database"], 4)
        name = next_ones.pop()
        found = targets[name]()
        if not found:
            continue
        if name == "database" and not killed["postmaster"] + chance.randrange(2):
            for pid in found:
                kill(pid)
            killed["postmaster"] += 1
            time.sleep(chance.uniform(0, 0.5))
            bring_back()
        else:
            killed[name] += kill(
                chance.choice(found[1:] or found) if name == "database" else chance.choice(found)
            )
    return killed


def _nothing_lost_nothing_doubled(here: Installation, session: str, typists: list[Typist]) -> None:
    told = json.loads(here.ask(STANDING.format(session=session)).splitlines()[-1])
    answered = {child: weights for typist in typists for child, weights in typist.typed.items()}
    last = sorted([child, _number(weights[-1])] for child, weights in answered.items())
    assert sorted(told["standing"]) == last, "another value stands than the last one that was answered"
    every = sorted([child, _number(weight)] for child, weights in answered.items() for weight in weights)
    assert sorted(told["written"]) == every, "a row was lost, or written twice"
    assert set(told["noted"]) == {1}, "a row without its audit entry, or with two"
    assert told["notes"] == len(every), "an audit entry without its row"
    assert told["derived_anew"] == 0, "what was derived isn't what follows from the rows"
    assert told["sealed"] > len(every)


def _number(text: str) -> str:
    return text.rstrip("0").rstrip(".")
