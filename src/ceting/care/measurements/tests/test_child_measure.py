"""A measurement outside a posyandu day: who may, what is asked back, and that nothing is saved twice."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements.models import Measurement, Source
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def post(cast: Cast, client: Client, user: Any, **typed: str) -> Any:
    cast.sign_in(client, user)
    address = reverse("measurements:child-measure", args=[cast.aisyah.pk])
    return client.post(address, {"measured_on": "26/11/2026", **typed})


def test_bidan_rina_records_a_weight_at_the_puskesmas(cast: Cast, client: Client) -> None:
    answer = post(
        cast, client, cast.bidan_rina, weight_kg="8,8", lenhei_cm="74.5", position="l", muac_cm="13,9"
    )
    assert answer.status_code == 302
    assert answer["Location"] == reverse("measurements:child", args=[cast.aisyah.pk])
    row = Measurement.objects.get()
    assert (row.weight_kg, row.lenhei_cm, row.position) == (Decimal("8.8"), Decimal("74.5"), "l")
    assert (row.source, row.session, row.recorded_by) == (Source.STAFF, None, cast.bidan_rina)


def test_a_kader_records_as_a_kader(cast: Cast, client: Client) -> None:
    assert post(cast, client, cast.kader_wati, weight_kg="8,8").status_code == 302
    assert Measurement.objects.get().source == Source.VOLUNTEER


def test_the_same_page_sent_twice_leaves_one_row(cast: Cast, client: Client) -> None:
    for _ in range(2):
        assert post(cast, client, cast.bidan_rina, weight_kg="8,8").status_code == 302
    assert Measurement.objects.count() == 1


def test_85_for_eight_and_a_half_is_refused_with_what_was_typed(cast: Cast, client: Client) -> None:
    answer = post(cast, client, cast.bidan_rina, weight_kg="85")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "8,5" in html
    assert 'value="85"' in html
    assert not Measurement.objects.exists()


def test_an_unlikely_weight_is_asked_once_and_saved_when_it_is_confirmed(cast: Cast, client: Client) -> None:
    cast.weigh(cast.aisyah, "2026-10-26", "8.8")
    asked = post(cast, client, cast.bidan_rina, weight_kg="12,5")
    assert asked.status_code == 422
    assert "tekan Simpan sekali lagi" in asked.content.decode()
    sure = asked.context["form"].data["sure"]
    assert post(cast, client, cast.bidan_rina, weight_kg="12,9", sure=sure).status_code == 422
    assert post(cast, client, cast.bidan_rina, weight_kg="12,5", sure=sure).status_code == 302
    assert Measurement.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"weight_kg": ""}, "Isi paling sedikit satu hasil ukur."),
        ({"weight_kg": "berat"}, "Angka ini tidak terbaca"),
        ({"weight_kg": "8,8", "measured_on": "27/11/2026"}, "belum tiba"),
        ({"weight_kg": "8,8", "measured_on": "1/1/2020"}, "sebelum anak lahir"),
        ({"weight_kg": "8,8", "measured_on": ""}, "Isi tanggal ukur."),
    ],
)
def test_what_can_not_be_is_refused_in_words(
    cast: Cast, client: Client, typed: dict[str, str], words: str
) -> None:
    answer = post(cast, client, cast.bidan_rina, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Measurement.objects.exists()


def test_kader_tuti_finds_nothing_and_the_head_may_only_read(cast: Cast, client: Client) -> None:
    assert post(cast, client, cast.kader_tuti, weight_kg="8,8").status_code == 404
    assert post(cast, client, cast.kepala, weight_kg="8,8").status_code == 403
    assert not Measurement.objects.exists()


def test_the_form_begins_with_today(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.bidan_rina)
    html = client.get(reverse("measurements:child-measure", args=[cast.aisyah.pk])).content.decode()
    assert 'value="26/11/2026"' in html
