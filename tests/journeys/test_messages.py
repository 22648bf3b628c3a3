"""Journey: kader Wati sends reminders from her own phone, takes one back; bidan Rina opens a chat by its number."""

from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.foundation.core import clock
from ceting.foundation.messaging import delivery, operations
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import Kind, OutboxMessage, State
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child

pytestmark = pytest.mark.browser


def write_to_families() -> list[OutboxMessage]:
    """Five families of Melati are reminded, one of them by the midwife; the first perhaps got it already."""
    rina = User.objects.get(username="rina")
    children = Child.objects.filter(posyandu__name="Melati").select_related("mother").exclude(mother=None)
    drafts = []
    for number, child in enumerate(children.order_by("pk")[:5]):
        mother = child.mother
        assert mother is not None
        operations.answer_opt_in(mother.pk, granted=True, said_through="spoken", by=rina)
        text = f"Halo Ibu {mother.name}, besok Jumat pukul 08.00 ada Posyandu Melati. Bawa Buku KIA, ya."
        follow_up = "Ibu, mari kontrol ke puskesmas hari Senin. Saya tunggu pukul 09.00. Bidan Rina."
        drafts.append(
            MessageDraft(
                mother.pk,
                mother.name,
                "" if number == 3 else mother.phone or "+6281267001002",
                child.puskesmas_id,
                "case" if number == 4 else "posyandu_day",
                follow_up if number == 4 else text,
                f"journey:{number}",
                kind=Kind.MEDICAL_FOLLOW_UP if number == 4 else Kind.PROGRAMME,
                posyandu_id=child.posyandu_id,
                text_in_link=number % 2 == 0,
            )
        )
    rows = operations.queue(drafts, by=rina)
    delivery.deliver()
    OutboxMessage.objects.filter(pk=rows[0].pk).update(perhaps_sent=True)
    return rows


def test_wati_sends_from_her_phone_and_takes_one_back(visit: Any) -> None:
    rows = write_to_families()
    wati = visit()
    wati.page.set_viewport_size({"width": 360, "height": 640})
    wati.sign_in("wati")
    wati.go("/staf/lainnya/")
    wati.page.get_by_role("link", name="Kirim dari HP saya").click()
    expect(wati.page.get_by_role("heading", name=rows[1].recipient_name)).to_be_visible()
    assert "mari kontrol" not in wati.page.content()
    wati.look("pesan-kader")
    first = wati.page.locator(".message-by-hand").nth(1)
    wati.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first.get_by_role("button", name="Salin pesan").click()
    expect(first.get_by_role("button", name="Tersalin")).to_be_visible()
    assert wati.page.evaluate("navigator.clipboard.readText()") == rows[1].text
    first.get_by_role("button", name="Sudah terkirim").click()
    wati.page.locator(".message-by-hand").nth(1).get_by_role("button", name="Tidak jadi").click()
    expect(wati.page.get_by_role("heading", name="Baru saja Ibu/Bapak tangani")).to_be_visible()
    wati.look("pesan-ditangani", at="#ditangani")
    wati.page.get_by_role("button", name=f"Urungkan: {rows[2].recipient_name}").click()
    expect(wati.page.get_by_role("heading", name=rows[2].recipient_name)).to_be_visible()
    assert OutboxMessage.objects.get(pk=rows[1].pk).state == State.SENT
    assert OutboxMessage.objects.get(pk=rows[2].pk).state == State.NEEDS_HUMAN

    rina = visit()
    rina.sign_in("rina")
    rina.go("/staf/pesan/")
    expect(rina.page.get_by_text("Tindak lanjut petugas")).to_be_visible()
    rina.look("pesan")
    link = rina.page.get_by_role("link", name="Buka WhatsApp").first.get_attribute("href")
    answer = rina.page.request.get(f"{rina.url}{link}", max_redirects=0)
    assert answer.headers["location"].startswith("https://wa.me/62")

    OutboxMessage.objects.filter(state=State.NEEDS_HUMAN).update(state=State.EXPIRED, settled_at=clock.now())
    rina.go("/staf/pesan/")
    expect(rina.page.get_by_text("Tidak ada pesan yang menunggu")).to_be_visible()
    rina.look("pesan-kosong")
