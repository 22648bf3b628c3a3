"""Who runs the staff: invitations, roles, closed accounts, and how far each of it goes."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import link_operations, operations, staff_operations
from ceting.registry.accounts.models import Closing, Link, RoleAssignment, SignInSession, User
from ceting.registry.accounts.sessions import SessionStore
from tests.cast import Cast

NEW = "sambal-lado-mudo"


def role_of(user: User) -> RoleAssignment:
    (assignment,) = user.assignments
    return assignment


def refused(*args: Any, **kwargs: Any) -> str:
    """The code of the refusal."""
    verb, *rest = args
    with pytest.raises(RefusedError) as refusal:
        verb(*rest, **kwargs)
    return refusal.value.problems[0].code


def invitation(cast: Cast, **more: Any) -> dict[str, str]:
    wanted = {"role": "kader", "puskesmas": cast.andalas.pk, "posyandu": cast.melati.pk, **more}
    return {"name": "Nurhayati", "username": "kader.nur", "phone": "0812 6700 1122"} | {
        name: str(value) for name, value in wanted.items() if value
    }


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_kader_is_invited_and_comes_in_by_her_link(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kepala)
    answer = client.post("/staf/petugas/undang/", invitation(cast))
    assert answer.status_code == 200
    link = answer.context["link"]
    assert "wa.me/6281267001122" in answer.text
    nur = Client()
    opened = nur.get(link)
    assert (opened.status_code, opened["Location"]) == (302, "/kunci/")
    assert opened["Referrer-Policy"] == "no-referrer"
    page = nur.get("/kunci/")
    assert "Nurhayati" in page.text
    assert "no-store" in page["Cache-Control"]
    assert nur.post("/kunci/", {"password": NEW, "again": NEW})["Location"] == "/masuk/"
    assert nur.post("/masuk/", {"username": "kader.nur", "password": NEW})["Location"] == "/staf/"
    assert Client().get(link, follow=True).status_code == 404


def test_the_token_is_kept_nowhere(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kepala)
    link = client.post("/staf/petugas/undang/", invitation(cast)).context["link"]
    token = urlsplit(link).query.removeprefix("k=")
    visitor = Client()
    visitor.get(link)
    kept = [str(row) for model in (Link, AuditEntry, SignInSession) for row in model.objects.values_list()]
    sessions = [str(SessionStore().decode(row.session_data)) for row in SignInSession.objects.all()]
    assert len(token) > 40
    assert not any(token in text for text in (*kept, *sessions))


def test_a_link_ends_after_seven_days(cast: Cast, frozen: time_machine.Traveller) -> None:
    token = link_operations.make_link(cast.kader_wati, by=cast.kepala)
    digest = link_operations.digest(token)
    frozen.shift(timedelta(days=6, hours=23))
    assert link_operations.find_link(digest).user == cast.kader_wati
    frozen.shift(timedelta(hours=2))
    assert refused(link_operations.use_link, digest, password=NEW) == "link_gone"


def test_a_new_link_withdraws_the_old_one_and_one_can_be_withdrawn(cast: Cast) -> None:
    first, second = (link_operations.make_link(cast.kader_wati, by=cast.kepala) for _ in range(2))
    assert refused(link_operations.find_link, link_operations.digest(first)) == "link_gone"
    assert link_operations.find_link(link_operations.digest(second))
    link_operations.withdraw_link(cast.kader_wati, by=cast.kepala)
    assert refused(link_operations.find_link, link_operations.digest(second)) == "link_gone"


def test_a_weak_password_leaves_the_link_open(cast: Cast) -> None:
    digest = link_operations.digest(link_operations.make_link(cast.kader_wati, by=cast.kepala))
    assert refused(link_operations.use_link, digest, password="12345") == "weak_password"
    link_operations.use_link(digest, password=NEW)
    assert fresh(cast.kader_wati).check_password(NEW)


def test_a_new_password_ends_every_session(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    digest = link_operations.digest(link_operations.make_link(cast.kader_wati, by=cast.kepala))
    link_operations.use_link(digest, password=NEW)
    assert client.get("/staf/")["Location"].startswith("/masuk/")


@pytest.mark.parametrize("manager", ["kepala", "admin"])
def test_only_dinas_makes_dinas(cast: Cast, manager: str) -> None:
    if manager == "admin":
        operations.give_role(cast.petugas_gizi_dewi, "admin", puskesmas=cast.andalas, by=None)
    who = cast.kepala if manager == "kepala" else cast.petugas_gizi_dewi
    place: dict[str, Any] = {"puskesmas": None, "posyandu": None}
    assert refused(staff_operations.grant, cast.bidan_rina, "dinas", **place, by=who) == "role_too_wide"
    staff_operations.grant(cast.bidan_rina, "dinas", **place, by=cast.dinas)
    assert fresh(cast.bidan_rina).may("puskesmas.open")


def test_an_admin_always_stands_at_a_puskesmas(cast: Cast) -> None:
    """Without one she would run every puskesmas."""
    for by in (cast.kepala, cast.dinas):
        assert (
            refused(staff_operations.grant, cast.bidan_rina, "admin", puskesmas=None, posyandu=None, by=by)
            == "puskesmas_needed"
        )


def test_nobody_gives_a_role_elsewhere_twice_or_to_herself(cast: Cast) -> None:
    grant = staff_operations.grant
    at: dict[str, Any] = {"posyandu": None, "by": cast.kepala}
    assert refused(grant, cast.bidan_rina, "bidan", puskesmas=cast.air_dingin, **at) == "place_too_far"
    assert refused(grant, cast.bidan_rina, "bidan", puskesmas=cast.andalas, **at) == "role_held"
    assert refused(grant, cast.kepala, "bidan", puskesmas=cast.andalas, **at) == "own_role"
    assert (
        refused(grant, cast.bidan_rina, "kader", puskesmas=None, posyandu=cast.mawar, by=cast.kepala)
        == "place_too_far"
    )


def test_nobody_ends_her_own_last_managing_role(cast: Cast) -> None:
    own = role_of(cast.kepala)
    assert refused(staff_operations.take_back, own, by=cast.kepala) == "last_managing_role"
    staff_operations.take_back(own, by=cast.dinas)
    assert not fresh(cast.kepala).may("staff.manage")


def test_a_head_does_not_take_over_an_account_that_reaches_further(cast: Cast) -> None:
    """Whoever hands out a new password could come in with it."""
    operations.give_role(cast.bidan_rina, "dinas", by=None)
    rina = fresh(cast.bidan_rina)
    for verb in (link_operations.make_link, staff_operations.close_account, staff_operations.end_sessions):
        assert refused(verb, rina, by=cast.kepala) == "account_too_wide"
    assert link_operations.make_link(rina, by=cast.dinas)


def test_a_role_at_another_puskesmas_is_shown_and_ended_there(client: Client, cast: Cast) -> None:
    operations.give_role(cast.bidan_rina, "bidan", puskesmas=cast.air_dingin, by=None)
    page = cast.sign_in(client, cast.kepala).get(f"/staf/petugas/{cast.bidan_rina.pk}/").content.decode()
    assert page.count("diurus tempat lain") == 1
    assert page.count(">Akhiri<") == 2  # the column, and one button


def test_who_left_comes_in_no_more_until_her_account_opens_again(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    staff_operations.close_account(cast.kader_wati, by=cast.kepala)
    assert client.get("/staf/")["Location"].startswith("/masuk/")
    assert Closing.objects.get().closed_by == cast.kepala
    assert refused(link_operations.make_link, cast.kader_wati, by=cast.kepala) == "account_closed"
    staff_operations.reopen_account(cast.kader_wati, by=cast.kepala)
    assert client.login(username="kader.wati", password=cast.password)
    assert refused(staff_operations.close_account, cast.kepala, by=cast.kepala) == "own_account"


def test_a_lost_phone_is_signed_out_from_afar(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    head = cast.sign_in(Client(), cast.kepala)
    assert head.post(f"/staf/petugas/{cast.kader_wati.pk}/keluarkan/").status_code == 302
    assert client.get("/staf/")["Location"].startswith("/masuk/")
    assert head.get("/staf/").status_code == 200


def test_the_list_shows_a_head_her_people_and_dinas_everybody(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    cast.sign_in(client, cast.kepala)
    with django_assert_max_num_queries(10):
        page = client.get("/staf/petugas/")
    shown = {line.user for line in page.context["lines"]}
    assert {cast.kader_wati, cast.bidan_rina, cast.kepala} <= shown
    assert not {cast.bidan_yuni, cast.dinas} & shown
    assert client.get(f"/staf/petugas/{cast.bidan_yuni.pk}/").status_code == 404
    assert client.post(f"/staf/petugas/peran/{role_of(cast.bidan_yuni).pk}/akhiri/").status_code == 404
    cast.sign_in(client, cast.dinas)
    shown = {line.user for line in client.get("/staf/petugas/").context["lines"]}
    assert {cast.bidan_yuni, cast.kader_wati} <= shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": "ada spasi"},
        {"username": "bidan.rina"},
        {"phone": "abc"},
        {"role": "ratu"},
        {"posyandu": ""},
        {"posyandu": "bukan-kunci"},
        {"name": "\x00"},
    ],
)
def test_a_wrong_invitation_is_refused_in_words_and_writes_nothing(
    client: Client, cast: Cast, wrong: dict[str, str]
) -> None:
    cast.sign_in(client, cast.kepala)
    before = User.objects.count(), RoleAssignment.objects.count(), Link.objects.count()
    assert client.post("/staf/petugas/undang/", invitation(cast) | wrong).status_code == 422
    assert (User.objects.count(), RoleAssignment.objects.count(), Link.objects.count()) == before


def test_she_changes_her_own_password_and_only_this_device_stays(client: Client, cast: Cast) -> None:
    other = cast.sign_in(Client(), cast.kader_wati)
    cast.sign_in(client, cast.kader_wati)
    typed = {"old_password": cast.password, "password": NEW, "again": NEW}
    assert client.post("/staf/akun/sandi/", typed | {"old_password": "salah"}).status_code == 422
    assert client.post("/staf/akun/sandi/", typed | {"again": "lain"}).status_code == 422
    assert client.post("/staf/akun/sandi/", typed).status_code == 302
    assert client.get("/staf/").status_code == 200
    assert other.get("/staf/")["Location"].startswith("/masuk/")


def test_her_old_password_is_not_guessed_at_an_open_desk(client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kader_wati)
    typed = {"old_password": "salah", "password": NEW, "again": NEW}
    for _ in range(5):
        assert client.post("/staf/akun/sandi/", typed).status_code == 422
    answer = client.post("/staf/akun/sandi/", typed | {"old_password": cast.password})
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "15 menit" in answer.text


def test_links_are_not_tried_for_ever(client: Client, cast: Cast, settings: Any) -> None:
    settings.SIGN_IN_TRIES_PER_ADDRESS = 3
    for _ in range(3):
        assert client.get("/kunci/?k=tebak", follow=True).status_code == 404
    assert client.get("/kunci/?k=tebak").status_code == 429
