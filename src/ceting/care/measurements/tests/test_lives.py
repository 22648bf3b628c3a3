"""Where children live: first stays, moves, their undoing, deaths; and the S of a past month that none of it changes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ceting.care.measurements import grid
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import LatestGrowth, Measurement
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import life_operations as lives
from ceting.registry.families import operations
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.events import CAUSES, RegisterChanged, register_changed
from ceting.registry.families.models import Arrival, Child, DeathPlace, Household, Move, Stay
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
KG = Decimal("6.1")


@pytest.fixture
def news() -> Any:
    """What was published, in order."""
    heard: list[RegisterChanged] = []

    def hear(sender: Any, event: RegisterChanged, **_: Any) -> None:
        heard.append(event)

    register_changed.connect(hear)
    yield heard
    register_changed.disconnect(hear)


def fresh(child: Child) -> Child:
    return Child.objects.get(pk=child.pk)


def stays(child: Child) -> list[tuple[str, date, date | None]]:
    rows = Stay.objects.filter(child=child).order_by("since", "id").select_related("posyandu")
    return [(row.posyandu.name, row.since, row.until) for row in rows]


def test_a_registered_child_stays_at_her_posyandu_since_she_was_born(cast: Cast, news: Any) -> None:
    child = cast.child("Budi")
    assert stays(child) == [("Melati", child.birth_date, None)]
    assert news[-1].child_ids == (child.pk,)
    assert (news[-1].cause, news[-1].since) == ("registered", child.birth_date)


def test_a_child_who_moved_in_stays_since_the_family_came(cast: Cast) -> None:
    came = cast.today - timedelta(days=20)
    child = cast.child("Budi", arrived_on=came)
    assert stays(child) == [("Melati", came, None)]
    assert child.stays.get().arrival == Arrival.MOVED_IN


@pytest.mark.parametrize("days", [-1, 10_000])
def test_nobody_moves_in_tomorrow_or_before_birth(cast: Cast, days: int) -> None:
    with pytest.raises(RefusedError) as refusal:
        cast.child("Budi", arrived_on=cast.today - timedelta(days=days))
    assert refusal.value.problems[0].field == "arrived_on"


def test_a_move_within_the_puskesmas_is_at_once(cast: Cast, news: Any) -> None:
    on = cast.today - timedelta(days=3)
    lives.move_within(cast.aisyah, to=cast.kenanga, on=on, by=cast.bidan_rina)
    assert fresh(cast.aisyah).posyandu == cast.kenanga
    assert stays(cast.aisyah) == [("Melati", cast.aisyah.birth_date, on), ("Kenanga", on, None)]
    assert set(news[-1].posyandu_ids) == {cast.melati.pk, cast.kenanga.pk}
    assert (news[-1].cause, news[-1].since, news[-1].by_id) == ("moved", on, cast.bidan_rina.pk)
    assert Child.objects.visible_to(cast.kader_tuti).filter(pk=cast.aisyah.pk).exists()
    assert not Child.objects.visible_to(cast.kader_wati).filter(pk=cast.aisyah.pk).exists()


def test_every_cause_that_is_told_has_words(cast: Cast, news: Any) -> None:
    lives.leave(cast.aisyah, on=cast.today, by=cast.bidan_rina)
    lives.come_back(cast.aisyah, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    lives.record_death(cast.aisyah, died_on=cast.today, place=DeathPlace.HOME, by=cast.bidan_rina)
    assert {event.cause for event in news} <= set(CAUSES)


def test_the_children_expected_in_a_past_month_stay_what_they_were(cast: Cast) -> None:
    october, november = cast.session("2026-10-15"), cast.session(cast.today)
    before = set(grid.registered_at(october).values_list("pk", flat=True))
    lives.move_within(cast.aisyah, to=cast.kenanga, on=date(2026, 11, 1), by=cast.bidan_rina)
    assert set(grid.registered_at(october).values_list("pk", flat=True)) == before
    assert not grid.registered_at(november).filter(pk=cast.aisyah.pk).exists()
    at_kenanga = cast.session("2026-10-16", posyandu=cast.kenanga)
    assert not grid.registered_at(at_kenanga).filter(pk=cast.aisyah.pk).exists()


def test_on_the_day_of_the_move_she_is_expected_where_she_moved_to(cast: Cast) -> None:
    lives.move_within(cast.aisyah, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    assert not Child.objects.staying_at(cast.melati, cast.today).filter(pk=cast.aisyah.pk).exists()
    assert Child.objects.staying_at(cast.kenanga, cast.today).filter(pk=cast.aisyah.pk).exists()


def test_who_left_is_in_no_list_and_can_still_be_opened(cast: Cast) -> None:
    cast.weigh(cast.aisyah, None, "6.1")
    lives.leave(cast.aisyah, on=cast.today, reason="ikut ayah ke Jakarta", by=cast.bidan_rina)
    assert not Child.objects.here().filter(pk=cast.aisyah.pk).exists()
    assert not LatestGrowth.objects.here().filter(child=cast.aisyah).exists()
    assert Child.objects.visible_to(cast.kader_wati).filter(pk=cast.aisyah.pk).exists()


def test_a_weighing_after_she_left_brings_her_back_into_no_list(cast: Cast) -> None:
    lives.leave(cast.aisyah, on=cast.today, by=cast.bidan_rina)
    cast.weigh(fresh(cast.aisyah), None, "6.1")
    assert not LatestGrowth.objects.here().filter(child=cast.aisyah).exists()


def test_one_handed_over_waits_until_the_other_puskesmas_takes_her_in(cast: Cast) -> None:
    row = cast.weigh(cast.aisyah, None, "8.1")
    move = lives.hand_over(cast.aisyah, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    assert list(Move.objects.waiting()) == [move]
    assert not Child.objects.visible_to(cast.bidan_yuni).filter(pk=cast.aisyah.pk).exists()
    lives.accept(move, to=cast.mawar, by=cast.bidan_yuni)
    child = fresh(cast.aisyah)
    assert (child.puskesmas, child.posyandu, child.is_here) == (cast.air_dingin, cast.mawar, True)
    assert child.household.puskesmas == cast.air_dingin
    assert child.mother is not None
    assert child.mother.puskesmas == cast.air_dingin
    assert not Move.objects.waiting().exists()
    # What was measured stays where it was measured; who cares for her now may read it.
    assert Measurement.objects.get(pk=row.pk).puskesmas == cast.andalas
    assert Measurement.objects.visible_to(cast.bidan_yuni).filter(pk=row.pk).exists()
    assert not Measurement.objects.visible_to(cast.bidan_rina).filter(pk=row.pk).exists()
    assert LatestGrowth.objects.visible_to(cast.bidan_yuni).here().filter(child=child).exists()


def test_a_household_follows_its_last_child_only(cast: Cast) -> None:
    sister = cast.child("Aira", mother="Sari Wahyuni", kk="1371020101010001", birth_date="2023-03-03")
    brother = cast.child("Arif", mother="Sari Wahyuni", kk="1371020101010001", birth_date="2024-04-04")
    assert sister.household_id == brother.household_id
    for child, where in ((sister, cast.andalas), (brother, cast.air_dingin)):
        move = lives.hand_over(child, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
        lives.accept(move, to=cast.mawar, by=cast.bidan_yuni)
        assert Household.objects.get(pk=sister.household_id).puskesmas == where
    assert Household.objects.visible_to(cast.bidan_yuni).filter(pk=sister.household_id).exists()
    assert not Household.objects.visible_to(cast.bidan_rina).filter(pk=sister.household_id).exists()


def test_she_is_taken_in_once_and_only_by_the_puskesmas_she_was_handed_to(cast: Cast) -> None:
    move = lives.hand_over(cast.aisyah, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    with pytest.raises(RefusedError):
        lives.accept(move, to=cast.kenanga, by=cast.bidan_rina)
    lives.accept(move, to=cast.mawar, by=cast.bidan_yuni)
    with pytest.raises(RefusedError) as refusal:
        lives.accept(move, to=cast.mawar, by=cast.bidan_yuni)
    assert refusal.value.problems[0].code == "answered"


def test_when_she_comes_back_nobody_waits_for_her_any_more(cast: Cast) -> None:
    move = lives.hand_over(cast.aisyah, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    back = lives.come_back(cast.aisyah, to=cast.melati, on=cast.today, by=cast.bidan_rina)
    assert not Move.objects.waiting().exists()
    lives.undo_last_move(cast.aisyah, move=back, reason="salah anak", by=cast.bidan_rina)
    assert list(Move.objects.waiting()) == [move]


def test_undoing_the_last_move_puts_everything_back(cast: Cast, news: Any) -> None:
    before = stays(cast.aisyah)
    move = lives.move_within(cast.aisyah, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    lives.undo_last_move(cast.aisyah, move=move, reason="salah anak", by=cast.bidan_rina)
    assert stays(cast.aisyah) == before
    assert fresh(cast.aisyah).posyandu == cast.melati
    assert set(news[-1].posyandu_ids) == {cast.melati.pk, cast.kenanga.pk}
    assert AuditEntry.objects.filter(action="child.move_undo").count() == 1


def test_only_the_last_move_can_be_undone_and_not_without_a_reason(cast: Cast) -> None:
    first = lives.move_within(cast.aisyah, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    second = lives.leave(cast.aisyah, on=cast.today, by=cast.bidan_rina)
    for move, reason, code in ((first, "salah", "not_last"), (second, " ", "reason")):
        with pytest.raises(RefusedError) as refusal:
            lives.undo_last_move(cast.aisyah, move=move, reason=reason, by=cast.bidan_rina)
        assert refusal.value.problems[0].code == code


def test_a_move_is_refused_before_her_last_one_or_in_the_future(cast: Cast) -> None:
    lives.move_within(cast.aisyah, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    for on in (cast.today - timedelta(days=1), cast.today + timedelta(days=1)):
        with pytest.raises(RefusedError) as refusal:
            lives.leave(cast.aisyah, on=on, by=cast.bidan_rina)
        assert refusal.value.problems[0].field == "on"


def test_after_a_death_nothing_is_asked_for_and_nothing_can_be_measured(cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-11-05", "6.1")
    died = date(2026, 11, 20)
    lives.record_death(cast.aisyah, died_on=died, place=DeathPlace.HOSPITAL, by=cast.bidan_rina)
    child = fresh(cast.aisyah)
    assert (child.is_here, child.died_on) == (False, died)
    assert stays(child) == [("Melati", child.birth_date, died)]
    assert not LatestGrowth.objects.here().filter(child=child).exists()
    (problem,) = MeasurementDraft(child, cast.today, weight_kg=KG).problems(cast.today)
    assert problem.code == "after_death"
    assert "meninggal" in problem.sentence
    assert MeasurementDraft(child, died, weight_kg=KG).problems(cast.today) == []
    assert grid.registered_at(cast.session("2026-11-05")).filter(pk=child.pk).exists()


def test_a_death_is_undone_only_with_a_reason_and_then_she_is_here_again(cast: Cast) -> None:
    lives.record_death(cast.aisyah, died_on=cast.today, place=DeathPlace.HOME, by=cast.bidan_rina)
    with pytest.raises(RefusedError):
        lives.undo_death(cast.aisyah, reason="", by=cast.bidan_rina)
    lives.undo_death(cast.aisyah, reason="tertukar dengan anak lain", by=cast.bidan_rina)
    child = fresh(cast.aisyah)
    assert (child.is_here, child.died_on) == (True, None)
    assert stays(child) == [("Melati", child.birth_date, None)]


def test_a_child_who_died_moves_no_more(cast: Cast) -> None:
    lives.record_death(cast.aisyah, died_on=cast.today, place=DeathPlace.HOME, by=cast.bidan_rina)
    with pytest.raises(RefusedError):
        lives.leave(cast.aisyah, on=cast.today, by=cast.bidan_rina)
    with pytest.raises(RefusedError):
        lives.record_death(cast.aisyah, died_on=cast.today, place=DeathPlace.HOME, by=cast.bidan_rina)


def test_a_corrected_birth_date_begins_her_first_stay_anew(cast: Cast) -> None:
    earlier = cast.aisyah.birth_date - timedelta(days=40)
    operations.change_child(
        cast.aisyah, {"birth_date": earlier}, base_version=cast.aisyah.version, by=cast.bidan_rina
    )
    assert stays(cast.aisyah) == [("Melati", earlier, None)]


def test_a_birth_date_after_she_moved_is_refused(cast: Cast) -> None:
    lives.move_within(cast.aisyah, to=cast.kenanga, on=cast.today - timedelta(days=90), by=cast.bidan_rina)
    with pytest.raises(RefusedError) as refusal:
        operations.change_child(
            cast.aisyah,
            {"birth_date": cast.today - timedelta(days=30)},
            base_version=cast.aisyah.version,
            by=cast.bidan_rina,
        )
    assert refusal.value.problems[0].field == "birth_date"


def test_a_kader_attaches_nobody_to_a_family_beyond_her_posyandu(cast: Cast) -> None:
    kk = "1371020101010001"
    cast.child("Aira", kk=kk)
    draft = ChildDraft("Budi", 1, cast.today, mother=CaregiverDraft("Yanti"), kk=kk)
    with pytest.raises(RefusedError) as refusal:
        operations.register_child(draft, posyandu=cast.kenanga, by=cast.kader_tuti)
    assert refusal.value.problems[0].code == "family_out_of_reach"
    assert "Aira" not in refusal.value.problems[0].sentence
    assert (
        operations.register_child(draft, posyandu=cast.kenanga, by=cast.bidan_rina).posyandu == cast.kenanga
    )
