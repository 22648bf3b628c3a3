"""The list "Kirim dari HP saya": who sees which message, where its button leads, and what is written down."""

from typing import Any

import pytest
from django.test import Client

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.messaging import delivery, operations
from ceting.foundation.messaging.contributing import rules_of
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import Kind, OutboxMessage, State
from ceting.registry.families import home_operations
from ceting.registry.places import operations as places
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/staf/pesan/"
TEXT = "Halo Ibu Sari, besok ada Posyandu Melati."


def agree(cast: Cast) -> None:
    mother = cast.aisyah.mother
    assert mother is not None
    operations.answer_opt_in(mother.pk, granted=True, said_through="spoken", by=cast.bidan_rina)


def message(cast: Cast, key: str = "reminder:1", **more: Any) -> OutboxMessage:
    """To Ibu Sari of Melati, delivered to the list."""
    mother = cast.aisyah.mother
    assert mother is not None
    told = {
        "recipient_id": mother.pk,
        "recipient_name": mother.name,
        "phone": mother.phone,
        "puskesmas_id": cast.andalas.pk,
        "posyandu_id": cast.melati.pk,
        "topic": "reminder",
        "text": TEXT,
    }
    (row,) = operations.queue([MessageDraft(dedupe_key=key, **(told | more))], by=cast.bidan_rina)
    delivery.deliver()
    row.refresh_from_db()
    return row


@pytest.fixture
def sari(cast: Cast, frozen: Any) -> OutboxMessage:
    agree(cast)
    return message(cast)


def page_of(cast: Cast, client: Client, who: str) -> str:
    return cast.sign_in(client, cast.everybody[who]).get(LIST).content.decode()


@pytest.mark.parametrize("who", ["kader_wati", "bidan_rina", "petugas_gizi_dewi", "dr_hasan"])
def test_those_who_care_for_her_may_write_to_her(
    cast: Cast, sari: OutboxMessage, client: Client, who: str
) -> None:
    assert TEXT in page_of(cast, client, who)


@pytest.mark.parametrize("who", ["kader_tuti", "bidan_yuni"])
def test_others_find_nothing(cast: Cast, sari: OutboxMessage, client: Client, who: str) -> None:
    assert "Tidak ada pesan yang menunggu" in page_of(cast, client, who)
    assert client.get(f"{LIST}{sari.pk}/buka/").status_code == 404
    assert client.post(f"{LIST}{sari.pk}/terkirim/").status_code == 404


def test_a_kader_sees_no_midwifes_follow_up(cast: Cast, client: Client, frozen: Any) -> None:
    follow_up = message(
        cast, kind=Kind.MEDICAL_FOLLOW_UP, topic="case", text="Ibu Sari, Hb perlu dicek lagi."
    )
    assert "Hb perlu dicek" not in page_of(cast, client, "kader_wati")
    assert client.get(f"{LIST}{follow_up.pk}/buka/").status_code == 404
    assert "Hb perlu dicek" in page_of(cast, client, "bidan_rina")


def test_a_health_worker_opens_the_chat_with_the_number_and_that_is_written_down(
    cast: Cast, sari: OutboxMessage, client: Client
) -> None:
    cast.sign_in(client, cast.bidan_rina)
    answer = client.get(f"{LIST}{sari.pk}/buka/")
    assert answer.headers["Location"] == "https://wa.me/6281267001001"
    read = AuditEntry.objects.get(action="read", purpose="message")
    assert (read.actor_id, read.subject_ids) == (cast.bidan_rina.pk, [str(sari.recipient_id)])


def test_a_kader_never_gets_the_number(cast: Cast, client: Client, frozen: Any) -> None:
    agree(cast)
    plain, harmless = message(cast), message(cast, "reminder:2", text_in_link=True)
    page = page_of(cast, client, "kader_wati")
    answers = [client.get(f"{LIST}{row.pk}/buka/") for row in (plain, harmless)]
    assert answers[0].headers["Location"] == LIST
    assert answers[1].headers["Location"].startswith("https://wa.me/?text=Halo%20Ibu%20Sari")
    everything = (
        page + "".join(str(answer.headers) for answer in answers) + page_of(cast, client, "kader_wati")
    )
    assert "81267001001" not in everything
    assert "Nomor HP hanya dibaca petugas" in page


def test_without_a_number_somebody_says_it(cast: Cast, client: Client, frozen: Any) -> None:
    agree(cast)
    row = message(cast, phone="")
    assert "Nomor HP-nya belum ada" in page_of(cast, client, "bidan_rina")
    assert client.get(f"{LIST}{row.pk}/buka/").headers["Location"] == LIST


def test_she_says_sent_and_takes_it_back(cast: Cast, sari: OutboxMessage, client: Client) -> None:
    cast.sign_in(client, cast.kader_wati)
    for _ in range(2):
        answer = client.post(f"{LIST}{sari.pk}/terkirim/", follow=True)
        assert "sudah terkirim" in answer.content.decode()
    sari.refresh_from_db()
    assert sari.state == State.SENT
    assert "Urungkan" in answer.content.decode()
    page = client.post(f"{LIST}{sari.pk}/urungkan/", follow=True).content.decode()
    assert TEXT in page
    assert "Urungkan" not in page


def test_she_decides_not_to(cast: Cast, sari: OutboxMessage, client: Client) -> None:
    cast.sign_in(client, cast.kader_wati)
    page = client.post(f"{LIST}{sari.pk}/batal/", follow=True).content.decode()
    assert "tidak jadi" in page
    assert TEXT not in page


def test_a_colleague_who_was_faster_is_told(cast: Cast, sari: OutboxMessage, client: Client) -> None:
    operations.mark_sent(sari, by=cast.bidan_rina)
    cast.sign_in(client, cast.kader_wati)
    page = client.post(f"{LIST}{sari.pk}/terkirim/", follow=True).content.decode()
    assert "Jangan dikirim dua kali" in page
    assert "Baru saja" not in page


def test_what_was_stopped_opens_no_chat(cast: Cast, sari: OutboxMessage, client: Client) -> None:
    operations.close_gate(sari.recipient_id, reason="loss", by=cast.bidan_rina)
    assert TEXT not in page_of(cast, client, "bidan_rina")
    assert client.get(f"{LIST}{sari.pk}/buka/").headers["Location"] == LIST


def test_a_new_number_is_the_one_that_opens(cast: Cast, sari: OutboxMessage, client: Client) -> None:
    mother = cast.aisyah.mother
    assert mother is not None
    home_operations.change_caregiver(
        mother, {"phone": "+6281299990000"}, base_version=mother.version, by=cast.bidan_rina
    )
    cast.sign_in(client, cast.bidan_rina)
    assert client.get(f"{LIST}{sari.pk}/buka/").headers["Location"] == "https://wa.me/6281299990000"


def test_more_says_how_many_wait(cast: Cast, sari: OutboxMessage, client: Client) -> None:
    assert (
        "Kirim dari HP saya" in cast.sign_in(client, cast.kader_wati).get("/staf/lainnya/").content.decode()
    )


def test_the_list_costs_the_same_however_long(
    cast: Cast, sari: OutboxMessage, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(2, 15):
        message(cast, f"reminder:{number}")
    cast.sign_in(client, cast.bidan_rina)
    client.get(LIST)
    with django_assert_max_num_queries(9):
        client.get(LIST)


def test_quiet_hours_are_a_setting_of_the_puskesmas(cast: Cast) -> None:
    places.change_settings(cast.andalas, {"messages.quiet_from": "21.30"}, reason="Uji", by=cast.kepala)
    assert f"{rules_of(cast.andalas.pk).quiet_from:%H:%M}" == "21:30"
    assert f"{rules_of(cast.air_dingin.pk).quiet_from:%H:%M}" == "20:00"
