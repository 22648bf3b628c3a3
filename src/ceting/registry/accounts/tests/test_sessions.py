"""The session's row: what her browser is told when it can't be written."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError
from django.test import Client

from ceting.registry.accounts.models import SignInSession
from ceting.registry.accounts.sessions import SessionStore
from tests.cast import Cast


@pytest.fixture
def store(cast: Cast, client: Client) -> SessionStore:
    cast.sign_in(client, cast.kader_wati)
    found = SessionStore(SignInSession.objects.get().session_key)
    found["number"] = 1
    return found


def test_a_database_that_went_away_is_our_error_and_not_her_bad_request(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(SignInSession, "save", gone)
    with pytest.raises(OperationalError):
        store.save()


def test_a_session_that_ended_meanwhile_isnt_written_again(store: SessionStore) -> None:
    SignInSession.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
