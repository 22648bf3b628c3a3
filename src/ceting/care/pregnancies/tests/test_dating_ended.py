"""A pregnancy that ended is dated anew: its end must still be possible, and its children's gestation follows."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ceting.care.pregnancies import operations, outcome_operations
from ceting.care.pregnancies.models import Outcome, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.tests.people import DAY, WEEK, fresh, pregnant
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families.models import Child
from tests.cast import BOY, GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")


def born(cast: Cast, *, weeks: int, days_ago: int = 0) -> Pregnancy:
    """Twins, after so many weeks."""
    pregnancy = pregnant(cast, weeks=weeks, days=days_ago)
    twins = (NewbornDraft(GIRL, birth_weight_kg=Decimal("2.4")), NewbornDraft(BOY))
    draft = EndDraft("birth", cast.today - days_ago * DAY, children=twins)
    outcome_operations.end(pregnancy, draft, by=cast.bidan_rina)
    return fresh(pregnancy)


def dated(cast: Cast, pregnancy: Pregnancy, weeks: int) -> Pregnancy:
    """As if she had been so many weeks on at the end."""
    assert pregnancy.ended_on is not None
    changes = {"lmp": pregnancy.ended_on - weeks * WEEK}
    return operations.change(pregnancy, changes, base_version=pregnancy.version, by=cast.bidan_rina)


def test_the_outcome_and_both_twins_get_the_new_gestation(cast: Cast) -> None:
    """At 34 weeks they came early, and their growth is read at corrected age."""
    pregnancy = born(cast, weeks=39)
    dated(cast, pregnancy, 34)
    assert Outcome.objects.get().age_days == 34 * 7
    children = Child.objects.filter(birth__pregnancy=pregnancy)
    assert [child.gestation_days for child in children] == [34 * 7, 34 * 7]
    changed = {key for entry in AuditEntry.objects.filter(action="child.change") for key in entry.subject_ids}
    assert changed == {str(child.pk) for child in children}


def test_what_was_weighed_is_assessed_again_at_corrected_age(cast: Cast) -> None:
    pregnancy = born(cast, weeks=38, days_ago=40)
    child = Child.objects.filter(birth__pregnancy=pregnancy).order_by("birth__order")[0]
    weighing = cast.weigh(child, cast.today, "4.4")
    assert weighing.corrected_age_days is None
    dated(cast, pregnancy, 36)
    weighing.refresh_from_db()
    assert weighing.corrected_age_days == weighing.age_days - 4 * 7


@pytest.mark.parametrize(("weeks", "code"), [(45, "too_long"), (21, "too_short"), (-1, "birth_before")])
def test_a_date_with_which_the_birth_cannot_be_is_refused_and_nothing_moves(
    cast: Cast, weeks: int, code: str
) -> None:
    pregnancy = born(cast, weeks=39, days_ago=14)
    with pytest.raises(RefusedError) as refusal:
        dated(cast, pregnancy, weeks)
    assert [(each.code, each.field) for each in refusal.value.problems] == [(code, "lmp")]
    assert fresh(pregnancy).started_on == pregnancy.started_on
    assert Outcome.objects.get().age_days == 39 * 7


def test_the_refusal_says_when_it_ended(cast: Cast) -> None:
    pregnancy = born(cast, weeks=39)
    with pytest.raises(RefusedError) as refusal:
        dated(cast, pregnancy, 20)
    assert "berakhir pada" in refusal.value.problems[0].sentence


def test_history_is_changed_without_touching_the_children(cast: Cast) -> None:
    pregnancy = born(cast, weeks=39)
    operations.change(pregnancy, {"gravida": 2}, base_version=pregnancy.version, by=cast.bidan_rina)
    assert not AuditEntry.objects.filter(action="child.change").exists()


def test_an_ultrasound_found_later_dates_what_ended_too(cast: Cast) -> None:
    pregnancy = born(cast, weeks=39)
    changes = {"scan_on": cast.today - 20 * WEEK, "scan_age_days": 16 * 7}
    operations.change(pregnancy, changes, base_version=pregnancy.version, by=cast.bidan_rina)
    assert Outcome.objects.get().age_days == timedelta(weeks=36).days
