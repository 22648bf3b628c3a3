"""The pages of the office, as the head uses them, everybody reads them and kader Tuti can't change them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.registry.accounts.models import DutyDeviation, DutyShift, User
from ceting.registry.places import operations as places
from ceting.registry.places.drafts import OfficeDraft
from ceting.registry.places.models import (
    CATALOGUE,
    Area,
    AreaLevel,
    PlaceChange,
    Posyandu,
    PosyanduClosure,
    Pustu,
    Service,
    SettingChange,
    settings_of,
)
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DENOMINATOR = "skdn.denominator"


def page(client: Client, name: str, *arguments: Any, **query: str) -> str:
    answer = client.get(reverse(f"office:{name}", args=arguments), query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def send(client: Client, name: str, /, *arguments: Any, **typed: Any) -> Any:
    return client.post(reverse(f"office:{name}", args=arguments), typed)


@pytest.fixture
def head(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.kepala)


def test_the_head_lands_at_once_on_her_own_puskesmas_and_dinas_chooses(head: Client, cast: Cast) -> None:
    answer = head.get(reverse("office:settings-choice"))
    assert answer["Location"] == reverse("office:settings", args=[cast.andalas.pk])
    dinas = cast.sign_in(Client(), cast.dinas)
    for name in ("settings-choice", "places-choice", "roster"):
        shown = page(dinas, name)
        assert "Puskesmas Andalas" in shown
        assert "Puskesmas Air Dingin" in shown


def test_every_setting_is_listed_with_its_value_and_has_its_page(head: Client, cast: Cast) -> None:
    listed = page(head, "settings", cast.andalas.pk)
    for code, definition in CATALOGUE.items():
        assert definition.label in listed
        own = page(head, "setting", cast.andalas.pk, code)
        assert "Belum pernah diubah" in own
    assert head.get(reverse("office:setting", args=[cast.andalas.pk, "tidak.ada"])).status_code == 404


def test_an_answer_is_saved_with_its_reason_and_shown_with_who(head: Client, cast: Cast) -> None:
    typed = {"value": "D", "reason": "permintaan Dinas"}
    assert send(head, "setting", cast.andalas.pk, DENOMINATOR, **typed).status_code == 302
    shown = page(head, "setting", cast.andalas.pk, DENOMINATOR)
    assert "permintaan Dinas" in shown
    assert "Yusnimar" in shown
    assert send(head, "setting", cast.andalas.pk, DENOMINATOR, reason="kembali", reset="1").status_code == 302
    cast.andalas.__dict__.pop("_setting_changes", None)
    assert settings_of(cast.andalas).text(DENOMINATOR) == "D-O-B"
    assert SettingChange.objects.count() == 2


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        (DENOMINATOR, "X", "Pilih salah satu"),
        ("duty.opens", "jam delapan", "misalnya 07.30"),
        ("house.idle_lock_minutes", "1", "Isi angka dari 2 sampai 120 menit"),
        ("words.greeting", "Halo {siapa}", "tidak dikenal"),
    ],
)
def test_a_wrong_answer_is_refused_in_words(
    head: Client, cast: Cast, code: str, typed: str, sentence: str
) -> None:
    answer = send(head, "setting", cast.andalas.pk, code, value=typed, reason="coba")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SettingChange.objects.exists()


def test_the_greeting_of_the_puskesmas_greets_at_home(cast: Cast, client: Client) -> None:
    template = {"words.greeting": "Salamaik {waktu}, {nama}"}
    places.change_settings(cast.andalas, template, reason="bahasa kita", by=cast.kepala)
    cast.sign_in(client, cast.kader_wati)
    assert "Salamaik pagi, Wati" in client.get(reverse("measurements:home")).content.decode()


def test_the_denominator_that_the_puskesmas_chose_stands_first_in_the_summary(
    cast: Cast, client: Client
) -> None:
    session = cast.session()
    cast.weigh(cast.aisyah, cast.today, "8.9")
    cast.sign_in(client, cast.bidan_rina)
    url = reverse("measurements:session-summary", args=[session.pk])
    usual = client.get(url).content.decode()
    assert usual.index("N/(D-O-B)") < usual.index("N/D")
    places.change_settings(cast.andalas, {DENOMINATOR: "D"}, reason="permintaan Dinas", by=cast.kepala)
    chosen = client.get(url).content.decode()
    assert chosen.index("N/D") < chosen.index("N/(D-O-B)")


def test_the_places_are_all_on_one_page(head: Client, cast: Cast) -> None:
    shown = page(head, "places", cast.andalas.pk)
    for word in ("Melati", "Kenanga", "Andalas", "Belum ada pustu", "Belum ada layanan"):
        assert word in shown
    assert "Mawar" not in shown


def test_a_posyandu_is_opened_changed_and_closed_by_the_pages(head: Client, cast: Cast) -> None:
    typed = {"name": "Anggrek", "village": cast.melati.village_id, "rw": "07", "kind": "ilp"}
    assert send(head, "posyandu-new", cast.andalas.pk, **typed).status_code == 302
    post = Posyandu.objects.get(name="Anggrek")
    assert post.kind == "ilp"
    assert send(head, "posyandu", post.pk, **{**typed, "name": "Anggrek Bulan"}).status_code == 302
    closing = {"closed_on": f"{cast.today:%d-%m-%Y}", "reason": "digabung"}
    assert send(head, "posyandu-close", post.pk, **closing).status_code == 302
    assert PosyanduClosure.objects.get().posyandu.name == "Anggrek Bulan"
    assert head.get(reverse("office:posyandu", args=[post.pk])).status_code == 404
    assert "digabung" in page(head, "places", cast.andalas.pk)
    history = page(head, "place-history", cast.andalas.pk)
    for deed in ("Posyandu dibuka", "Posyandu diubah", "Posyandu ditutup"):
        assert deed in history


def test_closing_under_the_children_is_refused_in_words(head: Client, cast: Cast) -> None:
    closing = {"closed_on": f"{cast.today:%d-%m-%Y}", "reason": "digabung"}
    answer = send(head, "posyandu-close", cast.melati.pk, **closing)
    assert answer.status_code == 422
    assert "Masih ada 1 anak" in answer.content.decode()


def test_a_closed_posyandu_is_offered_nowhere(head: Client, cast: Cast) -> None:
    (post,) = places.open_posyandu([("Anggrek", cast.melati.village, "")], puskesmas=cast.andalas, by=None)
    rina = cast.sign_in(Client(), cast.bidan_rina)
    assert "Anggrek" in rina.get(reverse("families:register")).content.decode()
    closing = {"closed_on": f"{cast.today:%d-%m-%Y}", "reason": "digabung"}
    assert send(head, "posyandu-close", post.pk, **closing).status_code == 302
    assert "Anggrek" not in rina.get(reverse("families:register")).content.decode()


def test_areas_pustu_services_and_the_office_itself(head: Client, cast: Cast) -> None:
    here = cast.andalas.pk
    area = cast.andalas.work_areas.get(village=cast.melati.village)
    assert send(head, "areas", here, confirmed=[str(area.pk)]).status_code == 302
    assert cast.andalas.work_areas.filter(confirmed=True).count() == 1
    assert send(head, "pustu-new", here, name="Timur", village=cast.melati.village_id).status_code == 302
    pustu = Pustu.objects.get()
    assert send(head, "pustu", pustu.pk, name="Barat", village=cast.melati.village_id).status_code == 302
    service = {"name": "Gizi", "weekdays": ["0", "2"], "starts": "8", "ends": "11.30", "quota": ""}
    assert send(head, "service-new", here, **service).status_code == 302
    assert "Senin, Rabu, 08.00 sampai 11.30, tanpa batas" in page(head, "places", here)
    assert send(head, "service-end", Service.objects.get().pk).status_code == 302
    office = {
        "name": "Andalas",
        "zone": "Asia/Jakarta",
        "after_hours_facility": "IGD RSUP",
        "emergency_phone": "119",
    }
    assert send(head, "describe", here, **office).status_code == 302
    assert "IGD RSUP" in page(head, "places", here)
    assert PlaceChange.objects.filter(by_id=cast.kepala.pk).count() >= 6


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("posyandu-new", {"rw": "1"}),
        ("posyandu-new", {"name": "X", "village": "bukan-kunci", "kind": "kia"}),
        ("pustu-new", {"name": "", "village": ""}),
        ("service-new", {"name": "Gizi", "weekdays": ["9"], "starts": "25", "ends": "x", "quota": "-1"}),
        ("describe", {"name": "", "zone": "Mars", "office_phone": "12", "emergency_phone": "abc"}),
        ("areas", {"confirmed": ["bukan-kunci"]}),
        ("duty-new", {"user": "x", "weekdays": ["7"], "starts": "24.00", "ends": "8"}),
        ("holiday-new", {"day": "31-2-2027", "reason": ""}),
        ("swap-new", {"day": "", "absent": ""}),
        ("extra-new", {"day": "kapan", "user": "", "starts": "", "ends": ""}),
    ],
)
def test_garbage_is_answered_in_words(head: Client, cast: Cast, name: str, typed: dict[str, Any]) -> None:
    before = PlaceChange.objects.count()
    assert send(head, name, cast.andalas.pk, **typed).status_code == 422
    assert PlaceChange.objects.count() == before
    assert not DutyShift.objects.exists()


def test_the_roster_is_kept_by_the_pages(head: Client, cast: Cast) -> None:
    here, rina = cast.andalas.pk, str(cast.bidan_rina.pk)
    shift = {"user": rina, "weekdays": ["0", "3"], "starts": "08.00", "ends": "12.00"}
    assert send(head, "duty-new", here, **shift).status_code == 302
    shown = page(head, "roster")
    assert "Rina Marlina, 08.00-12.00" in shown
    assert "12.00-14.00 belum ada yang bertugas" in shown
    assert "Bertugas sekarang" in shown
    swap = {"day": "26-11-2026", "absent": rina, "substitute": str(cast.dr_hasan.pk), "reason": "sakit"}
    assert send(head, "swap-new", here, **swap).status_code == 302
    assert "dr. Hasan, 08.00-12.00" in page(head, "roster")
    assert send(head, "holiday-new", here, day="30-11-2026", reason="Libur bersama").status_code == 302
    assert "Libur bersama" in page(head, "roster", minggu="2026-11-30")
    extra = {"day": "30-11-2026", "user": rina, "starts": "9", "ends": "10"}
    assert send(head, "extra-new", here, **extra).status_code == 302
    for deviation in DutyDeviation.objects.all():
        assert send(head, "deviation-withdraw", deviation.pk).status_code == 302
    for row in DutyShift.objects.all():
        assert send(head, "duty-end", row.pk).status_code == 302
    assert "Sekarang tidak ada yang bertugas" in page(head, "roster")


def test_out_of_hours_nothing_says_that_somebody_reads(cast: Cast, client: Client, frozen: Any) -> None:
    draft = OfficeDraft("Andalas", after_hours_facility="IGD RSUP M. Djamil", emergency_phone="119")
    places.describe_puskesmas(cast.andalas, draft, by=cast.kepala)
    cast.sign_in(client, cast.kader_wati)
    home = client.get(reverse("measurements:home")).content.decode()
    assert "Sekarang tidak ada yang bertugas" in home
    assert "IGD RSUP M. Djamil" in home
    assert 'href="tel:119"' in home


def test_wati_sees_at_home_whom_to_call_and_may_not_change_the_roster(
    head: Client, cast: Cast, client: Client
) -> None:
    User.objects.filter(pk=cast.bidan_rina.pk).update(phone="+6281266001122")
    shift = {"user": str(cast.bidan_rina.pk), "weekdays": ["3"], "starts": "08.00", "ends": "14.00"}
    send(head, "duty-new", cast.andalas.pk, **shift)
    wati = cast.sign_in(Client(), cast.kader_wati)
    assert 'href="tel:+6281266001122"' in wati.get(reverse("measurements:home")).content.decode()
    assert reverse("office:duty-new", args=[cast.andalas.pk]) not in page(wati, "roster")
    assert send(wati, "duty-new", cast.andalas.pk, **shift).status_code == 403


def test_yuni_of_the_other_puskesmas_sees_no_duty_of_andalas(head: Client, cast: Cast) -> None:
    shift = {"user": str(cast.bidan_rina.pk), "weekdays": ["3"], "starts": "08.00", "ends": "14.00"}
    send(head, "duty-new", cast.andalas.pk, **shift)
    yuni = cast.sign_in(Client(), cast.bidan_yuni)
    assert "Rina Marlina" not in page(yuni, "roster", puskesmas=str(cast.andalas.pk))


@pytest.mark.parametrize("week", ["ngawur", "9999-12-31", "0001-01-01", "2026-02-31"])
def test_a_week_that_can_not_be_shown_is_this_week(head: Client, week: str) -> None:
    assert "Minggu ini" in page(head, "roster", minggu=week)


def test_everybody_reads_who_may_do_what(cast: Cast) -> None:
    for user in cast.everybody.values():
        client = cast.sign_in(Client(), user)
        assert "Kader posyandu" in page(client, "roles")


def test_the_pages_cost_few_queries(head: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
    for weekday in "012345":
        shift = {"user": str(cast.bidan_rina.pk), "weekdays": [weekday], "starts": "8", "ends": "14"}
        send(head, "duty-new", cast.andalas.pk, **shift)
    village = cast.melati.village
    many = [(f"Posyandu {number}", village, "") for number in range(40)]
    places.open_posyandu(many, puskesmas=cast.andalas, by=cast.kepala)
    for name, arguments in (
        ("roster", []),
        ("places", [cast.andalas.pk]),
        ("settings", [cast.andalas.pk]),
        ("setting", [cast.andalas.pk, DENOMINATOR]),
        ("place-history", [cast.andalas.pk]),
    ):
        with django_assert_max_num_queries(15):
            page(head, name, *arguments)


def test_a_village_that_was_forgotten_is_added_from_the_same_page(head: Client, cast: Cast) -> None:
    forgotten = Area.objects.create(
        code="13.71.02.9999", name="Parak Baru", level=AreaLevel.VILLAGE, parent=cast.andalas.district
    )
    every = [str(area.pk) for area in cast.andalas.work_areas.all()]
    beyond = cast.air_dingin.work_areas.first()
    assert beyond is not None
    answer = send(head, "areas", cast.andalas.pk, confirmed=every, added=[str(beyond.village_id)])
    assert answer.status_code == 422, "only villages of its own district"
    answer = send(head, "areas", cast.andalas.pk, confirmed=every, added=[str(forgotten.pk)])
    assert answer.status_code == 302
    assert cast.andalas.work_areas.get(village=forgotten).confirmed
