"""Ibu Sari gets everything that is written of her daughter, and nothing of anybody else."""

import json
import zipfile
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core import clock
from ceting.registry.families import home_operations as homes
from ceting.registry.families import life_operations as lives
from ceting.registry.families.drafts import CaregiverDraft
from ceting.registry.families.models import Caregiver, Child, Household
from ceting.registry.rights import copying, operations
from ceting.registry.rights import request_operations as rights
from ceting.registry.rights.drafts import ConsentDraft, RequestDraft
from ceting.registry.rights.models import DataRequest, Scope
from tests.architecture.addresses import settle
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def asked(cast: Cast, about: Child | Caregiver | Household, kind: str = "copy") -> DataRequest:
    draft = RequestDraft(kind, about, "Sari Wahyuni", "desk", "card", clock.now())
    return rights.receive_request(draft, by=cast.bidan_rina)


def copy_of(cast: Cast, about: Child | Caregiver | Household) -> tuple[dict[str, list[dict[str, str]]], str]:
    """(title -> rows, everything as text)."""
    copy = copying.copy_for(asked(cast, about), by=cast.bidan_rina)
    text = copy.as_json().decode()
    return {part["judul"]: part["baris"] for part in json.loads(text)["bagian"]}, text


def test_a_childs_copy_holds_what_the_house_holds_of_her(cast: Cast) -> None:
    assert cast.aisyah.mother
    cast.weigh(cast.aisyah, "2026-11-05", "8.1", cm="70")
    draft = ConsentDraft(cast.aisyah.mother, Scope.PHOTOS, True, "spoken", cast.today, cast.aisyah)  # noqa: FBT003
    operations.record_consents([draft], by=cast.kader_wati)
    lives.move_within(cast.aisyah, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    parts, text = copy_of(cast, cast.aisyah)
    assert parts["Anak"][0]["Nama"] == "Aisyah Putri"
    assert parts["Anak"][0]["NIK"] == cast.aisyah.nik
    assert parts["Keluarga"][0]["Alamat"] == cast.aisyah.household.address
    assert parts["Penimbangan dan pengukuran"][0]["Berat (kg)"] == "8,1"
    assert len(parts["Riwayat tinggal"]) == 2
    assert parts["Perpindahan"][0]["Ke posyandu"] == "Posyandu Kenanga"
    assert parts["Persetujuan"][0]["Setuju"] == "ya"
    assert "Foto tidak disebarkan" in parts["Persetujuan"][0]["Kata-katanya"]
    assert parts["Permintaan tentang data"][0]["Diminta oleh"] == "Sari Wahyuni"
    assert cast.rafi.name not in text


def test_a_row_of_a_file_that_became_hers_is_copied_and_no_other_row(cast: Cast) -> None:
    melati = settle(cast)
    assert melati.file.rows.exists()
    copy = copying.copy_for(DataRequest.objects.get(), by=cast.bidan_rina)
    assert b"Tuti" not in copy.as_json()


def test_a_mothers_number_is_in_her_own_copy_and_not_in_her_childs(cast: Cast) -> None:
    mother = cast.aisyah.mother
    assert mother
    assert mother.phone not in copy_of(cast, cast.aisyah)[1]
    parts, _ = copy_of(cast, mother)
    assert parts["Pengasuh"][0]["Nomor HP"] == mother.phone
    assert "Anak" not in parts


def test_who_no_longer_cares_for_them_isnt_told_where_they_live(cast: Cast) -> None:
    home = Household.objects.get(pk=cast.aisyah.household_id)
    ayah = homes.add_caregiver(
        home, CaregiverDraft("Zulkifli", relation="father", phone="+6281267001077"), by=cast.bidan_rina
    )
    homes.end_caregiver(ayah, ended_on=cast.today, reason="berpisah", by=cast.bidan_rina)
    parts, text = copy_of(cast, Caregiver.objects.get(pk=ayah.pk))
    assert parts["Pengasuh"][0]["Nomor HP"] == "+6281267001077"
    assert home.address not in text
    assert "+6281267001077" not in copy_of(cast, home)[1]


def test_a_households_copy_leaves_out_a_sister_who_lives_at_another_puskesmas(cast: Cast) -> None:
    moved = cast.child("Nadia", mother="Sari Wahyuni", birth_date="2024-02-01", sex=2)
    Child.objects.filter(pk=moved.pk).update(household=cast.aisyah.household_id)
    handed = lives.hand_over(moved, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(handed, to=cast.mawar, by=cast.bidan_yuni)
    parts, _ = copy_of(cast, Household.objects.get(pk=cast.aisyah.household_id))
    assert [row["Nama"] for row in parts["Anak"]] == ["Aisyah Putri"]


def test_the_copy_says_who_read_and_is_itself_a_read(cast: Cast) -> None:
    copy_of(cast, cast.aisyah)
    parts, _ = copy_of(cast, cast.aisyah)
    assert {"Membuat salinan data untuk keluarga"} <= {
        row["Untuk apa"] for row in parts["Siapa yang membaca"]
    }
    assert AuditEntry.objects.filter(action="rights.copy").count() == 2


def test_rina_downloads_a_zip_to_read_and_to_carry_on(client: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-11-05", "8.1", cm="70")
    request = asked(cast, cast.aisyah)
    cast.sign_in(client, cast.bidan_rina)
    answer = client.post(reverse("rights:copy", args=[request.pk]))
    assert "no-store" in answer.headers["Cache-Control"]
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.read("salinan-data.pdf").startswith(b"%PDF")
        assert json.loads(archive.read("salinan-data.json"))["tentang"] == "Aisyah Putri"


def test_no_copy_without_an_open_request_for_one(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.bidan_rina)
    other = asked(cast, cast.aisyah, "correct")
    assert client.post(reverse("rights:copy", args=[other.pk])).status_code == 404
    request = asked(cast, cast.aisyah)
    rights.answer_request(request, outcome="done", by=cast.bidan_rina)
    assert client.post(reverse("rights:copy", args=[request.pk])).status_code == 302


def test_a_child_who_moved_away_is_copied_where_she_lives_now(client: Client, cast: Cast) -> None:
    request = asked(cast, cast.aisyah)
    handed = lives.hand_over(cast.aisyah, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(handed, to=cast.mawar, by=cast.bidan_yuni)
    cast.sign_in(client, cast.bidan_rina)
    assert client.post(reverse("rights:copy", args=[request.pk])).status_code == 404


@pytest.mark.parametrize("about", ["mother", "household"])
def test_a_family_that_moved_away_is_copied_where_it_lives_now(
    client: Client, cast: Cast, about: str
) -> None:
    subjects = {"mother": cast.aisyah.mother, "household": cast.aisyah.household}
    subject = subjects[about]
    assert subject
    request = asked(cast, subject)
    handed = lives.hand_over(cast.aisyah, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(handed, to=cast.mawar, by=cast.bidan_yuni)
    cast.sign_in(client, cast.bidan_rina)
    assert client.post(reverse("rights:copy", args=[request.pk])).status_code == 404


def test_a_long_history_costs_no_more_queries(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            copying.copy_for(asked(cast, cast.aisyah), by=cast.bidan_rina)
        return len(asked_for)

    cast.weigh(cast.aisyah, "2026-11-01", "8.1")
    # The first copy also learns what stays in memory.
    queries()
    short = queries()
    for day in range(2, 25):
        cast.weigh(cast.aisyah, f"2026-11-{day:02}", "8.1")
    assert queries() == short
