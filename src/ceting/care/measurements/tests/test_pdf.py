"""The sheet that a mother takes home: one page, her words, nothing that could harm her child."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from ceting.care.measurements import operations, pdf
from ceting.care.measurements.attention import REASONS
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import LatestGrowth, Measurement
from ceting.care.measurements.reason_words import REASON_WORDS, words_for
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.ui import chart_ink
from ceting.registry.families.models import Child
from ceting.standards.ages import add_months
from ceting.standards.words import FORBIDDEN_FOR_FAMILIES
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")


def read(content: bytes) -> tuple[int, str]:
    """Number of pages, and the text with every run of blanks as one."""
    pages = PdfReader(BytesIO(content)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def printed(cast: Cast, client: Client, child: Child) -> str:
    answer = cast.sign_in(client, cast.bidan_rina).get(reverse("measurements:child-pdf", args=[child.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    pages, text = read(answer.content)
    assert pages == 1
    return text


def forbidden_in(text: str) -> list[str]:
    return [word for word in FORBIDDEN_FOR_FAMILIES if word in text.lower()]


def test_ibu_sari_finds_her_daughter_and_what_to_do_on_one_page(cast: Cast, client: Client) -> None:
    for month, kg in ((8, "8.0"), (9, "8.3"), (10, "8.35"), (11, "8.4")):
        cast.weigh(cast.aisyah, f"2026-{month:02}-05", kg, cm="70" if month == 11 else None)
    text = printed(cast, client, cast.aisyah)
    for words in (
        "Aisyah Putri",
        "Ibu Sari Wahyuni",
        "Posyandu Melati",
        "Puskesmas Andalas",
        "8,4 kg",
        "70 cm",
    ):
        assert words in text
    assert "Beratnya belum naik cukup" in text
    assert "Kam, 5 Nov 2026" in text


def test_no_nik_no_phone_no_address_and_no_score_is_on_it(cast: Cast, client: Client) -> None:
    cast.weigh(cast.aisyah, "2026-11-05", "6.0", cm="66")
    text = printed(cast, client, cast.aisyah)
    assert cast.aisyah.nik
    assert cast.aisyah.nik not in text.replace(" ", "")
    assert "81267001" not in text
    assert "nomor 1" not in text
    assert "SD" not in text
    assert "BB/U" not in text


def test_a_child_in_the_gravest_state_meets_none_of_the_forbidden_words(cast: Cast, client: Client) -> None:
    cast.weigh(cast.aisyah, "2026-10-05", "5.6", cm="64")
    cast.weigh(cast.aisyah, "2026-11-05", "5.4", cm="64", muac_cm=Decimal("10.9"), oedema=True)
    text = printed(cast, client, cast.aisyah)
    assert forbidden_in(text) == []
    assert "Anak perlu diperiksa petugas hari ini" in text


@pytest.mark.parametrize("code", REASONS)
def test_no_reason_speaks_a_forbidden_word_to_a_family_and_every_reason_has_its_words(code: str) -> None:
    words = REASON_WORDS[code]
    assert forbidden_in(" ".join((words.family.what, words.family.why, words.family.today))) == []
    assert all((words.label, words.why, words.todo))


@pytest.mark.parametrize("code", REASONS)
def test_nobody_but_a_doctor_says_stunting(code: str) -> None:
    words = REASON_WORDS[code]
    assert "stunting" not in f"{words.label} {words.why} {words.todo}".lower()


def test_words_of_reasons_that_newer_rules_dropped_are_left_out() -> None:
    assert [each.label for each in words_for("short gone_since_2026")] == [REASON_WORDS["short"].label]


def test_a_newborn_without_a_weighing_gets_a_card_with_an_invitation(cast: Cast, client: Client) -> None:
    newborn = cast.child("By. Ny. Yanti", months=0, birth_date=cast.today - timedelta(days=3), sex=GIRL)
    text = printed(cast, client, newborn)
    assert "Mari datang ke posyandu bulan ini" in text


def test_the_longest_sheet_is_still_one_page(cast: Cast) -> None:
    child = cast.child("Muhammad Al-Fatih Zulkarnain Putra Ramadhan Syahputra Piliang" + " X" * 25, months=59)
    child.mother.name = "Ibu " + "Siti Nurhaliza Rahmawati Binti Abdurrahman " * 2
    drafts = [
        MeasurementDraft(
            child=child,
            measured_on=add_months(child.birth_date, month),
            weight_kg=Decimal("3.555") + month,
            lenhei_cm=Decimal("60.55") + month,
        )
        for month in range(1, 20)
    ]
    rows = operations.record_many(drafts, by=cast.bidan_rina)
    # Two different messages at most: the two longest.
    by_length = sorted(REASONS, key=lambda code: len(str(REASON_WORDS[code].family)), reverse=True)
    longest = next(
        code for code in by_length if REASON_WORDS[code].family != REASON_WORDS[by_length[0]].family
    )
    latest = LatestGrowth(child=child, reasons=f"{by_length[0]} {longest}", weighed_on=date(2026, 11, 1))
    pages, text = read(pdf.growth_sheet(child, rows, latest, cast.today))
    assert pages == 1
    assert REASON_WORDS[longest].family.today[:20] in text


def test_an_implausible_weight_asks_to_measure_again_instead_of_a_result(cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-11-05", "30")
    rows = list(Measurement.objects.all())
    words = pdf.sheet_words(cast.aisyah, rows, LatestGrowth.objects.get(), cast.today)
    assert json.dumps(words)
    assert [row["words"] for row in words["rows"]] == ["Mari ukur ulang"]
    assert [message["what"] for message in words["messages"]] == ["Mari diukur sekali lagi"]


def test_a_child_who_gains_is_praised(cast: Cast) -> None:
    for month, kg in ((9, "8.6"), (10, "9.0"), (11, "9.3")):
        cast.weigh(cast.aisyah, f"2026-{month:02}-05", kg)
    words = pdf.sheet_words(
        cast.aisyah, list(Measurement.objects.all()), LatestGrowth.objects.get(), cast.today
    )
    assert [message["what"] for message in words["messages"]] == ["Naik bagus"]


def test_the_file_is_named_after_nobody_and_its_reading_is_written_down(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.bidan_rina)
    answer = client.get(reverse("measurements:child-pdf", args=[cast.aisyah.pk]))
    assert answer["Content-Disposition"] == 'inline; filename="kms.pdf"'
    entry = AuditEntry.objects.get(action="read")
    assert (entry.purpose, entry.subject_ids) == ("print", [str(cast.aisyah.pk)])


def test_kader_tuti_can_not_print_a_child_of_melati(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.kader_tuti)
    assert client.get(reverse("measurements:child-pdf", args=[cast.aisyah.pk])).status_code == 404
    assert not AuditEntry.objects.filter(action="read").exists()


def test_the_chart_brings_its_ink_with_every_colour_put_in() -> None:
    found = chart_ink.ink("measurements/chart_ink.css")
    assert "var(" not in found
    assert "#c62d24" in found


def test_the_metadata_names_no_child(cast: Cast) -> None:
    content = pdf.growth_sheet(cast.aisyah, [], None, cast.today)
    assert "Aisyah" not in str(PdfReader(BytesIO(content)).metadata)
