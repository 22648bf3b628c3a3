"""`ceting work`: drains the queue and keeps house by the clock. SIGTERM lets the running job end."""

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: how many workers is a setting."""


def run(args: argparse.Namespace) -> int:
    """Runs until SIGTERM or Ctrl+C; the worker's exit code. A second signal doesn't wait for the running job.

    The worker lives in a session of its own: a terminal or a supervisor that signals the whole group would kill its
    children while they hold its locks, and the worker would hang (seen with django-q2 1.11).
    """
    worker = subprocess.Popen(
        [sys.executable, "-m", "ceting.config.worker"], stdin=subprocess.DEVNULL, start_new_session=True
    )
    asked = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            worker.terminate()
        asked = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return worker.wait()
