"""The page after the end: a birth in the words of a birth, a loss in its own, and each fact to whoever may read it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.tests.people import fresh, pregnant
from ceting.registry.accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")
TWINS = (
    NewbornDraft(1, "Hafiz", Decimal("2.35"), Decimal("45.5")),
    NewbornDraft(2, "Hana", Decimal("2.1")),
)
BIRTH = "Melahirkan Min, 22 Nov 2026 pada 36 minggu 2 hari"


def ended(cast: Cast, kind: str = "birth", **more: Any) -> Pregnancy:
    pregnancy = pregnant(cast, weeks=36, days=6)
    ended_on = cast.today - timedelta(days=4)
    outcome_operations.end(pregnancy, EndDraft(kind, ended_on, **more), by=cast.bidan_rina)
    return fresh(pregnancy)


def context(cast: Cast, pregnancy: Pregnancy, who: User) -> tuple[Any, str]:
    answer = cast.sign_in(Client(), who).get(reverse("pregnancies:pregnancy", args=[pregnancy.pk]))
    return answer.context, answer.content.decode()


def test_a_birth_is_told_with_all_that_was_written(cast: Cast) -> None:
    pregnancy = ended(cast, place="hospital", attendant="doctor", delivery="caesarean", children=TWINS)
    told, text = context(cast, pregnancy, cast.bidan_rina)
    assert told["end_card"].title == "Persalinan"
    assert told["end_card"].facts == (
        ("Tanggal", "Min, 22 Nov 2026"), ("Umur kehamilan", "36 minggu 2 hari"), ("Tempat", "Rumah sakit"),
        ("Ditolong oleh", "Dokter"), ("Cara", "Operasi sesar"), ("Hafiz", "2,35 kg · 45,5 cm"), ("Hana", "2,1 kg"),
    )  # fmt: skip
    assert f'<p class="lead">{BIRTH}</p>' in text
    assert "berakhir" not in told["lead"]


def test_a_kader_reads_of_the_children_and_not_how_they_came(cast: Cast) -> None:
    pregnancy = ended(cast, place="hospital", attendant="doctor", delivery="caesarean", children=TWINS)
    told, text = context(cast, pregnancy, cast.kader_wati)
    assert told["lead"] == BIRTH
    assert [term for term, _ in told["end_card"].facts] == ["Tanggal", "Umur kehamilan", "Hafiz", "Hana"]
    for hidden in ("sesar", "Rumah sakit", "Ditolong"):
        assert hidden not in text, hidden


@pytest.mark.parametrize("kind", ["stillbirth", "maternal_death", "moved"])
def test_any_other_end_keeps_its_words_and_says_no_week(cast: Cast, kind: str) -> None:
    pregnancy = ended(cast, kind)
    for who in (cast.bidan_rina, cast.kader_wati):
        told, text = context(cast, pregnancy, who)
        assert told["lead"] == "Kehamilan ini berakhir Min, 22 Nov 2026"
        assert "36 minggu 2 hari" not in text
        assert "Persalinan<" not in text
    told, _ = context(cast, pregnancy, cast.bidan_rina)
    assert told["end_card"].title == "Bagaimana berakhir"
    assert [term for term, _ in told["end_card"].facts] == ["Akhir kehamilan", "Tanggal"]
    assert context(cast, pregnancy, cast.kader_wati)[0]["end_card"] is None
