"""Registering a child: little is needed, nothing is registered twice, and twins are two."""

from datetime import timedelta

import pytest

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.ciphers import keyed_hash
from ceting.foundation.core.errors import RefusedError
from ceting.registry.families import operations
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.models import Caregiver, Child, Household, Sex
from tests.cast import BOY, GIRL, Cast, nik_of

pytestmark = pytest.mark.django_db


def draft(cast: Cast, **more: object) -> ChildDraft:
    told: dict[str, object] = {
        "name": "Budi Santoso",
        "sex": BOY,
        "birth_date": cast.today - timedelta(days=200),
        "mother": CaregiverDraft("Yanti"),
    }
    return ChildDraft(**(told | more))  # type: ignore[arg-type]


def test_name_sex_birth_date_and_mother_are_enough(cast: Cast) -> None:
    child = operations.register_child(draft(cast), posyandu=cast.melati, by=cast.kader_wati)
    assert (child.name, child.nik, child.mother.name) == ("Budi Santoso", "", "Yanti")
    assert child.household.village == cast.melati.village
    assert (
        AuditEntry.objects.get(action="child.register", subject_ids=[str(child.pk)]).actor_id
        == cast.kader_wati.pk
    )


def test_a_nik_is_stored_encrypted_and_found_by_its_hash(cast: Cast) -> None:
    from django.db import connection

    told = draft(cast, nik=nik_of(cast.today, BOY, 77))
    child = operations.register_child(told, posyandu=cast.melati, by=cast.kader_wati)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, nik_hash FROM families_child WHERE name = %s", [told.name])
        stored, hashed = cursor.fetchone()
    assert told.nik not in stored
    assert told.nik not in hashed
    assert Child.objects.get(nik_hash=keyed_hash(told.nik)) == child
    assert Child.objects.get(pk=child.pk).nik == told.nik


def test_the_same_nik_is_refused_even_when_insisted(cast: Cast) -> None:
    told = draft(cast, nik=cast.aisyah.nik)
    with pytest.raises(operations.DuplicateChildError) as refusal:
        operations.register_child(told, posyandu=cast.melati, by=cast.kader_wati, despite_likeness=True)
    assert [likeness.child for likeness in refusal.value.likenesses] == [cast.aisyah]


def test_similar_name_and_birth_date_are_asked_about_and_can_be_insisted_on(cast: Cast) -> None:
    told = draft(cast, name="Aisjah Poetri", sex=GIRL, birth_date=cast.aisyah.birth_date)
    with pytest.raises(operations.DuplicateChildError) as refusal:
        operations.register_child(told, posyandu=cast.melati, by=cast.kader_wati)
    assert refusal.value.likenesses[0].reason == "name"
    assert operations.register_child(told, posyandu=cast.melati, by=cast.kader_wati, despite_likeness=True)


def test_the_likeness_never_names_a_child_of_another_posyandu(cast: Cast) -> None:
    told = draft(cast, nik=cast.aisyah.nik)
    with pytest.raises(operations.DuplicateChildError) as refusal:
        operations.register_child(told, posyandu=cast.kenanga, by=cast.kader_tuti)
    assert refusal.value.likenesses == ()
    (problem,) = refusal.value.problems
    assert "Aisyah" not in problem.sentence
    assert "bidan" in problem.sentence


def test_twins_with_their_own_names_are_two_children_of_one_mother(cast: Cast) -> None:
    mother = CaregiverDraft("Yanti", nik=nik_of(cast.today - timedelta(days=9000), GIRL, 5))
    first = operations.register_child(
        draft(cast, name="Hasan", mother=mother), posyandu=cast.melati, by=cast.kader_wati
    )
    second = operations.register_child(
        draft(cast, name="Khairul", mother=mother), posyandu=cast.melati, by=cast.kader_wati
    )
    assert first.mother == second.mother
    assert first.household == second.household


def test_a_newborn_without_a_name_is_recognised_by_mother_and_day(cast: Cast) -> None:
    operations.register_child(draft(cast, name="By. Ny. Yanti"), posyandu=cast.melati, by=cast.kader_wati)
    with pytest.raises(operations.DuplicateChildError) as refusal:
        operations.register_child(draft(cast, name="Rendra"), posyandu=cast.melati, by=cast.kader_wati)
    assert refusal.value.likenesses[0].reason == "mother"


def test_one_family_card_is_one_household(cast: Cast) -> None:
    kk = "1371020101200001"
    mother = CaregiverDraft("Yanti")
    elder = draft(cast, name="Hasan", kk=kk, mother=mother, birth_date=cast.today - timedelta(days=900))
    younger = draft(cast, name="Zainab", kk=kk, mother=mother, sex=GIRL)
    before = Household.objects.count(), Caregiver.objects.count()
    operations.register_child(elder, posyandu=cast.melati, by=cast.kader_wati)
    operations.register_child(younger, posyandu=cast.melati, by=cast.kader_wati)
    assert (Household.objects.count(), Caregiver.objects.count()) == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("name", {"name": "  "}),
        ("sex", {"sex": 3}),
        ("birth_weight_kg", {"birth_weight_kg": 31}),
        ("birth_length_cm", {"birth_length_cm": 4}),
    ],
)
def test_impossible_data_are_refused_at_their_field_and_nothing_is_written(
    cast: Cast, field: str, told: dict[str, object]
) -> None:
    before = Child.objects.count()
    with pytest.raises(RefusedError) as refusal:
        operations.register_child(draft(cast, **told), posyandu=cast.melati, by=cast.kader_wati)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert Child.objects.count() == before


@pytest.mark.parametrize(("days", "refused"), [(0, False), (1, True)])
def test_a_child_may_be_born_today_but_not_tomorrow(cast: Cast, days: int, *, refused: bool) -> None:
    told = draft(cast, birth_date=cast.today + timedelta(days=days))
    if refused:
        with pytest.raises(RefusedError):
            operations.register_child(told, posyandu=cast.melati, by=cast.kader_wati)
    else:
        assert operations.register_child(told, posyandu=cast.melati, by=cast.kader_wati)


@pytest.mark.parametrize(("years", "refused"), [(20, False), (21, True)])
def test_a_birth_date_of_a_grown_up_is_a_typing_error(cast: Cast, years: int, *, refused: bool) -> None:
    told = draft(cast, birth_date=cast.today.replace(year=cast.today.year - years))
    assert [problem.code for problem in told.problems(cast.today)] == (["old"] if refused else [])


def test_under_five_ends_on_the_day_of_sixty_months(cast: Cast) -> None:
    on = cast.today.replace(day=15)
    five_years_ago = on.replace(year=on.year - 5)
    turned = cast.child("Turned", birth_date=five_years_ago)
    almost = cast.child("Almost", birth_date=five_years_ago + timedelta(days=1), mother="Ibu Lain")
    inside = set(Child.objects.under_five(on))
    assert almost in inside
    assert turned not in inside


def test_the_longest_name_fits_also_when_its_normalised_form_is_longer(cast: Cast) -> None:
    told = draft(cast, name="Xaxa " * 24, mother=CaregiverDraft("Xexe " * 24))
    child = operations.register_child(told, posyandu=cast.melati, by=cast.kader_wati)
    assert len(child.name) < len(child.name_key) <= 240


def test_sexes_are_coded_as_who_codes_them() -> None:
    assert (Sex.BOY, Sex.GIRL) == (1, 2)
