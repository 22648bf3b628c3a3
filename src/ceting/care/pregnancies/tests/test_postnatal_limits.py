"""What a visit after the end may say, how long one is asked for, and that one after an undone end is nobody's."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.models import Outcome, PostnatalVisit, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft, PostnatalDraft
from ceting.care.pregnancies.tests.people import DAY, WEEK, contact, fresh, pregnant
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families.models import Child
from ceting.registry.rights.contributing import SOURCES, Person, Table
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")
GIRL_BORN = NewbornDraft(GIRL, birth_weight_kg=Decimal("3.1"))


def born(cast: Cast, *, days_ago: int, weeks: int = 39) -> Pregnancy:
    pregnancy = pregnant(cast, weeks=weeks, days=days_ago % 7)
    Pregnancy.objects.filter(pk=pregnancy.pk).update(
        started_on=cast.today - weeks * WEEK - days_ago * DAY, lmp=cast.today - weeks * WEEK - days_ago * DAY
    )
    draft = EndDraft("birth", cast.today - days_ago * DAY, children=(GIRL_BORN,))
    outcome_operations.end(fresh(pregnancy), draft, by=cast.bidan_rina)
    return fresh(pregnancy)


def visit(cast: Cast, pregnancy: Pregnancy, *, day: int, **values: Any) -> PostnatalVisit:
    """A visit so many days after the end."""
    assert pregnancy.ended_on is not None
    draft = PostnatalDraft(pregnancy.ended_on + day * DAY, "home", "midwife", **values)
    return outcome_operations.record_postnatal_visit(pregnancy, draft, by=cast.bidan_rina)


def page(cast: Cast, client: Client, pregnancy: Pregnancy, name: str = "pregnancy") -> str:
    cast.sign_in(client, cast.bidan_rina)
    return client.get(reverse(f"pregnancies:{name}", args=[pregnancy.pk])).content.decode()


@pytest.mark.parametrize(("first", "second", "left"), [(2, 1, "Semuanya"), (1, 2, "Sisanya 1")])
def test_a_mother_gets_two_capsules_in_all(cast: Cast, first: int, second: int, left: str) -> None:
    pregnancy = born(cast, days_ago=10)
    visit(cast, pregnancy, day=1, vitamin_a=first)
    with pytest.raises(RefusedError, match="vitamin_a") as refusal:
        visit(cast, pregnancy, day=5, vitamin_a=second)
    assert left in refusal.value.problems[0].sentence
    assert refusal.value.problems[0].field == "vitamin_a"


def test_the_second_capsule_is_given_at_another_visit_even_when_told_late(cast: Cast) -> None:
    pregnancy = born(cast, days_ago=10)
    visit(cast, pregnancy, day=5, vitamin_a=1)
    visit(cast, pregnancy, day=1, vitamin_a=1)
    with pytest.raises(RefusedError, match="vitamin_a"):
        visit(cast, pregnancy, day=6, vitamin_a=1)


def test_the_form_offers_the_capsules_that_are_left(cast: Cast, client: Client) -> None:
    pregnancy = born(cast, days_ago=10)
    assert "2 kapsul" in page(cast, client, pregnancy, "postnatal")
    visit(cast, pregnancy, day=1, vitamin_a=2)
    told = page(cast, client, pregnancy, "postnatal")
    assert "1 kapsul" not in told
    assert "Semua kapsul untuk ibu nifas sudah diberikan" in told


def test_a_second_click_on_a_visit_with_her_last_capsules_is_the_same_visit(
    cast: Cast, client: Client
) -> None:
    pregnancy = born(cast, days_ago=1)
    cast.sign_in(client, cast.bidan_rina)
    sent = {
        "key": str(uuid4()),
        "on": "26/11/2026",
        "place": "home",
        "attendant": "midwife",
        "vitamin_a": "2",
    }
    for _ in range(2):
        url = reverse("pregnancies:postnatal", args=[pregnancy.pk])
        assert client.post(url, sent).status_code == 302
    assert PostnatalVisit.objects.get().vitamin_a == 2


def test_what_is_told_in_confidence_is_no_sign_of_a_visit(cast: Cast) -> None:
    pregnancy = born(cast, days_ago=3)
    with pytest.raises(RefusedError, match="confidential"):
        visit(cast, pregnancy, day=1, danger_signs=("postnatal.sadness",))
    assert visit(cast, pregnancy, day=1, danger_signs=("postnatal.fever",)).danger_signs == "postnatal.fever"


@pytest.mark.parametrize("days", [43 * 7, 44 * 7])
def test_a_contact_until_44_weeks_is_taken(cast: Cast, days: int) -> None:
    pregnancy = pregnant(cast, weeks=40)
    Pregnancy.objects.filter(pk=pregnancy.pk).update(started_on=cast.today - timedelta(days=days))
    assert contact(cast, fresh(pregnancy)).age_days == days


def test_a_contact_beyond_44_weeks_is_refused_with_what_to_do(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=40)
    Pregnancy.objects.filter(pk=pregnancy.pk).update(started_on=cast.today - 60 * WEEK)
    with pytest.raises(RefusedError, match="too_long") as refusal:
        contact(cast, fresh(pregnancy))
    sentence = refusal.value.problems[0].sentence
    assert "perbaiki HPHT" in sentence
    assert "catat persalinannya" in sentence


def test_the_last_visit_after_a_late_birth_is_no_contact_beyond_44_weeks(cast: Cast) -> None:
    assert visit(cast, born(cast, days_ago=42, weeks=44), day=42).slot == "KF4"


@pytest.mark.parametrize(
    ("days_ago", "button", "quiet"),
    [(42, True, False), (43, False, True), (72, False, True), (73, False, False)],
)
def test_a_visit_is_asked_for_until_day_42_and_can_be_told_late_for_a_month(
    cast: Cast, client: Client, days_ago: int, *, button: bool, quiet: bool
) -> None:
    pregnancy = born(cast, days_ago=days_ago)
    told = page(cast, client, pregnancy)
    assert ("Catat kunjungan nifas" in told, "Catat kunjungan yang sudah lewat" in told) == (button, quiet)
    proposed = 'value="26/11/2026"'
    assert (proposed in page(cast, client, pregnancy, "postnatal")) is button


def test_visits_of_an_end_that_was_undone_stand_nowhere_after_the_true_birth(
    cast: Cast, client: Client
) -> None:
    """She was thought to have lost it at 30 weeks; the birth came later."""
    pregnancy = pregnant(cast, weeks=36)
    lost_on = cast.today - 30 * DAY
    outcome_operations.end(pregnancy, EndDraft("stillbirth", lost_on), by=cast.bidan_rina)
    visit(cast, fresh(pregnancy), day=3, vitamin_a=2, note="Luka kering")
    outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    assert not PostnatalVisit.objects.standing().exists()
    draft = EndDraft("birth", cast.today - DAY, children=(GIRL_BORN,))
    outcome_operations.end(fresh(pregnancy), draft, by=cast.bidan_rina)
    home = reverse("families:timeline", args=[pregnancy.woman.household_id])
    for told in (page(cast, client, pregnancy), client.get(home).content.decode()):
        assert "Vitamin A 2 kapsul" not in told
        assert "Luka kering" not in told
        assert "vitamin A 2 kapsul" not in told
    assert not copied(pregnancy)
    assert visit(cast, fresh(pregnancy), day=1, vitamin_a=2).slot == "KF1"
    assert [row["Kunjungan"] for row in copied(pregnancy)] == ["KF1"]


def copied(pregnancy: Pregnancy) -> list[dict[str, str]]:
    """The visits in the copy that she gets of her data."""
    (table,) = [each for each in SOURCES if isinstance(each, Table) and each.model is PostnatalVisit]
    return table.rows_of(Person(caregivers={pregnancy.woman_id}), "Asia/Jakarta")


def test_a_second_click_after_an_undone_birth_is_the_birth_that_stands(cast: Cast) -> None:
    pregnancy, key = pregnant(cast, weeks=36), uuid4()
    draft = EndDraft("birth", cast.today, children=(GIRL_BORN,))
    first = outcome_operations.end(pregnancy, draft, by=cast.bidan_rina, key=key)
    outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    again = [
        outcome_operations.end(fresh(pregnancy), draft, by=cast.bidan_rina, key=key).pk for _ in range(2)
    ]
    assert again[0] == again[1] != first.pk
    assert Outcome.objects.standing().count() == 1
    assert Child.objects.registered().filter(mother=pregnancy.woman).count() == 1
