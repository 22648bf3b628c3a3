"""The sheet from the rows: what stands today, in the reader's fields, and only while the pregnancy goes on."""

from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from ceting.care.pregnancies import outcome_operations, pdf
from ceting.care.pregnancies import support_operations as support
from ceting.care.pregnancies.contact_presenters import weights
from ceting.care.pregnancies.models import BirthPlan, Contact, EndKind, NamedKind, Place, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.tests.people import contact, fresh, pregnant
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def read(content: bytes) -> tuple[int, str]:
    pages = PdfReader(BytesIO(content)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def printed(cast: Cast, pregnancy: Pregnancy, *, clinical: bool = True) -> str:
    found = Pregnancy.objects.with_woman().get(pk=pregnancy.pk)
    rows = list(Contact.objects.current().filter(pregnancy=found))
    plan = BirthPlan.objects.filter(pregnancy=found).order_by("-id").first()
    pages, text = read(pdf.pregnancy_sheet(found, rows, plan, clinical=clinical, today=cast.today))
    assert pages == 1
    return text


@pytest.fixture
def pregnancy(cast: Cast) -> Pregnancy:
    found = pregnant(cast, weeks=30, gravida=4)
    contact(cast, found, weeks=9, weight_kg=Decimal("50.4"), muac_cm=Decimal("22.9"))
    contact(
        cast, found, weeks=28, weight_kg=Decimal("55.5"), muac_cm=Decimal("23.2"), hb_g_dl=Decimal("8.7"),
        fundal_cm=Decimal("27"), fetal_heart=143, systolic=118, diastolic=76, tablets_given=30, tablets_taken=28,
    )  # fmt: skip
    plan = support.PlanDraft(place="RSUP M. Djamil", donors="Pak Edi", contraception="IUD")
    support.plan_birth(found, plan, by=cast.bidan_rina)
    return found


def test_yanti_finds_her_visits_her_plan_and_what_to_do(cast: Cast, pregnancy: Pregnancy) -> None:
    text = printed(cast, pregnancy)
    for wanted in (
        "Yanti Marlina", "Posyandu Melati", "Puskesmas Andalas", "30 minggu", "55,5", "23,2", "118/76", "8,7", "143",
        "28 dari 90 tablet", "Tempat bersalin: RSUP M. Djamil", "Rencana KB: IUD", "kehamilan ke-4",
        "Risiko KEK", "Anemia sedang", Place.PUSKESMAS.label,
    ):  # fmt: skip
        assert wanted in text, wanted


def test_a_volunteer_prints_no_clinical_field_of_her(cast: Cast, pregnancy: Pregnancy) -> None:
    text = printed(cast, pregnancy, clinical=False)
    for hidden in ("8,7", "143", "Hb", "TFU", "kehamilan ke"):
        assert hidden not in text, hidden
    assert "55,5" in text
    assert "Ibu perlu tambahan gizi" in text


def test_no_reader_prints_a_named_result_or_whoever_gives_blood(cast: Cast, pregnancy: Pregnancy) -> None:
    support.record_named_result(pregnancy, NamedKind.HIV, on=cast.today, result="reaktif", by=cast.dr_hasan)
    text = printed(cast, pregnancy)
    for hidden in ("HIV", "reaktif", "Edi"):
        assert hidden not in text, hidden


def test_without_weight_and_height_there_is_no_corridor_and_the_sheet_says_so(cast: Cast) -> None:
    found = pregnant(cast, weeks=12, height_cm=None, pre_weight_kg=None)
    assert pdf.chart_svg(found, [], clinical=True) == ""
    assert "Grafiknya menyusul" in printed(cast, found)


def test_each_contact_is_a_point_and_fills_its_slot(cast: Cast, pregnancy: Pregnancy) -> None:
    rows = list(Contact.objects.current().filter(pregnancy=pregnancy))
    assert len(weights(rows)) == 2
    facts = pdf.sheet_of(fresh(pregnancy), rows, None, clinical=True, today=cast.today)
    assert facts.plan == ()
    assert [slot.filled_by is not None for slot in facts.slots].count(True) == 2


def test_after_a_loss_no_sheet_speaks_of_a_living_pregnancy(cast: Cast, pregnancy: Pregnancy) -> None:
    outcome_operations.end(pregnancy, EndDraft(EndKind.STILLBIRTH.value, cast.today), by=cast.bidan_rina)
    with pytest.raises(ValueError, match="goes on"):
        pdf.pregnancy_sheet(fresh(pregnancy), [], None, clinical=True, today=cast.today)


def test_the_metadata_names_nobody(cast: Cast, pregnancy: Pregnancy) -> None:
    found = Pregnancy.objects.with_woman().get(pk=pregnancy.pk)
    content = pdf.pregnancy_sheet(found, [], None, clinical=True, today=cast.today)
    assert "Yanti" not in str(PdfReader(BytesIO(content)).metadata)
