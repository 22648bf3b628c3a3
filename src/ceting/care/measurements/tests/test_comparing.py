"""Two children side by side: who may look, what the page says, merging with undo, and pressing twice."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceting.care.measurements.models import Measurement
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families.doubles import look_for_doubles
from ceting.registry.families.merging import merge_children, undo_merge
from ceting.registry.families.models import Child, LikelyPair, Merge, MergeUndoing, TwoChildren
from ceting.registry.families.operations import change_child
from ceting.registry.places.models import Puskesmas
from tests.cast import GIRL, Cast, gather

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WHY = "Ibu dan tanggal lahirnya sama"


def double(cast: Cast, name: str = "Aisyah Putri Ramadhani", **more: Any) -> Child:
    return cast.child(
        name, **{"sex": GIRL, "birth_date": cast.aisyah.birth_date, "mother": "Sari Wahyuni", **more}
    )


def compared(one: Child, other: Child) -> str:
    return reverse("measurements:compare", args=[one.pk, other.pk])


def words(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.fixture
def rina(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.bidan_rina)


def test_rina_goes_from_the_queue_to_one_child_and_back_to_two(rina: Client, cast: Cast) -> None:
    other = double(cast)
    first, second = cast.weigh(cast.aisyah, "2026-10-05", "8.1"), cast.weigh(other, "2026-11-05", "8.4")
    look_for_doubles()
    queue = words(rina, reverse("families:doubles"))
    assert "1 pasangan menunggu" in queue
    assert "namanya hampir sama" in queue
    assert compared(cast.aisyah, other) in queue
    assert "1 menunggu." in words(rina, reverse("more"))
    page = words(rina, compared(cast.aisyah, other))
    assert "berbeda" in page
    assert "1 kali, terakhir" in page
    answer = rina.post(compared(cast.aisyah, other), {"reason": WHY})
    merge = Merge.objects.get()
    done = reverse("families:merge", args=[merge.pk])
    assert answer.headers["Location"] == done
    kept = Child.objects.get(pk=cast.aisyah.pk)
    assert kept.name == "Aisyah Putri Ramadhani", "the longer name stands unless she chooses otherwise"
    assert set(Measurement.objects.filter(child=kept)) == {first, second}
    assert "Batalkan penggabungan" in words(rina, done)
    child = words(rina, reverse("measurements:child", args=[kept.pk]))
    assert "Digabung dari Aisyah Putri Ramadhani" in child
    assert done in child
    change_child(kept, {"name": "Aisyah P. Ramadhani"}, base_version=kept.version, by=cast.bidan_rina)
    assert rina.post(done).headers["Location"] == done
    page = words(rina, done)
    assert "Keduanya kembali menjadi dua anak" in page
    assert "diubah orang setelah digabungkan: nama." in page
    assert set(Measurement.objects.filter(child=other)) == {second}
    assert "Digabung dari" not in words(rina, reverse("measurements:child", args=[kept.pk]))


def test_her_choice_stands_field_by_field(rina: Client, cast: Cast) -> None:
    born = cast.aisyah.birth_date + timedelta(days=1)
    other = double(cast, "Aisyah", birth_date=born, mother="Ibu Rosna")
    typed = {"reason": WHY, "name": "b", "birth_date": "a", "mother_id": "b"}
    rina.post(compared(other, cast.aisyah), typed)
    kept = Child.objects.get(pk=cast.aisyah.pk)
    assert (kept.name, kept.birth_date) == ("Aisyah", cast.aisyah.birth_date)
    assert (kept.mother_id, kept.household_id) == (other.mother_id, other.household_id)
    assert kept.nik == cast.aisyah.nik, "the known NIK stays"


def test_nothing_typed_is_lost_without_a_reason(rina: Client, cast: Cast) -> None:
    other = double(cast)
    answer = rina.post(compared(cast.aisyah, other), {"reason": " ", "name": "a"})
    assert answer.status_code == 422
    page = " ".join(answer.content.decode().split())
    assert "Tulis alasannya" in page
    assert 'name="name" value="a" checked' in page
    assert not Merge.objects.exists()


def test_twins_weighed_on_one_day_are_said_to_be_so(rina: Client, cast: Cast) -> None:
    other = double(cast)
    for child, kg in ((cast.aisyah, "8.1"), (other, "7.6")):
        cast.weigh(child, "2026-11-05", kg)
    page = words(rina, compared(cast.aisyah, other))
    assert "Keduanya diukur pada hari yang sama" in page
    assert "8,1 kg dan 7,6 kg" in page


def test_memang_dua_anak_leaves_the_queue(rina: Client, cast: Cast) -> None:
    other = double(cast)
    look_for_doubles()
    url = reverse("families:two-children", args=[cast.aisyah.pk, other.pk])
    for _ in range(2):
        assert rina.post(url).headers["Location"] == reverse("families:doubles")
    assert TwoChildren.objects.count() == 1
    assert "Tidak ada yang perlu diperiksa" in words(rina, reverse("families:doubles"))


def test_more_counts_only_the_pairs_that_she_may_answer(rina: Client, cast: Cast) -> None:
    double(cast)
    look_for_doubles()
    assert "1 menunggu." in words(rina, reverse("more"))
    yuni = cast.sign_in(Client(), cast.bidan_yuni)
    assert "menunggu." not in words(yuni, reverse("more"))


def test_from_her_page_another_child_is_found_and_compared(rina: Client, cast: Cast) -> None:
    other = double(cast)
    look_for_doubles()
    url = reverse("families:same-as", args=[cast.aisyah.pk])
    assert url in words(rina, reverse("measurements:child", args=[cast.aisyah.pk]))
    assert compared(cast.aisyah, other) in words(rina, url)
    found = rina.post(url, {"q": "ramadhani"}).content.decode()
    assert compared(cast.aisyah, other) in found
    assert compared(cast.aisyah, cast.aisyah) not in rina.post(url, {"q": "aisyah"}).content.decode()
    assert "Zahra Aulia" not in rina.post(url, {"q": "zahra"}).content.decode()


def test_a_child_of_another_puskesmas_cannot_be_compared_not_even_by_key(client: Client, cast: Cast) -> None:
    other = double(cast)
    merge = merge_children(cast.aisyah, double(cast, "Aisyah"), reason=WHY, by=cast.bidan_rina)
    for user, status in ((cast.bidan_rina, 404), (cast.bidan_yuni, 404), (cast.kader_wati, 403)):
        cast.sign_in(client, user)
        for pair in ((cast.aisyah, cast.zahra), (cast.zahra, cast.aisyah)):
            assert client.get(compared(*pair)).status_code == status
            assert client.post(compared(*pair), {"reason": WHY}).status_code == status
            two = reverse("families:two-children", args=[each.pk for each in pair])
            assert client.post(two).status_code == status
    for user, status in ((cast.bidan_yuni, 404), (cast.kader_tuti, 403), (cast.kepala, 403)):
        cast.sign_in(client, user)
        assert client.get(compared(cast.aisyah, other)).status_code == status
        for url in (reverse("families:merge", args=[merge.pk]), reverse("families:same-as", args=[other.pk])):
            assert client.post(url).status_code == status
    assert not MergeUndoing.objects.exists()
    assert not TwoChildren.objects.exists()
    assert Merge.objects.count() == 1


def test_a_child_is_not_compared_with_herself(rina: Client, cast: Cast) -> None:
    assert rina.get(compared(cast.aisyah, cast.aisyah)).status_code == 404


def test_pressed_twice_it_is_one_merge_and_leads_to_its_page(rina: Client, cast: Cast) -> None:
    other = double(cast)
    answers = [rina.post(compared(cast.aisyah, other), {"reason": WHY}) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Merge.objects.count() == 1
    done = reverse("families:merge", args=[Merge.objects.get().pk])
    assert rina.post(done).status_code == 302
    answer = rina.post(done)
    assert answer.status_code == 422
    assert "sudah dibatalkan" in answer.content.decode()


def test_a_merge_is_told_on_the_day_of_its_puskesmas(rina: Client, cast: Cast, frozen: Any) -> None:
    Puskesmas.objects.filter(pk=cast.andalas.pk).update(zone="Asia/Jayapura")
    frozen.move_to("2026-11-26T23:05:00+07:00")
    merge = merge_children(cast.aisyah, double(cast), reason=WHY, by=cast.bidan_rina)
    undo_merge(merge, by=cast.bidan_rina)
    cast.sign_in(rina, cast.bidan_rina)
    assert words(rina, reverse("families:merge", args=[merge.pk])).count("Jum, 27 Nov 2026") == 2


def test_who_was_merged_meanwhile_is_compared_through_whoever_stands_for_her(
    rina: Client, cast: Cast
) -> None:
    other, third = double(cast), double(cast, "Aisyah P")
    merge_children(cast.aisyah, other, reason=WHY, by=cast.bidan_rina)
    answer = rina.get(compared(other, third))
    assert answer.headers["Location"] in (compared(cast.aisyah, third), compared(third, cast.aisyah))


@pytest.mark.django_db(transaction=True)
def test_a_weighing_during_a_merge_is_the_kept_childs_and_comes_back_with_the_undoing() -> None:
    cast = gather()
    other = double(cast)
    faults: list[str] = []

    def hand(deed: Any) -> threading.Thread:
        def run() -> None:
            try:
                deed()
            except Exception as fault:
                faults.append(repr(fault))
            finally:
                connections.close_all()

        return threading.Thread(target=run)

    hands = [
        hand(lambda: merge_children(cast.aisyah, other, reason=WHY, by=cast.bidan_rina)),
        hand(lambda: cast.weigh(other, date(2026, 11, 5), "8.4")),
    ]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    assert faults == []
    assert Measurement.objects.get().child_id == cast.aisyah.pk
    undo_merge(Merge.objects.get(), by=cast.bidan_rina)
    assert Measurement.objects.get().child_id == other.pk


def test_every_page_says_what_was_read_and_costs_the_same_for_many(rina: Client, cast: Cast) -> None:
    costs: list[list[int]] = []
    pairs: list[tuple[Child, Child]] = []
    for number in (1, 12):
        for serial in range(len(pairs), number):
            born = cast.aisyah.birth_date - timedelta(days=serial)
            one, other = (double(cast, name, birth_date=born) for name in ("Cici Rahma", "Cici"))
            cast.weigh(one, "2026-11-05", "8.1")
            pairs.append((one, other))
        look_for_doubles()
        other_weighing = date(2026, 1, 5) + timedelta(days=30 * (number % 7))
        cast.weigh(pairs[0][0], other_weighing, "7.1")
        costs.append([])
        for url in (
            reverse("families:doubles"),
            compared(*pairs[0]),
            reverse("families:same-as", args=[pairs[0][0].pk]),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert rina.get(url).status_code == 200
            costs[-1].append(len(queries))
    assert costs[0] == costs[1]
    assert max(costs[1]) <= 15
    assert LikelyPair.objects.waiting().count() >= 12
    purposes = set(AuditEntry.objects.filter(action="read").values_list("purpose", flat=True))
    assert {"doubles", "compare", "same as"} <= purposes
