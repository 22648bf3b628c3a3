"""kill -9 of `ceting work`, again and again, while it checks a file and takes it in: every row is taken once.

A killed job goes on by each of the ways that the house has: the queue hands it out again when nobody answered for it,
or a person sees that it doesn't move and presses "Lanjutkan". `CETING_SEED` chooses other instants.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from ceting.foundation.core import clock
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.pregnant_women.tests import lists
from tests.faults.supervisor import MARK, kill, marked
from tests.houses import ROOT, House

pytestmark = [pytest.mark.fault, pytest.mark.slow]

KILLS = 3
PATIENCE = 180
"""Seconds until everything must be over, on a machine that others use too."""
BAD = 7
"""Rows of each file that nobody can take."""
LEASE_OVER = "UPDATE django_q_ormq SET lock = '2020-01-01 00:00:00'"
"""The queue hands out again what nobody answered for, after an hour: the hour is over."""
PRELUDE = """
import django; django.setup()
import json
from datetime import timedelta
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from ceting.care.measurements.models import Measurement
from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core import clock
from ceting.gateways.interop import running, settling
from ceting.gateways.interop.{name}.kind import KIND
from ceting.registry.accounts.models import User
rina = User.objects.get(username="bidan.rina")
files = KIND.files.objects.with_state()
"""
UPLOAD = """
path = Path("{path}")
upload = SimpleUploadedFile(path.name, path.read_bytes())
settling.receive(KIND, upload, puskesmas=rina.puskesmas, posyandu=None, by=rina)
"""
START = "running.start(KIND, files.get(), by=rina)"
GO_ON = """
file = files.get()
KIND.files.objects.update(moved_at=clock.now() - timedelta(minutes=4))
if file.state in ("checking", "running"):
    running.go_on(KIND, file, by=rina)
"""
TOLD = """
file = files.get()
verdicts = list(file.outcomes.values_list(KIND.verdict, flat=True))
mine = file.outcomes.exclude(**{{KIND.person: None}})
people = set(mine.values_list(KIND.person, flat=True))
noted = [key for each in AuditEntry.objects.filter(action="{noted}") for key in each.subject_ids]
print(json.dumps({{
    "state": file.state,
    "rows": file.rows.count(),
    "lines": len(set(file.rows.values_list("line", flat=True))),
    "verdicts": {{each: verdicts.count(each) for each in set(verdicts)}},
    "people": len(people),
    "brought": mine.filter(**{{f"new_{{KIND.person}}": True}}).count(),
    "problems": file.problems.filter(refused=True).count(),
    "written": {written},
    "noted": [len(noted), len(set(noted))],
    "upload": file.stored_as.name,
}}))
"""


@dataclass(frozen=True)
class Case:
    """One kind of import with a file of it, and what must stand afterwards."""

    name: str
    kept: str
    """The table that grows while its file is read."""
    outcomes: str
    """The table that grows with each chunk that is taken in."""
    verdict: str
    """What becomes of its good rows."""
    people: int
    rows: int
    """Good ones."""
    content: Callable[[date], bytes]
    written: str
    """[what its good rows wrote, how many of that are different], asked in the house."""
    noted: str
    """The action of the trail that names each of these once."""


def _children(today: date) -> bytes:
    bad = [exports.row(Nama=f"ANAK {number}", JK="X") for number in range(BAD)]
    return exports.as_csv([*exports.district(700, 6, today=today), *bad])


def _women(today: date) -> bytes:
    """Nobody can be mistaken for another: each has a birth date of her own."""
    women = [
        lists.woman(
            number % 80,
            today=today,
            Nama_Ibu=f"{'ABCDEFGHIJ'[number % 10]}YU {'KLMNOPQRST'[number // 10 % 10]}ARI {number // 100}",
            Tgl_Lahir=(date(1984, 1, 1) + timedelta(days=11 * number)).isoformat(),
            No_HP=f"0813{10000000 + 7919 * number}",
        )
        for number in range(500)
    ]
    bad = [lists.woman(number, today=today, HPHT="", Nama_Ibu=f"TANPA {number}") for number in range(BAD)]
    return lists.as_csv([*women, *bad])


CHILDREN = Case(
    name="eppgbm",
    kept="eppgbm_importrow",
    outcomes="eppgbm_importoutcome",
    verdict="recorded",
    people=700,
    rows=4200,
    content=_children,
    written="(lambda them: [len(them), len(set(them))])"
    '(list(Measurement.objects.filter(source="import").values_list("child", "measured_on")))',
    noted="measurement.record",
)
WOMEN = Case(
    name="pregnant_women",
    kept="pregnant_women_womenrow",
    outcomes="pregnant_women_womenoutcome",
    verdict="registered",
    people=500,
    rows=500,
    content=_women,
    written="(lambda them: [len(them), len(set(them))])"
    '(list(Pregnancy.objects.values_list("woman__name", "woman__birth_date")))',
    noted="pregnancy.register",
)


@pytest.mark.parametrize("case", [CHILDREN, WOMEN], ids=lambda case: case.name)
def test_a_killed_import_takes_every_row_once(case: Case, house: House, tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes(case.content(clock.now().date()))
    _ask(house, case, UPLOAD.format(path=path))
    chance = random.Random(os.environ.get("CETING_SEED", "2019"))
    worker = Worker(house)
    try:
        _kill_until_over(house, case, worker, chance, kills=1, job="check", grows=case.kept)
        _ask(house, case, START)
        taken = _kill_until_over(house, case, worker, chance, kills=KILLS, job="import", grows=case.outcomes)
    finally:
        worker.kill()
    assert 0 < taken[0] < case.rows, "no kill came in the middle"
    told = json.loads(_ask(house, case, TOLD.format(noted=case.noted, written=case.written)))
    _nothing_lost_nothing_doubled(case, told)


class Worker:
    """`ceting work` of a house: started when it isn't there, killed with all its processes."""

    def __init__(self, house: House) -> None:
        self._mark = f"work-{uuid4()}"
        self._environment = {**house.environment, MARK: self._mark}
        self._process: subprocess.Popen[bytes] | None = None

    def work(self) -> None:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ceting.cli", "work"], cwd=ROOT, env=self._environment,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    def kill(self) -> None:
        """All at once, as when the power goes."""
        while found := marked(self._mark):
            for pid in found:
                kill(pid)
            if self._process is not None:
                self._process.wait()


def _kill_until_over(
    house: House, case: Case, worker: Worker, chance: random.Random, *, kills: int, job: str, grows: str
) -> list[int]:
    """Kill whenever something more was written, at any instant of what follows; then bring the job back.

    How many rows were written at each kill.
    """
    written, deadline = [0], time.monotonic() + PATIENCE
    connection = house.connect()

    def one(query: str) -> Any:
        return connection.execute(query).fetchone()[0]

    try:
        while (
            one(f"SELECT state FROM core_job WHERE kind LIKE '%.{job}' ORDER BY created_at DESC LIMIT 1")
            != "done"
        ):
            assert time.monotonic() < deadline, f"{job} isn't over after {len(written) - 1} kills"
            worker.work()
            time.sleep(0.05)
            if len(written) <= kills and one(f"SELECT count(*) FROM {grows}") > written[-1]:
                time.sleep(chance.uniform(0, 0.4))
                worker.kill()
                written.append(one(f"SELECT count(*) FROM {grows}"))
                if len(written) % 2 == 0:
                    connection.execute(LEASE_OVER)
                else:
                    _ask(house, case, GO_ON)
    finally:
        connection.close()
    assert len(written) == kills + 1, f"{job} was over too soon: nothing was tested"
    return written[1:]


def _ask(house: House, case: Case, code: str) -> str:
    """What a script prints in the house."""
    done = house.python("-c", PRELUDE.format(name=case.name) + code)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _nothing_lost_nothing_doubled(case: Case, told: Any) -> None:
    everything = case.rows + BAD
    assert told["state"] == "done"
    assert (told["rows"], told["lines"]) == (everything, everything), "a row was read twice, or not at all"
    assert told["verdicts"] == {case.verdict: case.rows, "refused": BAD}, "a row without its outcome"
    assert (told["people"], told["brought"]) == (case.people, case.people), "somebody came twice"
    assert told["written"] == [case.rows, case.rows], "something was written twice, or lost"
    noted, different = told["noted"]
    assert noted == different >= case.rows, "something without its audit entry, or with two"
    assert told["problems"] == BAD
    assert not told["upload"], "the upload, which isn't encrypted, still lies there"
