"""Corridor and fundal height are for one baby: of more than one, no page, sheet or timeline gives their verdict."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import operations, outcome_operations, pdf
from ceting.care.pregnancies.charts.series import NOT_CHARTED, ONE_BABY
from ceting.care.pregnancies.models import Contact, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.tests.people import contact, fresh, pregnant
from ceting.registry.accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")
VERDICTS = (
    "Koridor",
    "kenaikan seluruhnya",
    "TFU sesuai",
    "TFU lebih",
    "Kenaikan berat berlebih",
    "Kenaikan berat sesuai",
)


@pytest.fixture
def twins(cast: Cast) -> Pregnancy:
    """Judged as one baby a week ago; two are seen today."""
    found = pregnant(cast, weeks=30, height_cm=Decimal("158"), pre_weight_kg=Decimal("50"))
    before = cast.today - timedelta(days=7)
    one = contact(cast, found, on=before, weight_kg=Decimal("70"), fundal_cm=Decimal("36"))
    assert (one.gain, one.fundal) == ("GWG_LEBIH", "TFU_BESAR")
    contact(cast, found, fetuses=2, weight_kg=Decimal("70.5"), fundal_cm=Decimal("30"))
    return fresh(found)


def page(cast: Cast, pregnancy: Pregnancy, who: User) -> str:
    client = cast.sign_in(Client(), who)
    return client.get(reverse("pregnancies:pregnancy", args=[pregnancy.pk])).content.decode()


def test_a_later_contact_that_finds_two_takes_back_what_was_said_of_one(twins: Pregnancy) -> None:
    assert {(row.gain, row.fundal) for row in Contact.objects.all()} == {("", "")}


def test_two_that_were_a_slip_are_judged_as_one_again(cast: Cast, twins: Pregnancy) -> None:
    slip = Contact.objects.get(fetuses=2)
    operations.strike_out_contact(slip, reason="Ibu lain", by=cast.bidan_rina)
    assert {row.gain for row in Contact.objects.current()} == {"GWG_LEBIH"}
    assert ONE_BABY not in page(cast, twins, cast.bidan_rina)


def test_the_page_says_that_the_tables_are_for_one_baby(cast: Cast, twins: Pregnancy) -> None:
    text = page(cast, twins, cast.bidan_rina)
    assert ONE_BABY in text
    for verdict in VERDICTS:
        assert verdict not in text, verdict


def test_whoever_may_not_read_how_many_is_not_told_by_the_missing_chart(cast: Cast, twins: Pregnancy) -> None:
    text = page(cast, twins, cast.kader_wati)
    assert NOT_CHARTED in text
    assert "lebih dari satu" not in text.lower()
    for verdict in VERDICTS:
        assert verdict not in text, verdict


@pytest.mark.parametrize(("clinical", "said"), [(True, ONE_BABY), (False, NOT_CHARTED)])
def test_no_sheet_has_the_chart_or_the_verdicts(twins: Pregnancy, clinical: bool, said: str) -> None:
    rows = sorted(Contact.objects.current(), key=Contact.chronology)
    sheet = pdf.sheet_of(twins, rows, None, clinical=clinical, today=rows[-1].on)
    assert pdf.chart_svg(twins, rows, clinical=clinical) == ""
    assert pdf.words(sheet)["uncharted"] == said
    assert not [code for code in sheet.results if code.startswith(("GWG_", "TFU_"))]


def test_the_timeline_of_the_family_has_no_verdict(cast: Cast, twins: Pregnancy) -> None:
    url = reverse("families:timeline", args=[twins.woman.household_id])
    text = cast.sign_in(Client(), cast.bidan_rina).get(url).content.decode()
    assert "70,5 kg" in text
    for verdict in VERDICTS:
        assert verdict not in text, verdict


@pytest.mark.parametrize(("children", "stillborn", "gain"), [(2, 0, ""), (1, 1, ""), (1, 0, "GWG_LEBIH")])
def test_twins_whom_only_the_birth_told_of_take_the_verdicts_back(
    cast: Cast, children: int, stillborn: int, gain: str
) -> None:
    found = pregnant(cast, weeks=36, height_cm=Decimal("158"), pre_weight_kg=Decimal("50"))
    contact(cast, found, weight_kg=Decimal("80"), on=cast.today - timedelta(days=7))
    draft = EndDraft("birth", cast.today, stillborn=stillborn, children=(NewbornDraft(1),) * children)
    outcome_operations.end(found, draft, by=cast.bidan_rina)
    assert Contact.objects.get().gain == gain
    outcome_operations.undo_end(fresh(found), reason="Ibu lain", by=cast.bidan_rina)
    assert Contact.objects.get().gain == "GWG_LEBIH"
