"""Copying and replacing an SQLite database."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ceting.config.backups import fingerprints
from ceting.config.backups.errors import BackupError

COMPANIONS = ("-wal", "-shm", "-journal")


class SqliteStore:
    """A database file."""

    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def copy(self, target: Path) -> dict[str, int]:
        if not self.path.exists():
            raise BackupError("Basis data belum ada. Jalankan: ceting migrate")
        with (
            closing(_open(self.path, "ro")) as source,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            # One step under one read lock: a snapshot, and in WAL mode it stops no writer.
            source.backup(copy, pages=-1)
            # The copy is one file, without a -wal beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
            return _count(copy)

    def rows_of_copy(self, copy: Path) -> dict[str, int]:
        try:
            with closing(_open(copy, "ro")) as database:
                if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    raise BackupError("Basis data di dalam cadangan rusak. Pakai cadangan lain.")
                return _count(database)
        except sqlite3.DatabaseError as error:
            raise BackupError("Basis data di dalam cadangan rusak. Pakai cadangan lain.") from error

    def rows(self) -> dict[str, int]:
        if not self.path.exists():
            return {}
        with closing(_open(self.path, "ro")) as database:
            return _count(database)

    def replace(self, copy: Path, aside: str) -> str | None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = None
        if self.path.exists():
            self._release()
            kept = self.path.with_name(f"{self.path.name}.{aside}")
            os.replace(self.path, kept)
        os.chmod(copy, 0o600)
        os.replace(copy, self.path)
        return str(kept) if kept else None

    def fingerprints(self, copy: Path) -> dict[str, str]:
        with closing(_open(copy, "ro")) as database:
            return {
                name: fingerprints.of_rows(
                    repr(row).encode()
                    for row in database.execute(f'SELECT * FROM "{name}"')  # noqa: S608
                )
                for name in _tables(database)
            }

    def scratch(self, folder: Path) -> "SqliteStore":
        return SqliteStore(folder / "scratch.sqlite3")

    def drop(self) -> None:
        for ending in ("", *COMPANIONS):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def _release(self) -> None:
        """Fold the -wal into the file, which works only when nobody else has it open."""
        try:
            with closing(sqlite3.connect(self.path, isolation_level=None, timeout=2)) as database:
                (mode,) = database.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError:
            mode = "wal"
        if mode != "delete":
            raise BackupError("Basis data sedang dipakai. Hentikan dulu ceting serve dan ceting work.")
        for companion in COMPANIONS:
            self.path.with_name(self.path.name + companion).unlink(missing_ok=True)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=20
    )


def _tables(database: sqlite3.Connection) -> list[str]:
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in names.fetchall()]


def _count(database: sqlite3.Connection) -> dict[str, int]:
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in _tables(database)
    }
