"""Birth registers the children with their mother or nothing at all; a loss is heard at once; mistakes can be undone."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.events import pregnancy_lost
from ceting.care.pregnancies.models import Born, Outcome, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft, PostnatalDraft
from ceting.care.pregnancies.tests.people import DAY, WEEK, contact, fresh, pregnant
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families.models import Caregiver, Child
from tests.cast import BOY, GIRL, Cast

pytestmark = pytest.mark.usefixtures("frozen")
GIRL_BORN = NewbornDraft(
    GIRL, birth_weight_kg=Decimal("2.4"), birth_length_cm=Decimal("46"), early_breastfeeding=True
)


def born(cast: Cast, pregnancy: Pregnancy, **more: object) -> Outcome:
    told: dict[str, object] = {"kind": "birth", "ended_on": cast.today, "children": (GIRL_BORN,)}
    return outcome_operations.end(pregnancy, EndDraft(**(told | more)), by=cast.bidan_rina)  # type: ignore[arg-type]


def test_a_birth_registers_the_child_under_her_mother(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=36)
    outcome = born(cast, pregnancy)
    child = Child.objects.get(birth__outcome=outcome)
    assert (child.name, child.mother, child.posyandu) == (
        "By. Ny. Yanti Marlina",
        pregnancy.woman,
        cast.melati,
    )
    assert (child.gestation_days, child.birth_weight_kg) == (252, Decimal("2.4"))
    assert (fresh(pregnancy).is_open, fresh(pregnancy).ended_on) == (False, cast.today)


def test_twins_are_two_children_of_one_birth(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=37)
    born(cast, pregnancy, children=(GIRL_BORN, NewbornDraft(BOY, birth_weight_kg=Decimal("2.3"))))
    names = list(Born.objects.order_by("order").values_list("child__name", flat=True))
    assert names == ["By. Ny. Yanti Marlina 1", "By. Ny. Yanti Marlina 2"]


def test_a_birth_told_twice_is_one_and_a_second_outcome_is_refused(cast: Cast) -> None:
    pregnancy, key = pregnant(cast, weeks=36), uuid4()
    draft = EndDraft("birth", cast.today, children=(GIRL_BORN,))
    for _ in range(2):
        outcome_operations.end(pregnancy, draft, by=cast.bidan_rina, key=key)
    assert Born.objects.count() == 1
    with pytest.raises(RefusedError, match="ended"):
        outcome_operations.end(pregnancy, draft, by=cast.bidan_rina, key=uuid4())
    assert Child.objects.filter(mother=pregnancy.woman).count() == 1


@pytest.mark.parametrize(
    ("weeks", "days_ago", "kind", "code"),
    [
        (36, -1, "birth", "future"),
        (36, 36 * 7 + 1, "birth", "before_start"),
        (21, 0, "birth", "too_short"),
        (21, 0, "stillbirth", "too_short"),
        (22, 0, "miscarriage", "too_late"),
        (38, 0, "miscarriage", "too_late"),
    ],
)
def test_an_impossible_day_is_refused_and_nothing_is_written(
    cast: Cast, weeks: int, days_ago: int, kind: str, code: str
) -> None:
    pregnancy = pregnant(cast, weeks=weeks)
    children = (GIRL_BORN,) if kind == "birth" else ()
    with pytest.raises(RefusedError, match=code):
        born(cast, pregnancy, kind=kind, ended_on=cast.today - days_ago * DAY, children=children)
    assert fresh(pregnancy).is_open
    assert not Child.objects.filter(mother=pregnancy.woman).exists()


@pytest.mark.parametrize("head_cm", ["-3", "0", "19.9", "45.1", "999", "3450"])
def test_a_head_that_no_newborn_has_is_refused_at_her_own_field(cast: Cast, head_cm: str) -> None:
    """A weight in grams that slips into the next field would be a page that never opens again."""
    pregnancy = pregnant(cast, weeks=36)
    twins = (GIRL_BORN, NewbornDraft(BOY, head_cm=Decimal(head_cm)))
    with pytest.raises(RefusedError, match=r"newborn_head\.bounds") as refusal:
        born(cast, pregnancy, children=twins)
    assert [problem.field for problem in refusal.value.problems] == ["head_cm_2"]
    assert not Born.objects.exists()


@pytest.mark.parametrize("head_cm", ["20", "33.5", "45"])
def test_a_head_within_the_bounds_is_kept(cast: Cast, head_cm: str) -> None:
    born(cast, pregnant(cast, weeks=36), children=(NewbornDraft(GIRL, head_cm=Decimal(head_cm)),))
    assert Born.objects.get().head_cm == Decimal(head_cm)


def test_a_birth_at_22_weeks_is_one(cast: Cast) -> None:
    assert born(cast, pregnant(cast, weeks=22)).age_days == 154


def test_a_birth_before_a_contact_is_refused(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=38)
    contact(cast, pregnancy)
    with pytest.raises(RefusedError, match="contact_after"):
        born(cast, pregnancy, ended_on=cast.today - WEEK)


def test_a_contact_after_the_birth_is_a_visit_to_the_mother(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=38)
    born(cast, pregnancy, ended_on=cast.today - DAY)
    pregnancy.refresh_from_db()
    with pytest.raises(RefusedError, match="after_end"):
        contact(cast, pregnancy)


def test_a_late_contact_before_the_birth_is_taken(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=38)
    born(cast, pregnancy)
    contact(cast, fresh(pregnancy), weeks=30, tablets_taken=30)
    assert fresh(pregnancy).tablets_taken == 30


@pytest.mark.parametrize(
    ("kind", "more", "lost"),
    [
        ("birth", {"children": (GIRL_BORN,)}, 0),
        ("birth", {"children": (GIRL_BORN,), "stillborn": 1}, 1),
        ("stillbirth", {}, 1),
        ("miscarriage", {}, 1),
        ("maternal_death", {}, 1),
        ("moved", {}, 0),
    ],
)
def test_a_loss_is_told_in_the_same_transaction(
    cast: Cast, kind: str, more: dict[str, object], lost: int
) -> None:
    heard = []

    def hear(event: object, **_: object) -> None:
        heard.append(event)

    pregnancy = pregnant(cast, weeks=21 if kind == "miscarriage" else 36)
    pregnancy_lost.connect(hear)
    try:
        outcome_operations.end(pregnancy, EndDraft(kind, cast.today, **more), by=cast.bidan_rina)  # type: ignore[arg-type]
    finally:
        pregnancy_lost.disconnect(hear)
    assert len(heard) == lost


def test_an_outcome_that_was_a_mistake_is_undone_with_its_child(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=36)
    born(cast, pregnancy)
    outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    assert fresh(pregnancy).is_open
    assert not Child.objects.registered().filter(mother=pregnancy.woman).exists()
    assert Caregiver.objects.caring().filter(pk=pregnancy.woman_id).exists()
    born(cast, fresh(pregnancy))
    assert Child.objects.registered().filter(mother=pregnancy.woman).count() == 1


def test_a_child_who_was_weighed_holds_her_birth(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=36)
    outcome = born(cast, pregnancy)
    cast.weigh(Child.objects.get(birth__outcome=outcome), cast.today, "2.5")
    with pytest.raises(RefusedError, match="weighed"):
        outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    assert not fresh(pregnancy).is_open


def test_a_corrected_day_is_the_childs_birth_date_and_gestation_too(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=37)
    outcome = born(cast, pregnancy)
    day = cast.today - timedelta(days=10)
    outcome_operations.change_end(
        outcome, {"ended_on": day}, base_version=outcome.version, by=cast.bidan_rina
    )
    child = Child.objects.get(birth__outcome=outcome)
    assert (child.birth_date, child.gestation_days) == (day, 37 * 7 - 10)
    assert fresh(pregnancy).ended_on == day


@pytest.mark.parametrize(
    ("days", "slot"), [(0, "KF1"), (2, "KF1"), (3, "KF2"), (8, "KF3"), (29, "KF4"), (42, "KF4")]
)
def test_a_visit_afterwards_has_its_name_by_the_day(cast: Cast, days: int, slot: str) -> None:
    pregnancy = pregnant(cast, weeks=43)
    born(cast, pregnancy, ended_on=cast.today - days * DAY)
    draft = PostnatalDraft(cast.today, "home", "midwife", vitamin_a=2)
    assert outcome_operations.record_postnatal_visit(fresh(pregnancy), draft, by=cast.bidan_rina).slot == slot


def test_after_a_loss_the_mother_is_still_visited(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    outcome_operations.end(pregnancy, EndDraft("stillbirth", cast.today - DAY), by=cast.bidan_rina)
    draft = PostnatalDraft(cast.today, "home", "midwife")
    assert (
        outcome_operations.record_postnatal_visit(fresh(pregnancy), draft, by=cast.bidan_rina).slot == "KF1"
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"vitamin_a": 3}, "vitamin_a"),
        ({"tablets_given": -5}, "tablets"),
        ({"systolic": 120, "diastolic": 130}, "pressure.swapped"),
        ({"temperature_c": Decimal("3.7")}, "range"),
    ],
)
def test_an_impossible_visit_is_refused(cast: Cast, values: dict[str, object], code: str) -> None:
    pregnancy = pregnant(cast, weeks=38)
    born(cast, pregnancy)
    draft = PostnatalDraft(cast.today, "home", "midwife", **values)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match=code):
        outcome_operations.record_postnatal_visit(fresh(pregnancy), draft, by=cast.bidan_rina)


@pytest.mark.parametrize("kind", ["moved", "mistake", "maternal_death"])
def test_a_pregnancy_that_was_forgotten_is_closed_with_what_is_true(cast: Cast, kind: str) -> None:
    pregnancy = pregnant(cast, weeks=40)
    Pregnancy.objects.filter(pk=pregnancy.pk).update(started_on=cast.today - 50 * WEEK)
    outcome = outcome_operations.end(fresh(pregnancy), EndDraft(kind, cast.today), by=cast.bidan_rina)
    assert (outcome.age_days, fresh(pregnancy).is_open) == (350, False)


def test_a_birth_beyond_44_weeks_stays_a_wrong_date(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=40)
    Pregnancy.objects.filter(pk=pregnancy.pk).update(started_on=cast.today - 50 * WEEK)
    with pytest.raises(RefusedError, match="too_long"):
        born(cast, fresh(pregnancy))


def test_the_same_form_sent_again_after_the_undoing_is_a_birth_again(cast: Cast) -> None:
    pregnancy, key = pregnant(cast, weeks=36), uuid4()
    draft = EndDraft("birth", cast.today, children=(GIRL_BORN,))
    outcome_operations.end(pregnancy, draft, by=cast.bidan_rina, key=key)
    outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    outcome_operations.end(fresh(pregnancy), draft, by=cast.bidan_rina, key=key)
    assert not fresh(pregnancy).is_open
    assert Child.objects.registered().filter(mother=pregnancy.woman).count() == 1
