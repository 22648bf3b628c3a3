"""Visits to the mother count from the end that stands: when its day moves, KF1 to KF4 move with it."""

from datetime import timedelta

import pytest

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.models import Outcome, PostnatalVisit
from ceting.care.pregnancies.outcome_drafts import EndDraft, PostnatalDraft
from ceting.care.pregnancies.tests.people import DAY, fresh, pregnant
from ceting.foundation.core.errors import RefusedError
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def visited(cast: Cast, *, days: int) -> Outcome:
    """A loss 20 days ago, and a visit so many days after it."""
    pregnancy = pregnant(cast, weeks=30)
    ended_on = cast.today - 20 * DAY
    outcome = outcome_operations.end(pregnancy, EndDraft("stillbirth", ended_on), by=cast.bidan_rina)
    draft = PostnatalDraft(ended_on + days * DAY, "home", "midwife")
    outcome_operations.record_postnatal_visit(fresh(pregnancy), draft, by=cast.bidan_rina)
    return outcome


@pytest.mark.parametrize(("later", "slot"), [(-5, "KF3"), (2, "KF1"), (4, "KF1")])
def test_a_corrected_day_names_the_visit_again(cast: Cast, later: int, slot: str) -> None:
    outcome = visited(cast, days=4)
    day = outcome.ended_on + timedelta(days=later)
    outcome_operations.change_end(
        outcome, {"ended_on": day}, base_version=outcome.version, by=cast.bidan_rina
    )
    assert PostnatalVisit.objects.get().slot == slot


def test_an_end_after_a_visit_is_refused_in_words(cast: Cast) -> None:
    outcome = visited(cast, days=4)
    day = outcome.ended_on + timedelta(days=5)
    with pytest.raises(RefusedError, match="visit_before"):
        outcome_operations.change_end(
            outcome, {"ended_on": day}, base_version=outcome.version, by=cast.bidan_rina
        )
    assert PostnatalVisit.objects.get().slot == "KF2"


@pytest.mark.parametrize(("days_ago", "slot"), [(18, "KF1"), (3, "")])
def test_after_an_undone_end_visits_count_from_the_true_one(cast: Cast, days_ago: int, slot: str) -> None:
    """A visit before the true end is no KF; it can't hold the truth back, because nobody can strike it out."""
    outcome = visited(cast, days=4)
    outcome_operations.undo_end(fresh(outcome.pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    again = EndDraft("stillbirth", cast.today - days_ago * DAY)
    outcome_operations.end(fresh(outcome.pregnancy), again, by=cast.bidan_rina)
    assert PostnatalVisit.objects.get().slot == slot
