"""`ceting demo` as a newcomer runs it: one command, an address, logins that work, nothing of a real installation."""

import os
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.servers import free_port

ROOT = Path(__file__).parents[1]
READY_WITHIN = 120
SMALL = ("--families", "12", "--posyandu", "2", "--months", "3")


def demo(home: Path, port: int, **environment: str) -> "subprocess.Popen[str]":
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("CETING_", "DATABASE_"))
    }
    # A script that runs the tests in the background is deaf to Ctrl+C, and so would be its children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [sys.executable, "-m", "ceting.cli", "demo", "--home", str(home), "--port", str(port), *SMALL],
        env={**ours, **environment},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said_until_ready(process: "subprocess.Popen[str]") -> str:
    told, deadline = "", time.monotonic() + READY_WITHIN
    assert process.stdout is not None
    while "Berhenti: Ctrl+C" not in told:
        line = process.stdout.readline()
        assert line, told
        assert time.monotonic() < deadline, told
        told += line
    return told


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(params=["the first time", "the second time"])
def running(request: pytest.FixtureRequest, home: Path) -> Iterator[tuple[str, int]]:
    port = free_port()
    process = demo(home, port)
    try:
        yield said_until_ready(process), port
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


@pytest.mark.xdist_group("demo")
def test_one_command_ends_in_an_address_and_logins_that_open_the_door(running: tuple[str, int]) -> None:
    told, port = running
    address = f"http://localhost:{port}"
    assert address in told
    assert "Kader Wati" in told
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with visitor.open(f"{address}/masuk/", timeout=20) as answer:
        page = answer.read().decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    typed = {"csrfmiddlewaretoken": token, "username": "wati", "password": "ayo-ceting-demo", "next": ""}
    home = (
        visitor.open(f"{address}/masuk/", urllib.parse.urlencode(typed).encode(), timeout=20).read().decode()
    )
    assert "Kader Wati" in home
    assert "Posyandu Melati" in home


@pytest.mark.parametrize(
    "real",
    [
        {"DATABASE_URL": "postgresql://localhost/padang"},
        {"CETING_MODE": "production"},
        {"CETING_HOME": "/srv/ceting"},
    ],
)
def test_an_environment_of_a_real_installation_is_refused_before_anything_is_written(
    tmp_path: Path, real: dict[str, str]
) -> None:
    process = demo(tmp_path / "home", free_port(), **real)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "instalasi sungguhan" in told
    assert not (tmp_path / "home").exists()
