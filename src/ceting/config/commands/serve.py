"""`ceting serve`: the web server. Start-up checks first, then this process becomes granian."""

import argparse
import os
import socket
import sys

from django.conf import settings

from ceting.config import readiness

BLOCKING_THREADS = 4
"""Requests that one worker answers at once; below the PostgreSQL pool's 8 connections."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        default=os.environ.get("CETING_HOST", "127.0.0.1"),
        help="alamat yang didengarkan (CETING_HOST, atau 127.0.0.1)",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("CETING_PORT", "8000"),
        help="nomor port (CETING_PORT, atau 8000)",
    )
    parser.add_argument("--workers", type=int, help="banyaknya proses (SQLite: 1; PostgreSQL: inti prosesor)")


def run(args: argparse.Namespace) -> int:
    """Becomes the server when everything is ready; 1 with a sentence when it isn't."""
    try:
        readiness.set_up()
        readiness.check()
        _check_port(args.host, args.port)
    except readiness.NotReadyError as error:
        print(f"Server tidak dijalankan. {error}", file=sys.stderr)
        return 1
    os.umask(0o077)
    command = [sys.executable, "-m", "granian", *_options(args), "ceting.config.wsgi:application"]
    sys.stdout.flush()
    # Becoming granian, instead of starting it, leaves nothing of the checks in memory and signals arrive.
    _become(command)
    return 0


def _become(command: list[str]) -> None:
    os.execv(sys.executable, command)  # noqa: S606  our own interpreter


def _check_port(host: str, port: int) -> None:
    """granian would end with a page of Rust."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise readiness.NotReadyError(
                f"Port {port} di {host} tidak bisa dipakai; mungkin sudah dipakai program lain. Coba --port lain."
            ) from error


def _options(args: argparse.Namespace) -> list[str]:
    # SQLite has one writer: a second process only adds waiting and memory.
    workers = args.workers or (1 if settings.DATABASE_IS_SQLITE else os.cpu_count() or 1)
    return [
        *("--interface", "wsgi", "--no-ws", "--log-level", "warning"),
        *("--host", args.host, "--port", str(args.port)),
        *("--workers", str(workers), "--blocking-threads", str(BLOCKING_THREADS)),
        # A worker that doesn't end in time was asked to finish a request that never ends.
        *("--workers-kill-timeout", "15", "--respawn-failed-workers"),
        *_tls(),
    ]


def _tls() -> list[str]:
    """HTTPS by granian itself, with the certificate that the settings name."""
    certificate, key = os.environ.get("CETING_TLS_CERTIFICATE"), os.environ.get("CETING_TLS_KEY")
    if not certificate or not key:
        return []
    return ["--ssl-certificate", certificate, "--ssl-keyfile", key, "--ssl-protocol-min", "tls1.2"]
