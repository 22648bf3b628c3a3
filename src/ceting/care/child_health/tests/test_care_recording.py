"""The other kinds of entries: what is refused, what is taken, and what the record then says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ceting.care.child_health import finding_operations, health_standing, operations
from ceting.care.child_health.drafting import Draft
from ceting.care.child_health.drafts import (
    BreastfeedingDraft,
    DevelopmentDraft,
    FeedingDraft,
    FindingDraft,
    FoodDraft,
    IllnessDraft,
    NewbornDraft,
    ReferralDraft,
    SupplementDraft,
)
from ceting.care.child_health.health_record import HealthRecord, of_child
from ceting.care.child_health.limits import RULES_VERSION
from ceting.care.child_health.models import Entry, Item, QuestionSet, Supplement
from ceting.care.child_health.question_operations import enter_questions, questions_of
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families.models import Child
from ceting.standards.child.feeding import Exclusive
from ceting.standards.child.newborn import BirthFinding
from ceting.standards.child.supplementation import RoundState
from ceting.standards.pregnancy.postnatal import VisitStatus
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

TEN = [f"Pertanyaan {number}" for number in range(1, 11)]


def write(cast: Cast, *drafts: Draft) -> list[Entry]:
    return operations.record(drafts, by=cast.kader_wati)


def refused(cast: Cast, *drafts: Draft) -> list[str]:
    before = Entry.objects.count()
    with pytest.raises(RefusedError) as refusal:
        write(cast, *drafts)
    assert Entry.objects.count() == before
    return [problem.code for problem in refusal.value.problems]


def record(child: Child) -> HealthRecord:
    return of_child(child, child.puskesmas.today())


def born(cast: Cast, days: int, **more: object) -> Child:
    return cast.child("Kecil", birth_date=cast.today - timedelta(days=days), **more)  # type: ignore[arg-type]


def test_a_capsule_counts_for_its_round_and_is_given_once_in_it(cast: Cast) -> None:
    def capsule(on: str) -> SupplementDraft:
        return SupplementDraft(child=cast.aisyah, on=date.fromisoformat(on), item=Item.VITAMIN_A)

    (entry,) = write(cast, capsule("2026-08-12"))
    assert entry.supplement.what == "kapsul biru"
    assert health_standing.rounds(record(cast.aisyah), Item.VITAMIN_A)[-1].state is RoundState.GIVEN
    assert refused(cast, capsule("2026-09-01")) == ["twice"]
    write(cast, capsule("2026-02-10"))
    assert Supplement.objects.count() == 2


def test_a_capsule_outside_its_age_is_taken_and_says_so(cast: Cast) -> None:
    child = born(cast, 100)
    (entry,) = write(cast, SupplementDraft(child=child, on=cast.today, item=Item.VITAMIN_A))
    assert entry.supplement.what == "kapsul (di luar umur 6-59 bulan)"


def test_a_dose_against_worms_is_that_of_her_age_once_each_half_year(cast: Cast) -> None:
    draft = SupplementDraft(child=cast.aisyah, on=cast.today, item=Item.DEWORMING)
    (entry,) = write(cast, draft)
    assert entry.supplement.what == "albendazol 200 mg"
    assert refused(cast, draft) == ["twice"]
    assert refused(cast, SupplementDraft(child=cast.aisyah, on=cast.today, item="xyz")) == ["unknown"]


def test_the_newest_answer_for_a_month_stands(cast: Cast) -> None:
    child = born(cast, 70)

    def answer(month: int, told: str, on: date) -> BreastfeedingDraft:
        return BreastfeedingDraft(child=child, on=on, month=month, answer=told)

    write(cast, answer(0, "yes", cast.today), answer(1, "no", cast.today - timedelta(days=3)))
    assert health_standing.breastfeeding(record(child)).state is Exclusive.NO
    write(cast, answer(1, "yes", cast.today))
    assert health_standing.breastfeeding(record(child)).state is Exclusive.YES
    assert refused(cast, answer(3, "yes", cast.today)) == ["not_reached"]


def test_yesterdays_meals_are_judged_at_the_age_that_she_had(cast: Cast) -> None:
    draft = FeedingDraft(
        child=cast.aisyah, on=cast.today, groups=frozenset({2, 3, 5, 7}), meals=3, breastfed=True
    )
    write(cast, draft)
    found = health_standing.meals(record(cast.aisyah))
    assert found is not None
    assert found.result is not None
    assert found.result.acceptable
    young = born(cast, 60)
    write(cast, FeedingDraft(child=young, on=cast.today, groups=frozenset(), meals=0, breastfed=True))
    unjudged = health_standing.meals(record(young))
    assert unjudged is not None
    assert unjudged.result is None


@pytest.mark.parametrize(
    ("groups", "meals", "milk", "problem"),
    [
        ({2}, -1, 0, "out_of_bounds"),
        ({2}, 21, 0, "out_of_bounds"),
        ({2}, 1, 21, "out_of_bounds"),
        ({1}, 1, 0, "unknown"),
    ],
)
def test_meals_that_nobody_eats_are_refused(
    cast: Cast, groups: set[int], meals: int, milk: int, problem: str
) -> None:
    draft = FeedingDraft(
        child=cast.aisyah,
        on=cast.today,
        groups=frozenset(groups),
        meals=meals,
        breastfed=True,
        milk_feeds=milk,
    )
    assert refused(cast, draft) == [problem]


def test_kpsp_is_due_then_done_and_a_doubtful_one_is_repeated_when_the_puskesmas_says(cast: Cast) -> None:
    child = cast.child("Nur", months=16)
    assert health_standing.kpsp(record(child)).due

    def screen(days: int) -> DevelopmentDraft:
        return DevelopmentDraft(child=child, on=cast.today - timedelta(days=days), age_month=15, yes=8)

    (entry,) = write(cast, screen(13))
    assert not health_standing.kpsp(record(child)).due
    operations.strike_out(entry, reason="wrong_day", by=cast.bidan_rina)
    (entry,) = write(cast, screen(14))
    assert health_standing.kpsp(record(child)).due
    assert (entry.limits["child.kpsp_repeat_weeks"], entry.rules_version) == ("2", RULES_VERSION)


@pytest.mark.parametrize(
    ("age", "yes", "answers", "problem"),
    [
        (18, 9, (), "not_reached"), (13, 9, (), "unknown"),
        (12, 11, (), "out_of_bounds"), (12, -1, (), "out_of_bounds"),
        (12, 9, (True,) * 10, "out_of_bounds"), (12, 9, (True,) * 9, "out_of_bounds"),
    ],
)  # fmt: skip
def test_a_screen_that_can_not_be_is_refused(
    cast: Cast, age: int, yes: int, answers: tuple[bool, ...], problem: str
) -> None:
    draft = DevelopmentDraft(child=cast.aisyah, on=cast.today, age_month=age, yes=yes, answers=answers)
    assert refused(cast, draft) == [problem]


def test_a_puskesmas_types_in_its_own_questions_and_old_screens_keep_theirs(cast: Cast) -> None:
    first = enter_questions(cast.andalas, 12, TEN, source="Buku SDIDTK", by=cast.kepala)
    assert enter_questions(cast.andalas, 12, TEN, source="Buku SDIDTK", by=cast.kepala) == first
    answers = (True,) * 9 + (False,)
    (entry,) = write(
        cast,
        DevelopmentDraft(
            child=cast.aisyah, on=cast.today, age_month=12, yes=9, answers=answers, questions=first
        ),
    )
    second = enter_questions(cast.andalas, 12, ["Lain", *TEN[1:]], source="Buku SDIDTK 2", by=cast.kepala)
    assert questions_of(cast.andalas, 12) == second
    assert questions_of(cast.air_dingin, 12) is None
    entry.refresh_from_db()
    assert (entry.development.questions, entry.development.answers) == (first, "1111111110")


@pytest.mark.parametrize(
    ("age", "texts", "source", "problem"),
    [
        (11, TEN, "Buku", "unknown"),
        (12, TEN[:9], "Buku", "ten"),
        (12, [*TEN[:9], " "], "Buku", "ten"),
        (12, TEN, " ", "source"),
    ],
)
def test_questions_without_a_source_or_not_ten_are_refused(
    cast: Cast, age: int, texts: list[str], source: str, problem: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        enter_questions(cast.andalas, age, texts, source=source, by=cast.kepala)
    assert [each.code for each in refusal.value.problems] == [problem]
    assert not QuestionSet.objects.exists()


@pytest.mark.parametrize(("days", "problem"), [(28, None), (29, "too_old")])
def test_a_newborn_is_visited_until_28_days(cast: Cast, days: int, problem: str | None) -> None:
    draft = NewbornDraft(child=born(cast, days), on=cast.today, suckles=True)
    if problem:
        assert refused(cast, draft) == [problem]
    else:
        write(cast, draft)


def test_the_three_visits_follow_the_days(cast: Cast) -> None:
    child = born(cast, 8)
    write(
        cast,
        NewbornDraft(child=child, on=child.birth_date + timedelta(days=1), temperature_c=Decimal("36.8")),
    )
    found = [visit.status for visit in health_standing.newborn_visits(record(child))]
    assert found == [VisitStatus.DONE, VisitStatus.MISSED, VisitStatus.DUE]
    hot = NewbornDraft(child=child, on=cast.today, temperature_c=Decimal("368"))
    assert refused(cast, hot) == ["out_of_bounds"]


def test_a_danger_sign_is_told_from_a_complaint(cast: Cast) -> None:
    assert refused(cast, IllnessDraft(child=cast.aisyah, on=cast.today, signs=())) == ["empty"]
    assert refused(cast, IllnessDraft(child=cast.aisyah, on=cast.today, signs=("XYZ",))) == ["unknown"]
    write(cast, IllnessDraft(child=cast.aisyah, on=cast.today - timedelta(days=1), signs=("BATUK_PILEK",)))
    found = health_standing.complaint(record(cast.aisyah))
    assert found is not None
    assert found.dangers == ()
    write(cast, IllnessDraft(child=cast.aisyah, on=cast.today, signs=("BATUK_PILEK", "KEJANG")))
    worse = health_standing.complaint(record(cast.aisyah))
    assert worse is not None
    assert [sign.label for sign in worse.dangers] == ["Kejang"]


@pytest.mark.parametrize(("days", "news"), [(14, True), (15, False)])
def test_a_complaint_is_news_for_two_weeks(cast: Cast, days: int, news: bool) -> None:
    write(cast, IllnessDraft(child=cast.aisyah, on=cast.today - timedelta(days=days), signs=("DIARE",)))
    assert (health_standing.complaint(record(cast.aisyah)) is not None) is news


def test_days_of_food_are_counted_by_reason(cast: Cast) -> None:
    for days in (7, 7):
        write(cast, FoodDraft(child=cast.aisyah, on=cast.today, reason="BB_KURANG", days=days))
    (found,) = health_standing.food(record(cast.aisyah))
    assert (found.received, found.complete) == (14, True)


@pytest.mark.parametrize(
    ("reason", "days", "problem"),
    [("BB_KURANG", 0, "out_of_bounds"), ("BB_KURANG", -3, "out_of_bounds"), ("X", 3, "unknown")],
)
def test_food_for_no_day_or_no_reason_is_refused(cast: Cast, reason: str, days: int, problem: str) -> None:
    assert refused(cast, FoodDraft(child=cast.aisyah, on=cast.today, reason=reason, days=days)) == [problem]


@pytest.mark.parametrize(
    ("kg", "cm", "gestation", "found"),
    [
        ("2.499", "48", 259, (BirthFinding.LOW_WEIGHT,)), ("2.5", "48", 259, ()),
        ("2.5", "47.9", 258, (BirthFinding.PRETERM, BirthFinding.SHORT)),
    ],
)  # fmt: skip
def test_what_stood_out_at_birth(
    cast: Cast, kg: str, cm: str, gestation: int, found: tuple[BirthFinding, ...]
) -> None:
    child = born(cast, 5)
    Child.objects.filter(pk=child.pk).update(
        birth_weight_kg=Decimal(kg), birth_length_cm=Decimal(cm), gestation_days=gestation
    )
    assert health_standing.birth_findings(record(Child.objects.get(pk=child.pk))) == found


def test_a_finding_is_found_confirmed_and_diagnosed_by_three_people(cast: Cast) -> None:
    (entry,) = write(cast, FindingDraft(child=cast.aisyah, on=cast.today, code="length"))
    confirmation = finding_operations.confirm(entry, holds=True, on=cast.today, by=cast.bidan_rina)
    diagnosis = finding_operations.diagnose(entry, words="Stunting", on=cast.today, by=cast.dr_hasan)
    assert (entry.finding.found_by, confirmation.by, diagnosis.by) == (
        cast.kader_wati,
        cast.bidan_rina,
        cast.dr_hasan,
    )
    assert finding_operations.confirm(entry, holds=True, on=cast.today, by=cast.bidan_rina) == confirmation
    assert finding_operations.diagnose(entry, words="Stunting", on=cast.today, by=cast.dr_hasan) == diagnosis
    for deed in (
        lambda: finding_operations.confirm(entry, holds=False, on=cast.today, by=cast.bidan_rina),
        lambda: finding_operations.diagnose(entry, words="Lain", on=cast.today, by=cast.dr_hasan),
    ):
        with pytest.raises(RefusedError):
            deed()


def test_a_finding_is_not_answered_before_it_was_found_or_after_it_was_struck_out(cast: Cast) -> None:
    (entry,) = write(cast, FindingDraft(child=cast.aisyah, on=cast.today, code="length"))
    with pytest.raises(RefusedError) as refusal:
        finding_operations.confirm(entry, holds=True, on=cast.today - timedelta(days=1), by=cast.bidan_rina)
    assert refusal.value.problems[0].code == "before_finding"
    operations.strike_out(entry, reason="wrong_child", by=cast.bidan_rina)
    with pytest.raises(RefusedError) as refusal:
        finding_operations.confirm(entry, holds=True, on=cast.today, by=cast.bidan_rina)
    assert refusal.value.problems[0].code == "struck_out"


def test_a_doctor_who_diagnoses_confirms_in_the_same_breath(cast: Cast) -> None:
    (entry,) = write(cast, FindingDraft(child=cast.aisyah, on=cast.today, code="wasting"))
    finding_operations.diagnose(entry, words="Gizi kurang", on=cast.today, by=cast.dr_hasan)
    assert entry.finding.confirmation.by == cast.dr_hasan


def test_entries_of_many_kinds_are_written_in_one_go(cast: Cast) -> None:
    written = write(
        cast,
        ReferralDraft(child=cast.aisyah, on=cast.today, reason="severe", destination="RSUP M. Djamil"),
        FoodDraft(child=cast.aisyah, on=cast.today, reason="GIZI_KURANG", days=7),
        SupplementDraft(child=cast.aisyah, on=cast.today, item=Item.DEWORMING),
    )
    assert [entry.kind for entry in written] == ["referral", "food", "supplement"]
