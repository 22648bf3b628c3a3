"""A pregnancy begins with a date; impossible dates are refused in words, and nobody is pregnant twice."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from ceting.care.pregnancies import operations, outcome_operations
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.tests.people import WEEK, contact, fresh, pregnant, yanti
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import EditConflictError, RefusedError
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def test_hpht_gives_the_due_date_by_naegele(cast: Cast) -> None:
    pregnancy = pregnant(cast, lmp=date(2026, 9, 23))
    assert pregnancy.started_on == date(2026, 9, 23)
    assert pregnancy.due_on == date(2027, 6, 30)
    assert pregnancy.age_days(cast.today) == 64


def test_an_ultrasound_overrides_the_hpht(cast: Cast) -> None:
    scan = {"scan_on": cast.today - timedelta(days=3), "scan_age_days": 8 * 7}
    pregnancy = pregnant(cast, lmp=cast.today - 12 * WEEK, **scan)
    assert pregnancy.age_days(cast.today) == 8 * 7 + 3
    assert (pregnancy.due_on - pregnancy.started_on).days == 280


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"lmp": None}, "undated", "lmp"),
        ({"lmp": date(2026, 12, 1)}, "dating.future", "lmp"),
        ({"lmp": date(2026, 1, 1)}, "dating.too_long_ago", "lmp"),
        ({"scan_on": date(2026, 11, 20)}, "scan_pair", "scan_on"),
        ({"scan_on": date(2026, 12, 20), "scan_age_days": 60}, "scan_future", "scan_on"),
        ({"scan_on": date(2026, 11, 20), "scan_age_days": 400}, "dating.scan_age", "scan_age_days"),
        ({"gravida": 0}, "gravida", "gravida"),
        ({"gravida": 1, "para": 1}, "parity", "para"),
        ({"last_birth_on": date(2027, 1, 1)}, "future", "last_birth_on"),
        ({"height_cm": 15}, "height.bounds", "height_cm"),
        ({"pre_weight_kg": 500}, "weight.bounds", "pre_weight_kg"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    cast: Cast, facts: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        pregnant(cast, **facts)
    assert [(each.code, each.field) for each in refusal.value.problems] == [(code, field)]
    assert not Pregnancy.objects.exists()


def test_44_weeks_are_open_and_a_day_more_is_not(cast: Cast) -> None:
    pregnant(cast, weeks=44)
    with pytest.raises(RefusedError, match="too_long_ago"):
        pregnant(
            cast, weeks=44, days=1, woman=yanti(cast, phone="+628122222222") if False else cast.aisyah.mother
        )


def test_nobody_is_pregnant_twice(cast: Cast) -> None:
    first = pregnant(cast)
    with pytest.raises(RefusedError, match="pregnant"):
        pregnant(cast, woman=first.woman)


@pytest.mark.parametrize("kind", ["mistake", "moved"])
def test_what_never_was_or_went_on_elsewhere_does_not_stand_before_the_true_one(
    cast: Cast, kind: str
) -> None:
    """A wrong date is taken back and told right; who moved away comes back with the same child."""
    first = pregnant(cast, weeks=20)
    outcome_operations.end(first, EndDraft(kind, cast.today), by=cast.bidan_rina)
    second = pregnant(cast, weeks=19, woman=first.woman)
    assert second.is_open


def test_a_pregnancy_begins_after_the_last_one_was_born_or_lost(cast: Cast) -> None:
    first = pregnant(cast, weeks=20)
    outcome_operations.end(first, EndDraft("miscarriage", cast.today), by=cast.bidan_rina)
    with pytest.raises(RefusedError, match="overlap"):
        pregnant(cast, weeks=1, woman=first.woman)


def test_the_form_sent_twice_is_one_pregnancy(cast: Cast) -> None:
    woman, key = yanti(cast), uuid4()
    draft = PregnancyDraft(lmp=cast.today - 9 * WEEK)
    sent = [
        operations.register(draft, woman=woman, posyandu=cast.melati, by=cast.bidan_rina, key=key)
        for _ in range(2)
    ]
    assert sent[0] == sent[1]
    assert Pregnancy.objects.count() == 1


def test_a_new_date_moves_everything_that_was_derived(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=20)
    row = contact(cast, pregnancy, hb_g_dl=10.7)
    assert (row.trimester, row.anaemia) == (2, "ANEMIA_TIDAK")
    now = fresh(pregnancy)
    changes = {"scan_on": cast.today, "scan_age_days": 12 * 7}
    operations.change(now, changes, base_version=now.version, by=cast.bidan_rina)
    row.refresh_from_db()
    assert (row.trimester, row.anaemia, row.age_days) == (1, "ANEMIA_RINGAN", 84)


def test_a_date_after_a_contact_is_refused(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=20)
    contact(cast, pregnancy, weeks=8)
    now = fresh(pregnancy)
    with pytest.raises(RefusedError, match="contact_before"):
        operations.change(now, {"lmp": cast.today - 11 * WEEK}, base_version=now.version, by=cast.bidan_rina)


def test_two_people_change_one_pregnancy(cast: Cast) -> None:
    seen = pregnant(cast)
    operations.change(seen, {"gravida": 2}, base_version=seen.version, by=cast.bidan_rina)
    with pytest.raises(EditConflictError) as conflict:
        operations.change(seen, {"gravida": 3}, base_version=seen.version, by=cast.dr_hasan)
    assert conflict.value.theirs == {"gravida": 2}
    assert fresh(seen).gravida == 2


def test_registering_leaves_its_trace_without_her_name(cast: Cast) -> None:
    pregnancy = pregnant(cast)
    entry = AuditEntry.objects.get(action="pregnancy.register")
    assert entry.subject_ids == [str(pregnancy.pk)]
    assert "Yanti" not in entry.detail


def test_whoever_is_of_another_place_sees_no_pregnancy_of_melati(cast: Cast) -> None:
    pregnancy = pregnant(cast)
    seen = {
        name
        for name, user in cast.everybody.items()
        if Pregnancy.objects.visible_to(user).filter(pk=pregnancy.pk)
    }
    assert seen == {"kader_wati", "bidan_rina", "petugas_gizi_dewi", "dr_hasan", "kepala"}
