"""What systemd does with our units, as far as a test needs it: ExecStart, Restart=always, and the whole group dies."""

import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

MARK = "CETING_TEST_UNIT"


class Unit:
    """A service that is started again whenever it ends, until it is stopped."""

    def __init__(self, file: Path, log: Path) -> None:
        self.name = file.stem
        lines = dict(
            line.split("=", 1) for line in file.read_text(encoding="utf-8").splitlines() if "=" in line
        )
        self._command = shlex.split(lines["ExecStart"])
        self._pause = float(lines["RestartSec"]) / 4
        self._mark = f"{self.name}-{uuid4()}"
        name, value = lines["Environment"].split("=", 1)
        self._environment = {"PATH": os.environ["PATH"], name: value, MARK: self._mark}
        self._log = log
        self._wanted = False
        self._keeper: threading.Thread | None = None
        self.starts = 0

    def start(self) -> None:
        self._wanted = True
        self._keeper = threading.Thread(target=self._keep)
        self._keeper.start()

    def stop(self) -> None:
        """SIGTERM to the main process, then SIGKILL for what is left, as TimeoutStopSec does."""
        self._wanted = False
        if self._main.poll() is None:
            self._main.terminate()
        if self._keeper is not None:
            self._keeper.join()

    def _keep(self) -> None:
        while self._wanted:
            with self._log.open("ab") as log:
                self._main = subprocess.Popen(
                    self._command, env=self._environment, cwd="/", stdin=subprocess.DEVNULL, stdout=log,
                    stderr=subprocess.STDOUT, start_new_session=True,
                )  # fmt: skip
            self.starts += 1
            while self._main.poll() is None and self._wanted:
                time.sleep(0.02)
            try:
                self._main.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._main.kill()
                self._main.wait()
            for pid in self.processes():
                kill(pid)
            if self._wanted:
                time.sleep(self._pause)

    def processes(self) -> list[int]:
        """All living processes of the unit, wherever they went: they inherit a mark."""
        return marked(self._mark)


def marked(mark: str) -> list[int]:
    """All living processes that were started with MARK set to this, and whatever they started."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return sorted(found)


def kill(pid: int) -> bool:
    """kill -9; whether it still lived."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def running(*units: Unit) -> Iterator[None]:
    for unit in units:
        unit.start()
    try:
        yield
    finally:
        for unit in units:
            unit.stop()
