"""What is out of hand is shown with what to do, whenever it was written down; and nothing is asked after the end."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import operations, outcome_operations
from ceting.care.pregnancies.drafts import ContactDraft
from ceting.care.pregnancies.models import Contact, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.tests.people import contact, fresh, pregnant
from ceting.foundation.core.errors import RefusedError
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")
DANGER = "Tanda bahaya"
BLEEDING = "pregnant.bleeding"
KEY = "01a20000-0000-7000-8000-000000000001"


def page(cast: Cast, pregnancy: Pregnancy, who: Any = None) -> str:
    client = cast.sign_in(Client(), who or cast.bidan_rina)
    return client.get(reverse("pregnancies:pregnancy", args=[pregnancy.pk])).content.decode()


def gave_birth(cast: Cast, days_ago: int = 2) -> Pregnancy:
    pregnancy = pregnant(cast, weeks=39)
    born = NewbornDraft(1, "Hafiz", Decimal("3.1"), Decimal("49"))
    ended_on = cast.today - timedelta(days=days_ago)
    outcome_operations.end(pregnancy, EndDraft("birth", ended_on, children=(born,)), by=cast.bidan_rina)
    return fresh(pregnancy)


def test_a_sign_that_is_written_down_late_is_not_hidden_by_a_later_contact(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    contact(cast, pregnancy, on=cast.today - timedelta(days=2))
    contact(cast, pregnancy, on=cast.today - timedelta(days=9), danger_signs=(BLEEDING,))
    assert DANGER in page(cast, pregnancy)
    assert "(Sel, 17 Nov 2026)" in page(cast, pregnancy)


def test_a_week_after_it_was_told_it_is_history(cast: Cast, frozen: Any) -> None:
    pregnancy = pregnant(cast, weeks=30)
    contact(cast, pregnancy, danger_signs=(BLEEDING,))
    frozen.shift(timedelta(days=7))
    assert f'title">{DANGER}' in page(cast, pregnancy) or DANGER in page(cast, pregnancy)
    frozen.shift(timedelta(days=1))
    assert "notice-danger" not in page(cast, pregnancy)


@pytest.mark.parametrize(("hb", "warned"), [("6.9", True), ("7.0", False)])
def test_a_severe_anaemia_is_an_emergency_for_health_workers(cast: Cast, hb: str, warned: bool) -> None:
    pregnancy = pregnant(cast, weeks=30)
    contact(cast, pregnancy, hb_g_dl=Decimal(hb))
    said = f"Hb {hb.replace('.', ',')} g/dL</li>"
    assert (said in page(cast, pregnancy)) == warned
    assert "g/dL" not in page(cast, pregnancy, cast.kader_wati)


@pytest.mark.parametrize(
    ("values", "warned"),
    [
        ({"systolic": 160, "diastolic": 90}, True), ({"systolic": 159, "diastolic": 109}, False),
        ({"systolic": 140, "diastolic": 90, "danger_signs": "headache"}, True),
        ({"systolic": 120, "diastolic": 80}, False),
    ],
)  # fmt: skip
def test_blood_pressure_after_a_birth_is_judged_and_answered(
    cast: Cast, client: Client, values: dict[str, Any], warned: bool
) -> None:
    pregnancy = gave_birth(cast)
    cast.sign_in(client, cast.bidan_rina)
    sent = {
        "on": cast.today.strftime("%d/%m/%Y"),
        "place": "home",
        "attendant": "midwife",
        "vitamin_a": "0",
        "key": KEY,
        **values,
    }
    if "danger_signs" in sent:
        sent["danger_signs"] = ["postnatal.severe_headache"]
    answer = client.post(reverse("pregnancies:postnatal", args=[pregnancy.pk]), sent, follow=True)
    text = answer.content.decode()
    assert "sudah tersimpan" in text, answer.context["form"].errors
    assert ("Baca yang harus dilakukan sekarang" in text) == warned
    assert (f"Tekanan darah {values['systolic']}/{values['diastolic']}</li>" in text) == warned
    kader = page(cast, pregnancy, cast.kader_wati)
    assert f"{values['systolic']}/{values['diastolic']}" not in kader


@pytest.mark.parametrize(
    ("name", "value"), [("hb_g_dl", "10.95"), ("muac_cm", "23.45"), ("fundal_cm", "24.55")]
)
def test_a_second_decimal_is_refused_before_it_is_rounded_across_a_limit(
    cast: Cast, name: str, value: str
) -> None:
    pregnancy = pregnant(cast, weeks=30)
    draft = ContactDraft(cast.today, "puskesmas", "midwife", **{name: Decimal(value)})  # type: ignore[arg-type]
    with pytest.raises(RefusedError) as refused:
        operations.record_contact(pregnancy, draft, by=cast.bidan_rina)
    assert [(each.code, each.field) for each in refused.value.problems] == [("decimals", name)]


@pytest.mark.parametrize("name", ["risks", "plan", "food", "classes"])
def test_after_the_end_no_page_asks_for_plans(cast: Cast, client: Client, name: str) -> None:
    pregnancy = gave_birth(cast)
    cast.sign_in(client, cast.bidan_rina)
    answer = client.get(reverse(f"pregnancies:{name}", args=[pregnancy.pk]))
    assert answer.url == reverse("pregnancies:pregnancy", args=[pregnancy.pk])  # type: ignore[attr-defined]


def test_after_the_end_a_late_contact_is_taken_and_nothing_is_due(cast: Cast, client: Client) -> None:
    pregnancy = gave_birth(cast)
    answer = cast.sign_in(client, cast.bidan_rina).get(
        reverse("pregnancies:contact-new", args=[pregnancy.pk])
    )
    assert answer.context["form"].wanted == []


@pytest.mark.parametrize("name", ["contact-correct", "contact-strike"])
def test_a_mending_that_is_sent_twice_is_done_once_and_said_so(cast: Cast, client: Client, name: str) -> None:
    pregnancy = pregnant(cast, weeks=30)
    row = contact(cast, pregnancy, weight_kg=Decimal("60"))
    cast.sign_in(client, cast.bidan_rina)
    url = reverse(f"pregnancies:{name}", args=[pregnancy.pk, row.pk])
    sent = {
        "on": cast.today.strftime("%d/%m/%Y"), "place": "puskesmas", "attendant": "midwife", "weight_kg": "61",
        "reason": "Salah baca", "key": KEY,
    }  # fmt: skip
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert Contact.objects.current().count() == (1 if name == "contact-correct" else 0)
