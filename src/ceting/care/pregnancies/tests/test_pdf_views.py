"""Printing the sheets: hers without a clinical field whoever prints it, and the one for health workers; both noted."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.models import EndKind, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.tests.people import contact, pregnant
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def pregnancy(cast: Cast) -> Pregnancy:
    found = pregnant(cast, weeks=30, gravida=4, para=2, abortions=1, blood_group="O")
    contact(cast, found, weeks=28, weight_kg=Decimal("55.5"), hb_g_dl=Decimal("8.7"), fetal_heart=143)
    return found


def address(pregnancy: Pregnancy, sheet: str = "pdf") -> str:
    return reverse(f"pregnancies:{sheet}", args=[pregnancy.pk])


def printed(cast: Cast, client: Client, user: User, pregnancy: Pregnancy, sheet: str = "pdf") -> str:
    answer = cast.sign_in(client, user).get(address(pregnancy, sheet))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(BytesIO(answer.content)).pages
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize("who", ["bidan_rina", "kader_wati", "petugas_gizi_dewi"])
def test_what_she_takes_home_has_no_clinical_field_whoever_prints_it(
    cast: Cast, client: Client, pregnancy: Pregnancy, who: str
) -> None:
    text = printed(cast, client, getattr(cast, who), pregnancy)
    assert "Lembar ibu hamil" in text
    assert "55,5" in text
    for hidden in ("8,7", "143", "Hb", "kehamilan ke", "G4", "KSPR", "rujukan"):
        assert hidden not in text


def test_bidan_rina_sends_her_findings_along_with_a_woman_whom_she_refers(
    cast: Cast, client: Client, pregnancy: Pregnancy
) -> None:
    text = printed(cast, client, cast.bidan_rina, pregnancy, "referral-pdf")
    for shown in ("Ringkasan kehamilan", "untuk tenaga kesehatan", "55,5", "8,7", "143", "kehamilan ke-4",
                  "G4 P2 A1", "golongan darah O", "skor KSPR", "Anemia sedang"):  # fmt: skip
        assert shown in text
    entry = AuditEntry.objects.get(action="read")
    assert (entry.purpose, entry.subject_ids) == ("print referral", [str(pregnancy.pk)])


@pytest.mark.parametrize("who", ["kader_wati", "kader_tuti", "dinas"])
def test_nobody_else_has_a_sheet_for_health_workers(
    cast: Cast, client: Client, pregnancy: Pregnancy, who: str
) -> None:
    answer = cast.sign_in(client, getattr(cast, who)).get(address(pregnancy, "referral-pdf"))
    assert answer.status_code in (403, 404)
    assert not AuditEntry.objects.filter(action="read").exists()


def test_only_who_may_print_it_is_offered_the_sheet_for_health_workers(
    cast: Cast, client: Client, pregnancy: Pregnancy
) -> None:
    page = reverse("pregnancies:pregnancy", args=[pregnancy.pk])
    assert address(pregnancy, "referral-pdf") in cast.sign_in(client, cast.bidan_rina).get(page).text
    by_wati = cast.sign_in(client, cast.kader_wati).get(page).text
    assert address(pregnancy) in by_wati
    assert address(pregnancy, "referral-pdf") not in by_wati


def test_kader_tuti_of_the_other_posyandu_prints_nothing(
    cast: Cast, client: Client, pregnancy: Pregnancy
) -> None:
    assert cast.sign_in(client, cast.kader_tuti).get(address(pregnancy)).status_code == 404
    assert not AuditEntry.objects.filter(action="read").exists()


def test_the_file_is_named_after_nobody_and_its_reading_is_written_down(
    cast: Cast, client: Client, pregnancy: Pregnancy
) -> None:
    answer = cast.sign_in(client, cast.bidan_rina).get(address(pregnancy))
    assert answer["Content-Disposition"] == 'inline; filename="lembar-ibu-hamil.pdf"'
    entry = AuditEntry.objects.get(action="read")
    assert (entry.purpose, entry.subject_ids) == ("print pregnancy", [str(pregnancy.pk)])


def test_after_a_loss_there_is_no_sheet(cast: Cast, client: Client, pregnancy: Pregnancy) -> None:
    outcome_operations.end(pregnancy, EndDraft(EndKind.STILLBIRTH.value, cast.today), by=cast.bidan_rina)
    cast.sign_in(client, cast.bidan_rina)
    assert client.get(address(pregnancy)).status_code == 404
    assert client.get(address(pregnancy, "referral-pdf")).status_code == 404


def test_a_sheet_asks_the_database_no_more_for_many_contacts(
    cast: Cast, client: Client, pregnancy: Pregnancy, django_assert_max_num_queries: object
) -> None:
    for week in range(10, 28, 3):
        contact(cast, pregnancy, weeks=week, weight_kg=Decimal("52"))
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(address(pregnancy))
