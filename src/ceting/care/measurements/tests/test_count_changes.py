"""The page of changed months, and what a summary says of its own."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import operations
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families import life_operations as lives
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE = "/staf/skdn/perubahan/"


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def changed(cast: Cast, frozen: object) -> None:
    """Melati's October was closed, then Budi's weighing came late."""
    budi = cast.child("Budi")
    cast.weigh(cast.aisyah, "2026-10-22", "8.4")
    operations.close_session(cast.session("2026-10-22"), by=cast.kader_wati)
    cast.weigh(budi, "2026-10-22", "9.5", by=cast.bidan_rina)


@pytest.mark.usefixtures("changed")
def test_the_page_says_what_changed_why_and_whose(client: Client, cast: Cast) -> None:
    text = words(cast.sign_in(client, cast.kader_wati).get(PAGE))

    assert "Oktober 2026 Posyandu Melati · Andalas D 1 menjadi → 2 B 1 menjadi → 2" in text
    assert "Penimbangan menyusul Budi" in text
    assert "Rina Marlina" in text
    assert AuditEntry.objects.filter(action="read", purpose="count changes").count() == 1


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize("who", ["kader_tuti", "bidan_yuni"])
def test_whoever_may_not_see_melati_sees_no_change(client: Client, cast: Cast, who: str) -> None:
    text = words(cast.sign_in(client, cast.everybody[who]).get(PAGE))
    assert "Belum ada perubahan" in text
    assert "Budi" not in text


def test_a_child_who_moved_on_is_counted_and_not_named(client: Client, cast: Cast) -> None:
    """The change stays where it happened; her name goes with her."""
    cast.weigh(cast.rafi, "2026-10-22", "10.2", by=cast.kader_tuti)
    operations.close_session(cast.session("2026-10-22", posyandu=cast.kenanga), by=cast.kader_tuti)
    nadia = cast.child("Nadia", posyandu=cast.kenanga)
    cast.weigh(nadia, "2026-10-22", "9.5", by=cast.bidan_rina)
    assert "Nadia" in words(cast.sign_in(client, cast.kader_tuti).get(PAGE))

    lives.move_within(nadia, to=cast.melati, on=cast.today, by=cast.bidan_rina)

    text = words(client.get(PAGE))
    assert "Penimbangan menyusul 1 anak" in text
    assert "Nadia" not in text


@pytest.mark.usefixtures("changed")
def test_dinas_has_no_list_of_children(client: Client, cast: Cast) -> None:
    assert cast.sign_in(client, cast.dinas).get(PAGE).status_code == 403


@pytest.mark.usefixtures("changed")
def test_month_and_posyandu_narrow_the_list(client: Client, cast: Cast) -> None:
    dewi = cast.sign_in(client, cast.petugas_gizi_dewi)
    assert "Budi" in words(dewi.get(PAGE, {"bulan": "2026-10", "posyandu": str(cast.melati.pk)}))
    assert "Tidak ada perubahan di saringan ini" in words(dewi.get(PAGE, {"bulan": "2026-09"}))
    assert "Tidak ada perubahan di saringan ini" in words(dewi.get(PAGE, {"posyandu": str(cast.kenanga.pk)}))
    assert "Budi" in words(dewi.get(PAGE, {"bulan": "xx", "posyandu": "9999"}))


@pytest.mark.usefixtures("changed")
def test_a_long_list_takes_few_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        cast.weigh(cast.child("Cici"), date(2026, 10, 22), "9.5")
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


@pytest.mark.usefixtures("changed")
def test_the_summary_shows_what_was_sealed_beside_what_counts_now(client: Client, cast: Cast) -> None:
    url = reverse("measurements:session-summary", args=[cast.session("2026-10-22").pk])
    text = words(cast.sign_in(client, cast.kader_wati).get(url))

    assert "SKDN Oktober 2026 sudah ditetapkan" in text
    assert "Ditetapkan Wati, Kam, 26 Nov 2026. Dihitung ulang 1 kali sejak itu. Lihat perubahannya" in text
    assert "D 1 menjadi → 2, B 1 menjadi → 2" in text
