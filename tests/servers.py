"""A real server on loopback, for what a test client can't show."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.houses import House

READY_WITHIN = 90.0
"""Seconds; a loaded machine starts slowly, and nobody waits longer than it takes."""


@dataclass(frozen=True)
class Server:
    """A running `ceting serve`."""

    port: int
    process: "subprocess.Popen[str]"

    def say(self, request: bytes, *, timeout: float = 20.0) -> bytes:
        """Send raw bytes and read until the server closes or has nothing more to say for a second."""
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=timeout)) as line:
            line.sendall(request)
            answer = line.recv(65536)
            line.settimeout(1.0)
            try:
                while block := line.recv(65536):
                    answer += block
            except TimeoutError:
                pass
            return answer

    def get(self, path: str) -> bytes:
        return self.say(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())

    def memory(self) -> int:
        """Resident bytes of the server and its workers (Linux)."""
        return sum(_resident(pid) for pid in (self.process.pid, *_children(self.process.pid)))


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(word) for word in text.split()]


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(house: House) -> Iterator[Server]:
    """`ceting serve` of this house, answering; stopped afterwards."""
    port = free_port()
    process = house.start("serve", "--port", str(port))
    server = Server(port, process)
    try:
        deadline = time.monotonic() + READY_WITHIN
        while True:
            try:
                if b" 200 " in server.get("/sehat/").split(b"\r\n", 1)[0]:
                    break
            except OSError:
                pass
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server didn't start: {process.communicate(timeout=5)[0]}")
            time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=30)
