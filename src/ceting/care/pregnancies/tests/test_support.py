"""Risks that somebody states, the birth plan, classes, extra food, and results that few may read."""

from datetime import timedelta

import pytest
from django.db import connection

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies import support_operations as support
from ceting.care.pregnancies.models import BirthPlan, Card, ClassAttendance, ExtraFood, NamedKind, NamedResult
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.tests.people import fresh, pregnant
from ceting.foundation.core.errors import RefusedError
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def test_a_stated_line_counts_and_ends_only_as_a_mistake(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=20)
    support.state_risks(pregnancy, Card.KSPR, {"10"}, by=cast.bidan_rina)
    assert (fresh(pregnancy).risk_score, fresh(pregnancy).risk_group) == (10, "KRT")
    with pytest.raises(RefusedError, match="reason"):
        support.state_risks(pregnancy, Card.KSPR, (), by=cast.bidan_rina)
    support.state_risks(pregnancy, Card.KSPR, (), by=cast.bidan_rina, reason="Kartu ibu lain")
    assert fresh(pregnancy).risk_score == 2


@pytest.mark.parametrize(
    ("codes", "positive"), [({"kidney"}, True), ({"family_history"}, True), (set(), False)]
)
def test_one_high_or_two_moderate_items_screen_positive(cast: Cast, codes: set[str], positive: bool) -> None:
    """Yanti's first birth is one moderate item already."""
    pregnancy = pregnant(cast, weeks=20)
    support.state_risks(pregnancy, Card.PRE_ECLAMPSIA, codes, by=cast.bidan_rina)
    assert fresh(pregnancy).pre_eclampsia is positive


def test_a_plan_that_changes_is_a_new_row_and_the_same_one_is_not(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    first = support.PlanDraft(place="Puskesmas Andalas", attendant="Bidan Rina", donors="Pak Edi, Uni Lina")
    for draft in (first, first, support.PlanDraft(place="RSUP M. Djamil")):
        support.plan_birth(pregnancy, draft, by=cast.bidan_rina)
    assert [row.place for row in BirthPlan.objects.order_by("id")] == ["Puskesmas Andalas", "RSUP M. Djamil"]
    with pytest.raises(RefusedError, match="empty"):
        support.plan_birth(pregnancy, support.PlanDraft(), by=cast.bidan_rina)


def test_a_class_and_food_told_twice_are_once(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    for partner, days in ((False, 14), (True, 15)):
        support.attend_class(pregnancy, on=cast.today, with_partner=partner, by=cast.kader_wati)
        support.give_food(pregnancy, given_on=cast.today, days=days, by=cast.kader_wati)
    assert ClassAttendance.objects.get().with_partner
    assert ExtraFood.objects.get().days == 15


@pytest.mark.parametrize(
    ("shift", "days", "code"), [(1, 14, "day"), (-400, 14, "day"), (0, 0, "days"), (0, 32, "days")]
)
def test_food_that_cannot_be_is_refused(cast: Cast, shift: int, days: int, code: str) -> None:
    pregnancy = pregnant(cast, weeks=30)
    with pytest.raises(RefusedError, match=code):
        support.give_food(
            pregnancy, given_on=cast.today + timedelta(days=shift), days=days, by=cast.kader_wati
        )


def test_a_named_result_is_read_by_whoever_is_named_and_by_nobody_else(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    support.record_named_result(
        pregnancy, NamedKind.HIV, on=cast.today, result="Nonreaktif", by=cast.bidan_rina
    )

    def readers() -> set[str]:
        return {
            name for name, user in cast.everybody.items() if NamedResult.objects.visible_to(user).exists()
        }

    assert readers() == {"bidan_rina"}
    support.name_clinician(pregnancy, cast.dr_hasan, by=cast.bidan_rina)
    assert readers() == {"bidan_rina", "dr_hasan"}


def test_only_who_is_named_names_and_writes(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    support.name_clinician(pregnancy, cast.bidan_rina, by=cast.bidan_rina)
    for stranger in (cast.dr_hasan, cast.kader_wati, cast.bidan_yuni):
        with pytest.raises(RefusedError, match="not_named"):
            support.name_clinician(pregnancy, stranger, by=stranger)
        with pytest.raises(RefusedError, match="not_named"):
            support.record_named_result(pregnancy, NamedKind.MENTAL, on=cast.today, result="x", by=stranger)


@pytest.mark.parametrize("who", ["kader_wati", "bidan_yuni", "dinas", "kader_tuti"])
def test_nobody_without_clinical_eyes_here_can_be_named(cast: Cast, who: str) -> None:
    pregnancy = pregnant(cast, weeks=30)
    with pytest.raises(RefusedError, match="clinician"):
        support.name_clinician(pregnancy, cast.everybody[who], by=cast.bidan_rina)


def test_a_named_result_is_encrypted_at_rest(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    support.record_named_result(pregnancy, NamedKind.HIV, on=cast.today, result="Reaktif", by=cast.bidan_rina)
    with connection.cursor() as cursor:
        cursor.execute("SELECT result FROM pregnancies_namedresult")
        assert "Reaktif" not in cursor.fetchone()[0]


def test_no_plan_is_made_for_a_pregnancy_that_ended(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=20)
    outcome_operations.end(pregnancy, EndDraft("miscarriage", cast.today), by=cast.bidan_rina)
    with pytest.raises(RefusedError, match="ended"):
        support.plan_birth(pregnancy, support.PlanDraft(place="Rumah"), by=cast.bidan_rina)


def test_when_the_only_named_account_is_closed_the_next_clinician_begins(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    support.record_named_result(
        pregnancy, NamedKind.HIV, on=cast.today, result="Nonreaktif", by=cast.bidan_rina
    )
    with pytest.raises(RefusedError, match="not_named"):
        support.name_clinician(pregnancy, cast.dr_hasan, by=cast.dr_hasan)
    type(cast.bidan_rina).objects.filter(pk=cast.bidan_rina.pk).update(is_active=False)
    support.name_clinician(pregnancy, cast.dr_hasan, by=cast.dr_hasan)
    assert NamedResult.objects.visible_to(cast.dr_hasan).get().result == "Nonreaktif"


def test_the_only_one_who_can_still_come_is_the_last_one(cast: Cast) -> None:
    """A closed account beside hers keeps no record."""
    pregnancy = pregnant(cast, weeks=30)
    gone = support.name_clinician(pregnancy, cast.bidan_rina, by=cast.bidan_rina)
    hers = support.name_clinician(pregnancy, cast.dr_hasan, by=cast.bidan_rina)
    type(cast.bidan_rina).objects.filter(pk=cast.bidan_rina.pk).update(is_active=False)
    with pytest.raises(RefusedError, match="last"):
        support.end_naming(hers, by=cast.dr_hasan)
    support.end_naming(gone, by=cast.dr_hasan)
    gone.refresh_from_db()
    assert gone.ended_on == cast.today
