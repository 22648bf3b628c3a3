"""Printing the sheet: whoever may read her prints it, in her own fields, and it is written down."""

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
    found = pregnant(cast, weeks=30, gravida=4)
    contact(cast, found, weeks=28, weight_kg=Decimal("55.5"), hb_g_dl=Decimal("8.7"), fetal_heart=143)
    return found


def address(pregnancy: Pregnancy) -> str:
    return reverse("pregnancies:pdf", args=[pregnancy.pk])


def printed(cast: Cast, client: Client, user: User, pregnancy: Pregnancy) -> str:
    answer = cast.sign_in(client, user).get(address(pregnancy))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(BytesIO(answer.content)).pages
    return " ".join(page.extract_text().split())


def test_bidan_rina_prints_her_findings_and_kader_wati_what_the_posyandu_knows(
    cast: Cast, client: Client, pregnancy: Pregnancy
) -> None:
    assert "8,7" in printed(cast, client, cast.bidan_rina, pregnancy)
    by_wati = printed(cast, client, cast.kader_wati, pregnancy)
    assert "55,5" in by_wati
    for hidden in ("8,7", "143", "Hb", "kehamilan ke"):
        assert hidden not in by_wati


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
    assert cast.sign_in(client, cast.bidan_rina).get(address(pregnancy)).status_code == 404


def test_a_sheet_asks_the_database_no_more_for_many_contacts(
    cast: Cast, client: Client, pregnancy: Pregnancy, django_assert_max_num_queries: object
) -> None:
    for week in range(10, 28, 3):
        contact(cast, pregnancy, weeks=week, weight_kg=Decimal("52"))
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(address(pregnancy))
