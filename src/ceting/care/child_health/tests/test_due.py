"""Who is due for what this month at a posyandu: by whom it may be read, what it says, what it costs."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.child_health import operations
from ceting.care.child_health.drafts import DevelopmentDraft, ImmunisationDraft, NewbornDraft, SupplementDraft
from ceting.care.child_health.due import groups
from ceting.care.child_health.due_views import month_of
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families.due_list import DueLine
from ceting.registry.families.models import Child
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def due(cast: Cast, code: str, *, on: date | None = None) -> dict[str, DueLine]:
    """Name -> line of one group, for the month of the day (today) asked today."""
    month = month_of(on or cast.today, cast.today)
    found = next(group for group in groups(cast.melati, month, cast.bidan_rina) if group.code == code)
    return {line.name: line for line in found.lines}


def page(cast: Cast, client: Client, query: str = "", user: object = None) -> str:
    cast.sign_in(client, user or cast.bidan_rina)  # type: ignore[arg-type]
    answer = client.get(reverse("child_health:due") + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_vaccines_of_this_month_the_late_ones_said_and_first(cast: Cast) -> None:
    today, birth = cast.today, cast.aisyah.birth_date
    doses = [ImmunisationDraft(child=cast.aisyah, on=birth, dose="HB0")]
    operations.record(doses, by=cast.bidan_rina)
    newborn = cast.child("Zaki", birth_date=today - timedelta(days=3))
    found = due(cast, "vaccines")
    assert list(found) == ["Aisyah Putri", "Zaki"]
    assert "MR1" not in found["Aisyah Putri"].items
    assert "Campak-Rubela 1" in found["Aisyah Putri"].late
    assert found["Zaki"].items == ("belum ada yang tercatat, salin dari Buku KIA",)
    operations.record(
        [ImmunisationDraft(child=newborn, on=newborn.birth_date, dose="HB0")], by=cast.bidan_rina
    )
    assert "Zaki" not in due(cast, "vaccines")
    assert due(cast, "vaccines", on=date(2026, 12, 1))["Zaki"].items == ("BCG", "OPV 1")


def test_vitamin_a_is_in_no_list_of_november_and_in_that_of_february(cast: Cast, frozen: object) -> None:
    assert due(cast, "vitamin_a") == {}
    frozen.move_to("2027-01-20 08:00+07:00")  # type: ignore[attr-defined]
    assert due(cast, "vitamin_a") == {}
    assert due(cast, "vitamin_a", on=date(2027, 2, 1))["Aisyah Putri"].items == ("kapsul merah",)
    frozen.move_to("2027-02-10 08:00+07:00")  # type: ignore[attr-defined]
    assert due(cast, "vitamin_a")["Aisyah Putri"].items == ("kapsul merah",)
    capsule = SupplementDraft(child=cast.aisyah, on=date(2027, 2, 10), item="vitamin_a")
    operations.record([capsule], by=cast.kader_wati)
    assert due(cast, "vitamin_a") == {}


def test_deworming_is_due_until_it_was_given_in_the_half_year(cast: Cast) -> None:
    assert due(cast, "worms")["Aisyah Putri"].items == ("albendazol 200 mg",)
    draft = SupplementDraft(child=cast.aisyah, on=cast.today, item="deworming")
    operations.record([draft], by=cast.kader_wati)
    assert due(cast, "worms") == {}
    assert due(cast, "worms", on=date(2026, 12, 1)) == {}


def test_a_child_who_turns_one_next_month_is_due_for_deworming_then(cast: Cast) -> None:
    cast.child("Naya", birth_date="2025-12-10")
    assert "Naya" not in due(cast, "worms")
    assert due(cast, "worms", on=date(2026, 12, 1))["Naya"].day == date(2026, 12, 10)


def test_kpsp_is_due_at_its_age_and_to_repeat_when_it_was_doubtful(cast: Cast) -> None:
    child = cast.child("Naya", months=16)
    assert due(cast, "kpsp")["Naya"].items == ("umur 15 bulan",)
    screen = DevelopmentDraft(child=child, on=cast.today - timedelta(days=12), age_month=15, yes=7)
    operations.record([screen], by=cast.kader_wati)
    assert due(cast, "kpsp")["Naya"].items == ("ulang umur 15 bulan",)
    assert due(cast, "kpsp")["Naya"].day == cast.today + timedelta(days=2)


def test_a_newborn_stands_with_the_visits_that_are_open_and_those_that_were_missed(cast: Cast) -> None:
    child = cast.child("Zaki", birth_date=cast.today - timedelta(days=5))
    assert due(cast, "newborn")["Zaki"].items == ("KN1", "KN2", "KN3")
    assert due(cast, "newborn")["Zaki"].late == ("KN1",)
    assert due(cast, "newborn")["Zaki"].late_words == "terlambat: KN1"
    operations.record([NewbornDraft(child=child, on=cast.today, suckles=True)], by=cast.bidan_rina)
    assert due(cast, "newborn")["Zaki"].items == ("KN1", "KN3")


def test_wati_sees_her_posyandu_at_once_and_rina_chooses(cast: Cast, client: Client) -> None:
    html = page(cast, client, user=cast.kader_wati)
    assert "Aisyah Putri" in html
    assert "Rafi Pratama" not in html
    assert "Pilih posyandunya dulu" in page(cast, client)
    assert "Rafi Pratama" in page(cast, client, f"?posyandu={cast.kenanga.pk}")
    assert "Desember 2026" in page(cast, client, f"?posyandu={cast.melati.pk}&bulan=depan")


@pytest.mark.parametrize("who", ["kader_tuti", "bidan_yuni"])
def test_nobody_reads_the_list_of_another_posyandu(cast: Cast, client: Client, who: str) -> None:
    html = page(cast, client, f"?posyandu={cast.melati.pk}", user=getattr(cast, who))
    assert "Aisyah" not in html
    cast.sign_in(client, cast.dinas)
    assert client.get(reverse("child_health:due")).status_code == 403


def test_the_whole_list_is_one_reading(cast: Cast, client: Client) -> None:
    page(cast, client, user=cast.kader_wati)
    entry = AuditEntry.objects.get(action="read")
    assert entry.subject_ids == [str(cast.aisyah.pk)]


def test_the_list_costs_the_same_for_three_children_and_for_thirty(
    cast: Cast, client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    cast.sign_in(client, cast.kader_wati)
    for number in (2, 30):
        for child in cast.children(number):
            draft = ImmunisationDraft(child=child, on=child.birth_date, dose="HB0")
            operations.record([draft], by=cast.bidan_rina)
        # Session, user, roles, her puskesmas and posyandu, the children, their entries, the settings, the audit; the
        # women who are pregnant, and those after birth.
        with django_assert_num_queries(11):  # type: ignore[attr-defined]
            client.get(reverse("child_health:due"))


def test_who_moved_away_is_in_no_list(cast: Cast) -> None:
    Child.objects.filter(pk=cast.aisyah.pk).update(is_here=False)
    assert due(cast, "vaccines") == {}
