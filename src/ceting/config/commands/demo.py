"""`ceting demo`: everything set up on this computer, with invented people, and the address printed.

It keeps its own database under var/demo and never touches another one. This process stays free of Django, so that
the second start takes seconds.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from ceting.config import keys
from ceting.config.commands import demo_data
from ceting.config.commands.demo_home import RealInstallationError, settle

READY_WITHIN_SECONDS = 60
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, not bound to


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="nomor port (8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="alamat yang didengarkan (127.0.0.1: komputer ini saja)"
    )
    demo_data.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    os.environ.setdefault("CETING_HOSTS", f"localhost,127.0.0.1,[::1],{args.host}")
    try:
        settle(args.home)
    except (RealInstallationError, keys.KeyFileError) as error:
        print(f"Demo tidak dijalankan. {error}", file=sys.stderr)
        return 2
    if _taken(args.host, args.port):
        print(f"Port {args.port} sedang dipakai. Coba: ceting demo --port {args.port + 1}", file=sys.stderr)
        return 2
    ceting = [sys.executable, "-m", "ceting.cli"]
    prepared = subprocess.run([*ceting, "demo-data", *_sizes(args)], check=False)  # noqa: S603  our own module
    if prepared.returncode:
        return prepared.returncode
    return _live(args, ceting, began)


def _sizes(args: argparse.Namespace) -> list[str]:
    return [f"--{name}={getattr(args, name)}" for name in ("home", "families", "posyandu", "months", "seed")]


def _taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _live(args: argparse.Namespace, ceting: list[str], began: float) -> int:
    """Server and worker, until Ctrl+C. When one dies, the other is stopped too."""
    host = "localhost" if args.host in ("127.0.0.1", *EVERYWHERE) else args.host
    address = f"http://{host}:{args.port}/"
    serve = [*ceting, "serve", f"--host={args.host}", f"--port={args.port}"]
    running = [subprocess.Popen(command) for command in (serve, [*ceting, "work"])]  # noqa: S603
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if not _answers(address, running):
            print("Server belum menjawab. Pesan di atas menyebut sebabnya.", file=sys.stderr)
            return 1
        _welcome(address, time.monotonic() - began)
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nDemo berhenti. Data contoh tetap ada; jalankan lagi kapan saja.")
        return 0
    finally:
        _stop(running)
    return 1


def _stop(running: "list[subprocess.Popen[bytes]]") -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _answers(address: str, running: "list[subprocess.Popen[bytes]]") -> bool:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in running):
        try:
            with urllib.request.urlopen(f"{address}sehat/", timeout=2) as answer:  # noqa: S310  this computer
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _welcome(address: str, seconds: float) -> None:
    logins = (Path(os.environ["CETING_HOME"]) / "logins.txt").read_text(encoding="utf-8")
    print(
        f"\nAyo Ceting siap dalam {seconds:.0f} detik.\n\n  Buka {address}masuk/\n\n{logins}\nBerhenti: Ctrl+C",
        flush=True,
    )
