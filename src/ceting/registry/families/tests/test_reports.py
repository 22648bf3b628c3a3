"""Reports as verbs: told once, to the right puskesmas, answered once."""

from datetime import timedelta

import pytest

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.keys import new_key
from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import User
from ceting.registry.families import report_likeness, report_operations
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft, ReportDraft
from ceting.registry.families.models import Child, FamilyReport, OutcomeKind, ReportKind, ReportOutcome
from ceting.registry.families.operations import DuplicateChildError
from ceting.registry.places.models import Area
from tests.cast import PASSWORD, Cast, born

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BIRTH, PREGNANCY = ReportKind.BIRTH.value, ReportKind.PREGNANCY.value


def reporter(cast: Cast) -> User:
    """Bidan mandiri Farida: she tells of births and reads nobody."""
    user = accounts.create_user(
        username="bidan.farida",
        name="Farida",
        password=PASSWORD,
        puskesmas=cast.andalas,
        by=None,
        check=False,
    )
    accounts.give_role(user, "pelapor", puskesmas=cast.andalas, by=None)
    return user


def newborn(cast: Cast, name: str = "Nurbaiti", **more: object) -> ReportDraft:
    told = {"kind": BIRTH, "name": name, "village": cast.melati.village, "day": cast.today}
    return ReportDraft(**told | more)  # type: ignore[arg-type]


def as_child(cast: Cast, name: str = "By. Ny. Nurbaiti") -> ChildDraft:
    return ChildDraft(name=name, sex=2, birth_date=cast.today, mother=CaregiverDraft("Nurbaiti"))


def test_a_report_goes_to_the_puskesmas_whose_work_area_covers_the_village(cast: Cast) -> None:
    beyond = newborn(cast, village=cast.mawar.village)
    told = report_operations.report(beyond, by=reporter(cast))
    assert told.puskesmas == cast.air_dingin
    assert list(FamilyReport.objects.visible_to(cast.bidan_yuni, may="reports.handle")) == [told]
    assert not FamilyReport.objects.visible_to(cast.bidan_rina, may="reports.handle").exists()


def test_a_village_that_nobody_answers_for_is_refused_in_words(cast: Cast) -> None:
    alone = Area.objects.filter(level="village", work_areas=None).first()
    assert alone is not None
    with pytest.raises(RefusedError) as refusal:
        report_operations.report(newborn(cast, village=alone), by=cast.kader_wati)
    assert refusal.value.problems[0].field == "village"
    assert not FamilyReport.objects.exists()


@pytest.mark.parametrize(
    ("kind", "days", "code"),
    [
        (BIRTH, 1, "future"),
        (BIRTH, -366, "old"),
        (PREGNANCY, 295, "due"),
        (PREGNANCY, -29, "due"),
    ],
)
def test_a_day_that_cannot_be_is_refused(cast: Cast, kind: str, days: int, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        report_operations.report(
            newborn(cast, kind=kind, day=cast.today + timedelta(days=days)), by=cast.kader_wati
        )
    assert [problem.code for problem in refusal.value.problems] == [code]


@pytest.mark.parametrize(("kind", "days"), [(BIRTH, 0), (BIRTH, -365), (PREGNANCY, 294), (PREGNANCY, -28)])
def test_the_first_and_last_day_that_can_be_are_taken(cast: Cast, kind: str, days: int) -> None:
    day = cast.today + timedelta(days=days)
    assert report_operations.report(newborn(cast, kind=kind, day=day), by=cast.kader_wati).day == day


def test_sent_twice_it_is_one_report(cast: Cast) -> None:
    key = new_key()
    first = report_operations.report(newborn(cast), key=key, by=cast.kader_wati)
    assert report_operations.report(newborn(cast), key=key, by=cast.kader_wati) == first
    assert FamilyReport.objects.count() == 1
    assert AuditEntry.objects.filter(action="report.tell").count() == 1


def test_somebody_elses_key_opens_nothing(cast: Cast) -> None:
    key = new_key()
    hers = report_operations.report(newborn(cast), key=key, by=cast.kader_wati)
    other = report_operations.report(newborn(cast, "Ermawati"), key=key, by=cast.kader_tuti)
    assert other.pk != hers.pk
    assert other.by == cast.kader_tuti


def test_who_told_the_same_before_is_asked_and_may_insist(cast: Cast) -> None:
    first = report_operations.report(newborn(cast, "Ny. Nurbaiti"), by=cast.kader_wati)
    with pytest.raises(report_operations.ToldBeforeError) as refusal:
        report_operations.report(newborn(cast, "Noerbaiti"), by=cast.kader_wati)
    assert refusal.value.earlier == (first,)
    report_operations.report(newborn(cast, "Noerbaiti"), by=cast.kader_wati, despite_likeness=True)
    assert FamilyReport.objects.count() == 2


def test_what_another_reporter_told_is_not_told_to_her(cast: Cast) -> None:
    report_operations.report(newborn(cast), by=cast.kader_wati)
    told = report_operations.report(newborn(cast), by=reporter(cast))
    assert told.by.name == "Farida"


def test_the_midwife_sees_that_two_told_the_same(cast: Cast) -> None:
    first = report_operations.report(newborn(cast, "Nurbaiti Kamil"), by=cast.kader_wati)
    second = report_operations.report(newborn(cast, "Nurbaiti"), by=reporter(cast))
    other = report_operations.report(newborn(cast, "Ermawati"), by=cast.kader_tuti)
    mine = FamilyReport.objects.visible_to(cast.bidan_rina, may="reports.handle")
    assert report_likeness.same_news(second, mine) == [first]
    assert report_likeness.doubles([first, second, other]) == {first.pk: 2, second.pk: 2, other.pk: 1}


def test_a_newborn_of_the_register_is_likely_the_reported_one(cast: Cast) -> None:
    known = cast.child("By. Ny. Nur", birth_date=cast.today - timedelta(days=2), mother="Nurbaiti Kamil")
    cast.child("Kakak", months=20, mother="Nurbaiti Kamil")
    birth = report_operations.report(newborn(cast), by=cast.kader_wati)
    assert report_likeness.known_children(birth, cast.bidan_rina) == [known]
    pregnancy = report_operations.report(newborn(cast, kind=PREGNANCY), by=cast.kader_wati)
    assert len(report_likeness.known_children(pregnancy, cast.bidan_rina)) == 2


def test_an_answer_stands_once(cast: Cast) -> None:
    told = report_operations.report(newborn(cast), by=cast.kader_wati)
    first = report_operations.answer(told, OutcomeKind.NOTED, by=cast.bidan_rina)
    assert report_operations.answer(told, OutcomeKind.NOTED, by=cast.bidan_rina) == first
    with pytest.raises(RefusedError) as refusal:
        report_operations.answer(told, OutcomeKind.NOT_FOUND, by=cast.petugas_gizi_dewi)
    assert "Rina Marlina" in refusal.value.problems[0].sentence
    assert ReportOutcome.objects.count() == 1
    assert AuditEntry.objects.filter(action="report.answer").count() == 1


def test_registering_the_newborn_ends_the_report_once(cast: Cast) -> None:
    told = report_operations.report(newborn(cast), by=cast.kader_wati)
    rina = cast.bidan_rina
    child = report_operations.register_reported(told, as_child(cast), posyandu=cast.melati, by=rina)
    again = report_operations.register_reported(told, as_child(cast), posyandu=cast.melati, by=rina)
    assert child == again
    outcome = ReportOutcome.objects.get()
    assert (outcome.kind, outcome.child) == (OutcomeKind.REGISTERED, child)
    with pytest.raises(RefusedError):
        report_operations.register_reported(
            told, as_child(cast, "Lain Sekali"), posyandu=cast.melati, by=rina
        )
    assert Child.objects.filter(mother__name="Nurbaiti").count() == 1


def test_a_registration_that_is_refused_leaves_the_report_waiting(cast: Cast) -> None:
    cast.child("By. Ny. Nurbaiti", birth_date=cast.today, sex=2, mother="Nurbaiti")
    told = report_operations.report(newborn(cast), by=cast.kader_wati)
    with pytest.raises(DuplicateChildError):
        report_operations.register_reported(told, as_child(cast), posyandu=cast.melati, by=cast.bidan_rina)
    assert FamilyReport.objects.waiting().get() == told


def test_a_newborn_is_not_registered_at_a_foreign_puskesmas(cast: Cast) -> None:
    told = report_operations.report(newborn(cast), by=cast.kader_wati)
    with pytest.raises(RefusedError):
        report_operations.register_reported(told, as_child(cast), posyandu=cast.mawar, by=cast.bidan_yuni)
    assert not ReportOutcome.objects.exists()


@pytest.mark.parametrize("kind", ["registered", "noted"])
def test_an_outcome_and_a_child_go_together_or_not_at_all(cast: Cast, kind: str) -> None:
    told = report_operations.report(newborn(cast), by=cast.kader_wati)
    child = cast.aisyah if kind == "noted" else None
    with pytest.raises(ValueError, match="don't go together"):
        report_operations.answer(told, kind, child=child, by=cast.bidan_rina)


def test_a_child_of_earlier_years_is_no_newborn(cast: Cast) -> None:
    cast.child("By. Ny. Nur", birth_date=born(cast.today, months=14), mother="Nurbaiti")
    told = report_operations.report(newborn(cast, day=None), by=cast.kader_wati)
    assert report_likeness.known_children(told, cast.bidan_rina) == []


def test_a_form_that_a_browser_filled_with_an_old_key_still_tells_of_the_other_woman(cast: Cast) -> None:
    key = new_key()
    first = report_operations.report(newborn(cast), key=key, by=cast.kader_wati)
    other = report_operations.report(newborn(cast, "Budiarti"), key=key, by=cast.kader_wati)
    assert other != first
    assert other.name == "Budiarti"
