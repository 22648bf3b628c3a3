"""Journey: a woman's weight and womb as bidan Rina and kader Wati see them, and the sheet that she takes home."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from ceting.care.pregnancies import operations
from ceting.care.pregnancies.drafts import ContactDraft, PregnancyDraft
from ceting.care.pregnancies.models import Attendant, Place, Pregnancy
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.places.models import Posyandu

pytestmark = pytest.mark.browser
WEEK = timedelta(days=7)
SEEN = {9: "47.8", 14: "48.6", 19: "49.9", 24: "51", 28: "53.6"}


def yanti() -> Pregnancy:
    """Thirty weeks on, seen five times; her arm is small and she gains a little late."""
    rina, melati = User.objects.get(username="rina"), Posyandu.objects.get(name="Melati")
    woman = woman_operations.register_woman(WomanDraft("Yanti Marlina"), posyandu=melati, by=rina)
    started = rina.today() - 30 * WEEK
    told = PregnancyDraft(
        lmp=started, gravida=2, para=1, height_cm=Decimal(155), pre_weight_kg=Decimal("47.5")
    )
    pregnancy = operations.register(told, woman=woman, posyandu=melati, by=rina)
    for week, kg in SEEN.items():
        draft = ContactDraft(
            on=started + week * WEEK,
            place=Place.PUSKESMAS.value,
            attendant=Attendant.MIDWIFE.value,
            weight_kg=Decimal(kg),
            muac_cm=Decimal("23.1"),
            hb_g_dl=Decimal("10.1") if week == 24 else None,
            fundal_cm=Decimal(week - 1) if week > 16 else None,
        )
        operations.record_contact(pregnancy, draft, by=rina)
    return pregnancy


def test_rina_sees_the_weight_in_its_corridor_and_the_womb_in_its_weeks(visit: Any) -> None:
    pregnancy, rina = yanti(), visit()
    rina.sign_in("rina")
    rina.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    weight, womb = rina.page.locator("figure.chart-figure").all()
    rina.look("ibu-hamil-grafik-berat", at="figure.chart-figure")
    rina.look("ibu-hamil-grafik-fundus", at="figure.chart-figure >> nth=1")
    weight.locator(".mark").first.click()
    expect(weight.locator("[data-chart-reading]")).to_contain_text("47,8 kg, naik 0,3 kg")
    expect(womb.locator("[data-chart-reading]")).to_contain_text("TFU 27 cm")
    rina.page.get_by_text("Lihat grafik sebagai tabel").first.click()
    expect(rina.page.get_by_role("cell", name="51 kg", exact=True).first).to_be_visible()


def test_wati_sees_the_weight_only(visit: Any) -> None:
    pregnancy, wati = yanti(), visit()
    wati.sign_in("wati")
    wati.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    expect(wati.page.locator("figure.chart-figure")).to_have_count(1)
    expect(wati.page.locator("main")).not_to_contain_text("TFU")


@pytest.mark.parametrize(
    ("who", "button", "clinical"),
    [("rina", "Cetak untuk ibu", False), ("rina", "Cetak rujukan", True), ("wati", "Cetak untuk ibu", False)],
)
def test_the_sheet_is_one_page_in_the_fields_of_who_takes_it_along(
    visit: Any, who: str, button: str, clinical: bool
) -> None:
    pregnancy, person = yanti(), visit()
    person.sign_in(who)
    person.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    address = person.page.get_by_role("link", name=button).get_attribute("href")
    answer = person.page.context.request.get(f"{person.url}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(answer.body())).pages
    text = page.extract_text()
    assert "Yanti Marlina" in text
    assert ("10,1" in text, "TFU" in text) == (clinical, clinical)
