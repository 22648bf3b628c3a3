"""The child's page: who may read it, what it says to whom, and what it costs."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import operations
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Source
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.accounts import operations as accounts
from ceting.registry.families.models import Child
from tests.cast import BOY, Cast

pytestmark = pytest.mark.usefixtures("frozen")


def addresses(child: Child) -> list[str]:
    return [
        reverse("measurements:child", args=[child.pk]),
        reverse("measurements:child-chart", args=[child.pk, "panjang-umur"]),
        reverse("measurements:child-chart", args=[child.pk, "berat-panjang"]),
        reverse("measurements:child-history", args=[child.pk]),
    ]


def page(
    cast: Cast, client: Client, child: Child, user: object = None, place: int = 0, query: str = ""
) -> str:
    cast.sign_in(client, user or cast.bidan_rina)  # type: ignore[arg-type]
    answer = client.get(addresses(child)[place] + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def weighed(cast: Cast) -> Cast:
    """Aisyah weighed five months running: a length in August, too little gain since October."""
    for month, kg in ((7, "7.8"), (8, "8.1"), (9, "8.4"), (10, "8.45"), (11, "8.5")):
        cast.weigh(cast.aisyah, f"2026-{month:02}-05", kg, cm="70.5" if month == 8 else None, position="l")
    return cast


def test_bidan_rina_sees_who_she_is_where_she_stands_and_what_to_do(weighed: Cast, client: Client) -> None:
    html = page(weighed, client, weighed.aisyah)
    for words in (
        "Aisyah Putri",
        "Perempuan · 1 tahun 2 bulan",
        "Sari Wahyuni",
        "Posyandu Melati",
        "RW 03",
        "Perlu dilihat minggu ini",
        "Tidak naik dua kali (2T)",
        "Yang perlu dilakukan",
        "8,5 kg",
        weighed.aisyah.nik,
    ):
        assert words in html


def test_a_kader_never_sees_a_nik(weighed: Cast, client: Client) -> None:
    html = page(weighed, client, weighed.aisyah, weighed.kader_wati)
    assert weighed.aisyah.nik not in html
    assert "NIK" not in html
    assert "Aisyah Putri" in html


def test_a_short_child_is_never_called_stunted(cast: Cast, client: Client) -> None:
    cast.weigh(cast.aisyah, "2026-11-05", "8.0", cm="66", position="l")
    for place in range(4):
        html = page(cast, client, cast.aisyah, cast.dr_hasan, place)
        assert "TB/U di bawah -3, perlu dipastikan" in html
        assert "stunting" not in html.lower()


@pytest.mark.parametrize("place", range(4))
def test_kader_tuti_and_the_midwife_of_the_other_puskesmas_find_nothing(
    weighed: Cast, client: Client, place: int
) -> None:
    for user in (weighed.kader_tuti, weighed.bidan_yuni):
        weighed.sign_in(client, user)
        assert client.get(addresses(weighed.aisyah)[place]).status_code == 404
    assert not AuditEntry.objects.filter(action="read").exists()


@pytest.mark.parametrize("place", range(4))
def test_whoever_sees_figures_only_is_refused(weighed: Cast, client: Client, place: int) -> None:
    for user in (weighed.dr_mira, weighed.dinas):
        weighed.sign_in(client, user)
        assert client.get(addresses(weighed.aisyah)[place]).status_code == 403


@pytest.mark.parametrize("place", range(4))
def test_every_reading_is_written_down_once(weighed: Cast, client: Client, place: int) -> None:
    page(weighed, client, weighed.aisyah, place=place)
    entry = AuditEntry.objects.get(action="read")
    assert (entry.actor_id, entry.subject_ids) == (weighed.bidan_rina.pk, [str(weighed.aisyah.pk)])


@pytest.mark.parametrize("place", range(4))
def test_a_page_takes_as_many_queries_however_long_the_history(
    weighed: Cast, client: Client, place: int, django_assert_num_queries: object
) -> None:
    weighed.sign_in(client, weighed.bidan_rina)
    # Session, user, roles, the child with her family, her rows, who was merged into her, the audit; on the first page
    # what other care says of her: her entries and the settings of her puskesmas.
    with django_assert_num_queries(9 if place == 0 else 7):  # type: ignore[operator]
        client.get(addresses(weighed.aisyah)[place])


@pytest.mark.parametrize(
    "query", ["", "?rentang=0-24", "?rentang=24-60", "?rentang=berdiri", "?rentang=%3Cx"]
)
@pytest.mark.parametrize("place", range(3))
def test_every_chart_has_a_sentence_a_table_no_inline_style_and_under_60_kilobytes(
    weighed: Cast, client: Client, place: int, query: str
) -> None:
    html = page(weighed, client, weighed.aisyah, place=place, query=query)
    assert 'role="img" aria-labelledby="grafik-judul grafik-ringkasan"' in html
    assert "Grafik anak perempuan dengan" in html
    assert "Lihat grafik sebagai tabel" in html
    assert "style=" not in html
    assert len(html.encode()) < 60_000


def test_an_unknown_chart_is_not_found(weighed: Cast, client: Client) -> None:
    weighed.sign_in(client, weighed.bidan_rina)
    assert client.get(reverse("measurements:child-chart", args=[weighed.aisyah.pk, "bb"])).status_code == 404


def test_a_child_whom_nobody_weighed_has_every_page(cast: Cast, client: Client) -> None:
    for place in range(4):
        assert "Belum pernah ditimbang" in page(cast, client, cast.aisyah, place=place)


def test_a_child_not_seen_for_three_months_is_called_in_though_all_was_well(
    cast: Cast, client: Client
) -> None:
    cast.weigh(cast.aisyah, "2026-08-05", "8.8")
    html = page(cast, client, cast.aisyah)
    assert "Lama belum ditimbang" in html
    assert "Ajak ibunya datang" in html


def test_the_page_and_the_list_of_the_unseen_count_the_same_two_months(cast: Cast, client: Client) -> None:
    cast.weigh(cast.aisyah, "2026-09-26", "8.8")
    assert "Lama belum ditimbang" in page(cast, client, cast.aisyah)
    assert cast.aisyah.name in client.get(reverse("measurements:attention-unseen")).content.decode()


def test_an_implausible_weight_is_shown_as_a_cross_and_named(weighed: Cast, client: Client) -> None:
    boy = weighed.child("Bayu", sex=BOY)
    weighed.weigh(boy, "2026-10-05", "9.0")
    weighed.weigh(boy, "2026-11-05", "29.5")
    html = page(weighed, client, boy)
    assert 'class="cross"' in html
    assert "29,5 kg" in html
    assert "BB/U tidak wajar, ukur ulang" in html
    assert "1 angka ditandai tidak wajar" in html


def test_the_history_discloses_what_was_corrected_by_whom_and_why(weighed: Cast, client: Client) -> None:
    wrong = weighed.weigh(weighed.rafi, "2026-11-05", "19.5", by=weighed.kader_tuti)
    draft = MeasurementDraft(
        child=weighed.rafi,
        measured_on=wrong.measured_on,
        weight_kg=Decimal("9.5"),
        session=wrong.session,
        corrects=wrong,
        reason="Salah ketik",
    )
    operations.record_many([draft], by=weighed.bidan_rina)
    html = page(weighed, client, weighed.rafi, place=3)
    assert "<del>19,5 kg</del>" in html
    assert "Diganti Rina Marlina, Kam, 26 Nov 2026: Salah ketik" in html
    assert "9,5 kg" in html


def test_the_history_says_z_with_a_comma_the_source_who_recorded_and_what_came_late(
    weighed: Cast, client: Client
) -> None:
    html = page(weighed, client, weighed.aisyah, place=3)
    assert "Kader · Wati" in html
    assert "dicatat Kam, 26 Nov 2026, terlambat" in html
    row = weighed.aisyah.measurements.get(lenhei_cm__isnull=False)
    assert f"{abs(row.zlen):.2f}".replace(".", ",") in html
    assert "70,5 cm terlentang" in html


def test_what_was_recorded_on_its_day_isnt_called_late_and_an_import_never_is(
    cast: Cast, client: Client
) -> None:
    cast.weigh(cast.aisyah, cast.today, "8.8")
    cast.weigh(cast.aisyah, "2026-03-05", "7.0", source=Source.IMPORT)
    assert "terlambat" not in page(cast, client, cast.aisyah, place=3)


def test_a_home_weight_is_hollow_and_named_as_from_home(cast: Cast, client: Client) -> None:
    draft = MeasurementDraft(
        child=cast.aisyah, measured_on=cast.today, weight_kg=Decimal("8.8"), source=Source.FAMILY
    )
    operations.record_many([draft], by=cast.bidan_rina)
    html = page(cast, client, cast.aisyah)
    assert "catatan di rumah</title>" in html
    assert "Belum pernah ditimbang kader atau petugas." in html


def test_only_who_may_change_a_child_is_offered_to(weighed: Cast, client: Client) -> None:
    assert "Ubah data" in page(weighed, client, weighed.aisyah)
    assert "Ubah data" not in page(weighed, client, weighed.aisyah, weighed.kepala)


def test_who_is_midwife_elsewhere_and_kader_here_reads_here_what_a_kader_reads(
    client: Client, cast: Cast
) -> None:
    """Yuni is midwife at Air Dingin and helps at Melati as kader: no NIK, no phone, no address of Melati."""
    accounts.give_role(cast.bidan_yuni, "kader", posyandu=cast.melati, by=cast.kepala)
    cast.sign_in(client, cast.bidan_yuni)
    child, mother = cast.aisyah, cast.aisyah.mother
    assert mother is not None
    pages = [
        client.get(reverse("families:household", args=[child.household_id])),
        client.get(reverse("measurements:child", args=[child.pk])),
        client.get(reverse("families:change", args=[child.pk])),
        client.get(reverse("measurements:houses"), {"posyandu": str(cast.melati.pk)}),
        client.post(reverse("families:search"), {"q": child.nik}),
        client.post(reverse("families:search"), {"q": mother.phone}),
    ]
    for page in pages:
        assert page.status_code == 200
        text = (
            page.content.decode().replace(f'value="{child.nik}"', "").replace(f'value="{mother.phone}"', "")
        )
        for secret in (child.nik, mother.phone, child.household.address):
            assert secret not in text
    assert child.name in pages[0].content.decode(), "she sees the child all the same"
    assert child.name not in pages[4].content.decode(), "a number that she may not read finds nobody"
    there = client.get(reverse("families:household", args=[cast.zahra.household_id])).content.decode()
    assert cast.zahra.household.address in there, "and at home she is midwife"
