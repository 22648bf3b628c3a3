"""The duty roster as it is written down: who may stand on it, what overlaps, what is past."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts import roster_operations as roster
from ceting.registry.accounts.models import DutyDeviation, DutyShift, User, written_roster
from ceting.registry.accounts.roster_operations import ShiftDraft
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
THURSDAY = 3
"""`frozen` is Thursday 26 November 2026, 08:00."""


def give(cast: Cast, user: User, weekday: int = THURSDAY, starts: int = 8, ends: int = 14) -> DutyShift:
    draft = ShiftDraft(user, weekday, time(starts), time(ends))
    (shift,) = roster.give_duties([draft], puskesmas=cast.andalas, by=cast.kepala)
    return shift


def names(cast: Cast, moment: datetime, reader: User | None = None) -> list[str]:
    now = written_roster(cast.andalas).now(reader or cast.bidan_rina, moment)
    return [each.name for each in now.people]


def at(cast: Cast, hour: int, days: int = 0) -> datetime:
    return datetime.combine(cast.today + timedelta(days=days), time(hour), tzinfo=cast.andalas.timezone)


def refused(call: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(RefusedError) as refusal:
        call(*arguments, **more)
    return refusal.value.problems[0].code


def test_rina_is_on_duty_today_and_the_number_is_for_who_may_call(cast: Cast) -> None:
    User.objects.filter(pk=cast.bidan_rina.pk).update(phone="+6281266001122")
    give(cast, cast.bidan_rina)
    written = written_roster(cast.andalas)
    (on,) = written.now(cast.kader_wati, at(cast, 9)).people
    assert (on.name, on.phone, on.clock) == ("Rina Marlina", "+6281266001122", "14.00")
    (seen,) = written.now(cast.dr_mira, at(cast, 9)).people
    assert seen.phone == ""


def test_out_of_hours_nobody_is_on_duty_and_the_next_start_is_told(cast: Cast) -> None:
    give(cast, cast.bidan_rina)
    now = written_roster(cast.andalas).now(cast.kader_wati, at(cast, 15))
    assert now.people == ()
    assert now.next_start == at(cast, 8, days=7)


def test_a_swap_takes_one_off_and_brings_the_other_in_on_that_day_only(cast: Cast) -> None:
    give(cast, cast.bidan_rina)
    roster.swap_duty(
        cast.bidan_rina, cast.dr_hasan, puskesmas=cast.andalas, day=cast.today, reason="sakit", by=cast.kepala
    )
    assert names(cast, at(cast, 9)) == ["dr. Hasan"]
    assert names(cast, at(cast, 9, days=7)) == ["Rina Marlina"]


def test_a_swap_that_was_withdrawn_never_was(cast: Cast) -> None:
    give(cast, cast.bidan_rina)
    for deviation in roster.swap_duty(
        cast.bidan_rina, cast.dr_hasan, puskesmas=cast.andalas, day=cast.today, by=cast.kepala
    ):
        roster.withdraw_deviation(deviation, by=cast.kepala)
    assert names(cast, at(cast, 9)) == ["Rina Marlina"]
    assert DutyDeviation.objects.count() == 2


def test_a_holiday_with_one_extra_duty(cast: Cast) -> None:
    give(cast, cast.bidan_rina)
    roster.close_days([cast.today], puskesmas=cast.andalas, reason="Hari Guru", by=cast.kepala)
    roster.add_duty(
        cast.dr_hasan, puskesmas=cast.andalas, day=cast.today, starts=time(10), ends=time(11), by=cast.kepala
    )
    assert names(cast, at(cast, 9)) == []
    assert names(cast, at(cast, 10)) == ["dr. Hasan"]


def test_an_ended_duty_holds_no_more_and_its_row_stays(cast: Cast) -> None:
    shift = give(cast, cast.bidan_rina)
    roster.end_duties([shift], by=cast.kepala)
    roster.end_duties([shift], by=cast.kepala)
    assert names(cast, at(cast, 9)) == []
    assert DutyShift.objects.get().ended_by == cast.kepala
    assert AuditEntry.objects.filter(action="duty.end").count() == 1


@pytest.mark.parametrize(("weekday", "starts", "ends", "wrong"), [
    (THURSDAY, 13, 15, True),
    (THURSDAY, 14, 20, False),
    (2, 20, 9, True),
    (2, 20, 8, False),
])  # fmt: skip
def test_nobody_stands_twice_in_the_same_hour(
    cast: Cast, weekday: int, starts: int, ends: int, wrong: bool
) -> None:
    give(cast, cast.bidan_rina)
    if wrong:
        assert refused(give, cast, cast.bidan_rina, weekday, starts, ends) == "duty_overlap"
    else:
        assert give(cast, cast.bidan_rina, weekday, starts, ends)


def test_strangers_and_who_left_do_not_stand_on_the_roster(cast: Cast) -> None:
    assert refused(give, cast, cast.bidan_yuni) == "not_a_colleague"
    accounts.end_role(cast.dr_hasan.assignments[0], by=cast.kepala)
    assert refused(give, cast, cast.dr_hasan) == "not_a_colleague"


def test_who_left_is_not_on_duty_whatever_was_planned(cast: Cast) -> None:
    give(cast, cast.bidan_rina)
    User.objects.filter(pk=cast.bidan_rina.pk).update(is_active=False)
    assert names(cast, at(cast, 9), cast.kader_wati) == []


def test_hours_that_are_over_stay_as_they_were(cast: Cast) -> None:
    yesterday = cast.today - timedelta(days=1)
    here = {"puskesmas": cast.andalas, "by": cast.kepala}
    draft = ShiftDraft(cast.bidan_rina, THURSDAY, time(8), time(14))
    assert refused(roster.give_duties, [draft], since=yesterday, **here) == "day_past"
    assert refused(roster.close_days, [yesterday], reason="libur", **here) == "day_past"
    shift = give(cast, cast.bidan_rina)
    assert refused(roster.end_duties, [shift], until=yesterday, by=cast.kepala) == "day_past"


def test_a_swap_needs_a_duty_and_another_person(cast: Cast) -> None:
    here = {"puskesmas": cast.andalas, "day": cast.today, "by": cast.kepala}
    assert refused(roster.swap_duty, cast.bidan_rina, None, **here) == "not_on_duty"
    give(cast, cast.bidan_rina)
    assert refused(roster.swap_duty, cast.bidan_rina, cast.bidan_rina, **here) == "same_person"
    assert (
        refused(roster.close_days, [cast.today], puskesmas=cast.andalas, reason="", by=None)
        == "reason_missing"
    )


def test_the_roster_costs_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    for weekday in range(5):
        give(cast, cast.bidan_rina, weekday)
    with django_assert_num_queries(2):
        assert written_roster(cast.andalas).rules.on_duty(at(cast, 9))
