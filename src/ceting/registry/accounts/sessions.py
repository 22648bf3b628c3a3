"""Django's sessions in the database, each with whose it is. The engine that SESSION_ENGINE names."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import InterfaceError, OperationalError

from ceting.foundation.core import clock
from ceting.foundation.core.ciphers import keyed_hash
from ceting.registry.accounts.models import SignInSession

BROWSER, SINCE, LOCK_MINUTES = "browser", "since", "lock_minutes"
"""Where the session keeps its browser's family, its beginning and its lock; the row repeats them for the list."""


class SessionStore(DatabaseStore):
    """Writes the person, the browser and the moment beside the session's data."""

    row: SignInSession | None = None
    """The row that this request found. A session that begins with this request has none."""

    @classmethod
    def get_model_class(cls) -> Any:
        return SignInSession

    def _get_session_from_db(self) -> Any:
        self.row = super()._get_session_from_db()  # type: ignore[misc]
        return self.row

    def create(self) -> None:
        # A new key begins anew: who came in just now was seen just now.
        self.row = None
        super().create()

    def save(self, must_create: bool = False) -> None:
        """Raises UpdateError only for a row that is gone.

        Django raises it for a database that went away too, and answers "a bad request" to somebody who did nothing
        wrong: as an error of the server her browser sends again.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, (OperationalError, InterfaceError)):
                raise error.__context__ from None
            raise

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.browser = data.get(BROWSER, "")
        now = clock.now()
        row.created_at = datetime.fromisoformat(data[SINCE]) if SINCE in data else now
        # Saving the session's data is no sign of life: a locked screen stays locked.
        # Read again, because a lock may have fallen while this request worked with what it had read before.
        held = SignInSession.objects.filter(pk=row.pk).first() if self.row else None
        row.seen_at = held.seen_at if held else now
        row.locked_at = held.locked_at if held else None
        row.lock_minutes = held.lock_minutes if held else data.get(LOCK_MINUTES)
        return row


def name_of(session_key: str) -> str:
    """What an address calls a session: its key is the cookie itself, and never stands in a page."""
    return keyed_hash(f"session|{session_key}")
