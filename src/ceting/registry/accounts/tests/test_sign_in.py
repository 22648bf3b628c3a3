"""The door: who comes in, who waits, and where she lands."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from ceting.foundation.audit.models import AuditEntry
from ceting.registry.accounts.models import TryCount, User
from ceting.registry.accounts.rate_limits import RateLimit, SignInLimit, forget_tries
from tests.cast import Cast

DOOR = "/masuk/"


def knock(client: Client, username: str, password: str, **more: str):
    return client.post(DOOR, {"username": username, "password": password, **more})


def test_wati_comes_in_and_lands_at_home(client: Client, cast: Cast) -> None:
    answer = knock(client, "  Kader.Wati ", cast.password)
    assert answer.status_code == 302
    assert answer["Location"] == "/staf/"
    assert AuditEntry.objects.filter(action="sign-in", actor_id=cast.kader_wati.pk).count() == 1


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client: Client, cast: Cast) -> None:
    wrong_password = knock(client, "kader.wati", "salah")
    wrong_name = knock(client, "kader.siti", "salah")
    assert wrong_password.status_code == wrong_name.status_code == 422
    sentence = "Nama masuk atau kata sandi belum cocok"
    assert sentence in wrong_password.text
    assert sentence in wrong_name.text
    assert AuditEntry.objects.filter(action="sign-in.refused").count() == 2


def test_what_was_typed_stays_but_the_password(client: Client, cast: Cast) -> None:
    answer = knock(client, "kader.wati", "sandi-yang-salah")
    assert 'value="kader.wati"' in answer.text
    assert "sandi-yang-salah" not in answer.text


def test_after_five_wrong_passwords_the_door_closes_even_for_the_right_one(
    client: Client, cast: Cast
) -> None:
    for _ in range(5):
        assert knock(client, "kader.wati", "salah").status_code == 422
    answer = knock(client, "kader.wati", cast.password)
    assert answer.status_code == 429
    assert "Tunggu 15 menit" in answer.text


def test_a_colleague_at_the_same_address_still_comes_in(client: Client, cast: Cast) -> None:
    for _ in range(6):
        knock(client, "kader.wati", "salah")
    assert knock(client, "bidan.rina", cast.password).status_code == 302


def test_one_address_cannot_try_every_name(client: Client, cast: Cast, settings: Any) -> None:
    settings.SIGN_IN_TRIES_PER_ADDRESS = 8
    for number in range(8):
        assert knock(client, f"nama{number}", "salah").status_code == 422
    assert knock(client, "bidan.rina", cast.password).status_code == 429


def test_the_limit_counts_every_spelling_of_a_name_as_one(client: Client, cast: Cast) -> None:
    for spelling in ("kader.wati", "KADER.WATI", " Kader.Wati", "kader.WATI", "Kader.wati "):
        knock(client, spelling, "salah")
    assert knock(client, "kader.wati", cast.password).status_code == 429


def test_coming_in_forgets_earlier_mistakes(client: Client, cast: Cast) -> None:
    for _ in range(4):
        knock(client, "kader.wati", "salah")
    knock(client, "kader.wati", cast.password)
    client.logout()
    for _ in range(4):
        assert knock(client, "kader.wati", "salah").status_code == 422


def test_somebody_who_left_does_not_come_in(client: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.kader_wati.pk).update(is_active=False)
    assert knock(client, "kader.wati", cast.password).status_code == 422


def test_the_page_that_asked_for_the_sign_in_is_where_she_lands(client: Client, cast: Cast) -> None:
    asked = client.get("/staf/anak/")
    assert asked["Location"] == "/masuk/?next=/staf/anak/"
    assert knock(client, "kader.wati", cast.password, next="/staf/anak/")["Location"] == "/staf/anak/"


@pytest.mark.parametrize(
    "elsewhere", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", "/\\jahat.example", ""]
)
def test_nobody_is_sent_to_another_site(client: Client, cast: Cast, elsewhere: str) -> None:
    assert knock(client, "kader.wati", cast.password, next=elsewhere)["Location"] == "/staf/"


def test_signing_out_needs_a_button_and_ends_the_session(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    assert client.get("/keluar/").status_code == 405
    assert client.post("/keluar/").status_code == 302
    assert client.get("/staf/")["Location"].startswith(DOOR)


def test_whoever_is_in_already_is_not_asked_again(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    assert client.get(DOOR)["Location"] == "/staf/"


def test_the_pause_lasts_as_long_as_it_says(
    client: Client, cast: Cast, frozen: time_machine.Traveller
) -> None:
    for _ in range(5):
        knock(client, "kader.wati", "salah")
    frozen.shift(14 * 60)
    assert knock(client, "kader.wati", cast.password).status_code == 429
    frozen.shift(2 * 60)
    assert knock(client, "kader.wati", cast.password).status_code == 302


def test_failing_under_many_names_lets_nobody_in_earlier(cast: Cast) -> None:
    waiting = SignInLimit("kader.wati", "10.0.0.1")
    for _ in range(5):
        assert waiting.spend()
    for number in range(320):
        SignInLimit(f"siapa{number}", f"10.0.1.{number}").spend()
    assert not waiting.spend()


@pytest.mark.parametrize("wish", ["foo", "?x", "#", "staf/"])
def test_a_wish_that_is_no_path_leads_home(client: Client, cast: Cast, wish: str) -> None:
    answer = knock(client, "kader.wati", cast.password, next=wish)
    assert (answer.status_code, answer["Location"]) == (302, "/staf/")


def test_behind_the_proxy_one_visitor_does_not_close_the_door_for_all(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.BEHIND_PROXY = True
    url = "/masuk/"
    for _ in range(settings.SIGN_IN_TRIES + 1):
        # What a visitor writes into the header himself stands before what the proxy appends.
        client.post(
            url,
            {"username": "kader.wati", "password": "salah"},
            headers={"X-Forwarded-For": "10.0.0.9, 203.0.113.7"},
        )
    right = {"username": "kader.wati", "password": cast.password}
    assert client.post(url, right, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 429
    assert client.post(url, right, headers={"X-Forwarded-For": "198.51.100.4"}).status_code == 302


def test_two_tries_at_one_moment_take_two(cast: Cast) -> None:
    """Counting is one UPDATE: whoever read the old count can't write it back."""
    limit, same = (RateLimit("door", "wati", tries=2, pause=60) for _ in range(2))
    assert [limit.spend(), same.spend(), limit.spend(), same.spend()] == [True, True, False, False]
    limit.give_back()
    assert same.spend()


def test_the_limit_keeps_no_name_and_no_address(client: Client, cast: Cast) -> None:
    knock(client, "kader.wati", "salah")
    kept = " ".join(TryCount.objects.values_list("key", flat=True))
    assert kept
    assert "wati" not in kept
    assert "127.0.0.1" not in kept


def test_counts_that_are_over_are_forgotten(
    client: Client, cast: Cast, frozen: time_machine.Traveller
) -> None:
    knock(client, "kader.wati", "salah")
    assert forget_tries() == 0
    frozen.shift(16 * 60)
    assert forget_tries() == 2


def test_the_door_is_kept_by_no_browser(client: Client, cast: Cast) -> None:
    assert "no-store" in client.get(DOOR)["Cache-Control"]
