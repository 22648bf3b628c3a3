"""The sheet that a family takes home: one page, its words, nothing clinical, nothing that hurts."""

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from ceting.care.child_health import finding_operations, operations, sheet
from ceting.care.child_health.drafts import (
    BreastfeedingDraft,
    DevelopmentDraft,
    Draft,
    FeedingDraft,
    FindingDraft,
    IllnessDraft,
    ImmunisationDraft,
    NewbornDraft,
    ReferralDraft,
    SupplementDraft,
)
from ceting.care.child_health.health_record import of_child
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families.models import Child
from ceting.standards.child.doses import known_doses
from ceting.standards.words import FORBIDDEN_FOR_FAMILIES
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def text_of(body: bytes) -> str:
    reader = PdfReader(io.BytesIO(body))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


def printed(child: Child) -> str:
    return text_of(sheet.health_sheet(of_child(child, child.puskesmas.today())))


def full_life(cast: Cast, child: Child) -> None:
    """Everything that the sheet can show, and everything that it must not."""
    birth = child.birth_date
    drafts: list[Draft] = [
        ImmunisationDraft(child=child, on=birth + timedelta(days=number), dose=code)
        for number, code in enumerate(known_doses())
    ]
    drafts += [
        SupplementDraft(child=child, on=date(year, 8, 5), item="vitamin_a") for year in range(2023, 2027)
    ]
    drafts += [
        SupplementDraft(child=child, on=date(year, 8, 5), item="deworming") for year in range(2024, 2027)
    ]
    drafts += [
        BreastfeedingDraft(child=child, on=cast.today, month=month, answer="yes") for month in range(7)
    ]
    drafts += [
        DevelopmentDraft(child=child, on=cast.today, age_month=age, yes=7) for age in (3, 6, 9, 12, 15, 18)
    ]
    drafts += [
        NewbornDraft(child=child, on=birth + timedelta(days=day), note="RAHASIA") for day in (1, 5, 10)
    ]
    drafts += [
        IllnessDraft(child=child, on=cast.today, signs=("KEJANG",)),
        ReferralDraft(child=child, on=cast.today, reason="severe", destination="RSUP", note="RAHASIA"),
        FindingDraft(child=child, on=cast.today, code="length"),
    ]
    *_, finding = operations.record(drafts, by=cast.bidan_rina)
    finding_operations.diagnose(finding, words="RAHASIA stunting", on=cast.today, by=cast.dr_hasan)


def test_the_fullest_life_fits_on_one_page_and_says_nothing_clinical(cast: Cast) -> None:
    child = cast.child("Muhammad Rizky Ramadhan Putra Pratama", months=47)
    full_life(cast, child)
    text = printed(child)
    assert "Ini tanda bahaya" in text
    assert "Campak-Rubela lanjutan" in text
    assert "RAHASIA" not in text
    for forbidden in FORBIDDEN_FOR_FAMILIES:
        assert forbidden not in text.lower(), forbidden


def test_an_empty_record_says_what_to_do(cast: Cast) -> None:
    text = printed(cast.aisyah)
    assert "Imunisasinya belum lengkap, masih bisa dikejar" in text
    assert "Mari datang secepatnya. Bawa Buku KIA" in text
    assert "sudah waktunya" in text
    assert "Sudah waktunya obat cacing" in text
    assert cast.aisyah.nik not in text


def test_a_child_who_has_everything_is_praised(cast: Cast) -> None:
    child = cast.child("Zaki", birth_date=cast.today - timedelta(days=3))
    operations.record([ImmunisationDraft(child=child, on=child.birth_date, dose="HB0")], by=cast.bidan_rina)
    assert "Imunisasinya sudah diberikan" in printed(child)


def test_meals_are_answered_with_what_to_add(cast: Cast) -> None:
    draft = FeedingDraft(child=cast.aisyah, on=cast.today, groups=frozenset({2}), meals=3, breastfed=True)
    operations.record([draft], by=cast.kader_wati)
    assert "Mari tambah satu kelompok makanan hari ini" in printed(cast.aisyah)


def test_a_preterm_child_has_both_ages(cast: Cast) -> None:
    Child.objects.filter(pk=cast.aisyah.pk).update(gestation_days=245)
    assert "(umur koreksi 13 bulan)" in printed(Child.objects.get(pk=cast.aisyah.pk))


def test_whoever_may_read_her_prints_it_and_it_is_written_down(cast: Cast, client: Client) -> None:
    url = reverse("child_health:child-pdf", args=[cast.aisyah.pk])
    cast.sign_in(client, cast.kader_wati)
    answer = client.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert "aisyah" not in answer["Content-Disposition"].lower()
    assert "Aisyah Putri" in text_of(answer.content)
    assert AuditEntry.objects.get(action="read").purpose == "print health"
    for user in (cast.kader_tuti, cast.bidan_yuni):
        cast.sign_in(client, user)
        assert client.get(url).status_code == 404
