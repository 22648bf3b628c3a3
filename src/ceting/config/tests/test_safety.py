"""What a real server refuses to start with, one thing at a time; and that nothing of it is left unsaid."""

import os
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ceting.config import keys, safety
from ceting.config.safety import Installation, is_weak
from tests.houses import House


@pytest.fixture
def sound(tmp_path: Path) -> Installation:
    """An installation as deploy/install makes it: nothing to refuse."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    key_file, database = tmp_path / "ceting.env", home / "ceting.sqlite3"
    keys.write_new(key_file)
    database.touch(mode=0o600)
    return Installation(
        secret=keys.read(key_file)["CETING_SECRET_KEY"],
        data_keys=[("k1", secrets.token_bytes(32))],
        lookup_key=secrets.token_bytes(32),
        hosts=["ceting.padang.go.id"],
        origins=["https://ceting.padang.go.id"],
        debug=False,
        home=home,
        key_file=key_file,
        database=database,
    )


def test_what_the_installer_makes_may_start(sound: Installation) -> None:
    assert safety.refusals(sound) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"secret": "x" * 60}, "terlalu pendek atau terlalu teratur"),
        ({"secret": "Kj3-pendek"}, "terlalu pendek"),
        ({"secret": "django-insecure-" + secrets.token_urlsafe(48)}, "diambil dari contoh"),
        ({"data_keys": [("demo", secrets.token_bytes(32))]}, "kunci contoh"),
        ({"data_keys": [("k1", bytes(range(32)))]}, "tidak acak"),
        ({"data_keys": [("k1", b"a" * 32)]}, "tidak acak"),
        ({"data_keys": [("k1", b"ceting-rahasia-puskesmas-andalas")]}, "tidak acak"),
        ({"lookup_key": bytes(32)}, "CETING_LOOKUP_KEY tidak acak"),
        (
            {"data_keys": [("k1", secrets.token_bytes(32)), ("k1", secrets.token_bytes(32))]},
            "satu nama untuk dua kunci",
        ),
        ({"debug": True}, "DEBUG menyala"),
        ({"hosts": []}, "CETING_HOSTS"),
        ({"hosts": ["*"]}, "CETING_HOSTS"),
        ({"hosts": ["*.padang.go.id"]}, "CETING_HOSTS"),
        ({"origins": []}, "CETING_ORIGINS"),
        ({"origins": ["http://ceting.padang.go.id"]}, "CETING_ORIGINS"),
    ],
)
def test_each_weakness_is_refused_with_its_reason_and_its_mending(
    sound: Installation, change: dict[str, Any], sentence: str
) -> None:
    (refusal,) = safety.refusals(replace(sound, **change))
    assert sentence in refusal
    assert any(word in refusal for word in ("Buat", "Tulis", "Hapus", "Pakai", "Beri")), "says what to do"


def test_one_key_for_two_uses_is_refused(sound: Installation) -> None:
    (refusal,) = safety.refusals(replace(sound, lookup_key=sound.data_keys[0][1]))
    assert "sama dengan kunci data" in refusal


def test_a_refusal_never_quotes_a_secret(sound: Installation) -> None:
    secret = "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz-pagi"
    refused = safety.refusals(replace(sound, secret=secret, data_keys=[("k1", b"siang-malam-pagi" * 2)]))
    assert len(refused) == 2
    assert not any("pagi" in refusal for refusal in refused)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
@pytest.mark.parametrize("which", ["key_file", "database"])
def test_a_file_that_others_can_read_is_refused(sound: Installation, which: str, mode: int) -> None:
    path: Path = getattr(sound, which)
    path.chmod(mode)
    (refusal,) = safety.refusals(sound)
    assert f"chmod 600 {path}" in refusal


def test_the_log_beside_the_database_is_as_private(sound: Installation) -> None:
    assert sound.database is not None
    log = sound.database.with_name(sound.database.name + "-wal")
    log.touch(mode=0o644)
    (refusal,) = safety.refusals(sound)
    assert str(log) in refusal


def test_a_folder_that_everybody_may_open_is_refused(sound: Installation) -> None:
    sound.home.chmod(0o755)
    (refusal,) = safety.refusals(sound)
    assert "chmod 700" in refusal


def test_a_tls_key_that_is_open_or_gone_is_refused(sound: Installation, tmp_path: Path) -> None:
    key = tmp_path / "server.key"
    assert "tidak bisa dibaca" in safety.refusals(replace(sound, tls_key=key))[0]
    key.touch(mode=0o644)
    assert "Kunci TLS" in safety.refusals(replace(sound, tls_key=key))[0]


def test_a_key_file_of_somebody_else_is_refused(sound: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """He could put other keys in it at any time."""
    monkeypatch.setattr(safety, "_owners", lambda home: {os.geteuid() + 1})
    (refusal,) = safety.refusals(sound)
    assert "milik pengguna lain" in refusal


@pytest.mark.parametrize("word", ["1", "true", "yes", "on", "True"])
def test_debugging_is_noticed_in_any_of_its_words(word: str) -> None:
    assert safety.debug_switch({"CETING_DEBUG": word})


@pytest.mark.parametrize("word", ["", "0", "false", "No", "off"])
def test_debugging_that_is_off_is_off(word: str) -> None:
    assert not safety.debug_switch({"DEBUG": word})


def test_keys_that_were_drawn_are_never_called_weak() -> None:
    assert not any(is_weak(secrets.token_bytes(32)) for _ in range(2000))


@pytest.mark.django_db
@pytest.mark.parametrize("command", [("serve", "--port", "18999"), ("work",)])
def test_the_commands_refuse_in_words(house: House, command: tuple[str, ...]) -> None:
    done = house.under(CETING_MODE="production", CETING_HOSTS="*", CETING_DEBUG="1").ceting(*command)
    assert done.returncode != 0
    assert "DEBUG menyala" in done.stderr
    assert "CETING_HOSTS" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_check_is_asked_for(monkeypatch: pytest.MonkeyPatch, sound: Installation) -> None:
    """A group of checks that nobody calls would look green above."""
    calls: list[str] = []
    groups: list[Callable[..., Any]] = [safety._keys, safety._addresses, safety._files]
    for group in groups:
        monkeypatch.setattr(safety, group.__name__, lambda it, name=group.__name__: calls.append(name) or ())
    safety.refusals(sound)
    assert calls == [group.__name__ for group in groups]
