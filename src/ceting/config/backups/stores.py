"""What a database must be able to do to be backed up; one class each for SQLite and PostgreSQL."""

from pathlib import Path
from typing import Any, Protocol

from ceting.config.backups.postgresql import PostgresStore
from ceting.config.backups.sqlite import SqliteStore

BOOKKEEPING = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "core_cache", "django_q_schedule"}
)
"""Tables that `ceting migrate` and `ceting work` fill by themselves: rows there are nobody's work."""


class Store(Protocol):
    """A database. `copy` and what reads a copy never touch the running one's rows."""

    @property
    def engine(self) -> str:
        """ "sqlite" or "postgresql"."""

    def copy(self, target: Path) -> dict[str, int]:
        """Write a consistent copy while others write; rows per table, counted in the same snapshot."""

    def rows_of_copy(self, copy: Path) -> dict[str, int]:
        """Check that a copy is whole and count its rows from the copy alone. Raises BackupError."""

    def rows(self) -> dict[str, int]:
        """Rows per table of the running database; empty when there is none."""

    def replace(self, copy: Path, aside: str) -> str | None:
        """Put `copy` in the database's place; where the old one stands now, named with `aside`, or None.

        Raises BackupError, before anything changes, while somebody is connected.
        """

    def fingerprints(self, copy: Path) -> dict[str, str]:
        """Table -> a digest of its rows, whatever their order, read from a copy."""

    def scratch(self, folder: Path) -> "Store":
        """A database of the same kind that doesn't exist yet, for a rehearsal."""

    def drop(self) -> None:
        """Remove this database, if it is there. For a scratch one only."""


def store_for(settings: dict[str, Any]) -> Store:
    """The store behind one entry of Django's DATABASES."""
    if str(settings["ENGINE"]).endswith("sqlite3"):
        return SqliteStore(Path(settings["NAME"]))
    return PostgresStore.from_settings(settings)


def is_empty(rows: dict[str, int]) -> bool:
    """Whether nobody's work is in these tables."""
    return not any(count for table, count in rows.items() if table not in BOOKKEEPING)
