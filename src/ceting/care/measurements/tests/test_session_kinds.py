"""Where children are weighed: at the posyandu, at home, at a PAUD, at the puskesmas; and the vitamin A months."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import grid, operations
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Session, SessionKind, Source
from ceting.foundation.core.errors import RefusedError
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

NEW = "/staf/sesi/baru/"


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def opened(cast: Cast, on: date, kind: SessionKind, place: str = "") -> Session:
    return operations.open_session(cast.melati, on, by=cast.kader_wati, kind=kind, place=place)


def names(session: Session, cast: Cast) -> list[str]:
    return [entry.child.name for entry in grid.entries(session, cast.kader_wati)]


def refusal(cast: Cast, on: date, kind: SessionKind, place: str = "") -> list[str]:
    with pytest.raises(RefusedError) as refused:
        opened(cast, on, kind, place)
    return [problem.code for problem in refused.value.problems]


def test_one_day_holds_each_kind_once_and_two_paud(cast: Cast) -> None:
    day = cast.today
    kinds = [(SessionKind.POSYANDU, ""), (SessionKind.SWEEPING, ""), (SessionKind.PUSKESMAS, "")]
    kinds += [(SessionKind.PAUD, "Ceria"), (SessionKind.PAUD, "Tunas Bangsa")]
    first = [opened(cast, day, kind, place).pk for kind, place in kinds]
    again = [opened(cast, day, kind, place).pk for kind, place in kinds]
    assert first == again
    assert len(set(first)) == len(kinds)


def test_sweeping_waits_only_for_those_who_were_not_weighed_that_month(cast: Cast) -> None:
    cast.child("Budi")
    cast.weigh(cast.aisyah, "2026-11-05", "8.4")
    sweeping = opened(cast, cast.today, SessionKind.SWEEPING)
    assert names(sweeping, cast) == ["Budi"]
    assert grid.progress(sweeping) == grid.Progress(0, 1)


def test_a_child_weighed_while_sweeping_stays_in_the_list_and_is_no_guest(cast: Cast) -> None:
    sweeping = opened(cast, cast.today, SessionKind.SWEEPING)
    draft = MeasurementDraft(
        child=cast.aisyah,
        measured_on=sweeping.held_on,
        weight_kg=cast.weigh(cast.aisyah, "2026-10-05", "8.3").weight_kg,
        session=sweeping,
    )
    operations.record_many([draft], by=cast.kader_wati)
    (entry,) = grid.entries(sweeping, cast.kader_wati)
    assert entry.registered
    assert grid.progress(sweeping) == grid.Progress(1, 1)


@pytest.mark.parametrize(("kg", "source"), [("8.4", Source.FAMILY), ("2.0", Source.VOLUNTEER)])
def test_a_familys_own_or_an_unlikely_weight_does_not_spare_the_visit(
    cast: Cast, kg: str, source: Source
) -> None:
    cast.weigh(cast.aisyah, "2026-11-05", kg, source=source)
    assert names(opened(cast, cast.today, SessionKind.SWEEPING), cast) == ["Aisyah Putri"]


def test_the_summary_of_a_sweeping_counts_the_whole_posyandu(cast: Cast, client: Client) -> None:
    cast.child("Budi")
    cast.weigh(cast.aisyah, "2026-11-05", "8.4")
    sweeping = opened(cast, cast.today, SessionKind.SWEEPING)
    cast.sign_in(client, cast.kader_wati)
    answer = client.get(reverse("measurements:session-summary", args=[sweeping.pk]))
    summary = answer.context["summary"]
    assert (summary.skdn.S, summary.skdn.D) == (2, 1)
    assert [line.child.name for line in summary.absent] == ["Budi"]


def test_a_paud_has_a_name_and_it_is_the_title(cast: Cast) -> None:
    assert refusal(cast, cast.today, SessionKind.PAUD, " ") == ["paud_without_name"]
    assert refusal(cast, cast.today, SessionKind.PAUD, "x" * 61) == ["long_name"]
    assert opened(cast, cast.today, SessionKind.PAUD, " PAUD  Ceria ").title == "PAUD Ceria, Posyandu Melati"


def test_nonsense_dates_are_refused(cast: Cast) -> None:
    assert refusal(cast, date(1999, 12, 31), SessionKind.POSYANDU) == ["too_old"]
    assert refusal(cast, date(2026, 11, 27), SessionKind.SWEEPING) == ["future"]
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"held_on": "1/1/1900"}, "periksa tahunnya"),
        ({"kind": "paud"}, "Isi nama PAUD"),
        ({"kind": "pasar"}, "Pilih tempat dari daftar"),
        ({"kind": "paud", "place": "x" * 900}, "terlalu panjang"),
    ],
)
def test_wati_is_told_in_words_what_to_mend(
    cast: Cast, client: Client, typed: dict[str, str], sentence: str
) -> None:
    cast.sign_in(client, cast.kader_wati)
    answer = client.post(NEW, {"posyandu": str(cast.melati.pk), "held_on": "26/11/2026", **typed})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Session.objects.exists()


def test_wati_opens_a_sweeping_and_reads_what_it_is(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.kader_wati)
    typed = {"posyandu": str(cast.melati.pk), "held_on": "26/11/2026", "kind": "sweeping"}
    answer = client.post(NEW, typed, follow=True)
    assert "Sweeping rumah, Posyandu Melati" in words(answer)
    assert "Sweeping rumah, Posyandu Melati" in words(client.get("/staf/"))


def test_when_everybody_was_weighed_there_is_nobody_to_visit(cast: Cast, client: Client) -> None:
    cast.weigh(cast.aisyah, "2026-11-05", "8.4")
    sweeping = opened(cast, cast.today, SessionKind.SWEEPING)
    cast.sign_in(client, cast.kader_wati)
    answer = client.get(reverse("measurements:session", args=[sweeping.pk]))
    assert "Semua balita sudah ditimbang bulan ini" in words(answer)


def expected_page(cast: Cast, client: Client, session: Session) -> Any:
    cast.sign_in(client, cast.kader_wati)
    return client.get(reverse("measurements:session-expected", args=[session.pk]))


def test_august_lists_blue_and_red_capsules(cast: Cast, client: Client) -> None:
    cast.child("Bayu Biru", birth_date="2026-01-10")
    cast.child("Citra Merah", birth_date="2024-01-10")
    cast.child("Terlalu Kecil", birth_date="2026-06-10")
    august = opened(cast, date(2026, 8, 13), SessionKind.POSYANDU)
    found = expected_page(cast, client, august).context["expected"]
    # Aisyah is ten months old that day.
    assert [line.child.name for line in found.blue] == ["Aisyah Putri", "Bayu Biru"]
    assert [line.child.name for line in found.red] == ["Citra Merah"]
    grid_page = client.get(reverse("measurements:session", args=[august.pk]))
    assert "Bulan vitamin A" in words(grid_page)


def test_november_speaks_of_no_capsule(cast: Cast, client: Client) -> None:
    today = opened(cast, cast.today, SessionKind.POSYANDU)
    assert "vitamin A" not in words(expected_page(cast, client, today))


def test_those_with_a_reason_come_first_and_the_reason_is_said(cast: Cast, client: Client) -> None:
    for month, kg in ((8, "8.0"), (9, "8.3"), (10, "8.35"), (11, "8.38")):
        cast.weigh(cast.aisyah, f"2026-{month:02}-05", kg)
    cast.weigh(cast.child("Budi"), "2026-08-05", "9.0")
    cast.child("Citra Baru", birth_date="2026-11-20")
    cast.child("Dodi Enam Bulan", birth_date="2026-05-20")
    cast.weigh(cast.child("Eka Biasa"), "2026-10-05", "9.6")
    found = expected_page(cast, client, opened(cast, cast.today, SessionKind.POSYANDU)).context["expected"]
    reasons = {line.child.name: [chip.label for chip in line.chips] for line in found.first}
    assert reasons == {
        "Aisyah Putri": ["Dua kali tidak naik (2T)"],
        "Budi": ["Bulan lalu tidak ditimbang"],
        "Citra Baru": ["Bayi baru lahir"],
        "Dodi Enam Bulan": ["Belum pernah ditimbang", "Genap 6 bulan"],
    }
    assert [line.child.name for line in found.others] == ["Eka Biasa"]
    assert "9,6 kg" in found.others[0].last
    assert found.others[0].usual.endswith(" kg")


def test_who_is_expected_takes_few_queries_however_many_children(
    cast: Cast, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    cast.children(40)
    session = opened(cast, cast.today, SessionKind.SWEEPING)
    cast.sign_in(client, cast.kader_wati)
    with django_assert_max_num_queries(15):
        client.get(reverse("measurements:session-expected", args=[session.pk]))


@pytest.mark.parametrize("who", ["kader_tuti", "bidan_yuni"])
def test_nobody_else_reads_who_is_expected(cast: Cast, client: Client, who: str) -> None:
    session = opened(cast, cast.today, SessionKind.POSYANDU)
    cast.sign_in(client, getattr(cast, who))
    assert client.get(reverse("measurements:session-expected", args=[session.pk])).status_code == 404
