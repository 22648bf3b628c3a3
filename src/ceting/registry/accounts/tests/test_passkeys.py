"""Passkeys: what anybody can send to the door opens nothing. That a true one does is a journey's (test_factors.py)."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from fido2.utils import websafe_encode

from tests.cast import Cast

DOOR, PAGE = "/masuk/kunci-sandi/", "/staf/akun/kunci-kedua/"
EMPTY = {"clientDataJSON": "", "authenticatorData": "", "signature": "", "userHandle": ""}


def garbage(cast: Cast) -> list[str]:
    handle = {"userHandle": websafe_encode(cast.bidan_rina.pk.hex.encode())}
    return [
        "",
        "null",
        "[]",
        '"x"',
        "{",
        "{}",
        "[" * 5000,
        '{"response": 7}',
        '{"response": {"userHandle": null}}',
        '{"response": {"userHandle": "AAAA"}}',
        json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {**EMPTY, **handle}}),
        json.dumps({"id": 1, "rawId": [], "type": {}, "response": {"userHandle": {"a": 1}}}),
    ]


def test_what_is_no_answer_of_a_passkey_is_refused_in_words(cast: Cast) -> None:
    client = Client()
    asked = json.loads(client.get(DOOR).text)["publicKey"]
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")
    for credential in garbage(cast):
        answer = client.post(DOOR, {"credential": credential})
        assert answer.status_code == 422, credential
        assert "Kunci sandi tidak dikenal" in answer.text
    assert client.get("/staf/")["Location"].startswith("/masuk/")


def test_what_is_no_new_passkey_is_refused_in_words(cast: Cast) -> None:
    rina = cast.sign_in(Client(), cast.bidan_rina)
    asked = json.loads(rina.get(f"{PAGE}sandi/baru/").text)["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    for credential in garbage(cast):
        answer = rina.post(f"{PAGE}sandi/", {"name": "HP", "credential": credential})
        assert answer.status_code == 422, credential
    assert not Authenticator.objects.exists()


def test_tries_with_passkeys_are_counted(cast: Cast, settings: Any) -> None:
    settings.SIGN_IN_TRIES_PER_ADDRESS = 3
    client = Client()
    for _ in range(3):
        assert client.post(DOOR, {"credential": "x"}).status_code == 422
    assert client.post(DOOR, {"credential": "x"}).status_code == 429


def test_a_locked_screen_opens_for_no_garbage(cast: Cast) -> None:
    rina = cast.sign_in(Client(), cast.bidan_rina)
    rina.post("/staf/akun/kunci/")
    for credential in garbage(cast)[1:5]:
        answer = rina.post("/staf/akun/buka/", {"credential": credential, "password": cast.password})
        assert answer.status_code == 422, credential
    assert rina.get("/staf/").status_code == 423


@pytest.mark.parametrize("name", ["", "x" * 41])
def test_a_passkey_has_a_name(cast: Cast, name: str) -> None:
    rina = cast.sign_in(Client(), cast.bidan_rina)
    assert rina.post(f"{PAGE}sandi/", {"name": name, "credential": "{}"}).status_code == 422
