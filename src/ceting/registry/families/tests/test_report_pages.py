"""The pages of reports, as kader Wati, bidan mandiri Farida and bidan Rina use them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.keys import new_key
from ceting.registry.families import report_operations
from ceting.registry.families.models import Child, FamilyReport, OutcomeKind, ReportOutcome
from ceting.registry.families.tests.test_reports import PREGNANCY, as_child, newborn, reporter
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
NEW, MINE, LIST = (reverse(f"families:{name}") for name in ("report-new", "reports-mine", "reports"))


def typed(cast: Cast, **more: str) -> dict[str, str]:
    known = {"kind": "birth", "name": "Nurbaiti", "village": str(cast.melati.village_id), "day": "25/11/2026"}
    return known | more


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def a_report(cast: Cast, **more: Any) -> FamilyReport:
    return report_operations.report(newborn(cast, **more), by=cast.kader_wati)


def test_wati_tells_of_a_newborn_and_is_thanked(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    form = page(client, NEW)
    assert f'value="{cast.melati.village_id}" selected' in form
    answer = client.post(NEW, typed(cast, phone="0813 7444 2211"))
    thanked = page(client, answer.headers["Location"])
    assert "Terima kasih" in thanked
    assert "Bidan Puskesmas Andalas akan menindaklanjuti Nurbaiti." in thanked
    assert "Lapor lagi" in thanked
    assert "0813" not in thanked
    assert FamilyReport.objects.get().phone == "+6281374442211"


def test_a_form_that_is_sent_twice_is_one_report(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    sent = typed(cast, key=str(new_key()))
    assert {client.post(NEW, sent).headers["Location"] for _ in range(2)} == {
        f"{MINE}?terkirim={FamilyReport.objects.get().pk}"
    }


def test_a_second_report_of_the_same_woman_is_asked_about_and_keeps_what_was_typed(
    client: Client, cast: Cast
) -> None:
    cast.sign_in(client, cast.kader_wati)
    client.post(NEW, typed(cast))
    answer = client.post(NEW, typed(cast, note="rumah di belakang musala"))
    assert answer.status_code == 422
    assert "Mungkin sudah pernah dilaporkan" in answer.content.decode()
    assert "rumah di belakang musala" in answer.content.decode()
    assert client.post(NEW, typed(cast, despite_likeness="on")).status_code == 302
    assert FamilyReport.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Pilih ibu hamil atau bayi baru lahir."),
        ({"name": ""}, "Isi nama ibu."),
        ({"village": "x"}, "Pilih kelurahannya."),
        ({"day": "27/11/2026"}, "Tanggal lahir belum terjadi"),
        ({"kind": PREGNANCY, "day": "1/1/2029"}, "belum tiba"),
        ({"kind": PREGNANCY, "day": "1/1/2026"}, "sembilan bulan lagi"),
        ({"phone": "12"}, "HP"),
        ({"key": "bukan kunci"}, ""),
    ],
)
def test_what_cannot_be_is_said_in_words(
    client: Client, cast: Cast, wrong: dict[str, str], sentence: str
) -> None:
    cast.sign_in(client, cast.kader_wati)
    answer = client.post(NEW, typed(cast, **wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not FamilyReport.objects.exists()


def test_a_due_date_may_lie_ahead(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    assert client.post(NEW, typed(cast, kind=PREGNANCY, day="1/5/2027")).status_code == 302


def test_a_reporter_reads_her_own_reports_and_their_word_and_nothing_else(cast: Cast) -> None:
    farida = cast.sign_in(Client(), reporter(cast))
    farida.post(NEW, typed(cast))
    told = FamilyReport.objects.get()
    a_report(cast, name="Ermawati")
    assert "Baru hari ini" in page(farida, MINE)
    child = report_operations.register_reported(
        told, as_child(cast, "Kirana Putri"), posyandu=cast.melati, by=cast.bidan_rina
    )
    told_page = page(farida, MINE)
    assert "Anak sudah didaftarkan" in told_page
    assert "Kirana" not in told_page
    assert str(child.pk) not in told_page
    assert "Ermawati" not in told_page
    for url in (LIST, reverse("families:report", args=[told.pk]), reverse("families:children")):
        assert farida.get(url).status_code == 403


def test_tuti_reads_none_of_watis_reports(client: Client, cast: Cast) -> None:
    told = a_report(cast)
    cast.sign_in(client, cast.kader_tuti)
    assert "Nurbaiti" not in page(client, f"{MINE}?terkirim={told.pk}")
    assert "Terima kasih" not in page(client, f"{MINE}?terkirim={told.pk}")
    assert client.get(LIST).status_code == 403
    assert client.get(reverse("families:report", args=[told.pk])).status_code == 403


def test_rina_sees_who_waits_longest_first(client: Client, cast: Cast, frozen: Any) -> None:
    a_report(cast, name="Zubaidah")
    frozen.move_to("2026-11-30T08:00:00+07:00")
    a_report(cast, name="Ermawati")
    answered = a_report(cast, name="Misrawati")
    report_operations.answer(answered, OutcomeKind.NOT_FOUND, by=cast.bidan_rina)
    cast.sign_in(client, cast.bidan_rina)
    listed = page(client, LIST)
    assert listed.index("Zubaidah") < listed.index("Ermawati") < listed.index("Misrawati")
    assert "Menunggu 4 hari" in listed
    assert "Tidak ditemukan di alamat itu" in listed
    assert "0 hari" not in listed


def test_rina_registers_the_newborn_from_the_report(client: Client, cast: Cast) -> None:
    told = a_report(cast, phone="+6281374442211", rw="03")
    cast.sign_in(client, cast.bidan_rina)
    url = reverse("families:report-register", args=[told.pk])
    form = page(client, url)
    for known in ("By. Ny. Nurbaiti", "26/11/2026", "+6281374442211"):
        assert known in form
    assert f'value="{cast.melati.pk}" selected' in form
    sent = {
        "name": "By. Ny. Nurbaiti",
        "sex": "2",
        "birth_date": "26/11/2026",
        "mother_name": "Nurbaiti",
        "posyandu": str(cast.melati.pk),
    }
    locations = {client.post(url, sent).headers["Location"] for _ in range(2)}
    child = Child.objects.get(name="By. Ny. Nurbaiti")
    assert locations == {reverse("measurements:child", args=[child.pk])}
    assert ReportOutcome.objects.get().child == child
    shown = page(client, reverse("families:report", args=[told.pk]))
    assert "Anak sudah didaftarkan" in shown
    assert "Daftarkan bayinya" not in shown


def test_rina_closes_a_report_with_the_child_whom_she_knows(client: Client, cast: Cast) -> None:
    known = cast.child("By. Ny. Nur", birth_date=cast.today, mother="Nurbaiti")
    url = reverse("families:report", args=[a_report(cast).pk])
    cast.sign_in(client, cast.bidan_rina)
    assert "Mungkin sudah dikenal" in page(client, url)
    assert client.post(url, {"kind": "known", "child": str(cast.aisyah.pk)}).status_code == 302
    assert ReportOutcome.objects.get().child is None, "a key that the page didn't offer names nobody"
    again = report_operations.report(newborn(cast, "Nurbaiti Kamil", day=None), by=reporter(cast))
    other = reverse("families:report", args=[again.pk])
    assert client.post(other, {"kind": "known", "child": str(known.pk)}).status_code == 302
    assert ReportOutcome.objects.get(report__name="Nurbaiti Kamil").child == known


def test_an_answer_without_a_choice_is_asked_for_and_one_that_comes_late_is_told(
    client: Client, cast: Cast
) -> None:
    told = a_report(cast)
    url = reverse("families:report", args=[told.pk])
    cast.sign_in(client, cast.bidan_rina)
    empty = client.post(url, {"note": "sudah ditelepon"})
    assert empty.status_code == 422
    assert "sudah ditelepon" in empty.content.decode()
    # "registered" is said by registering, never by a word.
    assert client.post(url, {"kind": "registered"}).status_code == 422
    report_operations.answer(told, OutcomeKind.NOTED, by=cast.petugas_gizi_dewi)
    late = client.post(url, {"kind": "not_found", "note": "rumahnya kosong"})
    assert late.status_code == 422
    for words in ("sudah dijawab Dewi Anggraini", "rumahnya kosong"):
        assert words in late.content.decode()


def test_home_says_how_many_wait_at_her_own_puskesmas(cast: Cast) -> None:
    a_report(cast)
    homes = {}
    for user in (cast.bidan_rina, cast.bidan_yuni, cast.kader_wati):
        homes[user] = page(cast.sign_in(Client(), user), reverse("measurements:home"))
    assert [user for user, home in homes.items() if "Laporan menunggu" in home] == [cast.bidan_rina]


def test_the_home_of_a_reporter_leads_to_telling(client: Client, cast: Cast) -> None:
    cast.sign_in(client, reporter(cast))
    assert NEW in page(client, reverse("measurements:home"))


def test_reading_a_report_is_written_down(client: Client, cast: Cast) -> None:
    told = a_report(cast)
    cast.sign_in(client, cast.bidan_rina)
    client.get(reverse("families:report", args=[told.pk]))
    entry = AuditEntry.objects.get(action="read", subject_type="family_report")
    assert entry.subject_ids == [str(told.pk)]


def test_a_pregnancy_is_never_registered_as_a_child(client: Client, cast: Cast) -> None:
    told = a_report(cast, kind=PREGNANCY)
    cast.sign_in(client, cast.bidan_rina)
    assert client.get(reverse("families:report-register", args=[told.pk])).status_code == 404


@pytest.mark.parametrize("name", ["report", "report-register"])
def test_one_report_costs_few_queries(
    client: Client, cast: Cast, name: str, django_assert_max_num_queries: Any
) -> None:
    cast.child("By. Ny. Nur", birth_date=cast.today, mother="Nurbaiti")
    told = a_report(cast)
    report_operations.report(newborn(cast), by=reporter(cast))
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(15):
        assert client.get(reverse(f"families:{name}", args=[told.pk])).status_code == 200


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", [NEW, MINE, LIST])
def test_lists_cost_the_same_for_many(client: Client, cast: Cast, url: str) -> None:
    cast.sign_in(client, cast.bidan_rina)
    for name in ("Nurbaiti", "Ermawati"):
        last = report_operations.report(newborn(cast, name), by=cast.bidan_rina)
    report_operations.answer(last, OutcomeKind.NOTED, by=cast.bidan_rina)
    few = queries(client, url)
    for number in range(12):
        told = report_operations.report(
            newborn(cast, f"Ibu {'abcdefghijkl'[number] * 5}"), by=cast.bidan_rina
        )
        if number % 2:
            report_operations.answer(told, OutcomeKind.NOTED, by=cast.bidan_rina)
    assert queries(client, url) == few <= 15
