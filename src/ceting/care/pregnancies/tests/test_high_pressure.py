"""A blood pressure that is high and no emergency yet stands among what is to be done, for whoever reads it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.emergencies import FOR_HEALTH_WORKERS, FOR_KADERS
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft, PostnatalDraft
from ceting.care.pregnancies.tests.people import contact, fresh, pregnant
from ceting.registry.accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def todos(cast: Cast, pregnancy: Pregnancy, who: User) -> list[str]:
    client = cast.sign_in(Client(), who)
    answer = client.get(reverse("pregnancies:pregnancy", args=[pregnancy.pk]))
    found = [todo.words for todo in answer.context["todos"] if todo.tone == "danger"]
    assert all(f"<li><strong>{words}</strong></li>" in answer.content.decode() for words in found)
    return found


@pytest.mark.parametrize(
    ("systolic", "diastolic", "signs", "told"),
    [
        (150, 95, (), True), (140, 80, (), True), (120, 90, (), True), (139, 89, (), False),
        (159, 109, (), True), (160, 95, (), False), (150, 110, (), False),
    ],
)  # fmt: skip
def test_of_a_contact_it_says_what_to_do_and_an_emergency_stays_one(
    cast: Cast, systolic: int, diastolic: int, signs: tuple[str, ...], told: bool
) -> None:
    pregnancy = pregnant(cast, weeks=30)
    contact(cast, pregnancy, systolic=systolic, diastolic=diastolic, danger_signs=signs)
    said = f"Tekanan darah tinggi: {systolic}/{diastolic} (Kam, 26 Nov 2026). {FOR_HEALTH_WORKERS}"
    assert todos(cast, pregnancy, cast.bidan_rina) == ([said] if told else [])


def test_a_kader_is_told_to_call_the_midwife(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    contact(
        cast, pregnancy, by=cast.kader_wati, attendant="kader", place="posyandu", systolic=150, diastolic=95
    )
    [said] = todos(cast, pregnancy, cast.kader_wati)
    assert said.endswith(FOR_KADERS)
    assert "protein" not in said


def test_a_later_reading_doesnt_hide_it_and_after_a_week_it_is_history(cast: Cast, frozen: Any) -> None:
    pregnancy = pregnant(cast, weeks=30)
    contact(cast, pregnancy, on=cast.today - timedelta(days=9), systolic=150, diastolic=95)
    contact(cast, pregnancy, systolic=120, diastolic=80)
    assert len(todos(cast, pregnancy, cast.bidan_rina)) == 1
    frozen.shift(timedelta(days=8))
    assert todos(cast, pregnancy, cast.bidan_rina) == []


@pytest.mark.parametrize(("pressure", "told"), [((150, 100), True), ((130, 80), False), ((160, 100), False)])
def test_after_a_birth_it_is_told_to_health_workers(
    cast: Cast, pressure: tuple[int, int], told: bool
) -> None:
    pregnancy = pregnant(cast, weeks=39)
    ended_on = cast.today - timedelta(days=2)
    born = NewbornDraft(1, "Hafiz", Decimal("3.1"), Decimal("49"))
    outcome_operations.end(pregnancy, EndDraft("birth", ended_on, children=(born,)), by=cast.bidan_rina)
    systolic, diastolic = pressure
    visit = PostnatalDraft(cast.today, "home", "midwife", systolic=systolic, diastolic=diastolic)
    outcome_operations.record_postnatal_visit(fresh(pregnancy), visit, by=cast.bidan_rina)
    said = f"Tekanan darah tinggi: {systolic}/{diastolic} (Kam, 26 Nov 2026). {FOR_HEALTH_WORKERS}"
    assert todos(cast, fresh(pregnancy), cast.bidan_rina) == ([said] if told else [])
    assert todos(cast, fresh(pregnancy), cast.kader_wati) == []
