"""The cast itself: places, people and families are what the other tests believe."""

from datetime import date

from django.test import Client

from ceting.foundation.core import clock
from ceting.registry.families.models import Child
from tests.cast import Cast


def test_wati_sees_her_posyandus_child_and_tuti_does_not(cast: Cast) -> None:
    assert cast.aisyah in Child.objects.visible_to(cast.kader_wati)
    assert list(Child.objects.visible_to(cast.kader_tuti)) == [cast.rafi]


def test_health_workers_of_the_puskesmas_see_both_posyandu_and_not_beyond(cast: Cast) -> None:
    for person in (cast.bidan_rina, cast.petugas_gizi_dewi, cast.dr_hasan, cast.kepala):
        assert set(Child.objects.visible_to(person)) == {cast.aisyah, cast.rafi}
    assert list(Child.objects.visible_to(cast.bidan_yuni)) == [cast.zahra]


def test_those_who_read_figures_see_no_child(cast: Cast) -> None:
    for person in (cast.dinas, cast.dr_mira):
        assert not Child.objects.visible_to(person).exists()


def test_weighing_goes_through_the_real_operation(cast: Cast) -> None:
    row = cast.weigh(cast.aisyah, None, "8.9", cm="74.5", position="l")
    assert row.zwei is not None
    assert row.session is not None
    assert row.session.posyandu == cast.melati


def test_the_clock_stands_still_when_frozen(cast: Cast, frozen) -> None:
    assert clock.today() == date(2026, 11, 26)
    frozen.move_to("2026-11-30T17:30:00+00:00")
    assert clock.today() == date(2026, 12, 1), "half past midnight WIB is the next day"


def test_somebody_signs_in(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.kader_wati)
    assert client.session["_auth_user_id"] == str(cast.kader_wati.pk)
