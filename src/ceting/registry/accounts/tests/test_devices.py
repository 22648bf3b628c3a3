"""Where one is signed in: seen by oneself, ended by oneself."""

from typing import Any

import pytest
from django.test import Client

from ceting.registry.accounts.device_presenters import browser_words
from ceting.registry.accounts.sessions import name_of
from tests.cast import Cast

DEVICES = "/staf/akun/perangkat/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A035F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
    "Mobile Safari/537.36"
)


def through_the_door(cast: Cast, username: str, agent: str = PHONE) -> Client:
    client = Client(headers={"User-Agent": agent})
    assert client.post("/masuk/", {"username": username, "password": cast.password})["Location"] == "/staf/"
    return client


def out(client: Client) -> bool:
    return str(client.get("/staf/").headers.get("Location", "")).startswith("/masuk/")


def test_wati_sees_her_phone_in_words_and_this_device_first(cast: Cast) -> None:
    through_the_door(cast, "kader.wati")
    laptop = through_the_door(
        cast, "kader.wati", PHONE.replace("Linux; Android 13; SM-A035F", "Windows NT 10.0")
    )
    lines = laptop.get(DEVICES).context["lines"]
    assert [(line.words, line.is_this) for line in lines] == [
        ("Chrome di Windows", True),
        ("Chrome di Android", False),
    ]


def test_wati_ends_one_device_and_then_all_others(cast: Cast) -> None:
    here, lost, third = (through_the_door(cast, "kader.wati") for _ in range(3))
    here.post(f"{DEVICES}{name_of(str(lost.session.session_key))}/keluar/")
    assert (out(here), out(lost), out(third)) == (False, True, False)
    here.post(f"{DEVICES}lainnya/keluar/")
    assert (out(here), out(third)) == (False, True)


def test_tuti_cannot_end_a_session_of_wati(cast: Cast) -> None:
    wati, tuti = through_the_door(cast, "kader.wati"), through_the_door(cast, "kader.tuti")
    name = name_of(str(wati.session.session_key))
    assert name not in tuti.get(DEVICES).text
    assert tuti.post(f"{DEVICES}{name}/keluar/").status_code == 404
    tuti.post(f"{DEVICES}lainnya/keluar/")
    assert not out(wati)


def test_this_device_leaves_by_signing_out(cast: Cast) -> None:
    wati = through_the_door(cast, "kader.wati")
    wati.post(f"{DEVICES}{name_of(str(wati.session.session_key))}/keluar/")
    assert not out(wati)


def test_the_page_costs_the_same_with_many_devices(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        last = through_the_door(cast, "kader.wati")
    with django_assert_max_num_queries(6):
        assert len(last.get(DEVICES).context["lines"]) == 6


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome di Android"),
        (PHONE.replace("Chrome/", "SamsungBrowser/24.0 Chrome/"), "Samsung Internet di Android"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox di Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari di iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge di Windows"),
        ("curl/8.0", "Peramban lain"),
        ("", "Peramban lain"),
    ],
)
def test_a_browser_is_named_by_its_family(agent: str, words: str) -> None:
    assert browser_words(agent) == words
