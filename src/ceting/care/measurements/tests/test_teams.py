"""Two stand at the scale, as the textbook wants it: one measures, one holds the child and writes down."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.measurements import corrections, teams
from ceting.care.measurements.correction_forms import CorrectionForm
from ceting.care.measurements.models import Measurement, MeasuringTeam, Session, Source
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import operations as accounts
from tests.cast import Cast

REASON = next(iter(corrections.REASONS))
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def wati(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.kader_wati)


@pytest.fixture
def session(cast: Cast) -> Session:
    return cast.session()


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def weigh(client: Client, session: Session, child, kg: str, **more: str) -> Measurement:
    address = reverse("measurements:session-row", args=[session.pk, child.pk])
    assert client.post(address, {"weight_kg": kg, **more}, headers={"HX-Request": "true"}).status_code == 200
    return Measurement.objects.current().get(session=session, child=child)


def test_wati_names_two_and_every_row_from_then_on_keeps_them(
    wati: Client, cast: Cast, session: Session
) -> None:
    before = weigh(wati, session, cast.aisyah, "8,5")
    answer = wati.post(
        reverse("measurements:session-team", args=[session.pk]),
        {"measurer": cast.bidan_rina.pk, "assistant_name": "  Bu  Nur "},
        follow=True,
    )
    assert "Mengukur: Rina Marlina, dibantu Bu Nur" in words(answer)

    after = weigh(wati, session, cast.child("Budi"), "9,5")

    assert (before.team, before.measured_by, before.source) == (None, cast.kader_wati, Source.VOLUNTEER)
    assert after.team is not None
    assert (after.team.words, after.measured_by, after.recorded_by) == (
        "Rina Marlina, dibantu Bu Nur",
        cast.bidan_rina,
        cast.kader_wati,
    )
    assert after.source == Source.VOLUNTEER, "nobody can say for the midwife that she weighed"
    assert "Rina Marlina perlu mengisi halaman ini sendiri" in words(answer)


def test_a_midwife_who_says_that_she_weighs_makes_the_rows_that_a_kader_types_a_professionals(
    wati: Client, cast: Cast, session: Session
) -> None:
    teams.name_team(session, measurer=cast.bidan_rina, assistant="Bu Nur", by=cast.kader_wati)
    teams.name_team(session, measurer=cast.bidan_rina, assistant="Bu Nur", by=cast.bidan_rina)

    row = weigh(wati, session, cast.aisyah, "8,5")

    assert (row.measured_by, row.recorded_by, row.source) == (cast.bidan_rina, cast.kader_wati, Source.STAFF)


def test_a_midwife_of_elsewhere_who_helps_as_kader_measures_as_a_kader(
    client: Client, cast: Cast, session: Session
) -> None:
    accounts.give_role(cast.bidan_yuni, "kader", posyandu=cast.melati, by=cast.kepala)
    yuni = cast.sign_in(client, cast.bidan_yuni)
    assert weigh(yuni, session, cast.aisyah, "8,5").source == Source.VOLUNTEER


def test_a_volunteer_without_an_account_is_a_name_and_no_health_worker(
    client: Client, cast: Cast, session: Session
) -> None:
    rina = cast.sign_in(client, cast.bidan_rina)
    teams.name_team(session, measurer="Bu Nur", by=cast.bidan_rina)

    row = weigh(rina, session, cast.aisyah, "8,5")

    assert (row.measured_by, row.source, row.recorded_by) == (None, Source.VOLUNTEER, cast.bidan_rina)
    history = rina.get(reverse("measurements:child-history", args=[cast.aisyah.pk]))
    assert "Diukur Bu Nur" in words(history)


def test_a_slip_that_is_mended_keeps_who_stood_at_the_scale(
    wati: Client, cast: Cast, session: Session
) -> None:
    first = teams.name_team(session, measurer=cast.kader_wati, assistant="Bu Nur", by=cast.kader_wati)
    row = weigh(wati, session, cast.aisyah, "8,5")
    teams.name_team(session, measurer="Bu Ema", by=cast.kader_wati)

    typed_over = weigh(wati, session, cast.aisyah, "8,6", base=str(row.pk))
    form = CorrectionForm(
        {"measured_on": "26/11/2026", "weight_kg": "8,7", "child_id": cast.aisyah.pk, "reason": REASON},
        row=typed_over,
        by=cast.kader_wati,
    )
    assert form.is_valid(), form.errors
    corrected = corrections.correct(typed_over, form.draft(), reason=REASON, by=cast.kader_wati)

    assert typed_over.team == corrected.team == first


def test_the_same_two_again_are_the_same_team(cast: Cast, session: Session) -> None:
    for _ in range(2):
        teams.name_team(session, measurer=cast.kader_wati, assistant="Bu Nur", by=cast.kader_wati)
    assert MeasuringTeam.objects.count() == 1


@pytest.mark.parametrize(
    ("measurer", "assistant", "code"),
    [("", "Bu Nur", "no_measurer"), ("Bu Nur", "Bu Nur", "same_person"), ("x" * 61, "", "long_name")],
)
def test_what_is_no_team_is_refused(
    cast: Cast, session: Session, measurer: str, assistant: str, code: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        teams.name_team(session, measurer=measurer, assistant=assistant, by=cast.kader_wati)
    assert caught.value.problems[0].code == code
    assert not MeasuringTeam.objects.exists()


def test_the_list_offers_who_measures_here_and_nobody_else(cast: Cast, session: Session) -> None:
    names = set(teams.people_of(session).values_list("name", flat=True))
    assert names == {"Wati", "Rina Marlina", "Dewi Anggraini", "dr. Hasan"}


def test_kader_tuti_names_nobody_at_melati(cast: Cast, client: Client, session: Session) -> None:
    tuti = cast.sign_in(client, cast.kader_tuti)
    address = reverse("measurements:session-team", args=[session.pk])
    assert tuti.get(address).status_code == 404
    assert tuti.post(address, {"measurer_name": "Tuti"}).status_code == 404
    assert not MeasuringTeam.objects.exists()


def test_what_is_wrong_is_said_and_what_was_typed_stays(wati: Client, session: Session) -> None:
    answer = wati.post(reverse("measurements:session-team", args=[session.pk]), {"assistant_name": "Bu Nur"})
    assert answer.status_code == 422
    assert "Pilih siapa yang mengukur, atau tulis namanya" in words(answer)
    assert 'value="Bu Nur"' in answer.content.decode()
