"""A child whom another puskesmas cares for by now isn't changed by whoever corrects the end of the pregnancy."""

import pytest

from ceting.care.pregnancies import operations, outcome_operations
from ceting.care.pregnancies.models import Outcome
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.tests.people import DAY, WEEK, fresh, pregnant
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families.models import Child
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")


def born_and_handed_over(cast: Cast, *, accepted: bool = True) -> tuple[Outcome, Child]:
    pregnancy = pregnant(cast, weeks=39)
    draft = EndDraft("birth", cast.today - 7 * DAY, children=(NewbornDraft(GIRL),))
    outcome = outcome_operations.end(pregnancy, draft, by=cast.bidan_rina)
    child = Child.objects.get(birth__outcome=outcome)
    handing_over = lives.hand_over(child, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    if accepted:
        lives.accept(handing_over, to=cast.mawar, by=cast.bidan_yuni)
    child.refresh_from_db()
    return outcome, child


@pytest.mark.parametrize(("accepted", "code"), [(True, "child_elsewhere"), (False, "child_moving")])
def test_the_day_of_birth_of_a_child_of_another_puskesmas_stays(
    cast: Cast, *, accepted: bool, code: str
) -> None:
    outcome, child = born_and_handed_over(cast, accepted=accepted)
    with pytest.raises(RefusedError, match=code):
        outcome_operations.change_end(
            outcome, {"ended_on": cast.today - 9 * DAY}, base_version=outcome.version, by=cast.bidan_rina
        )
    outcome.refresh_from_db()
    assert Child.objects.get(pk=child.pk).birth_date == outcome.ended_on == cast.today - 7 * DAY


@pytest.mark.parametrize(("accepted", "code"), [(True, "child_elsewhere"), (False, "child_moving")])
def test_a_birth_is_not_undone_under_the_hands_of_whoever_cares_for_the_child(
    cast: Cast, *, accepted: bool, code: str
) -> None:
    outcome, child = born_and_handed_over(cast, accepted=accepted)
    with pytest.raises(RefusedError, match=code):
        outcome_operations.undo_end(outcome.pregnancy, reason="Ibu lain", by=cast.bidan_rina)
    assert Child.objects.registered().filter(pk=child.pk).exists()
    assert not fresh(outcome.pregnancy).is_open


def test_a_new_dating_does_not_reach_her_either(cast: Cast) -> None:
    outcome, child = born_and_handed_over(cast)
    now = fresh(outcome.pregnancy)
    with pytest.raises(RefusedError, match="child_elsewhere"):
        operations.change(now, {"lmp": now.started_on + WEEK}, base_version=now.version, by=cast.bidan_rina)
    assert Child.objects.get(pk=child.pk).gestation_days == child.gestation_days
    assert fresh(now).started_on == now.started_on


def test_what_is_only_the_mothers_is_still_corrected(cast: Cast) -> None:
    outcome, _ = born_and_handed_over(cast)
    changes = {"place": "hospital", "note": "Dirujuk"}
    outcome_operations.change_end(outcome, changes, base_version=outcome.version, by=cast.bidan_rina)
    outcome.refresh_from_db()
    assert (outcome.place, outcome.note) == ("hospital", "Dirujuk")
