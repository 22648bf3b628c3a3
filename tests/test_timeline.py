"""A family's timeline: everything in one place, in what the reader may read, a page's work however long it is."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.outcome_drafts import EndDraft, PostnatalDraft
from ceting.care.pregnancies.tests.people import contact, pregnant
from ceting.registry.families import operations as families
from ceting.registry.families.drafts import ChildDraft
from ceting.registry.families.timeline import PAGE
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")


def read(cast: Cast, client: Client, user: Any, **query: str) -> str:
    url = reverse("families:timeline", args=[cast.aisyah.household_id])
    answer = cast.sign_in(client, user).get(url, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def family(cast: Cast) -> Cast:
    """Aisyah is weighed; her mother is pregnant again, pale at her second contact."""
    cast.weigh(cast.aisyah, "2026-10-20", "8.4")
    pregnancy = pregnant(cast, weeks=20, woman=cast.aisyah.mother, gravida=2, para=1)
    contact(cast, pregnancy, weeks=10, muac_cm=Decimal("22.8"))
    contact(cast, pregnancy, hb_g_dl=Decimal("9.2"), weight_kg=Decimal("54"))
    return cast


def test_child_and_mother_stand_on_one_timeline_the_newest_first(family: Cast, client: Client) -> None:
    page = read(family, client, family.bidan_rina)
    places = [
        page.index(words) for words in ("Hb 9,2 g/dL", "Ditimbang atau diukur", "LiLA 22,8 cm", "Lahir")
    ]
    assert places == sorted(places)
    assert "Anemia sedang" in page


def test_a_kader_reads_no_laboratory_on_it(family: Cast, client: Client) -> None:
    page = read(family, client, family.kader_wati)
    assert "LiLA 22,8 cm" in page
    for word in ("Hb", "Anemia", "9,2"):
        assert word not in page


def test_whoever_is_of_another_place_finds_no_timeline(family: Cast, client: Client) -> None:
    url = reverse("families:timeline", args=[family.aisyah.household_id])
    for user in (family.kader_tuti, family.bidan_yuni):
        assert family.sign_in(client, user).get(url).status_code == 404


def test_after_a_loss_a_kader_reads_that_it_ended_and_no_more(family: Cast, client: Client) -> None:
    mother = family.aisyah.mother
    assert mother is not None
    outcome_operations.end(
        mother.pregnancies.get(), EndDraft("miscarriage", family.today), by=family.bidan_rina
    )  # type: ignore[attr-defined]
    assert "Kehamilan berakhir" in read(family, client, family.kader_wati)
    assert "eguguran" not in read(family, client, family.kader_wati)


def test_years_are_read_page_by_page_and_nothing_is_left_out(
    family: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    born = family.aisyah.birth_date
    days = [born + timedelta(days=6 * number) for number in range(60)]
    for day in days:
        family.weigh(family.aisyah, day, "7.9")
    family.sign_in(client, family.bidan_rina)
    seen: list[str] = []
    query: dict[str, str] = {}
    url = reverse("families:timeline", args=[family.aisyah.household_id])
    while True:
        with django_assert_max_num_queries(15):
            page = client.get(url, query).content.decode()
        seen += [line for line in page.split("<li") if "Ditimbang atau diukur" in line]
        if "?sebelum=" not in page:
            break
        query = {"sebelum": page.split("?sebelum=")[1].split('"')[0]}
        assert date.fromisoformat(query["sebelum"])
    assert len(seen) == len(days) + 1
    assert len(seen) > PAGE


def test_a_day_that_is_none_shows_the_newest(family: Cast, client: Client) -> None:
    assert "Hb 9,2 g/dL" in read(family, client, family.bidan_rina, sebelum="kemarin")


def test_a_pregnancy_that_is_followed_elsewhere_stands_on_no_kaders_timeline(
    cast: Cast, client: Client
) -> None:
    """The family has a child at Kenanga, so that kader Tuti sees the family; the pregnancy is Melati's."""
    mother = cast.aisyah.mother
    assert mother is not None
    draft = ChildDraft("Adik", GIRL, date(2025, 12, 1))
    families.register_many([families.Registration(draft, cast.kenanga, mother=mother)], by=cast.bidan_rina)
    pregnancy = pregnant(cast, weeks=30, woman=mother, gravida=3, para=2)
    contact(cast, pregnancy, weeks=20, muac_cm=Decimal("22.8"))
    outcome_operations.end(pregnancy, EndDraft("stillbirth", cast.today), by=cast.bidan_rina)
    pregnancy.refresh_from_db()
    visit = PostnatalDraft(cast.today, "home", "midwife", vitamin_a=2)
    outcome_operations.record_postnatal_visit(pregnancy, visit, by=cast.bidan_rina)
    cast.weigh(cast.aisyah, "2026-10-20", "8.4")
    page = read(cast, client, cast.kader_tuti)
    assert "Adik" in page
    for word in ("Aisyah", "Pemeriksaan kehamilan", "Kehamilan berakhir", "nifas"):
        assert word not in page
