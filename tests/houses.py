"""Whole installations for tests of commands: a folder, keys and a furnished database of their own.

The furnished database is made once a session and copied: SQLite by file, PostgreSQL by template.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings

from ceting.config import environment

ROOT = Path(__file__).resolve().parent.parent
FURNISH = (
    "import django; django.setup();"
    "from tests.cast import gather;"
    "cast = gather();"
    "cast.weigh(cast.aisyah, None, '8.9', cm='74.5');"
    "cast.weigh(cast.rafi, None, '10.2')"
)


@dataclass(frozen=True)
class House:
    """One installation. `url` is its DATABASE_URL, `home` its CETING_HOME."""

    home: Path
    url: str
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def media(self) -> Path:
        return self.home / "media"

    @property
    def environment(self) -> dict[str, str]:
        own = {"CETING_HOME": str(self.home), "DATABASE_URL": self.url}
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "ceting.config.settings", **own, **dict(self.extra)}

    @property
    def settings(self) -> dict[str, Any]:
        """Its entry of DATABASES."""
        with mock.patch.dict(os.environ, self.environment):
            return environment.database().settings

    def under(self, **environment_too: str) -> "House":
        """The same house with other environment variables."""
        return replace(self, extra=(*self.extra, *environment_too.items()))

    def ceting(self, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run `ceting ...` in this house."""
        return self.python("-m", "ceting.cli", *words, **options)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start `ceting ...` in this house without waiting."""
        return subprocess.Popen(
            [sys.executable, "-m", "ceting.cli", *words],
            cwd=ROOT, env=self.environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def python(self, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT, env=self.environment, text=True, stdin=subprocess.DEVNULL,
            capture_output=True, check=False, timeout=300, **options,
        )  # fmt: skip

    def connect(self) -> Any:
        """A connection of its own (sqlite3 or psycopg), every statement committed."""
        if self.is_sqlite:
            return sqlite3.connect(
                self.url.removeprefix("sqlite:///"), isolation_level=None, timeout=20, check_same_thread=False
            )
        return psycopg.connect(self.url, autocommit=True)

    def content(self) -> dict[str, list[str]]:
        """Every row of every table, as sorted text."""
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            if self.is_sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        connection = self.connect()
        try:
            tables = [name for (name,) in connection.execute(names).fetchall()]
            return {
                table: sorted(repr(row) for row in connection.execute(f'SELECT * FROM "{table}"').fetchall())
                for table in tables
            }
        finally:
            connection.close()

    def empty(self, home: Path) -> "House":
        """A house beside this one with the same keys and nothing in it, not even a database."""
        home.mkdir()
        if self.is_sqlite:
            return replace(self, home=home, url=f"sqlite:///{home / 'ceting.sqlite3'}")
        name = f"{_name(self.url)}_{home.name}"
        return replace(self, home=home, url=_other_database(self.url, name))

    def demolish(self) -> None:
        """Drop its database and those that a restore put aside (PostgreSQL; a file goes with its folder)."""
        if self.is_sqlite:
            return
        with psycopg.connect(_other_database(self.url, "postgres"), autocommit=True) as server:
            like = f"{_name(self.url)}%"
            for (name,) in server.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [like]
            ).fetchall():
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _name(url: str) -> str:
    return urlsplit(url).path[1:]


def _other_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """A migrated house with the cast in it. Don't change it: take `house`."""
    home = tmp_path_factory.mktemp("furnished")
    if settings.DATABASE_IS_SQLITE:
        house = House(home, f"sqlite:///{home / 'ceting.sqlite3'}")
    else:
        name = f"furnished_{worker_id}"
        house = House(home, _other_database(os.environ["DATABASE_URL"], name))
        with psycopg.connect(_other_database(house.url, "postgres"), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
    for done in (house.ceting("migrate", "--quiet"), house.python("-c", FURNISH)):
        assert done.returncode == 0, done.stderr
    yield house
    house.demolish()


@pytest.fixture
def house(furnished: House, tmp_path: Path) -> Iterator[House]:
    """A furnished house of this test's own."""
    home = tmp_path / "home"
    shutil.copytree(furnished.home, home)
    if furnished.is_sqlite:
        yield House(home, f"sqlite:///{home / 'ceting.sqlite3'}")
        return
    name = f"{_name(furnished.url)}_copy"
    with psycopg.connect(_other_database(furnished.url, "postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_name(furnished.url)}"')
    copy = House(home, _other_database(furnished.url, name))
    yield copy
    copy.demolish()
