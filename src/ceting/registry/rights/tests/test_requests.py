"""Ibu Sari asks for what is written of her daughter, and the law's clock runs."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from ceting.foundation.audit.models import AppendOnlyError, AuditEntry
from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.rights import request_operations as rights
from ceting.registry.rights.drafts import RequestDraft
from ceting.registry.rights.models import DataAnswer, DataRequest
from ceting.registry.rights.request_presenters import due_words
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DUE = datetime(2026, 11, 29, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def asked(cast: Cast, kind: str = "copy", *, hours_ago: int = 0) -> DataRequest:
    at = clock.now() - timedelta(hours=hours_ago)
    draft = RequestDraft(kind, cast.aisyah, "Sari Wahyuni", "desk", "card", at)
    return rights.receive_request(draft, by=cast.bidan_rina)


@pytest.mark.parametrize(
    ("before_due", "words"),
    [
        (timedelta(hours=72), "3 hari lagi"),
        (timedelta(hours=71, minutes=59), "2 hari lagi"),
        (timedelta(hours=24), "1 hari lagi"),
        (timedelta(hours=23, minutes=59), "23 jam lagi"),
        (timedelta(seconds=10), "jatuh tempo sekarang"),
        (timedelta(0), "jatuh tempo sekarang"),
        (timedelta(seconds=-1), "baru saja lewat waktu"),
        (timedelta(minutes=-5), "terlambat 5 menit"),
        (timedelta(hours=-5), "terlambat 5 jam"),
        (timedelta(days=-2), "terlambat 2 hari"),
    ],
)
def test_the_clock_is_told_in_words(before_due: timedelta, words: str) -> None:
    tone, told = due_words(DUE, DUE - before_due)
    assert told == words
    assert (tone == "danger") == (before_due < timedelta(0))


def test_an_answer_in_the_last_second_is_in_time_and_one_later_isnt(cast: Cast, frozen: Any) -> None:
    in_time, late = asked(cast), asked(cast, "correct")
    frozen.move_to(DUE)
    assert rights.answer_request(in_time, outcome="done", by=cast.bidan_rina).in_time
    frozen.move_to(DUE + timedelta(seconds=1))
    assert not rights.answer_request(late, outcome="done", by=cast.bidan_rina).in_time


def test_the_clock_started_when_it_was_received_not_when_it_was_typed(cast: Cast) -> None:
    assert asked(cast, hours_ago=70).due_at == clock.now() + timedelta(hours=2)
    with pytest.raises(RefusedError):
        asked(cast, hours_ago=-1)


def test_a_request_is_answered_once_and_a_no_has_a_reason(cast: Cast) -> None:
    request = asked(cast)
    with pytest.raises(RefusedError):
        rights.answer_request(request, outcome="refused", reason=" ", by=cast.bidan_rina)
    rights.answer_request(request, outcome="refused", reason="Bukan walinya.", by=cast.bidan_rina)
    with pytest.raises(RefusedError):
        rights.answer_request(request, outcome="done", by=cast.dr_hasan)


def test_a_wish_to_erase_is_reviewed_and_never_answered_by_erasing(cast: Cast) -> None:
    request = asked(cast, "erase")
    with pytest.raises(RefusedError) as refused:
        rights.answer_request(request, outcome="done", by=cast.bidan_rina)
    assert "disimpan 25 tahun" in refused.value.problems[0].sentence
    rights.answer_request(request, outcome="partly", reason="Pesan dihentikan.", by=cast.bidan_rina)


def test_requests_and_answers_are_only_ever_added_to(cast: Cast) -> None:
    request = asked(cast)
    answer = rights.answer_request(request, outcome="done", by=cast.bidan_rina)
    for row in (request, answer):
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            row.delete()
    with pytest.raises(AppendOnlyError):
        DataRequest.objects.update(kind="stop")
    with pytest.raises(AppendOnlyError):
        DataAnswer.objects.all().delete()


def test_rina_takes_a_request_and_answers_it(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.bidan_rina)
    new = reverse("rights:request-new", args=[cast.aisyah.household_id])
    typed = {
        "kind": "correct",
        "about": str(cast.aisyah.pk),
        "asked_by": "Sari Wahyuni",
        "identity": "kia_book",
        "channel": "desk",
        "received_on": "25-11-2026",
        "received_time": "14.30",
        "details": "Tanggal lahir salah.",
    }
    answer = client.post(new, typed)
    (request,) = DataRequest.objects.all()
    assert answer.headers["Location"] == reverse("rights:request", args=[request.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Sab, 28 Nov 2026 14.30" in page
    assert "2 hari lagi" in page
    assert client.post(answer.headers["Location"], {"outcome": "partly"}).status_code == 422
    assert client.post(answer.headers["Location"], {"outcome": "done"}).status_code == 302
    assert "Dipenuhi" in client.get(reverse("rights:requests")).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"asked_by": "Sari"}, "Pilih apa yang diminta."),
        ({"received_time": "25.99"}, "Tulis jamnya"),
        ({"about": "00000000-0000-0000-0000-000000000000"}, "Pilih dari daftar."),
    ],
)
def test_what_is_missing_is_said_in_words(
    client: Client, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    cast.sign_in(client, cast.bidan_rina)
    answer = client.post(reverse("rights:request-new", args=[cast.aisyah.household_id]), typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not DataRequest.objects.exists()


def test_the_most_urgent_stands_first_and_many_cost_the_same(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for hours in (1, 90, 30, 5, 60):
        asked(cast, hours_ago=hours)
        rights.answer_request(asked(cast), outcome="done", by=cast.bidan_rina)
    cast.sign_in(client, cast.bidan_rina)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("rights:requests")).content.decode()
    assert page.index("terlambat 18 jam") < page.index("12 jam lagi") < page.index("1 hari lagi")


@pytest.mark.parametrize("who", ["kader_wati", "kepala", "dinas"])
def test_who_doesnt_handle_requests_sees_none(client: Client, cast: Cast, who: str) -> None:
    request = asked(cast)
    cast.sign_in(client, getattr(cast, who))
    assert client.get(reverse("rights:requests")).status_code == 403
    assert client.get(reverse("rights:request", args=[request.pk])).status_code == 403


def test_yuni_sees_no_request_of_andalas(client: Client, cast: Cast) -> None:
    request = asked(cast)
    cast.sign_in(client, cast.bidan_yuni)
    assert "Aisyah" not in client.get(reverse("rights:requests")).content.decode()
    assert client.get(reverse("rights:request", args=[request.pk])).status_code == 404


def test_pressed_twice_it_is_one_wish_with_one_clock(cast: Cast) -> None:
    assert asked(cast) == asked(cast)
    assert DataRequest.objects.count() == 1


def test_a_family_of_two_puskesmas_is_answered_by_the_one_that_it_asked(cast: Cast, client: Client) -> None:
    """Yuni sees the child who lives at Air Dingin; the household still belongs to Andalas, where the sister lives."""
    kk = "1371020101100001"
    cast.child("Zaskia", mother="Ibu Nurbaya", months=40, kk=kk)
    other = cast.child("Zaki", mother="Ibu Nurbaya", months=20, kk=kk)
    lives.hand_over(other, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(other.moves.latest("id"), to=cast.mawar, by=cast.bidan_yuni)
    cast.sign_in(client, cast.bidan_yuni)
    page = reverse("rights:request-new", args=[other.household_id])
    form = client.get(page).context["form"]
    typed = {
        "kind": "copy",
        "about": form.fields["about"].choices[0][0],
        "asked_by": "Nurbaya",
        "channel": "desk",
        "identity": "card",
        "received_on": "26-11-2026",
        "received_time": "7.30",
    }
    answer = client.post(page, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert client.get(answer.headers["Location"]).status_code == 200
    assert DataRequest.objects.get().puskesmas == cast.air_dingin


def test_reading_a_request_of_a_mother_leaves_its_line(cast: Cast, client: Client) -> None:
    mother = cast.aisyah.mother
    assert mother is not None
    draft = RequestDraft("copy", mother, "Sari Wahyuni", "desk", "card", clock.now())
    rights.receive_request(draft, by=cast.bidan_rina)
    cast.sign_in(client, cast.bidan_rina).get(reverse("rights:requests"))
    read = AuditEntry.objects.filter(action="read", subject_type="caregiver").latest("id")
    assert str(mother.pk) in read.subject_ids
