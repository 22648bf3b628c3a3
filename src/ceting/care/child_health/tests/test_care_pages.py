"""The forms about a child's care: who may fill them in, what they say, what a kader never reads."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.child_health import finding_operations, operations
from ceting.care.child_health.drafts import (
    FindingDraft,
    IllnessDraft,
    NewbornDraft,
    ReferralDraft,
    SupplementDraft,
)
from ceting.care.child_health.models import Entry, Kind
from ceting.care.child_health.question_operations import enter_questions
from ceting.foundation.core.keys import new_key
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

WRITTEN = ("supplement", "breastfeeding", "feeding", "development", "illness")
"""Forms that a kader fills in too."""
TREATED = ("newborn", "food", "referral", "finding-new")


def address(name: str, child: Child, *more: object) -> str:
    return reverse(f"child_health:{name}", args=[child.pk, *more])


def page(cast: Cast, client: Client, url: str, user: User | None = None) -> str:
    cast.sign_in(client, user or cast.bidan_rina)
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(cast: Cast, client: Client, name: str, child: Child, **typed: object) -> str:
    """Twice, as somebody does who presses twice; the page that follows."""
    data = {"on": "26/11/2026", "form_key": str(new_key()), **typed}
    client.post(address(name, child), data)
    answer = client.post(address(name, child), data, follow=True)
    assert answer.redirect_chain, answer.content.decode()
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", WRITTEN)
def test_a_kader_fills_in_what_she_asks_about(cast: Cast, client: Client, name: str) -> None:
    assert "Simpan" in page(cast, client, address(name, cast.aisyah), cast.kader_wati)


@pytest.mark.parametrize("name", TREATED)
def test_what_health_workers_do_is_closed_to_a_kader(cast: Cast, client: Client, name: str) -> None:
    cast.sign_in(client, cast.kader_wati)
    assert client.get(address(name, cast.aisyah)).status_code == 403
    assert "Simpan" in page(cast, client, address(name, cast.aisyah))


@pytest.mark.parametrize("name", [*WRITTEN, *TREATED, "findings"])
def test_strangers_find_nothing(cast: Cast, client: Client, name: str) -> None:
    for user in (cast.kader_tuti, cast.bidan_yuni, cast.dinas):
        cast.sign_in(client, user)
        assert client.get(address(name, cast.aisyah)).status_code in (403, 404)


@pytest.mark.parametrize("name", [*WRITTEN, *TREATED, "findings"])
def test_a_form_costs_the_same_however_long_the_history(
    cast: Cast, client: Client, name: str, django_assert_max_num_queries: object
) -> None:
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get(address(name, cast.aisyah))


def test_vitamin_a_and_worms_in_one_go_what_is_due_ticked(cast: Cast, client: Client) -> None:
    html = page(cast, client, address("supplement", cast.aisyah), cast.kader_wati)
    assert "Obat cacing (albendazol 200 mg)" in html
    worms = html.index('value="deworming"')
    assert "checked" in html[worms - 60 : worms + 60]
    said = send(cast, client, "supplement", cast.aisyah, items=["vitamin_a", "deworming"])
    assert "Kapsul vitamin A dan Obat cacing: sudah dicatat." in said
    assert Entry.objects.count() == 2


def test_breastfeeding_is_asked_for_each_month_that_she_reached(cast: Cast, client: Client) -> None:
    child = cast.child("Kecil", birth_date=cast.today - timedelta(days=75))
    html = page(cast, client, address("breastfeeding", child), cast.kader_wati)
    assert "E2:" in html
    assert "E3:" not in html
    assert client.post(address("breastfeeding", child), {"on": "26/11/2026"}).status_code == 422
    said = send(cast, client, "breastfeeding", child, month_0="yes", month_1="yes")
    assert "ASI eksklusif sampai bulan ini" in said
    assert "Belum ditanyakan: E2." in said
    assert Entry.objects.count() == 2


def test_yesterdays_meals_say_what_to_add(cast: Cast, client: Client) -> None:
    html = page(cast, client, address("feeding", cast.aisyah), cast.kader_wati)
    assert "Umur ini: makan 3-4 kali" in html
    said = send(cast, client, "feeding", cast.aisyah, breastfed="yes", groups=["2", "3"], meals="2")
    assert "Keragaman makanan belum cukup" in said
    assert "Tidak ada telur, ikan atau daging kemarin" in said
    assert Entry.objects.count() == 1


def test_a_danger_sign_is_answered_with_what_to_do_now(cast: Cast, client: Client) -> None:
    html = page(cast, client, address("illness", cast.aisyah), cast.kader_wati)
    assert html.index("Kejang (tanda bahaya)") < html.index("Batuk atau pilek")
    said = send(cast, client, "illness", cast.aisyah, signs=["KEJANG"])
    assert "Rujuk sekarang: IGD atau bidan terdekat." in said
    assert "kejang." in said
    assert "Tanda bahaya: rujuk sekarang" in page(cast, client, address("child", cast.aisyah))
    assert "Tanda bahaya: rujuk sekarang" in page(
        cast, client, reverse("measurements:child", args=[cast.aisyah.pk]), cast.kader_wati
    )


def test_without_own_questions_the_page_says_so_and_takes_the_number_from_paper(
    cast: Cast, client: Client
) -> None:
    html = page(cast, client, address("development", cast.aisyah), cast.kader_wati)
    assert "Pertanyaannya belum diisi puskesmas" in html
    assert "Berapa jawaban ya" in html
    refused = client.post(address("development", cast.aisyah), {"on": str(cast.today), "yes": "11"})
    assert refused.status_code == 422
    assert "Banyaknya jawaban ya paling banyak 10." in refused.content.decode()
    assert "KPSP sesuai umur (9-10)" in send(cast, client, "development", cast.aisyah, yes="9")
    assert "Rujuk ke puskesmas untuk diperiksa." in send(cast, client, "development", cast.aisyah, yes="6")


def test_with_own_questions_ten_answers_are_asked(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.kepala)
    url = reverse("child_health:question-set", args=[cast.andalas.pk, 15])
    texts = {f"text_{number}": f"Bisa nomor {number}?" for number in range(1, 11)}
    assert client.post(url, texts).status_code == 422
    assert client.post(url, texts | {"source": "Buku SDIDTK 2022"}).status_code == 302
    assert "Buku SDIDTK 2022" in page(
        cast, client, reverse("child_health:questions", args=[cast.andalas.pk]), cast.kepala
    )
    html = page(cast, client, address("development", cast.aisyah), cast.kader_wati)
    assert "10. Bisa nomor 10?" in html
    answers = {f"answer_{number}": "yes" if number < 8 else "no" for number in range(1, 11)}
    assert "KPSP meragukan (7-8)" in send(cast, client, "development", cast.aisyah, **answers)
    assert Entry.objects.get().development.answers == "1111111000"


def test_a_child_too_young_for_kpsp_is_told_when(cast: Cast, client: Client) -> None:
    child = cast.child("Kecil", birth_date=cast.today - timedelta(days=30))
    assert "KPSP pertama mulai" in page(cast, client, address("development", child), cast.kader_wati)


def test_only_who_runs_the_settings_types_in_questions(cast: Cast, client: Client) -> None:
    for user, status in (
        (cast.kader_wati, 403),
        (cast.bidan_rina, 403),
        (cast.kepala, 200),
        (cast.bidan_yuni, 403),
    ):
        cast.sign_in(client, user)
        assert client.get(reverse("child_health:questions", args=[cast.andalas.pk])).status_code == status
    cast.sign_in(client, cast.kepala)
    assert client.get(reverse("child_health:questions", args=[cast.air_dingin.pk])).status_code == 404
    assert client.get(reverse("child_health:question-set", args=[cast.andalas.pk, 13])).status_code == 404


def test_a_newborn_visit_says_which_it_was(cast: Cast, client: Client) -> None:
    child = cast.child("Kecil", birth_date=cast.today - timedelta(days=5))
    page(cast, client, address("newborn", child))
    said = send(
        cast, client, "newborn", child, suckles="yes", cord_clean="no", temperature_c="36,8", note="rahasia"
    )
    assert "Kunjungan bayi baru lahir (KN2): sudah dicatat." in said
    assert "tali pusat perlu dilihat, menyusu kuat" in said


def clinical(cast: Cast) -> None:
    """One of everything that only health workers read, of Aisyah and of a newborn."""
    child = cast.aisyah
    newborn = cast.child("Kecil", birth_date=cast.today - timedelta(days=5))
    operations.record(
        [
            NewbornDraft(child=newborn, on=cast.today, suckles=True, note="RAHASIA-1"),
            ReferralDraft(child=child, on=cast.today, reason="severe", destination="RSUP", note="RAHASIA-2"),
        ],
        by=cast.bidan_rina,
    )
    (entry,) = operations.record(
        [FindingDraft(child=child, on=cast.today, code="length")], by=cast.bidan_rina
    )
    finding_operations.confirm(entry, holds=True, on=cast.today, note="RAHASIA-3", by=cast.bidan_rina)
    finding_operations.diagnose(entry, words="RAHASIA-4", on=cast.today, by=cast.dr_hasan)


def test_no_kader_reads_a_diagnosis_or_a_note_of_a_health_worker(cast: Cast, client: Client) -> None:
    clinical(cast)
    for child in Child.objects.filter(posyandu=cast.melati):
        for name in ("child", "immunisation", "findings", *WRITTEN):
            assert "RAHASIA" not in page(cast, client, address(name, child), cast.kader_wati)
        growth = reverse("measurements:child", args=[child.pk])
        assert "RAHASIA" not in page(cast, client, growth, cast.kader_wati)
    html = page(cast, client, address("findings", cast.aisyah))
    assert "Diagnosis dr. Hasan" in html
    assert "RAHASIA-4" in html
    assert "RAHASIA-3" in html


def test_only_a_doctor_diagnoses(cast: Cast, client: Client) -> None:
    (entry,) = operations.record(
        [FindingDraft(child=cast.aisyah, on=cast.today, code="length")], by=cast.kader_wati
    )
    for user, confirms, diagnoses in (
        (cast.kader_wati, 403, 403),
        (cast.bidan_rina, 200, 403),
        (cast.dr_hasan, 200, 200),
    ):
        cast.sign_in(client, user)
        assert client.get(address("confirm", cast.aisyah, entry.pk)).status_code == confirms
        assert client.get(address("diagnose", cast.aisyah, entry.pk)).status_code == diagnoses
    cast.sign_in(client, cast.dr_hasan)
    answer = client.post(
        address("diagnose", cast.aisyah, entry.pk), {"words": "Stunting", "on": "26/11/2026"}, follow=True
    )
    assert "Diagnosis dr. Hasan, Kam, 26 Nov 2026: Stunting" in " ".join(answer.content.decode().split())


def test_a_kader_strikes_out_her_own_kinds_only(cast: Cast, client: Client) -> None:
    own, theirs = operations.record(
        [
            SupplementDraft(child=cast.aisyah, on=cast.today, item="vitamin_a"),
            ReferralDraft(child=cast.aisyah, on=cast.today, reason="severe", destination="RSUP"),
        ],
        by=cast.bidan_rina,
    )
    cast.sign_in(client, cast.kader_wati)
    assert client.get(address("strike", cast.aisyah, own.pk)).status_code == 200
    assert client.get(address("strike", cast.aisyah, theirs.pk)).status_code == 404
    assert (
        client.post(address("strike", cast.aisyah, theirs.pk), {"reason": "wrong_child"}).status_code == 404
    )
    assert Entry.objects.current().count() == 2


def test_every_kind_says_itself_in_the_history(cast: Cast, client: Client) -> None:
    clinical(cast)
    questions = enter_questions(cast.andalas, 12, [f"P{n}" for n in range(10)], source="Buku", by=cast.kepala)
    assert questions.pk
    operations.record([IllnessDraft(child=cast.aisyah, on=cast.today, signs=("DIARE",))], by=cast.kader_wati)
    html = page(cast, client, address("child", cast.aisyah))
    for words in ("Dirujuk ke RSUP", "TB/U di bawah -2, perlu dipastikan", "Keluhan", "Diare"):
        assert words in html
    assert set(Entry.objects.values_list("kind", flat=True)) <= set(Kind.values)
