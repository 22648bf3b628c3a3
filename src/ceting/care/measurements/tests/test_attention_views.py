"""*Perlu perhatian*: in order, in words, for her own places only, and as quick in a city as in a village."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import attention_lists, attention_presenters
from ceting.care.measurements.models import Attention, LatestGrowth, Source
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families import operations as families
from ceting.registry.families.models import Caregiver, Child
from ceting.standards.ages import add_months
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")
NEEDING, UNSEEN = "measurements:attention", "measurements:attention-unseen"


def html(cast: Cast, client: Client, user: Any, name: str = NEEDING, **query: Any) -> str:
    answer = cast.sign_in(client, user).get(reverse(name), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def weighed(cast: Cast) -> Cast:
    """Aisyah is very thin since yesterday, Rafi light for his age, Bayu short; Citra is well."""
    cast.weigh(cast.aisyah, "2026-11-25", "5.9", cm="74", position="l")
    cast.weigh(cast.rafi, "2026-11-20", "8.4")
    cast.weigh(cast.child("Bayu", months=14), "2026-11-10", "9.6", cm="72.5", position="l")
    cast.weigh(cast.child("Citra", sex=GIRL, months=14), "2026-11-10", "9.4", cm="76", position="l")
    return cast


def test_the_most_urgent_come_first_then_the_longest_unseen(weighed: Cast) -> None:
    found = attention_lists.needing_attention(weighed.bidan_rina, weighed.today, None)
    assert [each.child.name for each in found] == ["Aisyah Putri", "Bayu", "Rafi Pratama"]
    assert [each.attention for each in found] == [Attention.SAME_DAY, Attention.MEDIUM, Attention.MEDIUM]


def test_dewi_reads_why_what_to_do_and_how_long_ago(weighed: Cast, client: Client) -> None:
    page = html(weighed, client, weighed.petugas_gizi_dewi)
    for words in (
        "Hari ini",
        "BB/TB di bawah -3 (gizi buruk), perlu dipastikan",
        "Periksa hari ini",
        "TB/U di bawah -2, perlu dipastikan",
        "kemarin",
        "Rab, 25 Nov 2026",
        "Ibu Sari Wahyuni",
        "Posyandu Melati",
    ):
        assert words in page
    assert "Citra" not in page
    assert "stunting" not in page.lower()


def test_a_kader_sees_her_own_posyandu_and_nobody_the_other_puskesmas(weighed: Cast, client: Client) -> None:
    assert "Rafi" not in html(weighed, client, weighed.kader_wati)
    assert "Aisyah" not in html(weighed, client, weighed.kader_tuti)
    assert "Rafi" in html(weighed, client, weighed.kader_tuti)
    other = html(weighed, client, weighed.bidan_yuni)
    assert "Aisyah" not in other
    assert "Tidak ada anak yang perlu perhatian khusus" in other
    assert "Aisyah" not in html(weighed, client, weighed.kader_tuti, posyandu=str(weighed.melati.pk))


@pytest.mark.parametrize("name", [NEEDING, UNSEEN])
def test_whoever_sees_figures_only_is_refused(weighed: Cast, client: Client, name: str) -> None:
    for user in (weighed.dr_mira, weighed.dinas):
        assert weighed.sign_in(client, user).get(reverse(name)).status_code == 403


def test_the_list_narrows_by_level_and_posyandu(weighed: Cast, client: Client) -> None:
    today_only = html(weighed, client, weighed.bidan_rina, tingkat="4")
    assert "Aisyah" in today_only
    assert "Bayu" not in today_only
    kenanga = html(weighed, client, weighed.bidan_rina, posyandu=str(weighed.kenanga.pk))
    assert "Rafi" in kenanga
    assert "Aisyah" not in kenanga


@pytest.mark.parametrize("query", [{"tingkat": "9"}, {"posyandu": "x"}, {"page": "x"}, {"page": "99"}])
def test_nonsense_in_the_address_narrows_nothing(
    weighed: Cast, client: Client, query: dict[str, str]
) -> None:
    assert "Aisyah" in html(weighed, client, weighed.bidan_rina, **query)


def test_a_filter_without_children_says_so_and_leads_back(weighed: Cast, client: Client) -> None:
    page = html(weighed, client, weighed.bidan_rina, tingkat="3")
    assert "Tidak ada anak di saringan ini" in page
    assert "Tampilkan semua" in page


def test_the_filters_count_what_they_lead_to(weighed: Cast) -> None:
    found = attention_lists.needing_attention(weighed.bidan_rina, weighed.today, None)
    filters = attention_presenters.level_filters(attention_lists.by_level(found), None, None)
    assert [(each.label, each.number) for each in filters] == [
        ("Semua", 3),
        ("Hari ini", 1),
        ("Minggu ini", 2),
    ]


def test_a_child_of_five_leaves_the_list_on_her_birthday(cast: Cast, frozen: Any) -> None:
    child = cast.child("Dodi", birth_date=date(2021, 11, 27))
    cast.weigh(child, cast.today, "9.0")
    assert list(attention_lists.needing_attention(cast.bidan_rina, cast.today, None))
    frozen.shift(timedelta(days=1))
    assert not list(attention_lists.needing_attention(cast.bidan_rina, cast.today, None))


def test_a_corrected_birth_date_moves_the_copy_too(weighed: Cast) -> None:
    earlier = add_months(weighed.aisyah.birth_date, -3)
    families.change_child(
        weighed.aisyah, {"birth_date": earlier}, base_version=weighed.aisyah.version, by=weighed.bidan_rina
    )
    assert LatestGrowth.objects.get(child=weighed.aisyah).birth_date == earlier


def test_every_child_on_the_page_is_written_down_as_read_in_one_entry(weighed: Cast, client: Client) -> None:
    html(weighed, client, weighed.kader_wati)
    entry = AuditEntry.objects.get(action="read")
    assert set(entry.subject_ids) == {str(weighed.aisyah.pk), str(Child.objects.get(name="Bayu").pk)}


@pytest.mark.parametrize("name", [NEEDING, UNSEEN])
def test_fifty_children_take_as_many_queries_as_one(
    weighed: Cast, client: Client, name: str, django_assert_num_queries: Any
) -> None:
    for child in weighed.children(60)[:55]:
        if name == NEEDING:
            weighed.weigh(child, "2026-11-24", "2.9")
    weighed.sign_in(client, weighed.bidan_rina)
    # Session, user, roles, puskesmas, posyandu, the counts of both lists (three), the page, the audit; those not
    # weighed: their mothers and their last weighings.
    with django_assert_num_queries(10 if name == NEEDING else 12):
        page = client.get(reverse(name)).content.decode()
    assert page.count('<th scope="row">') == 50
    assert "Berikutnya" in page


def test_whom_nobody_weighed_for_two_months_is_listed_the_never_weighed_first(cast: Cast) -> None:
    two_months_ago = add_months(cast.today, -2)
    late, just_late, in_time = (cast.child(name, months=20) for name in ("Lama", "Pas", "Rajin"))
    cast.weigh(late, "2026-05-05", "9.9")
    cast.weigh(just_late, two_months_ago, "9.9")
    cast.weigh(in_time, two_months_ago + timedelta(days=1), "9.9")
    unseen = attention_lists.unseen(cast.kader_wati, cast.today, None)
    assert [child.name for child in unseen.found] == ["Aisyah Putri", "Lama", "Pas"]
    assert unseen.number == 3


def test_a_scale_at_home_is_not_a_visit_and_a_newborn_has_two_months_time(cast: Cast) -> None:
    at_home = cast.child("Dirumah", months=20)
    cast.weigh(at_home, "2026-11-20", "10.5", source=Source.FAMILY)
    cast.child("Baru Lahir", birth_date=add_months(cast.today, -2) + timedelta(days=1))
    cast.child("Dua Bulan", birth_date=add_months(cast.today, -2))
    cast.child("Enam Tahun", months=72)
    names = {child.name for child in attention_lists.unseen(cast.kader_wati, cast.today, None).found}
    assert names == {"Aisyah Putri", "Dirumah", "Dua Bulan"}


def test_the_number_of_the_unseen_is_the_length_of_their_list_for_everybody(weighed: Cast) -> None:
    for place, child in enumerate(weighed.children(40)):
        if place % 3 == 0:
            weighed.weigh(child, max(child.birth_date, date(2026, 6 + place % 6, 9)), "6.5")
    for user in weighed.everybody.values():
        for posyandu in (None, weighed.melati, weighed.kenanga):
            unseen = attention_lists.unseen(user, weighed.today, posyandu)
            assert unseen.number == len(unseen.found)


def test_the_unseen_are_called_in_and_the_empty_list_teaches(cast: Cast, client: Client) -> None:
    page = html(cast, client, cast.kader_wati, UNSEEN)
    assert "Belum pernah ditimbang" in page
    assert "Ajak ibunya datang bulan ini" in page
    cast.weigh(cast.aisyah, cast.today, "8.9")
    assert "Semua anak sudah ditimbang dalam 2 bulan ini" in html(cast, client, cast.kader_wati, UNSEEN)


def test_a_mother_is_called_ibu_once(cast: Cast) -> None:
    child = Child(name="Budi", birth_date=cast.today, mother=Caregiver(name="Ibu Yanti"))
    (line,) = attention_presenters.unseen_lines([child], cast.today)
    assert line.mother == "Ibu Yanti"


def test_the_counts_come_from_an_index_alone(cast: Cast) -> None:
    """On SQLite the plan says so in words; PostgreSQL decides by statistics that a test hasn't."""
    found = attention_lists.needing_attention(cast.bidan_rina, cast.today, None)
    if connection.vendor == "sqlite":
        assert "USING INDEX growth_by_need" in found.explain()
        assert "USING COVERING INDEX growth_by_need" in (
            found.order_by().values("attention", "measured_on").explain()
        )
    assert found.count() == 0
