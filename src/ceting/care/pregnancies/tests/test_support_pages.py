"""Pages of risks, plan, classes and food: what may be done, what is refused where, who may do it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import support_operations as support
from ceting.care.pregnancies.models import BirthPlan, Card, ClassAttendance, ExtraFood, Pregnancy
from ceting.care.pregnancies.tests.people import contact, fresh, pregnant
from ceting.foundation.audit.models import AuditEntry
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")
PLAN = {"attendant": "Bidan Rina", "place": "Puskesmas Andalas", "donors": "Pak Edi (O)"}


def address(name: str, pregnancy: Pregnancy) -> str:
    return reverse(f"pregnancies:{name}", args=[pregnancy.pk])


def rina(cast: Cast, client: Client) -> Client:
    return cast.sign_in(client, cast.bidan_rina)


def stated(pregnancy: Pregnancy, card: Card = Card.KSPR) -> set[str]:
    return set(pregnancy.stated_risks.standing().filter(card=card).values_list("code", flat=True))


def test_lines_are_ticked_told_and_taken_away_for_a_reason(cast: Cast, client: Client) -> None:
    pregnancy = pregnant(cast, weeks=20)
    url = address("risks", pregnancy)
    rina(cast, client)
    sent: dict[str, Any] = {"kspr": ["10"], "preeclampsia": ["kidney"]}
    for _ in range(2):
        assert client.post(url, sent).status_code == 302
    assert (stated(pregnancy), stated(pregnancy, Card.PRE_ECLAMPSIA)) == ({"10"}, {"kidney"})
    assert fresh(pregnancy).risk_score == 10
    seen = {"seen_kspr": "10", "seen_preeclampsia": "kidney", "preeclampsia": ["kidney"]}
    answer = client.post(url, seen)
    assert answer.status_code == 422
    assert "Tulis mengapa" in answer.context["form"].errors["reason"][0]
    assert stated(pregnancy) == {"10"}
    client.post(url, {**seen, "reason": "Kartu ibu lain"})
    assert (stated(pregnancy), stated(pregnancy, Card.PRE_ECLAMPSIA)) == (set(), {"kidney"})


def test_what_follows_from_her_history_is_ticked_and_fixed(cast: Cast, client: Client) -> None:
    """144 cm is line 7 whoever ticks it; a line that somebody stated besides is kept when the form is sent."""
    pregnancy = pregnant(cast, weeks=20, height_cm="144")
    support.state_risks(pregnancy, Card.KSPR, {"7"}, by=cast.bidan_rina)
    page = rina(cast, client).get(address("risks", pregnancy)).content.decode()
    assert 'value="7" id="kspr-7" checked disabled' in page
    assert '<input type="hidden" name="kspr" value="7">' in page
    assert "Tinggi badan 144 cm" in page
    client.post(address("risks", pregnancy), {"kspr": ["7", "9a"], "seen_kspr": "7"})
    assert stated(pregnancy) == {"7", "9a"}


def test_a_card_that_a_colleague_changed_is_shown_before_it_is_overwritten(
    cast: Cast, client: Client
) -> None:
    pregnancy = pregnant(cast, weeks=20)
    support.state_risks(pregnancy, Card.KSPR, {"10"}, by=cast.dr_hasan)
    sent = {"kspr": ["9a"], "seen_kspr": "", "seen_preeclampsia": "", "reason": "Keliru"}
    answer = rina(cast, client).post(address("risks", pregnancy), sent)
    assert answer.status_code == 422
    assert stated(pregnancy) == {"10"}
    assert ("Pernah operasi sesar (+8)", "dicentang") in answer.context["form"].theirs
    assert 'name="seen_kspr" value="10"' in answer.content.decode()


@pytest.mark.parametrize("codes", [["99"], ["<script>"], ["kidney"]])
def test_a_line_that_is_on_no_card_is_refused(cast: Cast, client: Client, codes: list[str]) -> None:
    pregnancy = pregnant(cast, weeks=20)
    assert rina(cast, client).post(address("risks", pregnancy), {"kspr": codes}).status_code == 422
    assert not stated(pregnancy)


def test_a_plan_is_written_once_and_an_empty_one_is_refused(cast: Cast, client: Client) -> None:
    pregnancy = pregnant(cast, weeks=30)
    url = address("plan", pregnancy)
    rina(cast, client)
    assert client.post(url, {"seen": ""}).status_code == 422
    for _ in range(2):
        assert client.post(url, PLAN).status_code == 302
    assert BirthPlan.objects.get().donors == "Pak Edi (O)"
    assert "Pak Edi (O)" in client.get(url).content.decode()


def test_a_plan_that_a_colleague_changed_is_shown_and_may_then_be_overwritten(
    cast: Cast, client: Client
) -> None:
    pregnancy = pregnant(cast, weeks=30)
    first = support.plan_birth(pregnancy, support.PlanDraft(**PLAN), by=cast.bidan_rina)
    theirs = support.plan_birth(pregnancy, support.PlanDraft(place="RSUP M. Djamil"), by=cast.dr_hasan)
    sent = {**PLAN, "place": "Puskesmas Andalas", "transport": "Mobil Pak Edi", "seen": str(first.pk)}
    answer = rina(cast, client).post(address("plan", pregnancy), sent)
    assert answer.status_code == 422
    assert ("Tempat bersalin", "RSUP M. Djamil") in answer.context["form"].theirs
    assert BirthPlan.objects.count() == 2
    assert f'value="{theirs.pk}"' in answer.content.decode()
    assert client.post(address("plan", pregnancy), sent | {"seen": str(theirs.pk)}).status_code == 302
    assert BirthPlan.objects.latest("id").transport == "Mobil Pak Edi"


def test_wati_notes_a_class_and_food_once(cast: Cast, client: Client) -> None:
    pregnancy = pregnant(cast, weeks=30)
    cast.sign_in(client, cast.kader_wati)
    for _ in range(2):
        client.post(address("classes", pregnancy), {"on": "26/11/2026", "with_partner": "on"})
        client.post(address("food", pregnancy), {"given_on": "26/11/2026", "days": "14"})
    assert (ClassAttendance.objects.get().with_partner, ExtraFood.objects.get().days) == (True, 14)
    assert "untuk 14 dari 120 hari" in client.get(address("food", pregnancy)).content.decode()
    assert "bersama suami" in client.get(address("classes", pregnancy)).content.decode()


@pytest.mark.parametrize(
    ("name", "sent", "field"),
    [
        ("classes", {"on": ""}, "on"),
        ("classes", {"on": "26/11/2027"}, "on"),
        ("classes", {"on": "1/1/2020"}, "on"),
        ("food", {"given_on": "26/11/2026", "days": ""}, "days"),
        ("food", {"given_on": "26/11/2026", "days": "0"}, "days"),
        ("food", {"given_on": "26/11/2026", "days": "32"}, "days"),
        ("food", {"given_on": "26/11/2026", "days": "dua"}, "days"),
        ("food", {"given_on": "1/1/2020", "days": "14"}, "given_on"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    cast: Cast, client: Client, name: str, sent: dict[str, str], field: str
) -> None:
    pregnancy = pregnant(cast, weeks=30)
    answer = cast.sign_in(client, cast.kader_wati).post(address(name, pregnancy), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not ExtraFood.objects.exists()


PAGES = ("risks", "plan", "classes", "food", "notes", "notes-clinicians")


@pytest.mark.parametrize(
    ("who", "opened"),
    [
        ("kader_wati", {"classes", "food"}),
        ("kader_tuti", set()),
        ("bidan_rina", {*PAGES}),
        ("petugas_gizi_dewi", {*PAGES}),
        ("kepala", set()),
        ("dinas", set()),
        ("bidan_yuni", set()),
    ],
)
def test_each_opens_what_her_role_allows(cast: Cast, client: Client, who: str, opened: set[str]) -> None:
    pregnancy = pregnant(cast, weeks=30)
    cast.sign_in(client, cast.everybody[who])
    answered = {name: client.get(address(name, pregnancy)).status_code for name in PAGES}
    assert {name for name, status in answered.items() if status < 400} == opened


def test_her_page_links_to_what_its_reader_may_do(cast: Cast, client: Client) -> None:
    pregnancy = pregnant(cast, weeks=30)
    for who, named in ((cast.kader_wati, {"classes", "food"}), (cast.bidan_rina, {*PAGES[:5]})):
        page = cast.sign_in(client, who).get(address("pregnancy", pregnancy)).content.decode()
        assert {name for name in PAGES[:5] if address(name, pregnancy) in page} == named


@pytest.mark.parametrize(("name", "most"), [("risks", 22), ("plan", 16), ("classes", 16), ("food", 17)])
def test_each_page_asks_few_questions_and_is_written_down(
    cast: Cast, client: Client, django_assert_max_num_queries: Any, name: str, most: int
) -> None:
    pregnancy = pregnant(cast, weeks=30)
    for week in (10, 20, 30):
        contact(cast, pregnancy, on=pregnancy.started_on + timedelta(weeks=week))
    rina(cast, client)
    with django_assert_max_num_queries(most):
        client.get(address(name, pregnancy))
    assert AuditEntry.objects.latest("id").purpose == "support"


def test_garbage_in_the_hidden_field_is_a_card_to_be_looked_at_again(cast: Cast, client: Client) -> None:
    pregnancy = pregnant(cast, weeks=20)
    sent = {"kspr": ["9a"], "seen_kspr": "bukan-kode 7"}
    assert rina(cast, client).post(address("risks", pregnancy), sent).status_code == 422
    assert stated(pregnancy) == set()


def test_a_line_that_was_a_mistake_stays_readable_with_its_reason(cast: Cast, client: Client) -> None:
    pregnancy = pregnant(cast, weeks=20)
    support.state_risks(pregnancy, Card.KSPR, {"10"}, by=cast.bidan_rina)
    support.state_risks(pregnancy, Card.KSPR, set(), by=cast.bidan_rina, reason="Kartu ibu lain")
    page = rina(cast, client).get(address("risks", pregnancy)).content.decode()
    assert "Pernah dicentang, ternyata keliru" in page
    assert "Kartu ibu lain" in page
