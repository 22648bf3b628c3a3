"""kill -9 of two workers of messages, again and again: nothing leaves twice, nothing is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.houses import ROOT, House

pytestmark = [pytest.mark.fault]

SECONDS = float(os.environ.get("CETING_SOAK", "10"))
MESSAGES = 400
QUEUE = f"""
import django; django.setup()
from ceting.foundation.core.keys import new_key
from ceting.foundation.messaging import operations
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import Kind
who, where = new_key(), new_key()
operations.queue([
    MessageDraft(who, "Sari", "+62811", where, "case", "Ibu Sari, mari kontrol.", f"case:{{n}}", kind=Kind.STAFF)
    for n in range({MESSAGES})
], by=None)
"""
STATES = "SELECT id, state FROM messaging_outboxmessage"


def test_a_killed_worker_sends_nothing_twice_and_loses_nothing(house: House, tmp_path: Path) -> None:
    done = house.python("-c", QUEUE)
    assert done.returncode == 0, done.stderr
    letterbox, chance = tmp_path / "left", random.Random(os.environ.get("CETING_SEED", "2019"))
    killed = _work_and_kill(house, letterbox, chance)
    states = _states(house)
    left = Counter(line.split()[0] for line in _lines(letterbox))
    assert max(left.values()) == 1, "a message left twice"
    counts = Counter(states.values())
    assert sum(counts.values()) == MESSAGES
    assert set(counts) == {"accepted", "unknown"}, counts
    assert not {key for key, state in states.items() if state == "accepted"} - set(left)
    # A worker holds one message at a time, so each kill leaves at most one of which nobody knows.
    assert 1 <= counts["unknown"] <= killed, "no kill came at a moment that matters"


def _work_and_kill(house: House, letterbox: Path, chance: random.Random) -> int:
    """Two workers, killed and started again until everything left the queue; the number of kills.

    Every other kill comes at any instant; the first and each second one at the worst: the message is out of the house
    and the answer not yet written down.
    """
    killed, deadline = 0, time.monotonic() + SECONDS * 12
    workers: list[subprocess.Popen[str]] = []
    try:
        while {"queued", "sending"} & set(_states(house).values()):
            assert time.monotonic() < deadline, Counter(_states(house).values())
            workers = [worker for worker in workers if worker.poll() is None]
            while len(workers) < 2:
                workers.append(_start(house, letterbox, chance.randrange(10**6)))
            time.sleep(chance.uniform(1.0, 2.0))
            if "queued" in _states(house).values() and killed < SECONDS:
                _kill_at_the_worst_moment(letterbox) if killed % 2 == 0 else workers[
                    chance.randrange(2)
                ].kill()
                killed += 1
    finally:
        for worker in workers:
            worker.kill()
            with suppress(subprocess.TimeoutExpired):
                worker.wait(timeout=5)
    return killed


def _kill_at_the_worst_moment(letterbox: Path) -> None:
    """Whoever lingers after its newest line: the message is out, its answer still to come."""
    seen, deadline = len(_lines(letterbox)), time.monotonic() + 20
    while time.monotonic() < deadline:
        for line in _lines(letterbox)[seen:]:
            _, worker, how = line.split()
            if how == "lingers":
                with suppress(ProcessLookupError):
                    os.kill(int(worker), signal.SIGKILL)
                return
        time.sleep(0.05)


def _lines(letterbox: Path) -> list[str]:
    """Whole lines only: a line is written in one call, and read while the next is on its way."""
    text = letterbox.read_text(encoding="ascii") if letterbox.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()


def _start(house: House, letterbox: Path, seed: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.posting", str(letterbox), str(seed)],
        cwd=ROOT, env=house.environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _states(house: House) -> dict[str, str]:
    connection = house.connect()
    try:
        return {_key(key): state for key, state in connection.execute(STATES).fetchall()}
    finally:
        connection.close()


def _key(stored: object) -> str:
    """SQLite keeps a key as 32 hexadecimal letters."""
    text = str(stored)
    return text if "-" in text else "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
