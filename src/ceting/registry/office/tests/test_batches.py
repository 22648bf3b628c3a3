"""Many posyandu and many people at once: what is wrong is said by line, nothing typed is lost, twice is once."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.registry.accounts.models import Link, RoleAssignment, User
from ceting.registry.places import operations as places
from ceting.registry.places.drafts import ClosureDraft
from ceting.registry.places.models import Posyandu
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def head(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.kepala)


def send(client: Client, name: str, cast: Cast, rows: str) -> Any:
    return client.post(reverse(f"office:{name}", args=[cast.andalas.pk]), {"rows": rows})


def test_a_list_opens_what_is_missing_and_passes_over_what_stands(head: Client, cast: Cast) -> None:
    rows = "Posyandu\tKelurahan\tRW\nMELATI\tAndalas\t3\nPosyandu Anggrek\tKel. Jati\tRW 7\nDahlia\tsawahan\t"
    for _ in range(2):
        assert send(head, "posyandu-many", cast, rows).status_code == 302
    found = {post.name: post.rw for post in Posyandu.objects.filter(puskesmas=cast.andalas)}
    assert found == {"Melati": "03", "Kenanga": "05", "Anggrek": "07", "Dahlia": ""}


def test_every_line_that_is_wrong_is_named_and_nothing_is_lost(head: Client, cast: Cast) -> None:
    rows = "Anggrek, Andals, 03\n, Jati, 04\nDahlia, Jati, 05\nTulip, Jati, sekian\nMawar, , 01"
    answer = send(head, "posyandu-many", cast, rows)
    assert answer.status_code == 422
    shown = words(answer)
    assert "Baris 1 (“Anggrek; Andals; 03”): kelurahan “Andals” tidak ada" in shown
    assert "Maksudnya Andalas?" in shown
    assert "Baris 2 (“Jati; 04”): Isi nama posyandu." in shown
    assert "Baris 4" in shown
    assert "Baris 5" in shown
    assert "Baris 3" not in shown
    assert "Dahlia, Jati, 05" in answer.content.decode(), "the whole list is still there"
    assert not Posyandu.objects.filter(name="Dahlia").exists(), "all of it or nothing"


def test_the_same_name_twice_in_a_list_is_one_posyandu(head: Client, cast: Cast) -> None:
    assert send(head, "posyandu-many", cast, "Anggrek, Jati, 01\nanggrek, Jati, 01").status_code == 302
    assert Posyandu.objects.filter(name__iexact="anggrek").count() == 1


def test_another_spelling_of_a_posyandu_is_the_same_posyandu(head: Client, cast: Cast) -> None:
    places.open_posyandu([("Mawar 2", cast.villages["Jati"], "")], puskesmas=cast.andalas, by=None)
    answer = send(head, "posyandu-many", cast, "Mawar II, Jati, 01\nPos. Mawar 02, Jati, 01\nTulip, Jati, 01")
    assert answer.status_code == 302
    names = Posyandu.objects.filter(village=cast.villages["Jati"]).values_list("name", flat=True)
    assert {"Mawar 2", "Tulip"} <= set(names)
    assert not [name for name in names if name in ("Mawar II", "Pos. Mawar 02")]


def test_a_kader_is_not_invited_to_a_posyandu_that_closed(head: Client, cast: Cast) -> None:
    (post,) = places.open_posyandu([("Anggrek", cast.villages["Jati"], "")], puskesmas=cast.andalas, by=None)
    places.close_posyandu(post, ClosureDraft(cast.today, "digabung"), by=cast.kepala)
    answer = send(head, "staff-many", cast, "Nurhayati; kader; Anggrek")
    assert answer.status_code == 422
    assert "posyandu “Anggrek” sudah ditutup" in words(answer)


def test_a_posyandu_that_closed_does_not_come_back_by_a_list(head: Client, cast: Cast) -> None:
    (post,) = places.open_posyandu([("Anggrek", cast.villages["Jati"], "")], puskesmas=cast.andalas, by=None)
    places.close_posyandu(post, ClosureDraft(cast.today, "digabung"), by=cast.kepala)
    answer = send(head, "posyandu-many", cast, "Anggrek, Jati, 01")
    assert answer.status_code == 422
    assert "sudah ditutup" in words(answer)


@pytest.mark.parametrize("name", ["posyandu-many", "staff-many"])
@pytest.mark.parametrize("rows", ["", "  \n ", "a,b\n" * 201, "x" * 60_001])
def test_an_empty_or_endless_list_is_answered_in_words(
    head: Client, cast: Cast, name: str, rows: str
) -> None:
    assert send(head, name, cast, rows).status_code == 422


PEOPLE = (
    "Nama; Peran; Posyandu; No HP\n"
    "Rina Astuti; Bidan; ; 0812-6611-2233\n"
    "dr. Yusuf Hakim; dokter\n"
    "Nurhayati; kader; Melati; 81370221188\n"
    "Wati; Kader posyandu; Posyandu Kenanga;"
)


def test_a_list_of_people_becomes_a_slip_for_each(head: Client, cast: Cast) -> None:
    answer = send(head, "staff-many", cast, PEOPLE)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count("/kunci/?k=") == 4
    assert page.count("data:image/svg+xml") == 4
    names = {user.name: user.username for user in User.objects.filter(role_assignments__given_by=cast.kepala)}
    assert names == {
        "Rina Astuti": "bidan.rina2",
        "dr. Yusuf Hakim": "dr.yusuf",
        "Nurhayati": "kader.nurhayati",
        "Wati": "kader.wati2",
    }
    nurhayati = User.objects.get(username="kader.nurhayati")
    assert nurhayati.phone == "+6281370221188"
    assert nurhayati.assignments[0].posyandu == cast.melati
    assert nurhayati.puskesmas == cast.andalas


def test_the_same_list_again_makes_new_links_and_no_new_people(head: Client, cast: Cast) -> None:
    send(head, "staff-many", cast, PEOPLE)
    people, roles = User.objects.count(), RoleAssignment.objects.count()
    answer = send(head, "staff-many", cast, PEOPLE + "\nYanti; kader; Melati")
    assert answer.content.decode().count("/kunci/?k=") == 5
    assert (User.objects.count(), RoleAssignment.objects.count()) == (people + 1, roles + 1)
    assert Link.objects.filter(used_at=None, withdrawn_at=None).count() == 5, "the earlier ones open nothing"


def test_who_has_come_in_before_gets_no_link(head: Client, cast: Cast) -> None:
    answer = send(head, "staff-many", cast, "Wati; kader; Melati")
    assert "Sudah pernah masuk" in words(answer)
    assert not Link.objects.exists()


def test_each_wrong_line_of_people_is_named_and_nobody_is_invited(head: Client, cast: Cast) -> None:
    rows = (
        "Nurhayati; kader; Melatih\n"
        "Yanti; kader\n"
        "Mira; dukun\n"
        "Elok; bidan; ; 12\n"
        "Elok; bidan; ; ; nama masuk\n"
        "Santi; bidan\n"
        "santi; bidan\n"
        "Orang Dinas; dinas\n"
        "Elok; bidan; ; ; kader.wati"
    )
    answer = send(head, "staff-many", cast, rows)
    assert answer.status_code == 422
    shown = words(answer)
    for line, sentence in (
        (1, "Maksudnya Melati?"),
        (2, "kader perlu posyandu"),
        (3, "peran “dukun” tidak dikenal"),
        (4, "nomor HP:"),
        (5, "tanpa spasi"),
        (7, "sama dengan baris 6"),
        (8, "tidak dikenal"),
    ):
        assert re.search(rf"Baris {line} \(“[^”]+”\): [^B]*{re.escape(sentence)}", shown), line
    assert "Santi; bidan" in answer.content.decode()
    assert not Link.objects.exists()


def test_a_taken_name_to_sign_in_with_is_said_at_its_line(head: Client, cast: Cast) -> None:
    answer = send(head, "staff-many", cast, "Santi; bidan\nElok; bidan; ; ; kader.wati")
    assert answer.status_code == 422
    assert "Baris 2 (“Elok; bidan; kader.wati”): Nama masuk ini sudah dipakai." in words(answer)
    assert not User.objects.filter(name="Santi").exists()


def test_two_posyandu_of_one_name_are_told_apart_by_their_village(head: Client, cast: Cast) -> None:
    places.open_posyandu([("Melati", cast.villages["Jati"], "")], puskesmas=cast.andalas, by=None)
    assert "Tulis dengan kelurahannya" in words(send(head, "staff-many", cast, "Nurhayati; kader; Melati"))
    assert send(head, "staff-many", cast, "Nurhayati; kader; Melati (Jati)").status_code == 200
    post = User.objects.get(name="Nurhayati").assignments[0].posyandu
    assert post is not None
    assert post.village == cast.villages["Jati"]


def test_a_kader_of_another_puskesmas_is_never_invited_to_ours(head: Client, cast: Cast) -> None:
    assert send(head, "staff-many", cast, "Nurhayati; kader; Mawar").status_code == 422


def test_bidan_rina_invites_nobody_and_opens_no_posyandu(cast: Cast) -> None:
    rina = cast.sign_in(Client(), cast.bidan_rina)
    assert send(rina, "staff-many", cast, PEOPLE).status_code == 403
    assert send(rina, "posyandu-many", cast, "Anggrek, Jati, 01").status_code == 403
