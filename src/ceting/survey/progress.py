"""A bar on the terminal while a long file is read."""

import sys
import time
from typing import TextIO

_WIDTH = 30
_EVERY_SECONDS = 0.2


class Progress:
    """Draws on a terminal only; elsewhere (a log, a pipe) it stays silent."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._on = stream.isatty()
        self._started = time.monotonic()
        self._drawn = 0.0
        self._length = 0

    def show(self, done: float, rows: int) -> None:
        """Draw the share that is done (0..1) and the rows so far, a few times a second."""
        now = time.monotonic()
        if not self._on or now - self._drawn < _EVERY_SECONDS:
            return
        self._drawn = now
        filled = round(done * _WIDTH)
        passed = now - self._started
        left = f", sisa {round(passed / done * (1 - done))} dtk" if done > 0.05 else ""
        count = f"{rows:,}".replace(",", ".")
        line = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {round(done * 100)} %, {count} baris{left}"
        self._draw(line)

    def clear(self) -> None:
        """Take the bar away."""
        if self._on and self._length:
            self._draw("")
            self._stream.write("\r")
            self._stream.flush()

    def _draw(self, line: str) -> None:
        self._stream.write("\r" + line.ljust(self._length))
        self._stream.flush()
        self._length = len(line)
