"""Kader Wati types the grid of Posyandu Melati; somebody else types too; kader Tuti sees nothing of it."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceting.care.measurements import operations
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Measurement, Session, Source
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families.models import Child
from tests.cast import GIRL, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

HTMX = {"HX-Request": "true"}


def address(session: Session, child: Child) -> str:
    return reverse("measurements:session-row", args=[session.pk, child.pk])


def type_row(client: Client, session: Session, child: Child, **typed: str):
    return client.post(address(session, child), typed, headers=HTMX)


def words(response) -> str:
    """What a person reads of an answer."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def base_of(response) -> str:
    return re.search(r'name="base" value="([^"]*)"', response.content.decode())[1]


def current(child: Child) -> list[Measurement]:
    return list(Measurement.objects.current().filter(child=child).order_by("measured_on"))


@pytest.fixture
def wati(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.kader_wati)


def test_the_grid_shows_every_expected_child_with_her_last_weight(wati: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-22", "8.1", cm="73.5", position="l")
    cast.child("Kakak", months=61)
    session = cast.session()

    response = wati.get(reverse("measurements:session", args=[session.pk]))

    text = words(response)
    assert "Aisyah Putri" in text
    assert "1 tahun 2 bulan · Ibu Sari Wahyuni" in text
    assert "8,1 kg, 73,5 cm 22 Okt 26" in text
    assert "0 dari 1 anak tercatat" in text
    assert "Kakak" not in text, "a child of five years no longer comes"
    assert 'aria-label="Papan' not in text


def test_a_guest_and_a_child_who_turned_five_stay_in_the_session_that_measured_them(
    wati: Client, cast: Cast
) -> None:
    older = cast.child("Kakak", months=61)
    cast.weigh(older, cast.today, "17.5")

    response = wati.get(reverse("measurements:session", args=[cast.session().pk]))

    assert "anak tamu" in words(response)
    assert "1 dari 2 anak tercatat" in words(response)


def test_a_guest_is_shown_only_to_those_who_may_see_her(wati: Client, cast: Cast) -> None:
    melatis = cast.session()
    draft = MeasurementDraft(cast.rafi, melatis.held_on, weight_kg=Decimal("10.2"), session=melatis)
    operations.record_many([draft], by=cast.bidan_rina)
    url = reverse("measurements:session", args=[melatis.pk])

    assert cast.rafi.name not in words(wati.get(url)), "Wati is no kader of Kenanga"
    assert cast.rafi.name in words(cast.sign_in(Client(), cast.bidan_rina).get(url))


def test_sixty_children_cost_as_many_queries_as_one(wati: Client, cast: Cast) -> None:
    url = reverse("measurements:session", args=[cast.session().pk])

    with CaptureQueriesContext(connection_of()) as one:
        wati.get(url)
    for child in cast.children(59):
        cast.weigh(child, "2026-10-22", 8)
    with CaptureQueriesContext(connection_of()) as sixty:
        response = wati.get(url)

    assert "dari 60 anak" in words(response)
    assert len(sixty) <= len(one) + 1
    assert len(sixty) <= 15


def connection_of():
    from django.db import connection

    return connection


def test_a_saved_row_says_its_status_in_words_and_moves_the_counter(wati: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-22", "8.1")
    session = cast.session()

    response = type_row(wati, session, cast.aisyah, weight_kg="8,5", lenhei_cm="74.5", position="l")

    assert (response.status_code, response.headers["X-Row"]) == (200, "saved")
    assert "N · Naik 400 g" in words(response)
    assert '<p class="grid-count" id="hitungan" hx-swap-oob="true"><strong>1</strong> dari 1' in (
        response.content.decode()
    )
    row = current(cast.aisyah)[-1]
    assert (row.weight_kg, row.lenhei_cm, row.position, row.source) == (
        Decimal("8.500"),
        Decimal("74.50"),
        "l",
        Source.VOLUNTEER,
    )
    assert (row.session_id, row.measured_by, row.measured_on) == (
        session.pk,
        cast.kader_wati,
        session.held_on,
    )


def test_a_midwife_is_recorded_as_a_trained_measurer(client: Client, cast: Cast) -> None:
    type_row(cast.sign_in(client, cast.bidan_rina), cast.session(), cast.aisyah, weight_kg="8,5")

    assert current(cast.aisyah)[-1].source == Source.STAFF


@pytest.mark.parametrize("typed", ["8,5", "8.5", "8.500", "8,500", " 8,5 kg ", "8.50"])
def test_however_eight_and_a_half_is_typed_it_is_eight_and_a_half(
    wati: Client, cast: Cast, typed: str
) -> None:
    response = type_row(wati, cast.session(), cast.aisyah, weight_kg=typed)

    assert response.headers["X-Row"] == "saved"
    assert current(cast.aisyah)[0].weight_kg == Decimal("8.5")


def test_a_position_without_a_length_is_not_kept(wati: Client, cast: Cast) -> None:
    type_row(wati, cast.session(), cast.aisyah, weight_kg="8,5", position="l")

    assert current(cast.aisyah)[0].position == ""


def test_85_for_8_5_kg_is_asked_back_and_nothing_is_saved(wati: Client, cast: Cast) -> None:
    response = type_row(wati, cast.session(), cast.aisyah, weight_kg="85")

    assert (response.status_code, response.headers["X-Row"]) == (422, "refused")
    assert "Berat 85 kg tidak mungkin untuk umur 14 bulan. Maksud Ibu 8,5 kg?" in words(response)
    assert 'data-suggest="weight_kg" data-value="8,5"' in response.content.decode()
    assert 'value="85"' in response.content.decode(), "what she typed stays"
    assert not current(cast.aisyah)


def test_nobody_can_be_sure_of_an_impossible_weight(wati: Client, cast: Cast) -> None:
    response = type_row(
        wati, cast.session(), cast.aisyah, weight_kg="85", sure="weight.implausible_high=85.000"
    )

    assert response.headers["X-Row"] == "refused"
    assert not current(cast.aisyah)


def test_an_unlikely_weight_is_saved_when_she_saves_it_once_more(wati: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-22", "8.1")
    session = cast.session()

    question = type_row(wati, session, cast.aisyah, weight_kg="6,5")
    assert question.headers["X-Row"] == "asked"
    assert "turun 1,6 kg dari penimbangan terakhir (8,1 kg)" in words(question)
    assert len(current(cast.aisyah)) == 1
    sure = re.search(r'name="sure" value="([^"]+)"', question.content.decode())[1]
    other = type_row(wati, session, cast.aisyah, weight_kg="6,4", sure=sure)
    assert other.headers["X-Row"] == "asked", "the answer held for another weight"
    again = type_row(wati, session, cast.aisyah, weight_kg="6,5", sure=sure)

    assert again.headers["X-Row"] == "saved"
    assert current(cast.aisyah)[-1].weight_kg == Decimal("6.5")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"weight_kg": "abc"}, "Angka ini tidak terbaca. Tulis angka saja, misalnya 8,5 kg."),
        ({"weight_kg": "8500 g"}, "Angka ini harus dalam kg. Tulis misalnya 8,5 kg."),
        ({"weight_kg": "0"}, "Berat harus lebih dari 0."),
        ({"lenhei_cm": "200"}, "Panjang 200 cm tidak mungkin."),
        ({"muac_cm": "135"}, "Maksud Ibu 13,5 cm?"),
        ({"head_cm": "5"}, "Lingkar kepala 5 cm tidak mungkin untuk umur 14 bulan. Maksud Ibu 50 cm?"),
        ({"weight_kg": "0,4"}, "Berat dalam kg, misalnya 8,5. Angka ini tidak mungkin."),
        ({}, "Isi paling sedikit satu hasil ukur."),
    ],
)
def test_what_can_not_be_is_refused_in_words_that_say_what_to_do(
    wati: Client, cast: Cast, typed: dict, sentence: str
) -> None:
    response = type_row(wati, cast.session(), cast.aisyah, **typed)

    assert response.headers["X-Row"] == "refused"
    assert sentence in words(response)
    assert not current(cast.aisyah)


def test_typing_over_a_saved_row_corrects_it_and_keeps_what_it_was(wati: Client, cast: Cast) -> None:
    session = cast.session()
    first = type_row(wati, session, cast.aisyah, weight_kg="8,5")

    second = type_row(wati, session, cast.aisyah, weight_kg="8,6", base=base_of(first))

    assert second.headers["X-Row"] == "saved"
    (standing,) = current(cast.aisyah)
    assert (standing.weight_kg, standing.corrects.weight_kg) == (Decimal("8.6"), Decimal("8.5"))
    third = type_row(wati, session, cast.aisyah, weight_kg="8,7", base=base_of(second))
    assert third.headers["X-Row"] == "saved"
    assert Measurement.objects.filter(child=cast.aisyah).count() == 3
    assert current(cast.aisyah)[0].corrects == standing


def test_saving_the_same_values_again_writes_nothing(wati: Client, cast: Cast) -> None:
    session = cast.session()
    first = type_row(wati, session, cast.aisyah, weight_kg="8,5")

    again = type_row(wati, session, cast.aisyah, weight_kg="8.50", base=base_of(first))

    assert again.headers["X-Row"] == "saved"
    assert Measurement.objects.filter(child=cast.aisyah).count() == 1


def test_two_people_weighing_one_child_see_both_values_and_choose(wati: Client, cast: Cast) -> None:
    session = cast.session()
    rina = cast.sign_in(Client(), cast.bidan_rina)
    type_row(rina, session, cast.aisyah, weight_kg="8,3")

    conflict = type_row(wati, session, cast.aisyah, weight_kg="8,5", base="")

    assert (conflict.status_code, conflict.headers["X-Row"]) == (422, "conflict")
    text = words(conflict)
    assert "Rina Marlina baru saja mencatat anak ini dengan angka lain" in text
    assert "Angka mereka 8,3 kg" in text
    assert "Angka saya 8,5 kg" in text
    assert 'value="8,5"' in conflict.content.decode(), "hers is still in the input"
    assert current(cast.aisyah)[0].weight_kg == Decimal("8.3")

    theirs = re.search(r'name="mine_over" value="([0-9a-f-]{36})"', conflict.content.decode())[1]
    mine = type_row(wati, session, cast.aisyah, weight_kg="8,5", base="", mine_over=theirs)
    assert mine.headers["X-Row"] == "saved"
    (standing,) = current(cast.aisyah)
    assert (standing.weight_kg, standing.corrects_id) == (Decimal("8.5"), UUID(theirs))


def test_a_third_value_meanwhile_is_a_conflict_again(wati: Client, cast: Cast) -> None:
    session = cast.session()
    rina = cast.sign_in(Client(), cast.bidan_rina)
    seen = base_of(type_row(rina, session, cast.aisyah, weight_kg="8,3"))
    type_row(rina, session, cast.aisyah, weight_kg="8,4", base=seen)

    response = type_row(wati, session, cast.aisyah, weight_kg="8,5", mine_over=seen)

    assert response.headers["X-Row"] == "conflict"


def test_taking_their_values_is_reading_the_row_again(wati: Client, cast: Cast) -> None:
    cast.weigh(cast.aisyah, cast.today, "8.3", by=cast.bidan_rina)
    session = cast.session()

    response = wati.get(address(session, cast.aisyah), headers=HTMX)

    assert response.headers["X-Row"] == "saved"
    assert 'value="8,3"' in response.content.decode()


def test_without_a_script_a_row_is_a_plain_form(wati: Client, cast: Cast) -> None:
    session = cast.session()

    refused = wati.post(address(session, cast.aisyah), {"weight_kg": "85"})
    assert refused.status_code == 422
    assert "Maksud Ibu 8,5 kg?" in words(refused)
    assert "anak tercatat" in words(refused), "the whole grid answers"
    saved = wati.post(address(session, cast.aisyah), {"weight_kg": "8,5"})

    grid = reverse("measurements:session", args=[session.pk])
    assert saved.headers["Location"] == f"{grid}#anak-{cast.aisyah.pk}"


def test_a_row_knows_its_number_on_the_printed_sheet(wati: Client, cast: Cast) -> None:
    response = type_row(wati, cast.session(), cast.aisyah, weight_kg="8,5", number="12")

    assert '<span class="grid-number">12</span>' in response.content.decode()


def test_a_past_day_is_typed_afterwards_with_the_age_of_that_day(wati: Client, cast: Cast) -> None:
    session = cast.session("2026-09-24")

    type_row(wati, session, cast.aisyah, weight_kg="8,1")

    row = current(cast.aisyah)[0]
    assert (row.measured_on, row.age_days) == (
        date(2026, 9, 24),
        (date(2026, 9, 24) - cast.aisyah.birth_date).days,
    )


def test_kader_tuti_finds_no_page_row_or_child_of_melati(client: Client, cast: Cast) -> None:
    session, hers = cast.session(), cast.session(posyandu=cast.kenanga)
    tuti = cast.sign_in(client, cast.kader_tuti)
    for name in ("session", "session-summary"):
        assert tuti.get(reverse(f"measurements:{name}", args=[session.pk])).status_code == 404
    assert tuti.get(address(session, cast.aisyah), headers=HTMX).status_code == 404
    assert type_row(tuti, session, cast.aisyah, weight_kg="8,5").status_code == 404
    assert type_row(tuti, hers, cast.aisyah, weight_kg="8,5").status_code == 404, (
        "not through her own session"
    )
    assert tuti.post(reverse("measurements:session-close", args=[session.pk])).status_code == 404
    assert "Aisyah" not in words(tuti.get(reverse("measurements:session", args=[hers.pk])))
    assert not current(cast.aisyah)


def test_a_midwife_sees_both_posyandu_and_the_other_puskesmas_none(client: Client, cast: Cast) -> None:
    url = reverse("measurements:session", args=[cast.session().pk])

    assert cast.sign_in(client, cast.bidan_rina).get(url).status_code == 200
    assert cast.sign_in(Client(), cast.bidan_yuni).get(url).status_code == 404


@pytest.mark.parametrize("who", ["kepala", "dinas", "dr_mira"])
def test_who_does_not_weigh_can_not_open_the_grid_or_write_a_row(
    client: Client, cast: Cast, who: str
) -> None:
    session = cast.session()
    person = cast.sign_in(client, cast.everybody[who])

    assert person.get(reverse("measurements:session", args=[session.pk])).status_code == 403
    assert type_row(person, session, cast.aisyah, weight_kg="8,5").status_code == 403
    assert not current(cast.aisyah)


def test_reading_the_grid_leaves_one_line_in_the_trail_with_all_its_children(
    wati: Client, cast: Cast
) -> None:
    budi = cast.child("Budi", sex=GIRL)
    wati.get(reverse("measurements:session", args=[cast.session().pk]))

    (line,) = AuditEntry.objects.filter(action="read")
    assert set(line.subject_ids) == {str(cast.aisyah.pk), str(budi.pk)}
    assert (line.actor_id, line.purpose) == (cast.kader_wati.pk, "session")


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "٣"])
def test_a_row_that_lies_about_its_number_is_saved_all_the_same(
    wati: Client, cast: Cast, number: str
) -> None:
    response = type_row(wati, cast.session(), cast.aisyah, weight_kg="9,1", number=number)
    assert response.status_code == 200
    assert response.headers["X-Row"] == "saved"
