"""The second factor: codes that open once, recovery codes, and who is held to have one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as app_codes
from django.test import Client

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import factor_operations, factors, link_operations, operations
from ceting.registry.accounts.factor_duty import duty_of
from ceting.registry.accounts.models import FactorReset, User
from ceting.registry.accounts.roles import ROLES, SecondFactor
from ceting.registry.places import operations as places
from tests.cast import Cast
from tests.codes import code_now

DOOR, CODE, PAGE = "/masuk/", "/masuk/kode/", "/staf/akun/kunci-kedua/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(user: User) -> list[str]:
    """Her app is set up; her recovery codes. The code of this half minute is used up by it."""
    return factor_operations.add_app(user, secret=SECRET, code=code_now(SECRET), by=user)


def knock(cast: Cast, user: User, **more: str) -> Client:
    client = Client()
    client.post(DOOR, {"username": user.username, "password": cast.password, **more})
    return client


def type_code(client: Client, code: str) -> Any:
    return client.post(CODE, {"code": code})


def refused(verb: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(RefusedError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.problems[0].code


@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]
)
def test_the_codes_are_those_of_the_standard(at: int, code: str) -> None:
    """RFC 6238, appendix B (SHA1), the last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert app_codes.format_hotp_value(app_codes.hotp_value(secret, at // 30)) == code


def test_the_password_alone_no_longer_brings_her_in(cast: Cast, frozen: time_machine.Traveller) -> None:
    with_app(cast.bidan_rina)
    rina = knock(cast, cast.bidan_rina, next="/staf/anak/")
    assert rina.get("/staf/")["Location"].startswith(DOOR)
    assert type_code(rina, "000000").status_code == 422
    frozen.shift(30)
    assert type_code(rina, code_now(SECRET))["Location"] == "/staf/anak/"
    assert rina.get("/staf/").status_code == 200
    entry = AuditEntry.objects.get(action="sign-in", actor_id=cast.bidan_rina.pk)
    assert '"app"' in entry.detail


def test_a_code_opens_once(cast: Cast, frozen: time_machine.Traveller) -> None:
    """For as long as it would be accepted: a code lives for three half minutes."""
    with_app(cast.bidan_rina)
    frozen.shift(60)
    code = code_now(SECRET)
    assert type_code(knock(cast, cast.bidan_rina), code).status_code == 302
    for _ in range(3):
        assert type_code(knock(cast, cast.bidan_rina), code).status_code == 422
        frozen.shift(29)


def test_an_older_code_than_the_one_used_opens_nothing(cast: Cast, frozen: time_machine.Traveller) -> None:
    with_app(cast.bidan_rina)
    frozen.shift(60)
    assert factor_operations.use_code(cast.bidan_rina, code_now(SECRET)) == "app"
    assert factor_operations.use_code(cast.bidan_rina, code_now(SECRET, steps=-1)) == ""
    assert factor_operations.use_code(cast.bidan_rina, code_now(SECRET, steps=1)) == "app"


def test_the_code_that_set_the_app_up_is_used_up(cast: Cast, frozen: time_machine.Traveller) -> None:
    with_app(cast.bidan_rina)
    assert factor_operations.use_code(cast.bidan_rina, code_now(SECRET)) == ""


def test_a_phone_half_a_minute_off_comes_in_and_two_minutes_off_does_not(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    with_app(cast.bidan_rina)
    frozen.shift(600)
    assert factor_operations.use_code(cast.bidan_rina, code_now(SECRET, steps=-4)) == ""
    assert factor_operations.use_code(cast.bidan_rina, code_now(SECRET, steps=4)) == ""
    assert factor_operations.use_code(cast.bidan_rina, code_now(SECRET, steps=-1)) == "app"


def test_codes_are_not_guessed(cast: Cast, frozen: time_machine.Traveller) -> None:
    with_app(cast.bidan_rina)
    frozen.shift(60)
    for _ in range(5):
        # The right password each time: it must not start the count of codes anew.
        assert type_code(knock(cast, cast.bidan_rina), "000000").status_code == 422
    assert type_code(knock(cast, cast.bidan_rina), code_now(SECRET)).status_code == 429
    frozen.shift(16 * 60)
    assert type_code(knock(cast, cast.bidan_rina), code_now(SECRET)).status_code == 302


def test_a_recovery_code_opens_once_and_however_it_is_spaced(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    codes = with_app(cast.bidan_rina)
    assert len(set(codes)) == 10
    spaced = f"{codes[3][:4]} {codes[3][4:]}"
    assert type_code(knock(cast, cast.bidan_rina), spaced).status_code == 302
    assert type_code(knock(cast, cast.bidan_rina), spaced).status_code == 422
    assert factors.Factors.of(cast.bidan_rina).codes_left == 9


def test_tuti_uses_no_code_of_rina(cast: Cast, frozen: time_machine.Traveller) -> None:
    codes = with_app(cast.bidan_rina)
    assert factor_operations.use_code(cast.kader_tuti, codes[0]) == ""


def test_nobody_stands_half_in_for_long_or_after_a_new_password(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    with_app(cast.bidan_rina)
    slow, changed = knock(cast, cast.bidan_rina), knock(cast, cast.bidan_rina)
    cast.bidan_rina.set_password("sambal-lado-mudo")
    cast.bidan_rina.save()
    assert changed.get(CODE)["Location"] == DOOR
    frozen.shift(11 * 60)
    assert slow.get(CODE)["Location"] == DOOR
    assert Client().get(CODE)["Location"] == DOOR


def test_the_key_of_the_session_changes_at_each_step(cast: Cast, frozen: time_machine.Traveller) -> None:
    codes = with_app(cast.bidan_rina)
    rina = Client()
    rina.get("/kunci/?k=apa-saja")
    keys = [rina.cookies["ceting"].value]
    rina.post(DOOR, {"username": "bidan.rina", "password": cast.password})
    keys.append(rina.cookies["ceting"].value)
    type_code(rina, codes[0])
    keys.append(rina.cookies["ceting"].value)
    assert len(set(keys)) == 3


def test_she_sets_her_app_up_on_the_screen(cast: Cast, frozen: time_machine.Traveller) -> None:
    rina = knock(cast, cast.bidan_rina)
    page = rina.get(f"{PAGE}aplikasi/")
    secret = page.context["secret"].replace(" ", "")
    assert secret not in str(dict(rina.session))
    wrong = rina.post(f"{PAGE}aplikasi/", {"code": "000000"})
    assert wrong.status_code == 422
    assert wrong.context["secret"] == page.context["secret"]
    done = rina.post(f"{PAGE}aplikasi/", {"code": code_now(secret)})
    assert len(done.context["codes"]) == 10
    assert factors.Factors.of(cast.bidan_rina).stands
    shown = rina.get(PAGE).text
    assert not any(code in shown for code in done.context["codes"])


def test_an_open_screen_alone_changes_no_key(cast: Cast, frozen: time_machine.Traveller) -> None:
    with_app(cast.bidan_rina)
    frozen.shift(60)
    rina = knock(cast, cast.bidan_rina)
    type_code(rina, code_now(SECRET))
    app = factors.Factors.of(cast.bidan_rina).app
    assert app is not None
    frozen.shift(16 * 60 - 30)
    rina.post("/staf/akun/buka/", {"password": cast.password})
    frozen.shift(15 * 60 + 30)
    rina.post(f"{PAGE}{app.pk}/hapus/")
    rina.post("/staf/akun/buka/", {"password": cast.password})
    rina.post(f"{PAGE}{app.pk}/hapus/")
    assert factors.Factors.of(cast.bidan_rina).stands, "the password alone proves too little"
    again = knock(cast, cast.bidan_rina)
    type_code(again, code_now(SECRET))
    assert again.post(f"{PAGE}{app.pk}/hapus/").status_code == 302
    assert not Authenticator.objects.filter(user=cast.bidan_rina).exists()


def test_tuti_cannot_remove_the_app_of_rina(cast: Cast, frozen: time_machine.Traveller) -> None:
    with_app(cast.bidan_rina)
    app = factors.Factors.of(cast.bidan_rina).app
    assert app is not None
    assert knock(cast, cast.kader_tuti).post(f"{PAGE}{app.pk}/hapus/").status_code == 404
    assert factors.Factors.of(cast.bidan_rina).stands


def test_new_recovery_codes_end_the_old_ones(cast: Cast, frozen: time_machine.Traveller) -> None:
    old = with_app(cast.bidan_rina)
    new = factor_operations.renew_codes(cast.bidan_rina, by=cast.bidan_rina)
    assert factor_operations.use_code(cast.bidan_rina, old[0]) == ""
    assert factor_operations.use_code(cast.bidan_rina, new[0]) == "recovery"
    assert refused(factor_operations.renew_codes, cast.kader_wati, by=cast.kader_wati) == "no_factor"


def test_a_head_resets_what_was_lost_and_she_is_told(cast: Cast, frozen: time_machine.Traveller) -> None:
    codes = with_app(cast.bidan_rina)
    rina = knock(cast, cast.bidan_rina)
    type_code(rina, codes[0])
    head = cast.sign_in(Client(), cast.kepala)
    head.post(f"/staf/petugas/{cast.bidan_rina.pk}/kunci-kedua/hapus/")
    assert rina.get("/staf/")["Location"].startswith(DOOR)
    assert AuditEntry.objects.filter(action="factor.reset", actor_id=cast.kepala.pk).count() == 1
    again = knock(cast, cast.bidan_rina)
    assert "dihapus oleh Yusnimar" in again.get("/staf/").text
    assert FactorReset.objects.get().told_at is not None
    assert "dihapus oleh" not in knock(cast, cast.bidan_rina).get("/staf/").text


def test_a_head_resets_neither_her_own_nor_an_account_that_reaches_further(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    with_app(cast.bidan_rina)
    assert refused(factor_operations.reset, cast.kepala, by=cast.kepala) == "own_factor"
    operations.give_role(cast.bidan_rina, "dinas", by=None)
    rina = User.objects.get(pk=cast.bidan_rina.pk)
    assert refused(factor_operations.reset, rina, by=cast.kepala) == "account_too_wide"
    factor_operations.reset(rina, by=cast.dinas)
    assert not factors.Factors.of(rina).stands


def test_a_new_password_by_link_leaves_the_second_factor(cast: Cast, frozen: time_machine.Traveller) -> None:
    """Whoever caught the link still has no code; both together are for whoever runs the account, and are told."""
    with_app(cast.bidan_rina)
    token = link_operations.make_link(cast.bidan_rina, by=cast.kepala)
    link_operations.use_link(link_operations.digest(token), password="sambal-lado-mudo")
    client = Client()
    answer = client.post(DOOR, {"username": "bidan.rina", "password": "sambal-lado-mudo"})
    assert answer["Location"] == CODE


def test_who_is_asked_and_who_must() -> None:
    said = {code: role.second_factor for code, role in ROLES.items()}
    asked = {"kepala", "dokter", "bidan", "petugas_gizi"}
    assert {code for code, wish in said.items() if wish is SecondFactor.ASKED} == asked
    assert {code for code, wish in said.items() if wish is SecondFactor.MUST} == {"admin", "dinas"}
    assert said["kader"] is SecondFactor.NEVER


def test_dinas_has_two_weeks_and_then_gets_no_other_page(cast: Cast, frozen: time_machine.Traveller) -> None:
    early = knock(cast, cast.dinas)
    assert "perlu kunci kedua" in early.get("/staf/").text
    frozen.shift(timedelta(days=14, minutes=1))
    dinas = knock(cast, cast.dinas)
    assert dinas.get("/staf/")["Location"] == PAGE
    page = dinas.get(PAGE)
    assert page.status_code == 200
    assert "Akun ini perlu kunci kedua" in page.text
    secret = dinas.get(f"{PAGE}aplikasi/").context["secret"]
    dinas.post(f"{PAGE}aplikasi/", {"code": code_now(secret)})
    assert dinas.get("/staf/").status_code == 200


def test_a_demo_holds_nobody_to_it(cast: Cast, frozen: time_machine.Traveller, settings: Any) -> None:
    settings.SECOND_FACTOR_MUST = False
    frozen.shift(timedelta(days=30))
    assert knock(cast, cast.dinas).get("/staf/").status_code == 200


@pytest.mark.parametrize(
    ("choice", "bidan", "admin"),
    [("asked", "asked", "asked"), ("managers", "asked", "must"), ("staff", "must", "must")],
)
def test_a_puskesmas_is_stricter_or_milder(
    cast: Cast, frozen: time_machine.Traveller, choice: str, bidan: str, admin: str
) -> None:
    operations.give_role(cast.petugas_gizi_dewi, "admin", puskesmas=cast.andalas, by=None)
    frozen.shift(timedelta(days=20))
    places.change_settings(cast.andalas, {"house.second_factor": choice}, reason="Rapat.", by=cast.kepala)
    people = [User.objects.get(pk=each.pk) for each in (cast.bidan_rina, cast.petugas_gizi_dewi)]
    found = [duty_of(person) for person in people]
    assert [each.wish.value for each in found] == [bidan, admin]
    # Whoever must since today has her two weeks from today.
    assert not any(each.is_over for each in found)
    assert duty_of(cast.kader_wati).wish is SecondFactor.NEVER


def test_who_is_only_asked_is_asked_on_mondays(cast: Cast, frozen: time_machine.Traveller) -> None:
    assert "kunci kedua" not in knock(cast, cast.bidan_rina).get("/staf/").text.replace("Kunci kedua", "")
    frozen.move_to("2026-11-30T08:00:00+07:00")
    assert "pasang kunci kedua" in knock(cast, cast.bidan_rina).get("/staf/").text


def test_a_page_costs_no_more_for_whoever_has_a_second_factor(
    cast: Cast, frozen: time_machine.Traveller, django_assert_num_queries: Any
) -> None:
    codes = with_app(cast.bidan_rina)
    with_factor, without = knock(cast, cast.bidan_rina), knock(cast, cast.petugas_gizi_dewi)
    type_code(with_factor, codes[0])
    for client in (with_factor, without):
        with django_assert_num_queries(2):
            client.post("/staf/akun/hadir/")


def test_who_opens_a_locked_screen_by_the_password_alone_changes_no_key(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    """A colleague knows the password, and finds the screen: the factor was built for her."""
    with_app(cast.bidan_rina)
    frozen.shift(timedelta(minutes=1))
    rina = knock(cast, cast.bidan_rina)
    assert type_code(rina, code_now(SECRET)).status_code == 302
    factor = Authenticator.objects.get(user=cast.bidan_rina, type=factors.APP)
    frozen.shift(timedelta(minutes=40))
    assert rina.get("/staf/").status_code == 423
    assert rina.post("/staf/akun/buka/", {"password": cast.password}).status_code == 302
    assert rina.get("/staf/").status_code == 200, "she goes on working"
    answer = rina.post(f"{PAGE}{factor.pk}/hapus/", follow=True)
    assert "masuk lagi dengan kunci kedua" in answer.content.decode()
    assert rina.get(PAGE).status_code == 302
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_an_admin_who_takes_her_last_factor_away_owes_another_at_once(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    with_app(cast.dinas)
    frozen.shift(timedelta(days=20))
    dinas = knock(cast, cast.dinas)
    assert type_code(dinas, code_now(SECRET)).status_code == 302
    factor = Authenticator.objects.get(user=cast.dinas, type=factors.APP)
    assert dinas.post(f"{PAGE}{factor.pk}/hapus/").status_code == 302
    assert dinas.get("/staf/lainnya/").status_code == 302
