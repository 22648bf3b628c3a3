"""Django's sessions in the database, each with whose it is. The engine that SESSION_ENGINE names."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from ceting.foundation.core import clock
from ceting.registry.accounts.models import SignInSession

BROWSER, SINCE = "browser", "since"
"""Where the session keeps its browser's family and its beginning; the row repeats them for the list."""


class SessionStore(DatabaseStore):
    """Writes the person, the browser and the moment beside the session's data."""

    @classmethod
    def get_model_class(cls) -> Any:
        return SignInSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.browser = data.get(BROWSER, "")
        row.seen_at = clock.now()
        row.created_at = datetime.fromisoformat(data[SINCE]) if SINCE in data else row.seen_at
        return row
