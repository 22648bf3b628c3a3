"""The end of the posyandu's day."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements.models import SessionClosure
from ceting.foundation.audit.models import AuditEntry
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def wati(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.kader_wati)


def summary_of(client: Client, cast: Cast) -> Any:
    return client.get(reverse("measurements:session-summary", args=[cast.session().pk]))


def test_the_summary_counts_the_day_and_names_whom_to_look_at(wati: Client, cast: Cast) -> None:
    budi, cici = cast.child("Budi"), cast.child("Cici", has_kia_book=False)
    for child, before, now in ((cast.aisyah, "8.1", "8.5"), (budi, "9.5", "9.4")):
        cast.weigh(child, "2026-10-22", before)
        cast.weigh(child, cast.today, now)

    text = words(summary_of(wati, cast))

    assert "S Balita terdaftar 3 K Punya Buku KIA 2 D Ditimbang 2 N Naik 1 T Tidak naik 1" in text
    assert "N/(D-O-B) naik, dari yang bisa dinilai 50,0% 1 dari 2" in text
    assert "N/S naik, dari semua balita 33,3% 1 dari 3" in text
    assert "Perlu dilihat petugas (1) Anak" in text
    assert "Budi 1 tahun 2 bulan Ibu Yanti 9,4 kg Tidak naik (T)" in text
    assert f"Belum datang (1) Anak yang belum datang Anak Umur Ibu Berat terakhir {cici.name}" in text


def test_a_correction_counts_once(wati: Client, cast: Cast) -> None:
    first = cast.weigh(cast.aisyah, cast.today, "8.5")
    cast.weigh(cast.aisyah, cast.today, "8.6", corrects=first)

    assert "D Ditimbang 1" in words(summary_of(wati, cast))


def test_two_weighings_of_one_month_make_one_child(wati: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-11-05", "8.4")
    cast.weigh(cast.aisyah, cast.today, "8.5")
    early = reverse("measurements:session-summary", args=[cast.session("2026-11-05").pk])

    assert "D Ditimbang 1" in words(wati.get(early)), "the month's status stands at the later weighing"


def test_an_implausible_weight_is_asked_for_again_before_it_counts(wati: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, cast.today, "40")

    text = words(summary_of(wati, cast))

    assert "D Ditimbang 0" in text
    assert "Perlu ditimbang ulang (1)" in text


def test_selesai_is_said_once_with_who_and_when_and_late_rows_still_enter(wati: Client, cast: Cast) -> None:
    session = cast.session()
    close = reverse("measurements:session-close", args=[session.pk])

    wati.post(close)
    response = wati.post(close, follow=True)

    assert "Ditandai selesai oleh Wati, Kam, 26 Nov 2026 08.00" in words(response)
    assert SessionClosure.objects.count() == 1
    assert AuditEntry.objects.filter(action="session.close").count() == 1
    row = reverse("measurements:session-row", args=[session.pk, cast.aisyah.pk])
    assert wati.post(row, {"weight_kg": "8,5"}, headers={"HX-Request": "true"}).status_code == 200


def test_a_link_can_not_close_the_day(wati: Client, cast: Cast) -> None:
    assert wati.get(reverse("measurements:session-close", args=[cast.session().pk])).status_code == 405
    assert not SessionClosure.objects.exists()


def test_the_head_of_the_puskesmas_reads_the_summary_without_its_buttons(client: Client, cast: Cast) -> None:
    text = words(summary_of(cast.sign_in(client, cast.kepala), cast))

    assert "SKDN" in text
    assert "Selesai" not in text
    assert "Kembali mencatat" not in text


def test_the_summary_of_sixty_children_stays_within_fifteen_queries(
    wati: Client, cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for child in cast.children(59):
        cast.weigh(child, cast.today, 8)
    url = reverse("measurements:session-summary", args=[cast.session().pk])

    with django_assert_max_num_queries(15):
        wati.get(url)
