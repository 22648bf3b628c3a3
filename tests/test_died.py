"""A child who died: what was written of her stays readable, and nobody is invited, reminded or handed a paper for her.

The walk goes over every address that takes a child, so that a page to come is walked as well.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.child_health import finding_operations, operations
from ceting.care.child_health.drafts import (
    DevelopmentDraft,
    FindingDraft,
    IllnessDraft,
    ImmunisationDraft,
    NewbornDraft,
)
from ceting.care.child_health.models import Entry
from ceting.foundation.core.keys import new_key
from ceting.registry.accounts.models import User
from ceting.registry.families import life_operations as lives
from ceting.registry.families.models import Child, DeathPlace
from tests.architecture.addresses import addresses
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")

INVITING = (
    "waktunya",
    "masih bisa dikejar",
    "imunisasi yang terlambat",
    "terlewat",
    "berikutnya",
    "tanyakan",
    "belum ditanyakan",
    "belum pernah ditimbang",
    "lama belum ditimbang",
    "yang perlu dilakukan",
    "yang masih akan diberikan",
    "timbang di",
    "ajak ibunya",
    "mari datang",
    "rujuk sekarang",
    "jangan menunggu",
    "hari ini",
    "isi kpsp",
    "catat imunisasi",
    "catat keluhan",
    "catat pmt",
    "catat temuan",
    "catat kunjungan",
    "catat pemberian",
    "catat pindah",
    "catat meninggal",
    "salin dari buku kia",
    "cetak pdf",
    "pastikan",
    "rujuk",
    "ulang mulai",
)
READ = (
    "measurements:child",
    "measurements:child-chart",
    "measurements:child-history",
    "child_health:child",
    "child_health:immunisation",
    "child_health:findings",
    "families:lives",
)
"""Pages on which one reads of her; the others that take a child are forms and papers."""
PAPERS = ("measurements:child-pdf", "child_health:child-pdf")


@dataclass
class Sorrow:
    """Nisa, born ten days ago, died two days old; Aisyah died at a year, ill, found thin, with a doubtful KPSP."""

    cast: Cast
    client: Client
    nisa: Child
    aisyah: Child

    def read(self, url: str, user: User | None = None) -> str:
        answer = self.cast.sign_in(self.client, user or self.cast.bidan_rina).get(url)
        assert answer.status_code == 200, url
        return main_of(answer.content.decode())


def main_of(html: str) -> str:
    """What stands between the house's own bars, without tags."""
    inside = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def address(name: str, child: Child) -> str:
    more = ["panjang-umur"] if name == "measurements:child-chart" else []
    return reverse(name, args=[child.pk, *more])


@pytest.fixture
def sorrow(cast: Cast, client: Client) -> Sorrow:
    nisa = cast.child("Nisa", birth_date=cast.today - timedelta(days=10), sex=GIRL, mother="Ibu Nur")
    aisyah, day = cast.aisyah, cast.today - timedelta(days=3)
    cast.weigh(aisyah, "2026-10-20", "6.4", cm="70")
    written = [
        ImmunisationDraft(child=aisyah, on=date(2026, 3, 1), dose="BCG"),
        DevelopmentDraft(child=aisyah, on=date(2026, 10, 1), age_month=12, yes=7),
        IllnessDraft(child=aisyah, on=day, signs=("KEJANG",)),
        FindingDraft(child=aisyah, on=day, code="wasting"),
        NewbornDraft(child=nisa, on=nisa.birth_date + timedelta(days=1), suckles=True),
    ]
    for draft in written:
        operations.record([draft], by=cast.bidan_rina)
    return Sorrow(cast, client, nisa, aisyah)


def die(sorrow: Sorrow) -> None:
    cast = sorrow.cast
    for child, day in (
        (sorrow.nisa, sorrow.nisa.birth_date + timedelta(days=2)),
        (sorrow.aisyah, cast.today),
    ):
        lives.record_death(child, died_on=day, place=DeathPlace.HOSPITAL, by=cast.bidan_rina)
        child.refresh_from_db()


def forms_about_a_child() -> list[str]:
    """What takes a child and is neither read nor printed."""
    taking = {each.name for each in addresses() if each.parameters == ("child_id",)}
    return sorted(taking - {*READ, *PAPERS})


@pytest.mark.parametrize("name", forms_about_a_child())
def test_no_form_about_her_counts_her_age_on_or_says_that_something_is_due(sorrow: Sorrow, name: str) -> None:
    die(sorrow)
    for child in (sorrow.nisa, sorrow.aisyah):
        answer = sorrow.cast.sign_in(sorrow.client, sorrow.cast.bidan_rina).get(address(name, child))
        assert answer["Content-Type"].startswith("text/html")
        page = main_of(answer.content.decode()).lower()
        assert "10 hari" not in page
        for words in ("waktunya", "terlambat", "hari ini", "berikutnya", "rujuk sekarang"):
            assert words not in page, (name, page)


@pytest.mark.parametrize("name", READ)
def test_no_page_of_a_child_who_died_invites_to_anything(sorrow: Sorrow, name: str) -> None:
    die(sorrow)
    for child in (sorrow.nisa, sorrow.aisyah):
        for user in (sorrow.cast.bidan_rina, sorrow.cast.kader_wati, sorrow.cast.dr_hasan):
            page = sorrow.read(address(name, child), user)
            found = [words for words in INVITING if re.search(rf"\b{words}\b", page.lower())]
            assert found == [], (name, child.name, user.name, page)
            assert page.count("Kami turut berduka") == 1
            assert "· 10 hari ·" not in page


def test_what_was_written_of_her_stays_readable(sorrow: Sorrow) -> None:
    die(sorrow)
    growth = sorrow.read(address("measurements:child-history", sorrow.aisyah))
    assert "6,4 kg" in growth
    health = sorrow.read(address("child_health:child", sorrow.aisyah))
    for words in ("Imunisasi BCG", "Kejang", "KPSP umur 12 bulan", "BB/TB di bawah -2"):
        assert words in health
    doses = sorrow.read(address("child_health:immunisation", sorrow.aisyah))
    assert "BCG" in doses
    assert "HB0" not in doses
    assert "menyusu kuat" in sorrow.read(address("child_health:child", sorrow.nisa))


def test_her_age_stops_on_the_day_she_died(sorrow: Sorrow) -> None:
    die(sorrow)
    for name in ("measurements:child", "child_health:child", "child_health:immunisation"):
        page = sorrow.read(address(name, sorrow.nisa))
        assert "Perempuan · 2 hari · lahir" in page
        assert "Meninggal Rab, 18 Nov 2026" in page


@pytest.mark.parametrize("name", PAPERS)
def test_nobody_hands_her_family_that_paper(sorrow: Sorrow, name: str) -> None:
    die(sorrow)
    sorrow.cast.sign_in(sorrow.client, sorrow.cast.bidan_rina)
    for child in (sorrow.nisa, sorrow.aisyah):
        assert sorrow.client.get(address(name, child)).status_code == 404


def test_one_quiet_link_leads_to_what_comes_to_be_known_late(sorrow: Sorrow) -> None:
    die(sorrow)
    url = address("child_health:child", sorrow.nisa)
    assert "Catat pelayanan sebelum meninggal" in sorrow.read(url)
    assert "Vitamin A dan obat cacing" not in sorrow.read(url)
    assert "Kunjungan bayi baru lahir · Vitamin A" in sorrow.read(f"{url}?catat=ya")
    kader = sorrow.read(f"{url}?catat=ya", sorrow.cast.kader_wati)
    assert "Pelayanan sebelum meninggal: Vitamin A dan obat cacing · Keluhan" in kader


def test_the_forms_propose_her_last_day_and_nothing_else(sorrow: Sorrow) -> None:
    sorrow.cast.sign_in(sorrow.client, sorrow.cast.bidan_rina)
    ticked = re.compile(r'type="checkbox"[^>]*checked')
    assert ticked.search(sorrow.client.get(address("child_health:immunise", sorrow.nisa)).content.decode())
    die(sorrow)
    for name in ("child_health:immunise", "child_health:newborn", "child_health:supplement"):
        sorrow.read(address(name, sorrow.nisa))
        html = sorrow.client.get(address(name, sorrow.nisa)).content.decode()
        assert 'value="18/11/2026"' in html
        assert "sampai Rab, 18 Nov 2026" in html
        assert not ticked.search(html)
        assert "(terlambat)" not in html
    assert sorrow.client.get(address("child_health:development", sorrow.nisa)).status_code == 404
    growth = sorrow.client.get(address("measurements:child-measure", sorrow.nisa)).content.decode()
    assert 'value="18/11/2026"' in growth


def test_what_was_done_before_can_be_written_down_and_nothing_after(sorrow: Sorrow) -> None:
    die(sorrow)
    url = address("child_health:immunise", sorrow.nisa)
    sorrow.read(url)
    for on, status in (("19-11-2026", 422), ("18-11-2026", 302)):
        typed = {"on": on, "doses": ["HB0"], "form_key": str(new_key())}
        assert sorrow.client.post(url, typed).status_code == status
    (entry,) = Entry.objects.filter(child=sorrow.nisa, kind="immunisation")
    assert entry.happened_on == sorrow.nisa.died_on


def test_the_family_and_its_timeline_tell_it_once(sorrow: Sorrow) -> None:
    die(sorrow)
    home = [sorrow.nisa.household_id]
    family = sorrow.read(reverse("families:household", args=home))
    assert "meninggal Rab, 18 Nov 2026" in family
    assert family.count("Nisa") == 1
    assert "10 hari" not in family
    told = sorrow.read(reverse("families:timeline", args=home))
    assert told.count("Meninggal") == 1


def test_the_timeline_tells_of_a_child_who_had_moved_away(sorrow: Sorrow) -> None:
    cast = sorrow.cast
    lives.leave(sorrow.aisyah, on=date(2026, 11, 24), by=cast.bidan_rina)
    lives.record_death(sorrow.aisyah, died_on=cast.today, place=DeathPlace.HOME, by=cast.bidan_rina)
    told = sorrow.read(reverse("families:timeline", args=[sorrow.aisyah.household_id]))
    assert told.index("Meninggal") < told.index("Pindah")


def test_whoever_looks_for_her_reads_it_in_place_of_her_age(sorrow: Sorrow) -> None:
    die(sorrow)
    sorrow.cast.sign_in(sorrow.client, sorrow.cast.bidan_rina)
    found = main_of(sorrow.client.post(reverse("families:search"), {"q": "Nisa"}).content.decode())
    assert "meninggal Rab, 18 Nov 2026" in found
    assert "10 hari" not in found


def test_a_diagnosis_can_still_be_read_but_is_asked_of_nobody(sorrow: Sorrow) -> None:
    finding = Entry.objects.get(child=sorrow.aisyah, kind="finding")
    finding_operations.confirm(
        finding, holds=True, on=sorrow.cast.today, note="", by=sorrow.cast.petugas_gizi_dewi
    )
    die(sorrow)
    page = sorrow.read(address("child_health:findings", sorrow.aisyah), sorrow.cast.dr_hasan)
    assert "Dipastikan" in page
    assert "Diagnosis" not in page


def test_everything_is_back_when_the_death_was_a_mistake(sorrow: Sorrow) -> None:
    before = {
        (child.pk, name): sorrow.read(address(name, child))
        for child in (sorrow.nisa, sorrow.aisyah)
        for name in READ
    }
    health = before[sorrow.nisa.pk, "child_health:child"].lower()
    for words in ("10 hari", "waktunya", "tanyakan asi", "catat imunisasi", "cetak pdf"):
        assert words in health
    assert "Hari ini HB0" in before[sorrow.nisa.pk, "child_health:immunisation"]
    assert "Rujuk sekarang" in before[sorrow.aisyah.pk, "child_health:child"]
    assert "Timbang di hari posyandu berikutnya" in before[sorrow.nisa.pk, "measurements:child"]
    die(sorrow)
    for child in (sorrow.nisa, sorrow.aisyah):
        lives.undo_death(child, reason="tertukar dengan anak lain", by=sorrow.cast.bidan_rina)
    after = {key: sorrow.read(address(key[1], Child.objects.get(pk=key[0]))) for key in before}
    assert after == before
    for name in PAPERS:
        assert sorrow.client.get(address(name, sorrow.nisa)).status_code == 200
