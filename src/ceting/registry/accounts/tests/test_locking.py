"""The idle lock: who was away gets nothing of any page, and nobody else opens it for her."""

from typing import Any

import pytest
import time_machine
from django.contrib.messages.storage import default_storage
from django.test import Client, RequestFactory

from ceting.foundation.audit.models import AuditEntry
from ceting.registry.accounts import entering, locking
from ceting.registry.accounts.models import SignInSession
from ceting.registry.accounts.sessions import SessionStore, name_of
from ceting.registry.places import operations as places
from tests.architecture.addresses import PUBLIC, Melati, addresses, settle
from tests.cast import Cast

OPEN, LOCK, HERE = "/staf/akun/buka/", "/staf/akun/kunci/", "/staf/akun/hadir/"
MINUTE = 60
BACK = {"accounts:unlock", "accounts:sign-out", "accounts:lock"}
"""The only addresses of the staff that answer while it is locked."""


def signed_in(cast: Cast, who: str) -> Client:
    return cast.sign_in(Client(), getattr(cast, who))


def open_again(client: Client, password: str, **more: str) -> Any:
    return client.post(OPEN, {"password": password, **more})


def test_rina_is_asked_for_her_password_after_a_quarter_of_an_hour(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    rina = signed_in(cast, "bidan_rina")
    frozen.shift(15 * MINUTE)
    assert rina.get("/staf/").status_code == 200
    frozen.shift(17 * MINUTE)
    locked = rina.get("/staf/anak/?page=2")
    assert locked.status_code == locking.LOCKED
    assert "Terkunci" in locked.text
    assert open_again(rina, "salah").status_code == 422
    assert rina.get("/staf/").status_code == locking.LOCKED
    opened = open_again(rina, cast.password, next=locked.context["next"])
    assert opened["Location"] == "/staf/anak/?page=2"
    assert rina.get("/staf/").status_code == 200
    assert AuditEntry.objects.filter(action="screen.open", actor_id=cast.bidan_rina.pk).count() == 1


def test_a_kader_has_an_hour(cast: Cast, frozen: time_machine.Traveller) -> None:
    wati = signed_in(cast, "kader_wati")
    frozen.shift(59 * MINUTE)
    assert wati.get("/staf/").status_code == 200
    frozen.shift(62 * MINUTE)
    assert wati.get("/staf/").status_code == locking.LOCKED


def test_a_puskesmas_decides_how_long(cast: Cast, frozen: time_machine.Traveller) -> None:
    places.change_settings(cast.andalas, {locking.STAFF: "5"}, reason="Ruang tunggu ramai.", by=cast.kepala)
    rina = signed_in(cast, "bidan_rina")
    frozen.shift(7 * MINUTE)
    assert rina.get("/staf/").status_code == locking.LOCKED


@pytest.fixture
def melati(cast: Cast) -> Melati:
    return settle(cast)


@pytest.mark.parametrize("who", ["bidan_rina", "dinas"])
def test_a_locked_screen_gets_nothing_of_any_page(
    melati: Melati, frozen: time_machine.Traveller, who: str
) -> None:
    client = signed_in(melati.cast, who)
    client.post(LOCK)
    for address in addresses():
        if address.name in PUBLIC or address.name in BACK:
            continue
        url = melati.url(address)
        for answer in (
            client.get(url),
            client.post(url, {"q": "aisyah"}),
            client.get(url, headers={"HX-Request": "true"}),
        ):
            assert answer.status_code == locking.LOCKED, address.name
            assert not any(secret in answer.text for secret in melati.secrets), address.name
    assert client.get("/staf/").status_code == locking.LOCKED


def test_what_a_script_sent_while_it_was_locked_is_not_written_and_says_so(
    melati: Melati, frozen: time_machine.Traveller
) -> None:
    cast, rina = melati.cast, signed_in(melati.cast, "bidan_rina")
    rows = cast.aisyah.measurements.count()
    rina.post(LOCK)
    url = f"/staf/sesi/{melati.session.pk}/anak/{cast.aisyah.pk}/"
    answer = rina.post(url, {"weight_kg": "9,9"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["X-Locked"]) == (locking.LOCKED, "1")
    assert "X-Row" not in answer
    assert cast.aisyah.measurements.count() == rows


def test_the_password_is_not_guessed_at_a_locked_screen(cast: Cast, frozen: time_machine.Traveller) -> None:
    rina = signed_in(cast, "bidan_rina")
    rina.post(LOCK)
    for _ in range(5):
        assert open_again(rina, "salah").status_code == 422
    assert open_again(rina, cast.password).status_code == 429
    frozen.shift(16 * MINUTE)
    assert open_again(rina, cast.password).status_code == 302


def test_somebody_elses_password_opens_nothing(cast: Cast) -> None:
    rina = signed_in(cast, "bidan_rina")
    cast.kepala.set_password("sandi-milik-kepala")
    cast.kepala.save()
    rina.post(LOCK)
    assert open_again(rina, "sandi-milik-kepala").status_code == 422


def test_the_page_says_that_somebody_types_and_a_poll_says_nothing(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    rina = signed_in(cast, "bidan_rina")
    for _ in range(3):
        frozen.shift(10 * MINUTE)
        assert rina.post(HERE).status_code == 204
    seen = SignInSession.objects.get().seen_at
    frozen.shift(10 * MINUTE)
    rina.get(f"/staf/impor/{cast.aisyah.pk}/kemajuan/")
    assert SignInSession.objects.get().seen_at == seen
    frozen.shift(7 * MINUTE)
    assert rina.post(HERE).status_code == locking.LOCKED


def test_a_sign_of_life_is_written_once_a_minute_and_asks_nothing_in_between(
    cast: Cast, frozen: time_machine.Traveller, django_assert_num_queries: Any
) -> None:
    rina = signed_in(cast, "bidan_rina")
    with django_assert_num_queries(2):  # the session and the person
        rina.post(HERE)
    frozen.shift(MINUTE)
    with django_assert_num_queries(6):  # her roles, her puskesmas, its settings and the one write
        rina.post(HERE)
    frozen.shift(30)
    with django_assert_num_queries(2):
        rina.post(HERE)


def test_saving_something_in_the_session_is_no_sign_of_life(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    rina = signed_in(cast, "bidan_rina")
    began = SignInSession.objects.get().seen_at
    frozen.shift(30)
    session = rina.session
    session["something"] = "else"
    session.save()
    assert SignInSession.objects.get().seen_at == began


@pytest.mark.parametrize(
    ("sent_from", "back"),
    [
        ("http://testserver/staf/anak/baru/?x=1", "/staf/anak/baru/?x=1"),
        ("http://jahat.example/staf/", ""),
        ("", ""),
    ],
)
def test_a_form_that_was_sent_too_late_leads_back_to_its_page(cast: Cast, sent_from: str, back: str) -> None:
    rina = signed_in(cast, "bidan_rina")
    rina.post(LOCK)
    answer = rina.post("/staf/anak/baru/", {"name": "Budi"}, headers={"Referer": sent_from})
    assert answer.context["next"] == back
    assert "data-keep-drafts" in answer.text


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)"])
def test_opening_leads_to_no_other_site(cast: Cast, elsewhere: str) -> None:
    rina = signed_in(cast, "bidan_rina")
    assert open_again(rina, cast.password, next=elsewhere)["Location"] == "/staf/"


def test_a_locked_screen_may_still_sign_out(cast: Cast) -> None:
    rina = signed_in(cast, "bidan_rina")
    rina.post(LOCK)
    assert rina.post("/keluar/")["Location"] == "/masuk/"


def test_the_cover_gets_a_status_and_a_sentence(cast: Cast) -> None:
    rina = signed_in(cast, "bidan_rina")
    cover = {"X-Cover": "1"}
    assert rina.post(LOCK, headers=cover).status_code == 204
    wrong = rina.post(OPEN, {"password": "salah"}, headers=cover)
    assert (wrong.status_code, wrong.text) == (
        422,
        "Kata sandi belum cocok. Periksa huruf besar dan kecil, lalu coba lagi.",
    )
    assert rina.post(OPEN, {"password": ""}, headers=cover).text == "Isi kata sandi."
    assert rina.post(OPEN, {"password": cast.password}, headers=cover).status_code == 204


def test_no_page_names_a_sessions_key(cast: Cast) -> None:
    rina, phone = signed_in(cast, "bidan_rina"), signed_in(cast, "bidan_rina")
    page = rina.get("/staf/akun/perangkat/").text
    assert name_of(str(phone.session.session_key)) in page
    assert not any(str(client.session.session_key) in page for client in (rina, phone))


def test_coming_through_the_door_again_opens_her_screen(cast: Cast, frozen: time_machine.Traveller) -> None:
    """As a passkey does, while the locked session is still hers."""
    rina = signed_in(cast, "bidan_rina")
    rina.post(LOCK)
    request = RequestFactory().post("/masuk/kunci-sandi/")
    request.session = SessionStore(rina.session.session_key)
    request.user = cast.bidan_rina
    request._messages = default_storage(request)
    entering.come_in(request, cast.bidan_rina, how="passkey")
    request.session.save()
    assert rina.get("/staf/").status_code == 200


def test_a_page_that_was_under_way_when_the_screen_was_locked_opens_nothing_by_saving_late(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    rina = signed_in(cast, "bidan_rina")
    late = SessionStore(rina.session.session_key)
    late["passkey"] = True
    rina.post("/staf/akun/kunci/")
    assert rina.get("/staf/").status_code == 423
    late.save()
    assert rina.get("/staf/").status_code == 423
