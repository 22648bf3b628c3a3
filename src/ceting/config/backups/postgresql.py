"""Copying and replacing a PostgreSQL database, with PostgreSQL's own tools."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ceting.config.backups import fingerprints
from ceting.config.backups.errors import BackupError

COPY_LINE = re.compile(rb'^COPY public\."?([^" ]+)"? \(.*\) FROM stdin;$')
END_OF_COPY = b"\\.\n"


@dataclass(frozen=True)
class PostgresStore:
    """A database on a server. The password travels in the environment, never on a command line."""

    name: str
    host: str
    port: str
    user: str
    password: str
    sslmode: str
    engine: str = "postgresql"

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        def word(key: str) -> str:
            return str(settings.get(key) or "")

        return cls(
            name=word("NAME"),
            host=word("HOST"),
            port=word("PORT"),
            user=word("USER"),
            password=word("PASSWORD"),
            sslmode=str(settings.get("OPTIONS", {}).get("sslmode", "")),
        )

    def copy(self, target: Path) -> dict[str, int]:
        with self._connect() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            (snapshot,) = _row(connection, "SELECT pg_export_snapshot()")
            counts = _count(connection)
            self._run("pg_dump", "-Fc", "--no-owner", "--no-acl", f"--snapshot={snapshot}", "-f", str(target))
        return counts

    def rows_of_copy(self, copy: Path) -> dict[str, int]:
        """Counts by replaying the dump as text: every row is read, none is trusted."""
        return {table: sum(1 for _ in rows) for table, rows in _replayed(copy)}

    def fingerprints(self, copy: Path) -> dict[str, str]:
        return {table: fingerprints.of_rows(rows) for table, rows in _replayed(copy)}

    def scratch(self, folder: Path) -> "PostgresStore":
        return replace(self, name=f"{self.name}_latihan"[:63])

    def drop(self) -> None:
        with self._connect("postgres") as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(self.name)))

    def rows(self) -> dict[str, int]:
        if not self._exists():
            return {}
        with self._connect() as connection:
            return _count(connection)

    def replace(self, copy: Path, aside: str) -> str | None:
        """Restore beside the old database, then swap the two names."""
        fresh, kept = f"{self.name}_{aside}_baru"[:63], f"{self.name}_{aside}"[:63]
        existed = self._exists()
        with self._connect("postgres") as server:
            if existed:
                self._refuse_company(server)
            _make(server, fresh)
            try:
                self._run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-acl",
                          f"--dbname={fresh}", str(copy))  # fmt: skip
                if existed:
                    self._refuse_company(server)
                    _rename(server, self.name, kept)
            except BaseException:
                server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(fresh)))
                raise
            _rename(server, fresh, self.name)
        return kept if existed else None

    def _exists(self) -> bool:
        with self._connect("postgres") as server:
            return bool(
                server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone()
            )

    def _refuse_company(self, server: "psycopg.Connection[Any]") -> None:
        others = server.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
            [self.name],
        )
        if others.fetchone():
            raise BackupError("Basis data sedang dipakai. Hentikan dulu ceting serve dan ceting work.")

    @contextmanager
    def _connect(self, database: str = "") -> "Iterator[psycopg.Connection[Any]]":
        try:
            connection = psycopg.connect(
                make_conninfo(dbname=database or self.name, **self._place()), autocommit=True
            )
        except psycopg.OperationalError as error:
            raise BackupError("Server basis data tidak bisa dihubungi. Periksa DATABASE_URL.") from error
        with connection:
            yield connection

    def _place(self) -> dict[str, str]:
        """What says where the server is, and who we are there; empty ones are left to libpq."""
        words = ("host", "port", "user", "password", "sslmode")
        return {word: value for word in words if (value := getattr(self, word))}

    def _run(self, tool: str, *options: str) -> None:
        place = {f"PG{word.upper()}": value for word, value in self._place().items()}
        done = subprocess.run(  # noqa: S603  PostgreSQL's own tools, fixed options
            [_tool(tool), *options],
            env={**os.environ, **place, "PGDATABASE": self.name},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            # Only the first line, which is the tool's; later ones may quote a row.
            raise BackupError(f"{tool} gagal: {said[0] if said else done.returncode}")


def _replayed(copy: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Table and its rows as text, one table after the other; each table's rows must be read before the next."""
    command = [_tool("pg_restore"), "--data-only", "-f", "-", str(copy)]
    whole = True
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        lines = iter(process.stdout or ())

        def rows() -> Iterator[bytes]:
            nonlocal whole
            whole = False
            for line in lines:
                if line == END_OF_COPY:
                    whole = True
                    return
                yield line

        for line in lines:
            if begin := COPY_LINE.match(line):
                yield begin[1].decode(), rows()
    if process.returncode or not whole:
        raise BackupError("Basis data di dalam cadangan rusak. Pakai cadangan lain.")


def _make(server: "psycopg.Connection[Any]", name: str) -> None:
    try:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            "Akun basis data belum boleh membuat basis data. Jalankan sebagai admin: ALTER ROLE ... CREATEDB"
        ) from error


def _rename(server: "psycopg.Connection[Any]", old: str, new: str) -> None:
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


def _row(connection: "psycopg.Connection[Any]", query: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = connection.execute(query).fetchone()
    if row is None:
        raise BackupError("Server basis data tidak menjawab.")
    return row


def _count(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    names = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    return {
        name: connection.execute(
            sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name))
        ).fetchall()[0][0]
        for (name,) in names
    }


def _tool(name: str) -> str:
    """pg_dump and its kin from PATH, else the newest of Debian's folders."""
    found = shutil.which(name)
    if found:
        return found
    folders = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    if not folders:
        raise BackupError(f"{name} tidak ada di komputer ini. Di Debian: apt install postgresql-client")
    return str(folders[-1])
