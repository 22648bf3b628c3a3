"""Settings that are missing or wrong stop the start, by name."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from ceting.config import environment


@pytest.mark.parametrize("name", ["CETING_SECRET_KEY", "CETING_DATA_KEYS", "CETING_LOOKUP_KEY"])
def test_a_missing_key_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=name):
        environment.required(name)


def test_silence_is_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CETING_MODE")
    assert environment.mode() == "production"
    monkeypatch.setenv("CETING_MODE", "prod")
    with pytest.raises(ImproperlyConfigured, match="prod"):
        environment.mode()


@pytest.mark.parametrize("value", ["k1:bukan base64!", "k1:" + base64.b64encode(b"short").decode(), "k1"])
def test_a_key_that_is_no_key_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CETING_DATA_KEYS", value)
    with pytest.raises(ImproperlyConfigured, match="CETING_DATA_KEYS"):
        environment.data_keys()


def test_keys_are_read_in_order_the_first_one_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = (base64.b64encode(letter * 32).decode() for letter in (b"n", b"o"))
    monkeypatch.setenv("CETING_DATA_KEYS", f"k2:{new}, k1:{old}")
    assert environment.data_keys() == (("k2", b"n" * 32), ("k1", b"o" * 32))


def test_a_database_url_is_read_with_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ceting:p%40ss@db.local:5433/padang?sslmode=require")
    found = environment.database()
    assert not found.is_sqlite
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found.settings[name] for name in names] == ["padang", "ceting", "p@ss", "db.local", "5433"]
    options = found.settings["OPTIONS"]
    assert isinstance(options, dict)
    assert options["sslmode"] == "require"


def test_an_unknown_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/ceting")
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        environment.database()
