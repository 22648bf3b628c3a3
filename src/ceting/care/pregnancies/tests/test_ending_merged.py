"""A child of a birth who was found to be another row: what is corrected of the birth reaches whoever stands for her."""

import pytest
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import operations, outcome_operations
from ceting.care.pregnancies.models import Outcome
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.tests.people import DAY, fresh, pregnant
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families.merging import merge_children, undo_merge
from ceting.registry.families.models import Child, Merge
from tests.cast import GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")


def born_and_merged(cast: Cast, *, times: int = 1) -> tuple[Outcome, Child, Child]:
    """Yanti's girl, born a week ago, and the row of a kader into which she was merged (through others)."""
    pregnancy = pregnant(cast, weeks=39)
    born_on = cast.today - 7 * DAY
    draft = EndDraft("birth", born_on, children=(NewbornDraft(GIRL),))
    outcome = outcome_operations.end(pregnancy, draft, by=cast.bidan_rina)
    child = kept = Child.objects.get(birth__outcome=outcome)
    for number in range(times):
        absorbed = kept
        kept = cast.child(f"Nisa {number}", birth_date=born_on, sex=GIRL, mother=f"Yanti {number}")
        merge_children(kept, absorbed, reason="Ibu dan tanggal lahirnya sama", by=cast.bidan_rina)
    return outcome, child, Child.objects.get(pk=kept.pk)


@pytest.mark.parametrize("times", [1, 2])
def test_a_corrected_day_of_birth_reaches_the_row_that_stands(cast: Cast, times: int) -> None:
    outcome, child, kept = born_and_merged(cast, times=times)
    day = cast.today - 9 * DAY
    changes = {"ended_on": day}
    outcome_operations.change_end(outcome, changes, base_version=outcome.version, by=cast.bidan_rina)
    rows = Child.objects.filter(pk__in=[child.pk, kept.pk])
    assert {row.birth_date for row in rows} == {day}
    outcome.refresh_from_db()
    assert {row.gestation_days for row in rows} == {outcome.age_days}


def test_a_new_dating_reaches_her_too(cast: Cast) -> None:
    outcome, _, kept = born_and_merged(cast)
    now = fresh(outcome.pregnancy)
    changes = {"lmp": now.started_on + 21 * DAY}
    operations.change(now, changes, base_version=now.version, by=cast.bidan_rina)
    outcome.refresh_from_db()
    assert Child.objects.get(pk=kept.pk).gestation_days == outcome.age_days == 38 * 7 - 21


def test_a_row_that_another_place_cares_for_by_now_is_not_changed(cast: Cast) -> None:
    outcome, child, kept = born_and_merged(cast)
    move = lives.hand_over(kept, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(move, to=cast.mawar, by=cast.bidan_yuni)
    changes = {"ended_on": cast.today - 9 * DAY}
    with pytest.raises(RefusedError, match="child_elsewhere"):
        outcome_operations.change_end(outcome, changes, base_version=outcome.version, by=cast.bidan_rina)
    assert Child.objects.get(pk=child.pk).birth_date == cast.today - 7 * DAY


def test_a_birth_is_undone_only_after_its_child_and_the_other_row_are_parted(cast: Cast) -> None:
    """Else the row that stands would stay as a child of a birth that never was, or a real child would vanish."""
    outcome, child, kept = born_and_merged(cast)
    with pytest.raises(RefusedError, match="child_merged"):
        outcome_operations.undo_end(fresh(outcome.pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    assert not fresh(outcome.pregnancy).is_open
    undo_merge(Merge.objects.get(), by=cast.bidan_rina)
    outcome_operations.undo_end(fresh(outcome.pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    registered = Child.objects.registered().filter(pk__in=[child.pk, kept.pk])
    assert [row.pk for row in registered] == [kept.pk]


def test_the_page_of_the_birth_leads_to_the_row_that_stands(cast: Cast, client: Client) -> None:
    outcome, child, kept = born_and_merged(cast)
    cast.sign_in(client, cast.bidan_rina)
    page = client.get(reverse("pregnancies:pregnancy", args=[outcome.pregnancy_id])).content.decode()
    assert reverse("measurements:child", args=[kept.pk]) in page
    assert reverse("measurements:child", args=[child.pk]) not in page
