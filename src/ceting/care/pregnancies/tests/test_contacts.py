"""A contact in any order gives the same rows; thresholds are the puskesmas' own and kept with each judgement."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.care.pregnancies import nightly, operations
from ceting.care.pregnancies.drafts import ContactDraft
from ceting.care.pregnancies.models import Contact
from ceting.care.pregnancies.tests.people import WEEK, contact, fresh, pregnant, yanti
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.messaging.models import OutboxMessage
from ceting.registry.places import operations as places
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.mark.parametrize(
    ("values", "column", "expected"),
    [
        ({"muac_cm": Decimal("23.4")}, "kek", True),
        ({"muac_cm": Decimal("23.5")}, "kek", False),
        ({"hb_g_dl": Decimal("10.4")}, "anaemia", "ANEMIA_RINGAN"),
        ({"hb_g_dl": Decimal("10.5")}, "anaemia", "ANEMIA_TIDAK"),
        ({"hb_g_dl": Decimal("9.9")}, "anaemia", "ANEMIA_SEDANG"),
        ({"hb_g_dl": Decimal("7.0")}, "anaemia", "ANEMIA_SEDANG"),
        ({"hb_g_dl": Decimal("6.9")}, "anaemia", "ANEMIA_BERAT"),
        ({"systolic": 139, "diastolic": 89}, "pressure", "TD_NORMAL"),
        ({"systolic": 140, "diastolic": 80}, "pressure", "TD_TINGGI"),
        ({"systolic": 159, "diastolic": 109}, "pressure", "TD_TINGGI"),
        ({"systolic": 130, "diastolic": 110}, "pressure", "TD_DARURAT"),
        (
            {"systolic": 140, "diastolic": 90, "danger_signs": ("pregnant.blurred_vision",)},
            "pressure",
            "TD_DARURAT",
        ),
        ({"systolic": 110, "diastolic": 80}, "map_positive", False),
        ({"systolic": 111, "diastolic": 80}, "map_positive", True),
        ({"weight_kg": Decimal("53.0")}, "gain", "GWG_CUKUP"),
        ({"weight_kg": Decimal("50.5")}, "gain", "GWG_KURANG"),
        ({"weight_kg": Decimal("57.0")}, "gain", "GWG_LEBIH"),
    ],
)
def test_a_measure_is_judged_at_its_threshold(
    cast: Cast, values: dict[str, object], column: str, expected: object
) -> None:
    row = contact(cast, pregnant(cast, weeks=20), **values)
    assert getattr(row, column) == expected


def test_the_limits_of_the_puskesmas_are_used_and_kept(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=20)
    before = contact(cast, pregnancy, on=cast.today - timedelta(days=30), hb_g_dl=Decimal("7.5"))
    chosen = {"pregnancy.severe_anaemia_hb": "8"}
    places.change_settings(cast.andalas, chosen, reason="LB3-KIA", by=cast.dr_hasan)
    after = contact(cast, fresh(pregnancy), hb_g_dl=Decimal("7.5"))
    before.refresh_from_db()
    assert (before.anaemia, before.limits["severe_anaemia_hb"]) == ("ANEMIA_SEDANG", 7.0)
    assert (after.anaemia, after.limits["severe_anaemia_hb"]) == ("ANEMIA_BERAT", 8.0)


@pytest.mark.parametrize(
    ("beats", "chosen", "found"),
    [
        (109, "110", "DJJ_LAMBAT"), (110, "110", "DJJ_NORMAL"), (160, "110", "DJJ_NORMAL"), (161, "110", "DJJ_CEPAT"),
        (119, "120", "DJJ_LAMBAT"), (120, "120", "DJJ_NORMAL"),
    ],
)  # fmt: skip
def test_a_fetal_heart_that_is_too_slow_or_fast_is_said_to_health_workers_alone(
    cast: Cast, client: Client, beats: int, chosen: str, found: str
) -> None:
    places.change_settings(
        cast.andalas, {"pregnancy.fetal_heart_least": chosen}, reason="Tim", by=cast.dr_hasan
    )
    pregnancy = pregnant(cast, weeks=30)
    row = contact(cast, pregnancy, fetal_heart=beats)
    assert (row.heart, row.limits["fetal_heart_least"]) == (found, int(chosen))
    url = reverse("pregnancies:pregnancy", args=[pregnancy.pk])
    warned = f"Denyut jantung janin {beats}"
    assert (warned in cast.sign_in(client, cast.bidan_rina).get(url).content.decode()) == (
        found != "DJJ_NORMAL"
    )
    assert warned not in cast.sign_in(Client(), cast.kader_wati).get(url).content.decode()


def test_the_next_contact_follows_the_weeks_of_whoever_is_not_seen(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    """Last seen at 9 weeks: at 33 weeks K2 is past and K4 is late, said once and with a reminder."""
    pregnancy = pregnant(cast, weeks=9, woman=yanti(cast, phone="081374442211"))
    contact(cast, pregnancy)
    assert (fresh(pregnancy).next_contact, nightly.move_on()) == ("K2", 0)
    frozen.shift(24 * WEEK)
    assert nightly.move_on() == 1
    assert fresh(pregnancy).next_contact == "K4"
    assert nightly.move_on() == 0
    topics = OutboxMessage.objects.filter(recipient_id=pregnancy.woman_id).values_list("topic", flat=True)
    assert any(topic.startswith("pregnancy.k4") for topic in topics)


def test_whoever_was_never_seen_is_waited_for_at_k1(cast: Cast, frozen: time_machine.Traveller) -> None:
    pregnancy = pregnant(cast, weeks=9)
    frozen.shift(20 * WEEK)
    nightly.move_on()
    assert fresh(pregnancy).next_contact == "K1"


CONTACTS = (
    (8, {"weight_kg": Decimal("50.5"), "muac_cm": Decimal("23.0"), "scan_done": True, "attendant": "doctor"}),
    (16, {"hb_g_dl": Decimal("10.2"), "tablets_taken": 30, "systolic": 120, "diastolic": 80}),
    (22, {"hb_g_dl": Decimal("11.4"), "tablets_taken": 30, "fundal_cm": Decimal("21")}),
    (33, {"presentation": "breech", "tablets_taken": 25, "fundal_cm": Decimal("28")}),
)


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(CONTACTS))))
def test_contacts_that_arrive_in_any_order_give_the_same_rows(cast: Cast, order: list[int]) -> None:
    woman = pregnant(cast, weeks=34).woman if not Contact.objects.exists() else None
    pregnancy = fresh(woman.pregnancies.get()) if woman else fresh(Contact.objects.first().pregnancy)  # type: ignore[union-attr]
    Contact.objects.all().delete()
    for place in order:
        weeks, values = CONTACTS[place]
        contact(cast, pregnancy, weeks=weeks, **values)
    rows = list(Contact.objects.order_by("on"))
    now = fresh(pregnancy)
    assert [row.slot for row in rows] == ["K1", "K2", "K3", "K4"]
    assert (now.next_contact, now.kek, now.anaemia, now.tablets_taken) == ("K5", True, "ANEMIA_TIDAK", 85)
    # 2, anaemia once found, and a breech.
    assert (now.risk_score, now.risk_group) == (14, "KRST")


def test_a_factor_that_passed_still_counts_and_one_that_was_a_slip_does_not(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=24)
    low = contact(cast, pregnancy, weeks=18, hb_g_dl=Decimal("9.8"))
    contact(cast, pregnancy, hb_g_dl=Decimal("11.9"))
    assert (fresh(pregnancy).risk_score, fresh(pregnancy).anaemia) == (6, "ANEMIA_TIDAK")
    draft = ContactDraft(on=low.on, place=low.place, attendant=low.attendant, hb_g_dl=Decimal("11.8"))
    operations.correct_contact(low, draft, reason="Salah ketik", by=cast.bidan_rina)
    assert (fresh(pregnancy).risk_score, fresh(pregnancy).risk_group) == (2, "KRR")


def test_a_contact_that_never_was_counts_nowhere(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=24)
    row = contact(cast, pregnancy, tablets_taken=30)
    operations.strike_out_contact(row, reason="Ibu lain", by=cast.bidan_rina)
    assert fresh(pregnancy).tablets_taken == 0
    assert fresh(pregnancy).next_contact == "K1"
    assert Contact.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"tablets_taken": -1}, "tablets", "tablets_taken"),
        ({"tablets_given": 301}, "tablets", "tablets_given"),
        ({"systolic": 120}, "pair", "systolic"),
        ({"systolic": 80, "diastolic": 120}, "pressure.swapped", "systolic"),
        ({"hb_g_dl": Decimal("112")}, "hb.bounds", "hb_g_dl"),
        ({"fetal_heart": 14}, "heart.bounds", "fetal_heart"),
        ({"tetanus_dose": 6}, "range", "tetanus_dose"),
        ({"danger_signs": ("pregnant_other.anxiety",)}, "confidential", "danger_signs"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    cast: Cast, values: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        contact(cast, pregnant(cast, weeks=20), **values)
    assert [(each.code, each.field) for each in refusal.value.problems] == [(code, field)]


@pytest.mark.parametrize(("shift", "code"), [(-141, "before_start"), (1, "future")])
def test_a_day_outside_the_pregnancy_is_refused(cast: Cast, shift: int, code: str) -> None:
    pregnancy = pregnant(cast, weeks=20)
    with pytest.raises(RefusedError, match=code):
        contact(cast, pregnancy, on=cast.today + timedelta(days=shift))


def test_the_form_sent_twice_is_one_contact(cast: Cast) -> None:
    pregnancy, key = pregnant(cast, weeks=20), uuid4()
    draft = ContactDraft(on=cast.today, place="puskesmas", attendant="midwife", tablets_taken=30)
    for _ in range(2):
        operations.record_contact(pregnancy, draft, by=cast.bidan_rina, key=key)
    assert fresh(pregnancy).tablets_taken == 30


def test_a_kader_writes_what_she_measures_and_nothing_clinical(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=20)
    row = contact(
        cast, pregnancy, by=cast.kader_wati, attendant="kader", place="posyandu", muac_cm=Decimal("24")
    )
    assert row.slot == ""  # her own check is no antenatal contact
    with pytest.raises(RefusedError, match="clinical"):
        contact(cast, pregnancy, by=cast.kader_wati, attendant="kader", hb_g_dl=Decimal("9"))


def test_a_kader_corrects_her_own_and_no_midwifes_contact(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=20)
    row = contact(cast, pregnancy, hb_g_dl=Decimal("9"))
    draft = ContactDraft(on=row.on, place="posyandu", attendant="kader", muac_cm=Decimal("24"))
    with pytest.raises(RefusedError, match="not_hers"):
        operations.correct_contact(row, draft, reason="", by=cast.kader_wati)


def test_what_comes_next_is_told_by_days(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=9)
    assert (pregnancy.next_contact, pregnancy.next_from) == ("K1", pregnancy.started_on)
    contact(cast, pregnancy)
    now = fresh(pregnancy)
    assert now.next_contact == "K2"
    assert now.next_from is not None
    assert now.next_from > cast.today
    assert now.next_until is not None
    assert now.next_until <= now.started_on + 25 * WEEK
