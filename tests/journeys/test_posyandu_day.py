"""Journey: kader Wati's morning: sixty children without the mouse, a slip of the finger, a dead line, two typists."""

import re
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.care.measurements.models import LatestGrowth, Measurement, Session
from ceting.foundation.core import clock
from ceting.registry.families.models import Child
from ceting.standards.numbers import format_decimal

pytestmark = pytest.mark.browser
A_MORNING = 60
QUESTIONED = 2
"""Which of the rows gets a weight that the grid asks about."""


def todays_session(name: str = "Melati") -> Session:
    return Session.objects.get(posyandu__name=name, held_on=clock.today())


def a_little_more(child: Child) -> tuple[str, str]:
    """What a child of this age weighs and measures a month later, as typed: "9,8" and "75,5"."""
    growth = LatestGrowth.objects.filter(child=child).first()
    if growth is None or growth.weight_kg is None or growth.lenhei_cm is None:
        return "3,4", "50,5"
    return (
        format_decimal(growth.weight_kg + Decimal("0.2")),
        format_decimal(growth.lenhei_cm + Decimal("0.8")),
    )


def test_sixty_children_are_typed_by_keyboard_alone(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    session = todays_session()
    wati.go(f"/staf/sesi/{session.pk}/")
    keys = wati.page.keyboard
    keys.press("/")
    keys.press("Enter")
    typed: dict[str, tuple[str, str]] = {}
    for _ in range(A_MORNING):
        row = wati.page.locator("[data-row]:focus-within")
        key = row.get_attribute("data-row")
        weight, length = a_little_more(Child.objects.get(pk=key))
        keys.type(weight)
        keys.press("Tab")
        keys.type(length)
        keys.press("Enter")
        typed[key] = (weight, length)
        _until_moved_on(wati.page, key)
    assert len(typed) == A_MORNING
    expect(wati.page.locator("#hitungan")).to_contain_text(f"{A_MORNING} dari")
    stored = {str(row.child_id): row for row in Measurement.objects.current().filter(session=session)}
    assert {
        key: (format_decimal(row.weight_kg.normalize()), format_decimal(row.lenhei_cm.normalize()))
        for key, row in stored.items()
    } == {
        key: (weight.removesuffix(",0"), length.removesuffix(",0")) for key, (weight, length) in typed.items()
    }


def _until_moved_on(page: Any, key: str) -> None:
    """The next row has the focus; where the grid asks back ("Simpan juga"), Enter answers."""
    row = page.locator(f'[data-row="{key}"]')
    for _ in range(100):
        if page.locator("[data-row]:focus-within").count() == 0:
            return
        if page.locator("[data-row]:focus-within").get_attribute("data-row") != key:
            return
        if row.get_attribute("data-state") == "asked":
            page.keyboard.press("Enter")
        page.wait_for_timeout(50)
    raise AssertionError(f"the grid stays at {key}: {row.inner_text()}")


def test_the_grid_and_the_summary_look_right(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    session = todays_session()
    wati.go(f"/staf/sesi/{session.pk}/")
    wati.look("hari-posyandu")
    for number, key in enumerate(_first_keys(wati.page, 8)):
        row = wati.page.locator(f'[data-row="{key}"]')
        weight, length = a_little_more(Child.objects.get(pk=key))
        row.get_by_label("Berat").fill("44" if number == QUESTIONED else weight)
        row.get_by_label(re.compile("Panjang|Tinggi")).fill(length)
        wati.page.keyboard.press("Enter")
        if number != QUESTIONED:
            _until_moved_on(wati.page, key)
            expect(wati.page.locator(f'[data-row="{key}"][data-state="saved"]')).to_be_visible()
    expect(wati.page.locator('[data-state="saved"]').first).to_be_visible()
    expect(wati.page.locator('[data-state="asked"]').first).to_be_visible()
    wati.page.evaluate("window.scrollTo(0, 0)")
    wati.look("hari-posyandu-sebagian")
    wati.go(f"/staf/sesi/{session.pk}/ringkasan/")
    wati.look("hari-posyandu-ringkasan")


def _first_keys(page: Any, number: int) -> list[str]:
    return [row.get_attribute("data-row") for row in page.locator("[data-row]").all()[:number]]


def child_with_weight(page: Any) -> Any:
    """The first row whose child was weighed before."""
    return page.locator('[data-row]:not([data-last-weight=""])').first


def test_85_for_8_5_is_asked_back_and_one_key_mends_it(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    session = todays_session()
    wati.go(f"/staf/sesi/{session.pk}/")
    row = child_with_weight(wati.page)
    key = row.get_attribute("data-row")
    weight, _ = a_little_more(Child.objects.get(pk=key))
    row.get_by_label("Berat").focus()
    wati.page.keyboard.type(weight.replace(",", ""))
    wati.page.keyboard.press("Enter")
    row = wati.page.locator(f'[data-row="{key}"]')
    expect(row.get_by_text("kg?").first).to_be_visible()
    assert not Measurement.objects.filter(session=session).exists()
    wati.page.keyboard.press("y")
    expect(wati.page.locator(f'[data-row="{key}"][data-state="saved"]')).to_be_visible()
    stored = Measurement.objects.get(session=session)
    assert format_decimal(stored.weight_kg.normalize()) == weight.removesuffix(",0")


def test_a_dead_line_loses_nothing_and_the_rows_follow_when_it_is_back(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    session = todays_session()
    wati.go(f"/staf/sesi/{session.pk}/")
    row = child_with_weight(wati.page)
    key = row.get_attribute("data-row")
    weight, _ = a_little_more(Child.objects.get(pk=key))
    wati.page.context.set_offline(True)
    row.get_by_label("Berat").focus()
    wati.page.keyboard.type(weight)
    wati.page.keyboard.press("Enter")
    expect(wati.page.locator("[data-unsent]")).to_be_visible()
    wati.page.context.set_offline(False)
    expect(wati.page.locator(f'[data-row="{key}"][data-state="saved"]')).to_be_visible(timeout=30_000)
    assert Measurement.objects.filter(session=session).count() == 1


def test_what_was_typed_survives_a_reload_before_it_was_sent(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    session = todays_session()
    wati.go(f"/staf/sesi/{session.pk}/")
    row = child_with_weight(wati.page)
    key = row.get_attribute("data-row")
    row.get_by_label("Berat").focus()
    wati.page.keyboard.type("9,9")
    wati.page.context.set_offline(True)
    wati.page.evaluate("window.stop()")
    wati.page.context.set_offline(False)
    wati.page.reload()
    again = wati.page.locator(f'[data-row="{key}"]').get_by_label("Berat")
    expect(again).to_have_value("9,9")


def test_two_people_type_one_child_and_both_values_are_shown(visit: Any) -> None:
    wati, rina = visit(), visit()
    wati.sign_in("wati")
    rina.sign_in("rina")
    session = todays_session()
    for each in (wati, rina):
        each.go(f"/staf/sesi/{session.pk}/")
    key = child_with_weight(wati.page).get_attribute("data-row")
    weight, _ = a_little_more(Child.objects.get(pk=key))
    other = format_decimal(Decimal(weight.replace(",", ".")) + Decimal("0.1"))
    for each, value in ((rina, other), (wati, weight)):
        each.page.locator(f'[data-row="{key}"]').get_by_label("Berat").focus()
        each.page.keyboard.type(value)
        each.page.keyboard.press("Enter")
        if each is rina:
            expect(each.page.locator(f'[data-row="{key}"][data-state="saved"]')).to_be_visible()
    row = wati.page.locator(f'[data-row="{key}"]')
    expect(row.get_by_text("Angka mereka", exact=True)).to_be_visible()
    expect(row).to_contain_text(other)
    expect(row).to_contain_text("Rina")
    assert Measurement.objects.filter(session=session).count() == 1


def test_opening_a_day_to_come_is_refused_in_words(visit: Any) -> None:
    wati = visit()
    wati.sign_in("wati")
    wati.go("/staf/sesi/baru/")
    wati.look("hari-posyandu-baru")
    wati.page.get_by_label("Tanggal").fill("26-12-2026")
    wati.page.keyboard.press("Enter")
    expect(wati.page.get_by_text("belum tiba").first).to_be_visible()
