"""Kader Tuti of the other posyandu must see nothing: every address, as everybody who has no business at Melati."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from ceting.registry.accounts.access import Scope
from ceting.registry.accounts.models import User
from ceting.registry.accounts.roles import PERMISSIONS
from tests.architecture.addresses import (
    EVERY_STAFF_MEMBER,
    PUBLIC,
    Address,
    Melati,
    UnclassifiedAddressError,
    addresses,
    settle,
)
from tests.architecture.counting import count_rows
from tests.cast import Cast

ALL = addresses()
WITH_PARAMETERS = [address for address in ALL if address.parameters]
WITHOUT_PARAMETERS = [address for address in ALL if not address.parameters]
STRANGERS = ("kader_tuti", "bidan_yuni", "dinas", "dr_mira", "anonymous")
CLOSED = {403, 404}
NOT_THIS_WAY = 405


@pytest.fixture
def melati(cast: Cast) -> Melati:
    return settle(cast)


def names(found: list[Address]) -> list[str]:
    return [address.name for address in found]


def as_stranger(client: Client, melati: Melati, who: str) -> Client:
    if who != "anonymous":
        user = getattr(melati.cast, who)
        assert isinstance(user, User)
        melati.cast.sign_in(client, user)
    return client


def runs_everywhere(melati: Melati, who: str, address: Address) -> bool:
    """Dinas runs the staff and the settings of every puskesmas; still no child of one."""
    user = melati.cast.everybody.get(who)
    return bool(user and address.permission) and Scope.managed(user, may=str(address.permission)) is None  # type: ignore[arg-type]


def read(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return body.decode("utf-8", errors="replace") + json.dumps(dict(response.headers), ensure_ascii=False)


def nothing_of_melati_in(response: HttpResponse, melati: Melati, at: tuple[str, str]) -> None:
    text = read(response)
    for secret in melati.secrets:
        assert secret not in text, at


@contextmanager
def apart(client: Client) -> Iterator[None]:
    """As if each address were asked by itself: what it changes of her session, tries or cookies is taken back."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


OURS = ("families", "rights", "measurements", "pregnancies", "child_health", "eppgbm", "pregnant_women")


def rows() -> Counter[str]:
    """Rows per table of care and families: what a stranger could have changed."""
    return count_rows(model for label in OURS for model in apps.get_app_config(label).get_models())


def test_there_are_addresses() -> None:
    assert len(ALL) > 20
    assert len(WITH_PARAMETERS) > 10


@pytest.mark.parametrize("address", ALL, ids=names(ALL))
def test_every_address_is_public_or_says_who_may(address: Address) -> None:
    if address.name in PUBLIC:
        assert not address.needs_account
    else:
        assert address.needs_account, "an address that needs no account stands in PUBLIC with its reason"
        if address.name not in EVERY_STAFF_MEMBER:
            assert address.permission in PERMISSIONS


def test_no_reason_is_left_behind() -> None:
    assert {*PUBLIC, *EVERY_STAFF_MEMBER} <= {*names(ALL)}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_at_an_address_of_melati_learns_nothing(melati: Melati, who: str) -> None:
    client, before = as_stranger(Client(), melati, who), rows()
    for address in WITH_PARAMETERS:
        url, at = melati.url(address), (who, address.name)
        with apart(client):
            answers = [client.get(url), client.post(url, {}), client.get(url, headers={"HX-Request": "true"})]
            assert rows() == before, at
        for answer in answers:
            if who == "anonymous":
                assert answer.status_code == 302, at
                assert answer["Location"].startswith("/masuk/"), at
            elif not runs_everywhere(melati, who, address):
                assert answer.status_code in {*CLOSED, NOT_THIS_WAY}, at
            nothing_of_melati_in(answer, melati, at)
        if who != "anonymous" and not runs_everywhere(melati, who, address):
            asked = CLOSED & {answer.status_code for answer in answers}
            assert asked, f"{who} never came to the question who asks at {address.name}"


@pytest.mark.parametrize("who", STRANGERS)
def test_a_list_or_search_shows_a_stranger_nothing_of_melati(melati: Melati, who: str) -> None:
    client, before = as_stranger(Client(), melati, who), rows()
    smuggled = {"posyandu": str(melati.cast.melati.pk), "sesi": melati.values["session_id"], "page": "1"}
    # What she types comes back to her, so she types only what she could guess.
    typed = {**smuggled, "held_on": "2026-01-05"}
    for address in WITHOUT_PARAMETERS:
        url, at = melati.url(address), (who, address.name)
        with apart(client):
            answers = [client.get(url), client.get(url, smuggled)]
            answers += [client.post(url, {**typed, "q": word}) for word in ("aisyah", "sari")]
            answers += [client.post(url, {"q": "aisyah"}, headers={"HX-Request": "true"})]
            assert rows() == before, at
        for answer in answers:
            nothing_of_melati_in(answer, melati, at)
            assert melati.values["child_id"] not in read(answer), at


@pytest.mark.parametrize("who", ["kader_wati", "bidan_rina"])
def test_the_same_walk_shows_melati_to_those_who_work_there(client: Client, melati: Melati, who: str) -> None:
    """Without this the walk could pass because nothing is there to be seen."""
    as_stranger(client, melati, who)
    shown = Counter[str]()
    for address in ALL:
        answer = client.get(melati.url(address))
        if address.permission and getattr(melati.cast, who).may(address.permission):
            assert answer.status_code not in CLOSED, address.name
        shown[address.name] += melati.cast.aisyah.name in read(answer)
    searched = client.post("/staf/anak/cari/", {"q": "aisyah"})
    assert melati.cast.aisyah.name in read(searched)
    expected = {"measurements:session", "measurements:child", "measurements:attention", "families:children"}
    assert expected <= {name for name, times in shown.items() if times}


def test_an_address_that_nobody_can_fill_is_unclassified(melati: Melati) -> None:
    with pytest.raises(UnclassifiedAddressError, match="parcel_id"):
        melati.url(Address("parcels:parcel", ("parcel_id",), lambda request: None))


def test_all_addresses_can_be_filled(melati: Melati) -> None:
    for address in ALL:
        assert melati.url(address) != "", address.name


def test_media_has_no_address(client: Client) -> None:
    """Files of the house have no address of their own: only views that ask who you are hand them out."""
    assert client.get("/media/").status_code in (302, 404)


@pytest.mark.parametrize("who", ["kader_wati", "kader_tuti"])
def test_a_volunteer_never_reads_a_nik_a_phone_or_an_address(
    client: Client, melati: Melati, who: str
) -> None:
    as_stranger(client, melati, who)
    child = melati.cast.aisyah
    assert child.mother is not None
    for address in ALL:
        text = read(client.get(melati.url(address)))
        for secret in (child.nik, child.mother.phone, child.household.address):
            assert secret not in text, address.name
