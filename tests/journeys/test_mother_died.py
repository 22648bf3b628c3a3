"""A journey: a mother died after the birth; her family is met with one quiet line, and her child's care goes on."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.registry.accounts.models import User
from ceting.registry.families import home_operations
from ceting.registry.families.drafts import CaregiverDraft
from tests.cast import GIRL
from tests.journeys.test_pregnancy import NAME, TODAY, expected

pytestmark = pytest.mark.browser


def test_her_death_is_told_once_and_her_child_stays(visit: Any) -> None:
    pregnancy = expected(weeks=39)
    by = User.objects.get(username="rina")
    born_on = TODAY - timedelta(days=5)
    draft = EndDraft("birth", born_on, children=(NewbornDraft(GIRL, "Kirana Putri"),))
    outcome_operations.end(pregnancy, draft, by=by)
    father = CaregiverDraft("Hendra Saputra", relation="father")
    home_operations.add_caregiver(pregnancy.woman.household, father, by=by)
    rina = visit()
    rina.sign_in("rina")
    main = rina.page.locator("main")
    rina.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    rina.page.get_by_role("link", name="Catat bila Ibu meninggal").click()
    rina.page.get_by_label("Tanggal meninggal").fill(f"{TODAY - timedelta(days=1):%d/%m/%Y}")
    rina.look("ibu-meninggal")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(main).to_contain_text("Pilih pengasuh utama yang sekarang untuk Kirana Putri")
    rina.look("keluarga-ibu-meninggal")
    rina.page.get_by_role("link", name="Kirana Putri", exact=True).click()
    expect(main).to_contain_text(f"{NAME} (meninggal)")
    rina.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    expect(main).to_contain_text("Temani keluarganya dengan lembut")
    expect(rina.page.get_by_role("link", name="Catat kunjungan nifas")).to_have_count(0)
    rina.look("ibu-nifas-meninggal")
    rina.go("/staf/ibu-hamil/nifas/")
    expect(main).not_to_contain_text(NAME)
    rina.go(f"/staf/ibu-hamil/{pregnancy.pk}/")
    rina.page.get_by_role("link", name="Salah catat: Ibu tidak meninggal").click()
    rina.page.get_by_label("Alasan pembatalan").fill("Tertukar dengan ibu lain")
    rina.look("ibu-meninggal-batal")
    rina.page.get_by_role("button", name="Simpan").click()
    expect(main).not_to_contain_text("berduka")
