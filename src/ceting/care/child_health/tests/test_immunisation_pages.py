"""A child's immunisations on the screen: who may read and write them, what they say, what they cost."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.child_health import operations
from ceting.care.child_health.drafts import ImmunisationDraft
from ceting.care.child_health.models import Entry, Immunisation
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.keys import new_key
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places import operations as places
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def address(name: str, child: Child, *more: object) -> str:
    return reverse(f"child_health:{name}", args=[child.pk, *more])


def given(cast: Cast, child: Child, **doses: str) -> list[Entry]:
    drafts = [
        ImmunisationDraft(child=child, on=date.fromisoformat(on), dose=code, number=number)
        for number, (code, on) in enumerate(doses.items())
    ]
    return operations.record(drafts, by=cast.bidan_rina)


def page(cast: Cast, client: Client, url: str, user: User | None = None) -> str:
    cast.sign_in(client, user or cast.bidan_rina)
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def posted(**more: object) -> dict[str, object]:
    return {"on": "26/11/2026", "form_key": str(new_key()), "place": "posyandu", **more}


def test_rina_sees_what_is_late_what_was_given_and_how_aisyah_catches_up(cast: Cast, client: Client) -> None:
    given(cast, cast.aisyah, HB0="2025-09-10", BCG="2025-11-20")
    html = page(cast, client, address("immunisation", cast.aisyah))
    for words in (
        "Ada imunisasi yang terlambat",
        "Terlambat, masih bisa dikejar",
        "Sudah diberikan",
        "Kam, 20 Nov 2025",
        "terlambat dari jadwal",
        "Tidak diberikan lagi",
        "Menunggu dosis sebelumnya",
        "Hari ini",
    ):
        assert words in html
    assert ">JE<" not in html


def test_je_is_offered_where_the_puskesmas_says_it_is_endemic(cast: Cast, client: Client) -> None:
    places.change_settings(
        cast.andalas, {"child.japanese_encephalitis": "yes"}, reason="Endemis", by=cast.kepala
    )
    assert ">JE<" in page(cast, client, address("immunisation", cast.aisyah))


def test_what_is_due_is_ticked_first_and_saved_in_one_go(cast: Cast, client: Client) -> None:
    html = page(cast, client, address("immunise", cast.aisyah))
    first = html.index('value="OPV1"')
    assert "checked" in html[first : first + 80]
    assert first < html.index('value="OPV2"')
    data = posted(doses=["OPV1", "DPT1", "MR1"], lot_DPT1="B-2231", given_by="Bidan Rina")
    answer = client.post(address("immunise", cast.aisyah), data, follow=True)
    assert answer.redirect_chain
    assert "OPV 1, DPT-HB-Hib 1, dan Campak-Rubela 1 sudah dicatat." in answer.content.decode()
    assert dict(Immunisation.objects.values_list("dose", "lot")) == {"OPV1": "", "DPT1": "B-2231", "MR1": ""}


def test_pressing_twice_writes_once(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.bidan_rina)
    data = posted(doses=["OPV1"])
    for _ in range(2):
        assert client.post(address("immunise", cast.aisyah), data).status_code == 302
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"doses": []}, "Centang paling sedikit satu imunisasi."),
        ({"doses": ["OPV1"], "on": "1/1/2020"}, "sebelum anak lahir"),
        ({"doses": ["OPV1"], "on": "27/11/2026"}, "belum tiba"),
        ({"doses": ["BCG"]}, "BCG"),
    ],
)
def test_what_can_not_be_comes_back_with_a_sentence(
    cast: Cast, client: Client, more: dict[str, object], sentence: str
) -> None:
    given(cast, cast.aisyah, BCG="2025-11-20")
    cast.sign_in(client, cast.bidan_rina)
    answer = client.post(address("immunise", cast.aisyah), posted(**more))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Entry.objects.count() == 1


def test_a_kader_reads_the_immunisations_and_does_not_write_them(cast: Cast, client: Client) -> None:
    html = page(cast, client, address("immunisation", cast.aisyah), cast.kader_wati)
    assert "Catat imunisasi" not in html
    assert client.get(address("immunise", cast.aisyah)).status_code == 403
    assert client.post(address("immunise", cast.aisyah), posted(doses=["OPV1"])).status_code == 403


@pytest.mark.parametrize("name", ["child", "immunisation", "immunise", "immunisation-book"])
def test_tuti_and_the_midwife_of_the_other_puskesmas_find_nothing(
    cast: Cast, client: Client, name: str
) -> None:
    for user in (cast.kader_tuti, cast.bidan_yuni, cast.dinas):
        cast.sign_in(client, user)
        assert client.get(address(name, cast.aisyah)).status_code in (403, 404)
    assert not AuditEntry.objects.filter(action="read").exists()


@pytest.mark.parametrize("name", ["child", "immunisation", "immunise", "immunisation-book"])
def test_a_page_costs_the_same_however_long_the_history(
    cast: Cast, client: Client, name: str, django_assert_num_queries: object
) -> None:
    given(cast, cast.aisyah, HB0="2025-09-10", BCG="2025-10-20", OPV1="2025-10-20", DPT1="2025-11-20")
    cast.sign_in(client, cast.bidan_rina)
    # Session, user, roles, the child with her family, her entries, the settings, the audit.
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get(address(name, cast.aisyah))


def test_the_page_of_her_growth_says_what_is_late_and_leads_there(cast: Cast, client: Client) -> None:
    html = page(cast, client, reverse("measurements:child", args=[cast.aisyah.pk]), cast.kader_wati)
    assert "Belum ada imunisasi yang tercatat" in html
    assert address("child", cast.aisyah) in html
    health = page(cast, client, address("child", cast.aisyah), cast.kader_wati)
    assert reverse("measurements:child", args=[cast.aisyah.pk]) in health


def test_a_preterm_child_shows_both_ages(cast: Cast, client: Client) -> None:
    Child.objects.filter(pk=cast.aisyah.pk).update(gestation_days=245)
    html = page(cast, client, address("child", cast.aisyah))
    assert "umur koreksi 13 bulan" in html
    assert "1 tahun 2 bulan" in html


def test_what_was_written_wrongly_is_struck_out_with_a_reason(cast: Cast, client: Client) -> None:
    (entry,) = given(cast, cast.aisyah, BCG="2025-11-20")
    url = address("strike", cast.aisyah, entry.pk)
    assert "BCG" in page(cast, client, url)
    assert client.post(url, {"reason": "", "words": ""}).status_code == 422
    assert client.post(url, {"reason": "wrong_child", "words": ""}).status_code == 302
    html = page(cast, client, address("child", cast.aisyah))
    assert "Dicoret Rina Marlina: Salah anak" in html


def test_an_entry_of_another_child_is_not_found_through_this_one(cast: Cast, client: Client) -> None:
    (entry,) = given(cast, cast.rafi, BCG="2025-11-20")
    cast.sign_in(client, cast.bidan_rina)
    assert client.get(address("strike", cast.aisyah, entry.pk)).status_code == 404


def test_the_page_of_the_book_is_typed_in_with_its_own_days(cast: Cast, client: Client) -> None:
    url = address("immunisation-book", cast.aisyah)
    assert "HB0" in page(cast, client, url)
    key = {"form_key": str(new_key())}
    assert client.post(url, key).status_code == 422
    wrong = client.post(url, key | {"day_HB0": "1/1/2020"})
    assert "sebelum anak lahir" in wrong.content.decode()
    typed = key | {"day_HB0": "10/9/2025", "day_BCG": "20 Nov 2025"}
    for _ in range(2):
        assert client.post(url, typed).status_code == 302
    days = Entry.objects.order_by("happened_on").values_list("immunisation__dose", "happened_on")
    assert list(days) == [("HB0", date(2025, 9, 10)), ("BCG", date(2025, 11, 20))]
