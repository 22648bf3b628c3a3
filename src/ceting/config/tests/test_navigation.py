"""Which entry of the bar a page belongs to."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("measurements:home", "Beranda"),
        ("families:children", "Anak"),
        ("families:register", "Anak"),
        ("measurements:attention-unseen", "Perlu perhatian"),
        ("more", "Lainnya"),
        ("families:doubles", "Lainnya"),
        ("families:moves", "Lainnya"),
        ("eppgbm:imports", "Lainnya"),
        ("pregnant_women:imports", "Lainnya"),
    ],
)
def test_one_entry_is_marked_as_where_she_is(client: Client, cast: Cast, name: str, label: str) -> None:
    cast.sign_in(client, cast.bidan_rina)
    answer = client.get(reverse(name))
    marked = [item["label"] for item in answer.context["navigation"] if item["current"]]
    assert marked == [label]


def test_a_page_of_no_entry_marks_none(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.bidan_rina)
    answer = client.get(reverse("accounts:own-password"))
    assert not [item for item in answer.context["navigation"] if item["current"]]
