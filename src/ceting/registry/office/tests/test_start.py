"""A puskesmas gets started: opened by Dinas, step by step by its head, and seen by nobody of the next one."""

import re
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts import roster_operations as roster
from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.accounts.models import Link, User
from ceting.registry.office import operations, reading
from ceting.registry.office.models import SettingsReading, StartFinish, StepSkip
from ceting.registry.office.start import Start, ask, starts
from ceting.registry.office.steps import State, all_steps
from ceting.registry.places import operations as places
from ceting.registry.places.drafts import OfficeDraft
from ceting.registry.places.models import Area, AreaLevel, Puskesmas, WorkArea, settings_of
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAUH = "13.71.07"


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def go(client: Client, name: str, *arguments: Any) -> Any:
    return client.get(reverse(f"office:{name}", args=arguments))


def send(client: Client, name: str, /, *arguments: Any, **typed: Any) -> Any:
    return client.post(reverse(f"office:{name}", args=arguments), typed)


def standing(puskesmas: Puskesmas) -> Start:
    (found,) = starts(ask(Puskesmas.objects.filter(pk=puskesmas.pk)))
    return found


def state(puskesmas: Puskesmas, code: str) -> State:
    return next(each.progress.state for each in standing(puskesmas).standings if each.step.code == code)


@pytest.fixture
def head(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.kepala)


@pytest.fixture
def dinas(cast: Cast) -> Client:
    return cast.sign_in(Client(), cast.dinas)


@pytest.fixture
def pauh(cast: Cast) -> Area:
    return Area.objects.get(code=PAUH)


def opening(district: Area, **more: Any) -> dict[str, Any]:
    villages = Area.objects.filter(parent=district, level=AreaLevel.VILLAGE)[:2]
    return {
        "name": "Pauh",
        "code": "p1371070101",
        "zone": "Asia/Jakarta",
        "villages": [str(village.pk) for village in villages],
        "head_role": "kepala",
        "head_name": "dr. Elvira Roza",
        "head_username": "",
        "head_phone": "0812 6677 8899",
        **more,
    }


def open_pauh(dinas: Client, district: Area, **more: Any) -> Any:
    url = f"{reverse('office:puskesmas-new')}?kecamatan={district.pk}"
    return dinas.post(url, opening(district, **more))


def test_dinas_opens_a_puskesmas_and_its_head_gets_a_link(dinas: Client, pauh: Area) -> None:
    answer = open_pauh(dinas, pauh)
    assert answer.status_code == 200
    assert "Puskesmas Pauh sudah dibuka" in words(answer)
    puskesmas = Puskesmas.objects.get(name="Pauh")
    assert puskesmas.code == "P1371070101"
    assert puskesmas.work_areas.filter(confirmed=False).count() == 2, "the head confirms them"
    (user,) = User.objects.filter(puskesmas=puskesmas)
    assert user.username == "kepala.elvira"
    assert user.assignments[0].puskesmas == puskesmas
    assert "/kunci/?k=" in answer.content.decode()


def test_pressing_twice_opens_one_puskesmas_and_invites_one_head(dinas: Client, pauh: Area) -> None:
    assert open_pauh(dinas, pauh).status_code == 200
    assert open_pauh(dinas, pauh).status_code == 200
    puskesmas = Puskesmas.objects.get(name="Pauh")
    (user,) = User.objects.filter(puskesmas=puskesmas)
    assert Link.objects.filter(user=user, used_at=None, withdrawn_at=None).count() == 1


def test_the_name_of_a_puskesmas_that_works_already_is_refused(dinas: Client, cast: Cast) -> None:
    answer = open_pauh(dinas, cast.andalas.district, name="Andalas", head_name="Orang Lain")
    assert answer.status_code == 422
    assert "sudah ada puskesmas dengan nama itu" in words(answer)
    assert not User.objects.filter(name="Orang Lain").exists()


def test_a_village_of_another_puskesmas_is_asked_about_first(dinas: Client, cast: Cast) -> None:
    district = cast.andalas.district
    page = dinas.get(f"{reverse('office:puskesmas-new')}?kecamatan={district.pk}")
    assert "(sudah wilayah Puskesmas Andalas)" in words(page)
    answer = open_pauh(dinas, district, name="Parak Karakah", code="")
    assert answer.status_code == 422
    assert "Sudah termasuk wilayah puskesmas lain" in words(answer)
    assert "dr. Elvira Roza" in answer.content.decode(), "nothing typed is lost"
    assert open_pauh(dinas, district, name="Parak Karakah", code="", shared="on").status_code == 200
    joined = WorkArea.objects.filter(puskesmas__name="Parak Karakah").values("village")
    assert cast.andalas.work_areas.filter(village__in=joined).count() == 2


def test_the_code_of_another_puskesmas_is_refused(dinas: Client, cast: Cast, pauh: Area) -> None:
    places.describe_puskesmas(cast.andalas, OfficeDraft("Andalas", code="P1371020101"), by=cast.kepala)
    answer = open_pauh(dinas, pauh, code="P 1371020101")
    assert answer.status_code == 422
    assert "sudah dipakai Puskesmas Andalas" in words(answer)


@pytest.mark.parametrize("who", ["kepala", "bidan_rina", "kader_wati", "dr_hasan"])
def test_only_dinas_opens_a_puskesmas(cast: Cast, pauh: Area, who: str) -> None:
    client = cast.sign_in(Client(), cast.everybody[who])
    assert open_pauh(client, pauh).status_code == 403
    assert not Puskesmas.objects.filter(name="Pauh").exists()


def test_the_steps_of_every_floor_stand_in_the_order_that_makes_sense() -> None:
    codes = [step.code for step in all_steps()]
    known = [
        "data",
        "wilayah",
        "posyandu",
        "petugas",
        "jaga",
        "pengaturan",
        "impor",
        "jadwal",
        "hari-pertama",
    ]
    assert [code for code in codes if code in known] == known


def test_the_head_sees_each_step_with_its_state_in_words(head: Client, cast: Cast) -> None:
    shown = words(go(head, "start", cast.andalas.pk))
    assert "Langkah awal Puskesmas Andalas" in shown
    assert "2 posyandu di 2 dari 10 kelurahan" in shown
    assert "3 tenaga kesehatan, 2 dari 2 posyandu punya kader" in shown
    assert "Dikerjakan oleh: Bidan, petugas gizi atau dokter" in shown


def test_steps_are_done_by_what_was_done(cast: Cast) -> None:
    puskesmas = cast.andalas
    places.confirm_areas(puskesmas, puskesmas.work_areas.all(), confirmed=False, by=cast.kepala)
    for code in ("data", "wilayah", "jaga", "pengaturan", "impor", "jadwal", "hari-pertama"):
        assert state(puskesmas, code) is State.WAITING, code
    assert state(puskesmas, "posyandu") is State.BEGUN
    assert state(puskesmas, "petugas") is State.DONE
    office = OfficeDraft(
        "Andalas",
        office_address="Jalan Andalas Raya 1",
        office_phone="+62751123456",
        after_hours_facility="IGD RSUP M. Djamil",
        emergency_phone="119",
    )
    places.describe_puskesmas(puskesmas, office, by=cast.kepala)
    places.confirm_areas(puskesmas, puskesmas.work_areas.all(), by=cast.kepala)
    for weekday in range(6):
        shift = roster.ShiftDraft(cast.bidan_rina, weekday, time(8), time(14))
        roster.give_duties([shift], puskesmas=puskesmas, by=cast.kepala)
    cast.weigh(cast.aisyah, cast.today, "8.9")
    for code in ("data", "wilayah", "jaga", "hari-pertama"):
        assert state(puskesmas, code) is State.DONE, code


def test_a_day_that_was_opened_and_left_empty_is_half_a_step(cast: Cast) -> None:
    cast.session()
    assert state(cast.andalas, "hari-pertama") is State.BEGUN


def test_a_step_is_left_out_with_a_reason_and_taken_up_again(head: Client, cast: Cast) -> None:
    here = cast.andalas.pk
    assert send(head, "step-skip", here, "impor", reason=" ").status_code == 422
    for _ in range(2):
        assert send(head, "step-skip", here, "impor", reason="tidak ada data lama").status_code == 302
    skip = StepSkip.objects.get()
    assert skip.skipped_by == cast.kepala
    shown = words(go(head, "start", here))
    assert "Dilewati" in shown
    assert "tidak ada data lama" in shown
    for _ in range(2):
        assert send(head, "step-resume", here, "impor").status_code == 302
    assert StepSkip.objects.get().resumed_by == cast.kepala
    assert AuditEntry.objects.filter(action__in=["step.skip", "step.resume"]).count() == 2
    assert send(head, "step-skip", here, "tidak-ada", reason="x").status_code == 404


def test_the_end_waits_for_every_step_and_then_home_is_quiet(head: Client, cast: Cast) -> None:
    here = cast.andalas.pk
    assert "Lanjutkan langkah awal" in words(head.get(reverse("measurements:home")))
    send(head, "start-finish", here)
    assert not StartFinish.objects.exists()
    for step in all_steps():
        operations.skip_step(cast.andalas, step.code, reason="contoh", by=cast.kepala)
    assert "Selesaikan langkah awal" in words(go(head, "start", here))
    for _ in range(2):
        assert send(head, "start-finish", here).status_code == 302
    assert StartFinish.objects.get().finished_by == cast.kepala
    assert "Lanjutkan langkah awal" not in words(head.get(reverse("measurements:home")))
    assert "Sudah berjalan" in words(go(head, "start", here))


def test_nobody_finishes_a_start_that_has_open_steps_whoever_calls(cast: Cast) -> None:
    *most, last = all_steps()
    for step in most:
        operations.skip_step(cast.andalas, step.code, reason="contoh", by=cast.kepala)
    (open_step,) = [each.step for each in standing(cast.andalas).standings if not each.settled]
    assert open_step == last
    with pytest.raises(RefusedError, match="steps_open") as refused:
        operations.finish_start(cast.andalas, by=cast.kepala)
    assert refused.value.problems[0].sentence.startswith("Masih ada 1 langkah.")
    assert not StartFinish.objects.exists()
    operations.skip_step(cast.andalas, last.code, reason="contoh", by=cast.kepala)
    assert operations.finish_start(cast.andalas, by=cast.kepala).finished_by == cast.kepala


def test_home_asks_kader_and_bidan_for_no_step(cast: Cast) -> None:
    for user in (cast.kader_wati, cast.bidan_rina):
        client = cast.sign_in(Client(), user)
        assert "Lanjutkan langkah awal" not in words(client.get(reverse("measurements:home")))


def test_home_shows_the_head_of_air_dingin_nothing_of_andalas(cast: Cast) -> None:
    places.describe_puskesmas(cast.air_dingin, OfficeDraft("Air Dingin"), by=None)
    client = cast.sign_in(Client(), head_of_air_dingin(cast))
    shown = words(client.get(reverse("measurements:home")))
    assert "Langkah awal Air Dingin" in shown
    assert "Andalas" not in shown


def head_of_air_dingin(cast: Cast) -> User:
    user = accounts.create_user(
        username="kepala.jauh", name="Rosnida", password=cast.password, puskesmas=cast.air_dingin, by=None
    )
    accounts.give_role(user, "kepala", puskesmas=cast.air_dingin, by=None)
    return user


def test_the_head_of_air_dingin_opens_no_page_of_andalas(cast: Cast) -> None:
    client = cast.sign_in(Client(), head_of_air_dingin(cast))
    here = cast.andalas.pk
    for name in ("start", "start-card", "posyandu-many", "staff-many", "settings-reading"):
        assert go(client, name, here).status_code == 404, name
    for name in ("posyandu-many", "staff-many", "start-finish"):
        assert send(client, name, here, rows="Melati, Andalas, 03").status_code == 404, name
    assert go(client, "step-skip", here, "impor").status_code == 404
    assert go(client, "starts")["Location"] == reverse("office:start", args=[cast.air_dingin.pk])
    shown = words(go(client, "start", cast.air_dingin.pk))
    for secret in ("Andalas", "Rina", "Wati"):
        assert secret not in shown


def test_dinas_sees_every_puskesmas_in_figures_and_no_person(dinas: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, cast.today, "8.9")
    shown = words(go(dinas, "starts"))
    assert "0 dari 2 puskesmas sudah berjalan" in shown
    assert "Kam, 26 Nov 2026" in shown
    for name in ("Andalas", "Air Dingin"):
        assert name in shown
    for person in ("Aisyah", "Sari", "Wati", "Rina", "Zahra"):
        assert person not in shown
    assert "puskesmas belum menyelesaikan langkah awalnya" in words(dinas.get(reverse("measurements:home")))


def test_dr_hasan_confirms_what_he_has_read_and_the_head_may_not(head: Client, cast: Cast) -> None:
    here = cast.andalas.pk
    hasan = cast.sign_in(Client(), cast.dr_hasan)
    page = go(hasan, "settings-reading", here).content.decode()
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    assert send(head, "settings-confirm", here, seen=seen).status_code == 403
    assert send(hasan, "settings-confirm", here, seen="").status_code == 422
    for _ in range(2):
        assert send(hasan, "settings-confirm", here, seen=seen).status_code == 302
    assert SettingsReading.objects.get().read_by == cast.dr_hasan
    assert state(cast.andalas, "pengaturan") is State.DONE
    places.change_settings(cast.andalas, {"skdn.denominator": "D"}, reason="permintaan Dinas", by=cast.kepala)
    assert state(cast.andalas, "pengaturan") is State.BEGUN
    answer = send(hasan, "settings-confirm", here, seen=seen)
    assert answer.status_code == 422
    assert "Ada nilai yang berubah" in words(answer)
    assert "Ada yang berubah sejak dibaca" in words(go(head, "settings-reading", here))


def test_a_role_elsewhere_gives_no_button_here(cast: Cast) -> None:
    """Hasan heads Air Dingin and treats at Andalas: he changes values there and confirms them here."""
    accounts.give_role(cast.dr_hasan, "kepala", puskesmas=cast.air_dingin, by=None)
    accounts.give_role(cast.dr_hasan, "bidan", puskesmas=cast.air_dingin, by=None)
    client = cast.sign_in(Client(), cast.dr_hasan)
    here, there = (words(go(client, "settings-reading", each.pk)) for each in (cast.andalas, cast.air_dingin))
    assert "Sudah saya baca" in here
    assert "Ubah Penyebut N/D" not in here
    assert "Sudah saya baca" not in there
    assert "Ubah Penyebut N/D" in there


def test_a_doctor_of_air_dingin_confirms_nothing_of_andalas(cast: Cast) -> None:
    doctor = accounts.create_user(
        username="dr.jauh", name="dr. Jauh", password=cast.password, puskesmas=cast.air_dingin, by=None
    )
    accounts.give_role(doctor, "dokter", puskesmas=cast.air_dingin, by=None)
    client = cast.sign_in(Client(), doctor)
    seen = reading.digest(reading.values_of(settings_of(cast.andalas)))
    assert send(client, "settings-confirm", cast.andalas.pk, seen=seen).status_code == 404
    assert not SettingsReading.objects.exists()


def test_an_unknown_step_is_refused(cast: Cast) -> None:
    with pytest.raises(RefusedError):
        operations.skip_step(cast.andalas, "tidak.ada", reason="x", by=cast.kepala)


def test_the_pages_cost_the_same_for_one_puskesmas_and_for_all(
    dinas: Client, head: Client, cast: Cast, pauh: Area, django_assert_max_num_queries: Any
) -> None:
    villages = list(Area.objects.filter(parent=pauh, level=AreaLevel.VILLAGE))
    for number in range(22):
        draft = operations.OpeningDraft(
            f"Contoh {number}", pauh, tuple(villages), "Asia/Jakarta", shared=True
        )
        operations.open_with_head(draft, InvitationDraft(f"Kepala {number}", "kepala"), by=cast.dinas)
    with django_assert_max_num_queries(15):
        assert "Contoh 21" in words(go(dinas, "starts"))
    with django_assert_max_num_queries(15):
        go(head, "start", cast.andalas.pk)
    with django_assert_max_num_queries(15):
        go(dinas, "start", cast.andalas.pk)
    with django_assert_max_num_queries(15):
        head.get(reverse("measurements:home"))
    for name in ("start-card", "posyandu-many", "staff-many", "settings-reading"):
        with django_assert_max_num_queries(15):
            go(head, name, cast.andalas.pk)
