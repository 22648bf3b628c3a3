"""The lists of women: whoever should be seen first at the top, and nobody of another place."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import lists, outcome_operations
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.tests.people import contact, pregnant
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.families.models import Caregiver
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def women(cast: Cast, number: int) -> list[Caregiver]:
    drafts = [(WomanDraft(f"Ibu {place}"), cast.melati) for place in range(number)]
    return woman_operations.register_women(drafts, by=cast.bidan_rina)


def html(cast: Cast, client: Client, user: Any, **query: str) -> str:
    answer = cast.sign_in(client, user).get(reverse("pregnancies:list"), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_whose_contact_is_over_first_stands_first(cast: Cast) -> None:
    late, now, fine = (
        pregnant(cast, weeks=weeks, woman=woman)
        for weeks, woman in zip((22, 12, 6), women(cast, 3), strict=True)
    )
    contact(cast, now)
    found = lists.chosen(lists.going_on(cast.bidan_rina), "", cast.today)
    assert list(found) == [late, fine, now]


@pytest.mark.parametrize(("weeks", "choice"), [(6, "periksa"), (20, "terlambat"), (38, "hpl"), (41, "lewat")])
def test_a_filter_holds_whom_it_names_and_its_number_says_so(cast: Cast, weeks: int, choice: str) -> None:
    pregnant(cast, weeks=weeks)
    mine = lists.going_on(cast.kader_wati)
    assert lists.counts(mine, cast.today)[choice] == len(lists.chosen(mine, choice, cast.today)) == 1


def test_whoever_is_at_risk_is_found_by_it(cast: Cast) -> None:
    contact(cast, pregnant(cast, weeks=20), muac_cm=Decimal("22"))
    assert lists.counts(lists.going_on(cast.bidan_rina), cast.today)["risiko"] == 1


def test_a_name_is_found_however_it_is_spelt(cast: Cast, client: Client) -> None:
    pregnant(cast, weeks=20)
    client = cast.sign_in(client, cast.bidan_rina)
    answer = client.post(reverse("pregnancies:list"), {"q": "marlinna"})
    assert "Yanti Marlina" in answer.content.decode()


def test_kader_tuti_and_bidan_yuni_see_no_woman_of_melati_before_and_afterwards(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=20)
    for user in (cast.kader_tuti, cast.bidan_yuni, cast.dinas):
        assert not lists.going_on(user).exists()
    outcome_operations.end(pregnancy, EndDraft("miscarriage", cast.today), by=cast.bidan_rina)
    assert list(lists.afterwards(cast.kader_wati, cast.today)) == [pregnancy]
    for user in (cast.kader_tuti, cast.bidan_yuni, cast.dinas):
        assert not lists.afterwards(user, cast.today).exists()


@pytest.mark.parametrize(
    ("kind", "stays"),
    [("miscarriage", True), ("moved", False), ("mistake", False), ("maternal_death", False)],
)
def test_afterwards_holds_whoever_can_be_visited(cast: Cast, kind: str, stays: bool) -> None:
    pregnancy = pregnant(cast, weeks=20)
    outcome_operations.end(pregnancy, EndDraft(kind, cast.today), by=cast.bidan_rina)
    assert lists.afterwards(cast.bidan_rina, cast.today).exists() is stays


def test_a_kader_reads_no_laboratory_in_the_list(cast: Cast, client: Client) -> None:
    contact(cast, pregnant(cast, weeks=20), hb_g_dl=Decimal("9"), muac_cm=Decimal("22"))
    assert "Anemia" in html(cast, client, cast.bidan_rina)
    page = html(cast, client, cast.kader_wati)
    assert "Anemia" not in page
    assert "KSPR 6" not in page
    assert "Risiko KEK" in page


@pytest.mark.parametrize("number", [1, 12])
def test_many_women_take_as_many_queries_as_one(
    cast: Cast, client: Client, django_assert_num_queries: Any, number: int
) -> None:
    for woman in women(cast, number):
        pregnant(cast, weeks=20, woman=woman)
    cast.sign_in(client, cast.bidan_rina)
    # Session, user, roles, puskesmas, posyandu, the counts, the number, the page, the audit.
    with django_assert_num_queries(9):
        page = client.get(reverse("pregnancies:list")).content.decode()
    assert page.count('<th scope="row">') == number


@pytest.mark.parametrize("number", [1, 12])
def test_so_do_many_women_after_a_birth_or_a_loss(
    cast: Cast, client: Client, django_assert_num_queries: Any, number: int
) -> None:
    for woman in women(cast, number):
        pregnancy = pregnant(cast, weeks=30, woman=woman)
        outcome_operations.end(pregnancy, EndDraft("stillbirth", cast.today), by=cast.bidan_rina)
    cast.sign_in(client, cast.bidan_rina)
    # The same, but for the counts.
    with django_assert_num_queries(8):
        page = client.get(reverse("pregnancies:afterwards")).content.decode()
    assert page.count('<th scope="row">') == number


def test_everybody_on_the_page_is_written_down_as_read_in_one_entry(cast: Cast, client: Client) -> None:
    pregnant(cast, weeks=20)
    html(cast, client, cast.kader_wati)
    entry = AuditEntry.objects.get(action="read")
    assert entry.subject_ids == [str(Pregnancy.objects.get().pk)]


def test_a_key_of_a_woman_of_elsewhere_opens_nothing(cast: Cast, client: Client) -> None:
    pregnancy = pregnant(cast, weeks=20)
    told = {"key": str(pregnancy.pk), "name": "Roza", "posyandu": str(cast.mawar.pk), "lmp": "1/10/2026"}
    answer = cast.sign_in(client, cast.bidan_yuni).post(reverse("pregnancies:register"), told, follow=True)
    assert answer.status_code == 200
    assert "Yanti" not in answer.content.decode()
    assert Pregnancy.objects.filter(woman__name="Roza").exclude(pk=pregnancy.pk).count() == 1


def test_home_asks_gently_about_whoever_is_past_her_day_until_it_is_known_how_it_ended(
    cast: Cast, client: Client
) -> None:
    expecting = pregnant(cast, weeks=41)
    rina = cast.sign_in(client, cast.bidan_rina)
    asked = "Ibu lewat perkiraan lahir"
    page = rina.get(reverse("measurements:home")).content.decode()
    assert asked in page
    assert f"{reverse('pregnancies:list')}?pilih=lewat" in page
    other = Client()
    assert (
        asked not in cast.sign_in(other, cast.kader_tuti).get(reverse("measurements:home")).content.decode()
    )
    outcome_operations.end(expecting, EndDraft("stillbirth", cast.today), by=cast.bidan_rina)
    assert asked not in rina.get(reverse("measurements:home")).content.decode()
