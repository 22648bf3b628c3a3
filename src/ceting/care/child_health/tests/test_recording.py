"""Writing what was given: once, whole, late and out of order too; the impossible is refused in words."""

from datetime import date, timedelta

import pytest

from ceting.care.child_health import operations
from ceting.care.child_health.drafts import ImmunisationDraft
from ceting.care.child_health.health_record import of_child
from ceting.care.child_health.models import Entry, Immunisation, Place, Strike
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.keys import new_key
from ceting.registry.families import life_operations as lives
from ceting.registry.families.merging import merge_children, undo_merge
from ceting.registry.families.mistake_operations import withdraw_registrations
from ceting.registry.families.models import Child
from ceting.standards.child.immunisation import DoseState, Mark
from tests.cast import GIRL, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def dose(child: Child, code: str, on: date | str, **more: object) -> ImmunisationDraft:
    day = on if isinstance(on, date) else date.fromisoformat(on)
    return ImmunisationDraft(child=child, on=day, dose=code, **more)  # type: ignore[arg-type]


def state(child: Child, code: str) -> DoseState:
    record = of_child(child, child.puskesmas.today())
    return next(each.state for each in record.doses if each.dose.code == code)


def refused(*drafts: ImmunisationDraft, by: object) -> list[str]:
    with pytest.raises(RefusedError) as refusal:
        operations.record(drafts, by=by)  # type: ignore[arg-type]
    return [problem.code for problem in refusal.value.problems]


def test_several_doses_of_one_morning_are_written_with_where_and_by_whom(cast: Cast) -> None:
    entries = operations.record(
        [
            dose(cast.aisyah, code, cast.today, place=Place.POSYANDU, given_by="Bidan Rina", number=number)
            for number, code in enumerate(("DPT1", "OPV1", "PCV1"))
        ],
        by=cast.bidan_rina,
    )
    assert [entry.immunisation.dose for entry in entries] == ["DPT1", "OPV1", "PCV1"]
    assert {entry.recorded_by for entry in entries} == {cast.bidan_rina}
    assert state(cast.aisyah, "DPT1") is DoseState.GIVEN
    trail = AuditEntry.objects.get(action="child_health.record")
    assert set(trail.subject_ids) == {str(entry.pk) for entry in entries}


def test_a_form_that_is_sent_twice_writes_once(cast: Cast) -> None:
    key = new_key()
    drafts = [
        dose(cast.aisyah, "BCG", cast.today, form_key=key),
        dose(cast.aisyah, "OPV1", cast.today, form_key=key, number=1),
    ]
    first = operations.record(drafts, by=cast.bidan_rina)
    again = operations.record(drafts, by=cast.bidan_rina)
    assert [entry.pk for entry in first] == [entry.pk for entry in again]
    assert Immunisation.objects.count() == 2
    assert AuditEntry.objects.filter(action="child_health.record").count() == 1


def test_the_key_of_another_childs_form_tells_nothing_of_her(cast: Cast) -> None:
    key = new_key()
    operations.record([dose(cast.aisyah, "BCG", cast.today, form_key=key)], by=cast.bidan_rina)
    assert refused(dose(cast.rafi, "BCG", cast.today, form_key=key), by=cast.bidan_rina) == ["form_used"]


def test_late_and_out_of_order_doses_are_taken_and_marked_whatever_came_first(cast: Cast) -> None:
    birth = cast.aisyah.birth_date
    operations.record([dose(cast.aisyah, "DPT2", birth + timedelta(days=150))], by=cast.bidan_rina)
    record = of_child(cast.aisyah, cast.today)
    marks = {each.dose.code: each.marks for each in record.doses}
    assert marks["DPT2"] == (Mark.LATE, Mark.OUT_OF_ORDER)
    operations.record([dose(cast.aisyah, "DPT1", birth + timedelta(days=120))], by=cast.bidan_rina)
    marks = {each.dose.code: each.marks for each in of_child(cast.aisyah, cast.today).doses}
    assert marks["DPT2"] == (Mark.LATE,)


@pytest.mark.parametrize(
    ("code", "days", "problem"),
    [("BCG", -1, "before_birth"), ("XYZ", 40, "unknown"), ("OPV1", 5000, "future")],
)
def test_the_impossible_is_refused_in_words(cast: Cast, code: str, days: int, problem: str) -> None:
    on = cast.aisyah.birth_date + timedelta(days=days)
    assert refused(dose(cast.aisyah, code, on), by=cast.bidan_rina) == [problem]
    assert not Entry.objects.exists()


def test_the_same_dose_twice_is_refused_also_within_one_form(cast: Cast) -> None:
    assert refused(
        dose(cast.aisyah, "BCG", cast.today), dose(cast.aisyah, "BCG", cast.today), by=cast.bidan_rina
    ) == ["twice"]
    operations.record([dose(cast.aisyah, "BCG", "2026-03-01")], by=cast.bidan_rina)
    with pytest.raises(RefusedError) as refusal:
        operations.record(
            [dose(cast.aisyah, "OPV1", cast.today), dose(cast.aisyah, "BCG", cast.today)], by=cast.bidan_rina
        )
    assert "Min, 1 Mar 2026" in refusal.value.problems[0].sentence
    assert Immunisation.objects.count() == 1


def test_nothing_is_given_after_a_death(cast: Cast) -> None:
    lives.record_death(cast.aisyah, died_on=date(2026, 11, 20), place="home", by=cast.bidan_rina)
    cast.aisyah.refresh_from_db()
    assert refused(dose(cast.aisyah, "MR1", cast.today), by=cast.bidan_rina) == ["after_death"]
    operations.record([dose(cast.aisyah, "MR1", "2026-11-20")], by=cast.bidan_rina)


def test_what_is_struck_out_counts_no_more_and_can_be_written_anew(cast: Cast) -> None:
    (entry,) = operations.record([dose(cast.aisyah, "BCG", "2026-03-01")], by=cast.bidan_rina)
    strike = operations.strike_out(entry, reason="wrong_day", words="seharusnya April", by=cast.bidan_rina)
    assert strike.reason == "Salah tanggal: seharusnya April"
    assert operations.strike_out(entry, reason="wrong_day", by=cast.bidan_rina) == strike
    assert state(cast.aisyah, "BCG") is not DoseState.GIVEN
    operations.record([dose(cast.aisyah, "BCG", "2026-04-01")], by=cast.bidan_rina)
    assert state(cast.aisyah, "BCG") is DoseState.GIVEN
    assert Strike.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "words", "problem"),
    [
        ("", "", "reason"),
        ("nonsense", "", "reason"),
        ("other", " ", "reason_words"),
        ("typed_wrong", "x" * 130, "long_reason"),
    ],
)
def test_a_strike_needs_a_reason(cast: Cast, reason: str, words: str, problem: str) -> None:
    (entry,) = operations.record([dose(cast.aisyah, "BCG", cast.today)], by=cast.bidan_rina)
    with pytest.raises(RefusedError) as refusal:
        operations.strike_out(entry, reason=reason, words=words, by=cast.bidan_rina)
    assert [each.code for each in refusal.value.problems] == [problem]


def double(cast: Cast) -> Child:
    return cast.child("Aisyah Putry", sex=GIRL, birth_date=cast.aisyah.birth_date, mother="Sari Wahyuni")


def test_a_merge_carries_the_doses_along_and_its_undoing_gives_them_back(cast: Cast) -> None:
    other = double(cast)
    operations.record(
        [dose(cast.aisyah, "BCG", "2026-01-10"), dose(other, "OPV1", "2026-01-12")], by=cast.bidan_rina
    )
    merge = merge_children(cast.aisyah, other, reason="Ibunya sama", by=cast.bidan_rina)
    assert state(cast.aisyah, "OPV1") is DoseState.GIVEN
    late = operations.record([dose(other, "DPT1", "2026-02-10")], by=cast.bidan_rina)[0]
    assert (late.child_id, late.origin_id) == (cast.aisyah.pk, other.pk)
    undo_merge(merge, by=cast.bidan_rina)
    assert state(cast.aisyah, "OPV1") is not DoseState.GIVEN
    assert state(other, "OPV1") is state(other, "DPT1") is DoseState.GIVEN


def test_a_dose_that_both_children_had_counts_once_after_the_merge(cast: Cast) -> None:
    other = double(cast)
    for child, on in ((cast.aisyah, "2026-01-12"), (other, "2026-01-10")):
        operations.record([dose(child, "BCG", on)], by=cast.bidan_rina)
    merge_children(cast.aisyah, other, reason="Ibunya sama", by=cast.bidan_rina)
    found = next(each for each in of_child(cast.aisyah, cast.today).doses if each.dose.code == "BCG")
    assert found.given_on == date(2026, 1, 10)


def test_a_corrected_birth_date_never_breaks_her_record(cast: Cast) -> None:
    operations.record([dose(cast.aisyah, "HB0", cast.aisyah.birth_date)], by=cast.bidan_rina)
    Child.objects.filter(pk=cast.aisyah.pk).update(birth_date=cast.aisyah.birth_date + timedelta(days=10))
    cast.aisyah.refresh_from_db()
    record = of_child(cast.aisyah, cast.today)
    assert len(record.entries) == 1
    assert not any(each.state is DoseState.GIVEN for each in record.doses)


def test_many_doses_of_many_children_take_as_many_queries_as_one(
    cast: Cast, django_assert_num_queries: object
) -> None:
    children = cast.children(12)
    drafts = [dose(child, "HB0", child.birth_date) for child in children]
    with django_assert_num_queries(11):  # type: ignore[operator]
        operations.record(drafts, by=cast.bidan_rina)
    assert Immunisation.objects.count() == 12


def test_a_child_with_a_dose_that_stands_is_no_mistaken_registration(cast: Cast) -> None:
    (entry,) = operations.record([dose(cast.aisyah, "BCG", cast.today)], by=cast.bidan_rina)
    with pytest.raises(RefusedError) as refusal:
        withdraw_registrations([cast.aisyah], reason="Keliru", by=cast.bidan_rina)
    assert [each.code for each in refusal.value.problems] == ["cared_for"]
    operations.strike_out(entry, reason="wrong_child", by=cast.bidan_rina)
    assert withdraw_registrations([cast.aisyah], reason="Keliru", by=cast.bidan_rina) == [cast.aisyah]
    with pytest.raises(RefusedError) as refusal:
        operations.record([dose(cast.aisyah, "BCG", cast.today)], by=cast.bidan_rina)
    assert [each.code for each in refusal.value.problems] == ["mistaken"]
