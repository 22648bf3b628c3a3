"""Journey: a slip of last month is mended, and everybody sees what that changed."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.care.measurements import sealing
from ceting.care.measurements.models import Measurement, MonthCountChange
from ceting.registry.places.models import Posyandu

pytestmark = pytest.mark.browser
OCTOBER = date(2026, 10, 1)


def test_rina_mends_a_slip_of_october_and_the_change_is_listed(visit: Any) -> None:
    melati = Posyandu.objects.get(name="Melati")
    sealing.seal_month(melati, OCTOBER, by=None)
    row = (
        Measurement.objects.current()
        .filter(child__posyandu=melati, measured_on__year=2026, measured_on__month=10, status="N")
        .exclude(lenhei_cm=None)
        .order_by("id")[0]
    )
    rina = visit()
    rina.sign_in("rina")
    rina.go(f"/staf/anak/{row.child_id}/riwayat/{row.pk}/perbaiki/")
    rina.look("anak-perbaiki")
    before = row.child.measurements.filter(measured_on__lt=row.measured_on).latest("measured_on")
    rina.page.get_by_label("Berat", exact=False).first.fill(str(before.weight_kg).replace(".", ","))
    rina.page.get_by_label("Alasan").first.select_option("read_wrong")
    rina.page.get_by_label("Penjelasan").first.fill("timbangan belum nol")
    rina.page.get_by_role("button", name="Simpan perbaikan").click()
    if rina.page.get_by_text("di luar kebiasaan").count():
        rina.page.get_by_role("button", name="Simpan perbaikan").click()
    expect(rina.page.get_by_text("Angka lama tetap terlihat")).to_be_visible()
    rina.look("anak-riwayat-diperbaiki", at=".history")
    assert MonthCountChange.objects.filter(count__posyandu=melati).exists()
    rina.go("/staf/skdn/perubahan/")
    expect(rina.page.get_by_text("Hasil ukur diperbaiki").first).to_be_visible()
    rina.look("perubahan-skdn")
    rina.go(f"/staf/sesi/{row.session_id}/ringkasan/")
    expect(rina.page.get_by_text("Dihitung ulang 1 kali")).to_be_visible()
    rina.look("hari-posyandu-dihitung-ulang", at="#skdn")
