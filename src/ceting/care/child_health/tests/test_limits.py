"""What a puskesmas chose for the care of children holds from its day, and is kept with each entry."""

from datetime import timedelta

import pytest
import time_machine

from ceting.care.child_health import health_standing, operations
from ceting.care.child_health.drafts import DevelopmentDraft
from ceting.care.child_health.health_record import of_child
from ceting.care.child_health.models import Entry
from ceting.registry.families.models import Child
from ceting.registry.places import operations as places
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def write(cast: Cast, draft: DevelopmentDraft) -> Entry:
    (entry,) = operations.record([draft], by=cast.bidan_rina)
    return entry


def is_due(child: Child) -> bool:
    found = Child.objects.select_related("puskesmas").get(pk=child.pk)
    return health_standing.kpsp(of_child(found, found.puskesmas.today())).due


def test_what_a_puskesmas_chose_holds_from_its_day_and_is_kept_with_each_entry(
    cast: Cast, frozen: time_machine.Traveller
) -> None:
    """Screened by two weeks, a child is asked again after two whatever is chosen later; the next one after three."""
    before, after = cast.child("Nur", months=16), cast.child("Ilham", months=16)
    write(cast, DevelopmentDraft(child=before, on=cast.today, age_month=15, yes=8))
    frozen.shift(timedelta(days=1))
    chosen = {"child.kpsp_repeat_weeks": "3", "child.japanese_encephalitis": "yes"}
    places.change_settings(cast.andalas, chosen, reason="Tim", by=cast.kepala)
    entry = write(cast, DevelopmentDraft(child=after, on=cast.today, age_month=15, yes=8))
    late = DevelopmentDraft(child=after, on=cast.today - timedelta(days=1), age_month=15, yes=7)
    written_late = write(cast, late)
    assert {code: entry.limits[code] for code in chosen} == chosen
    assert written_late.limits["child.kpsp_repeat_weeks"] == "2", "it speaks of the day before"
    frozen.shift(timedelta(days=14))
    assert is_due(before)
    assert not is_due(after)
