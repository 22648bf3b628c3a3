"""Mending what stands: new rows that name the old ones, with a reason; nothing is ever deleted."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import corrections
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import LatestGrowth, Measurement
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import EditConflictError, RefusedError
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def as_it_stands(row: Measurement) -> MeasurementDraft:
    return MeasurementDraft(
        child=row.child, measured_on=row.measured_on, weight_kg=row.weight_kg, lenhei_cm=row.lenhei_cm,
        position=row.position, source=row.source, session=row.session,
    )  # fmt: skip


@pytest.fixture
def slip(cast: Cast, frozen: object) -> Measurement:
    """Aisyah's 8,4 was typed 9,4."""
    cast.weigh(cast.aisyah, "2026-10-22", "8.1")
    return cast.weigh(cast.aisyah, "2026-11-22", "9.4", cm="73", position="l")


def test_a_correction_is_a_new_row_and_the_old_one_stays(slip: Measurement, cast: Cast) -> None:
    draft = replace(as_it_stands(slip), weight_kg=Decimal("8.4"))
    new = corrections.correct(slip, draft, reason="typed_wrong", words="9 dan 8", by=cast.bidan_rina)

    assert (new.corrects, new.reason) == (slip, "Salah ketik: 9 dan 8")
    assert (new.source, new.recorded_by) == ("volunteer", cast.bidan_rina)
    assert Measurement.objects.filter(pk=slip.pk, weight_kg="9.4").exists()
    assert LatestGrowth.objects.get(child=cast.aisyah).weight_kg == Decimal("8.4")
    assert new.gain_g == 300


def test_only_the_newest_row_is_corrected(slip: Measurement, cast: Cast) -> None:
    draft = replace(as_it_stands(slip), weight_kg=Decimal("8.4"))
    newest = corrections.correct(slip, draft, reason="typed_wrong", by=cast.bidan_rina)
    with pytest.raises(EditConflictError) as refusal:
        corrections.correct(
            slip, replace(draft, weight_kg=Decimal("8.5")), reason="typed_wrong", by=cast.kader_wati
        )
    assert refusal.value.theirs["weight_kg"] == Decimal("8.4")

    corrections.correct(
        newest, replace(draft, weight_kg=Decimal("8.5")), reason="read_wrong", by=cast.kader_wati
    )
    assert [row.weight_kg for row in Measurement.objects.current().filter(session=slip.session)] == [
        Decimal("8.5")
    ]


@pytest.mark.parametrize(
    ("reason", "free"), [("", ""), ("other", " "), ("typo", "x"), ("typed_wrong", "x" * 120)]
)
def test_a_correction_needs_its_reason(slip: Measurement, cast: Cast, reason: str, free: str) -> None:
    draft = replace(as_it_stands(slip), weight_kg=Decimal("8.4"))
    with pytest.raises(RefusedError):
        corrections.correct(slip, draft, reason=reason, words=free, by=cast.kader_wati)
    with pytest.raises(RefusedError):
        corrections.strike_out(slip, reason=reason, words=free, by=cast.kader_wati)
    assert Measurement.objects.current().filter(pk=slip.pk).exists()


def test_the_same_numbers_are_no_correction(slip: Measurement, cast: Cast) -> None:
    with pytest.raises(RefusedError):
        corrections.correct(slip, as_it_stands(slip), reason="other", words="iseng", by=cast.kader_wati)


def test_the_wrong_child_gives_the_row_to_the_right_one_and_both_are_derived_again(
    slip: Measurement, cast: Cast
) -> None:
    budi = cast.child("Budi")
    new = corrections.correct(
        slip, replace(as_it_stands(slip), child=budi), reason="wrong_child", by=cast.bidan_rina
    )

    assert (new.child, new.origin_id) == (budi, budi.pk)
    assert LatestGrowth.objects.get(child=cast.aisyah).weight_kg == Decimal("8.1")
    assert LatestGrowth.objects.get(child=budi).weight_kg == Decimal("9.4")
    assert new.status == "B"


def test_a_child_whose_only_row_was_anothers_stands_nowhere(cast: Cast) -> None:
    only = cast.weigh(cast.aisyah, cast.today, "9.4")
    budi = cast.child("Budi")
    corrections.correct(
        only, replace(as_it_stands(only), child=budi), reason="wrong_child", by=cast.bidan_rina
    )

    assert not LatestGrowth.objects.filter(child=cast.aisyah).exists()


def test_what_is_struck_out_counts_nowhere_and_stays_readable(slip: Measurement, cast: Cast) -> None:
    withdrawal = corrections.strike_out(slip, reason="not_measured", by=cast.kader_wati)

    assert (withdrawal.by, withdrawal.reason) == (cast.kader_wati, "Bukan hasil ukur, salah dicatat")
    assert not Measurement.objects.current().filter(pk=slip.pk).exists()
    assert Measurement.objects.filter(pk=slip.pk).exists()
    assert LatestGrowth.objects.get(child=cast.aisyah).weight_kg == Decimal("8.1")
    assert AuditEntry.objects.filter(action="measurement.strike_out").count() == 1
    with pytest.raises(EditConflictError):
        corrections.strike_out(slip, reason="not_measured", by=cast.kader_wati)


# The page


def address(row: Measurement, name: str = "measurement-correct") -> str:
    return reverse(f"measurements:{name}", args=[row.child_id, row.pk])


def posted(row: Measurement, **changes: str) -> dict[str, str]:
    return {
        "measured_on": "22/11/2026",
        "weight_kg": "9,4",
        "lenhei_cm": "73",
        "position": "l",
        "child_id": str(row.child_id),
        "reason": "typed_wrong",
        **changes,
    }


def test_the_history_shows_who_mended_what_and_why(slip: Measurement, cast: Cast, client: Client) -> None:
    wati = cast.sign_in(client, cast.kader_wati)
    assert 'value="9,4"' in wati.get(address(slip)).content.decode()

    response = wati.post(address(slip), posted(slip, weight_kg="8,4", words="jari terpeleset"), follow=True)

    text = words(response)
    assert "Sudah diperbaiki" in text
    assert "9,4 kg 73 cm terlentang Diganti Wati, Kam, 26 Nov 2026: Salah ketik: jari terpeleset" in text
    assert "Perbaikan: Salah ketik: jari terpeleset" in text


def test_striking_out_shows_in_the_history(slip: Measurement, cast: Cast, client: Client) -> None:
    wati = cast.sign_in(client, cast.kader_wati)
    answer = wati.post(address(slip, "measurement-strike"), {"coret-reason": "typed_twice"}, follow=True)
    assert "Dicoret Wati, Kam, 26 Nov 2026: Tercatat dua kali" in words(answer)
    refused = wati.post(address(slip, "measurement-strike"), {"coret-reason": "typed_twice"})
    assert refused.status_code == 422
    assert "sudah dicoret" in words(refused)


def test_a_row_that_was_mended_meanwhile_is_refused_in_words(
    slip: Measurement, cast: Cast, client: Client
) -> None:
    draft = replace(as_it_stands(slip), weight_kg=Decimal("8.4"))
    corrections.correct(slip, draft, reason="typed_wrong", by=cast.bidan_rina)
    answer = cast.sign_in(client, cast.kader_wati).post(address(slip), posted(slip, weight_kg="8,5"))
    assert answer.status_code == 422
    assert "baru saja diperbaiki orang lain" in words(answer)


def test_no_reason_no_correction(slip: Measurement, cast: Cast, client: Client) -> None:
    answer = cast.sign_in(client, cast.kader_wati).post(
        address(slip), posted(slip, weight_kg="8,4", reason="")
    )
    assert answer.status_code == 422
    assert "Pilih alasannya" in words(answer)


def test_the_row_moves_to_another_child_of_hers_and_to_nobody_elses(
    slip: Measurement, cast: Cast, client: Client
) -> None:
    budi = cast.child("Budi")
    wati = cast.sign_in(client, cast.kader_wati)
    refused = wati.post(address(slip), posted(slip, child_id=str(cast.rafi.pk), reason="wrong_child"))
    assert refused.status_code == 422

    answer = wati.post(address(slip), posted(slip, child_id=str(budi.pk), reason="wrong_child"))

    assert answer.status_code == 302
    assert Measurement.objects.current().get(child=budi).corrects == slip


@pytest.mark.parametrize(
    ("who", "status"), [("kader_tuti", 404), ("bidan_yuni", 404), ("kepala", 403), ("dinas", 403)]
)
def test_whoever_may_not_correct_melati_doesnt(
    slip: Measurement, cast: Cast, client: Client, who: str, status: int
) -> None:
    cast.sign_in(client, cast.everybody[who])
    assert client.get(address(slip)).status_code == status
    assert client.post(address(slip), posted(slip, weight_kg="8,4")).status_code == status
    assert client.post(address(slip, "measurement-strike"), {"coret-reason": "other"}).status_code == status
