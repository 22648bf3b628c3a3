"""A PostgreSQL cluster of our own, made from the installed binaries and thrown away afterwards.

It listens on a socket in its own folder only, belongs to an unprivileged user, and doesn't sync to disk unless its
processes are to be killed.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

UNPRIVILEGED = ("postgres", "nobody")
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
AS_IN_A_CITY = "-c max_connections=60"
"""PostgreSQL's own settings: what it says is committed survives its processes."""


class NoPostgresError(RuntimeError):
    """No server binaries, or nobody unprivileged to run them."""


def binaries() -> Path:
    """The folder of initdb and pg_ctl of the newest PostgreSQL >= 15 here. Raises NoPostgresError."""
    folders = []
    for initdb in (*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *_on_path("initdb")):
        version = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=True).stdout
        folders.append((int(version.split()[2].split(".")[0]), initdb.parent))
    newest = max(folders, default=(0, Path()))
    if newest[0] < 15:
        raise NoPostgresError("PostgreSQL 15 or newer isn't installed (apt install postgresql)")
    return newest[1]


def _on_path(name: str) -> list[Path]:
    found = shutil.which(name)
    return [Path(found).resolve()] if found else []


@contextmanager
def cluster(settings: str = FAST) -> Iterator[str]:
    """DATABASE_URL of an empty database `ceting` in a fresh cluster; afterwards the cluster is gone."""
    folder, bin_folder = Path(tempfile.mkdtemp(prefix="ceting-pg-", dir=_short_folder())), binaries()
    owner = _owner()
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = str(folder / "data")
        _run(owner, folder, str(bin_folder / "initdb"), "-D", data, "-U", "ceting", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync")  # fmt: skip
        options = _options(folder, settings)
        pg_ctl = str(bin_folder / "pg_ctl")
        _run(owner, folder, pg_ctl, "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            _run(owner, folder, str(bin_folder / "createdb"), "-h", str(folder), "-U", "ceting", "ceting")
            yield f"postgresql://ceting@/ceting?host={quote(str(folder), safe='')}"
        finally:
            _run(owner, folder, pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept(home: Path, settings: str) -> Iterator[str]:
    """DATABASE_URL of the cluster in a folder: made at the first time, and still there at the next one."""
    bin_folder, owner = binaries(), _owner()
    data = home / "data"
    home.mkdir(parents=True, exist_ok=True)
    # The folder may be too deep for a socket's path.
    sockets = Path(tempfile.mkdtemp(prefix="ceting-pg-", dir="/tmp"))
    if owner is not None:
        os.chown(home, owner.pw_uid, owner.pw_gid)
        os.chown(sockets, owner.pw_uid, owner.pw_gid)
    pg_ctl = str(bin_folder / "pg_ctl")
    begin = (
        "-D",
        str(data),
        "-l",
        str(home / "log"),
        "-w",
        "-t",
        "600",
        "-o",
        _options(sockets, settings),
        "start",
    )
    try:
        new = not (data / "PG_VERSION").exists()
        if new:
            _run(owner, home, str(bin_folder / "initdb"), "-D", str(data), "-U", "ceting", "-A", "trust", "-E", "UTF8",
                 "--locale=C", "--no-sync")  # fmt: skip
        _run(owner, home, pg_ctl, *begin)
        try:
            if new:
                _run(owner, home, str(bin_folder / "createdb"), "-h", str(sockets), "-U", "ceting", "ceting")
            yield f"postgresql://ceting@/ceting?host={quote(str(sockets), safe='')}"
        finally:
            _run(owner, home, pg_ctl, "-D", str(data), "-w", "-t", "600", "-m", "fast", "stop")
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


def folder_of(url: str) -> Path:
    """The folder of a cluster of ours, from its DATABASE_URL."""
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def _options(folder: Path, settings: str) -> str:
    return f"{settings} -c listen_addresses='' -c unix_socket_directories='{folder}'"


def start_again(url: str, settings: str) -> None:
    """Start a cluster whose processes were killed. Raises NoPostgresError while a last one still lives."""
    folder = folder_of(url)
    options = _options(folder, settings)
    _run(_owner(), folder, str(binaries() / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log"), "-w",
         "-o", options, "start")  # fmt: skip


def _short_folder() -> str:
    """A socket's path has at most 107 bytes, so TMPDIR may be too deep."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"


def _owner() -> pwd.struct_passwd | None:
    """Whom to become: PostgreSQL refuses to run as root. None when we aren't root."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresError(f"as root one of the users {', '.join(UNPRIVILEGED)} is needed")


def _run(owner: pwd.struct_passwd | None, folder: Path, *command: str) -> None:
    who = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    output = folder.parent / f"{folder.name}.out"
    # A file, not a pipe: the server inherits it and a pipe would never end.
    with output.open("w+b") as stream:
        done = subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            check=False,
            **who,
        )
        stream.seek(0)
        said = stream.read().decode(errors="replace")
    output.unlink()
    if done.returncode != 0:
        raise NoPostgresError(f"{Path(command[0]).name} failed:\n{said}")
