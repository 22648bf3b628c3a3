"""The public page says which villages a puskesmas answers for, and whether that is confirmed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.registry.places.models import WorkArea
from tests.cast import Cast

pytestmark = pytest.mark.django_db
UNCONFIRMED = "contoh, belum dikonfirmasi"


def test_confirmed_villages_are_named_as_they_are(client: Client, cast: Cast) -> None:
    page = client.get(reverse("places:welcome")).content.decode()
    assert "Kubu Dalam Parak Karakah" in page
    assert UNCONFIRMED not in page


def test_an_example_is_called_an_example(client: Client, cast: Cast) -> None:
    WorkArea.objects.filter(puskesmas=cast.andalas).update(confirmed=False)
    assert client.get(reverse("places:welcome")).content.decode().count(UNCONFIRMED) == 1


def test_the_page_asks_three_questions_whatever_the_number_of_puskesmas(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        client.get(reverse("places:welcome"))
