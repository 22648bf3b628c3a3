"""Roles as data: what somebody may do, and where."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ceting.foundation.core.classification import FieldClass
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts import operations
from ceting.registry.accounts.access import Scope, posyandu_of, puskesmas_of, readable
from ceting.registry.accounts.models import RoleAssignment, User
from ceting.registry.accounts.roles import PERMISSIONS, ROLES
from tests.cast import Cast


def children_of(cast: Cast, user: User) -> set[Any]:
    """The children whom she sees."""
    return {*type(cast.aisyah).objects.visible_to(user)}


def test_every_permission_of_a_role_is_one_that_a_nurse_can_read() -> None:
    for role in ROLES.values():
        assert role.permissions <= PERMISSIONS.keys()


def test_only_health_workers_read_family_and_clinical_fields() -> None:
    health_workers = {"bidan", "petugas_gizi", "dokter", "kepala"}
    for role in ROLES.values():
        wide = {FieldClass.FAMILY, FieldClass.CLINICAL} <= role.fields
        assert wide == (role.code in health_workers)
        assert FieldClass.NAMED_CLINICIAN not in role.fields
        assert FieldClass.INTERNAL not in role.fields


def test_who_is_kader_here_and_head_there_writes_here_and_reads_there(cast: Cast) -> None:
    operations.give_role(cast.kepala, "kader", posyandu=cast.mawar, by=None)
    everywhere = {cast.aisyah, cast.rafi, cast.zahra}
    children = type(cast.aisyah).objects
    assert {*children.visible_to(cast.kepala)} == everywhere
    assert {*children.visible_to(cast.kepala, may="children.read")} == everywhere
    assert {*children.visible_to(cast.kepala, may="measurements.record")} == {cast.zahra}
    assert {*posyandu_of(cast.kepala, may="children.write")} == {cast.mawar}
    assert cast.kepala.may_at("measurements.record", cast.mawar)
    assert not cast.kepala.may_at("measurements.record", cast.melati)


def test_dinas_runs_every_puskesmas_and_a_head_only_hers(cast: Cast) -> None:
    assert {*puskesmas_of(cast.dinas, may="staff.manage")} == {cast.andalas, cast.air_dingin}
    assert {*puskesmas_of(cast.kepala, may="staff.manage")} == {cast.andalas}
    assert not puskesmas_of(cast.kepala, may="puskesmas.open")
    assert not puskesmas_of(cast.bidan_rina, may="staff.manage")


def test_a_role_that_ended_shows_nothing_any_more(cast: Cast) -> None:
    (assignment,) = cast.kader_wati.assignments
    operations.end_role(assignment, by=cast.kepala)
    wati = User.objects.get(pk=cast.kader_wati.pk)
    assert not wati.may("children.read")
    assert not children_of(cast, wati)
    assert RoleAssignment.objects.get(pk=assignment.pk).ended_at is not None


def test_somebody_with_two_posyandu_sees_both(cast: Cast) -> None:
    operations.give_role(cast.kader_tuti, "kader", posyandu=cast.melati, by=cast.kepala)
    assert children_of(cast, cast.kader_tuti) == {cast.aisyah, cast.rafi}


def test_somebody_without_a_role_sees_and_may_nothing(cast: Cast) -> None:
    user = operations.create_user(
        username="baru", name="Baru", password="gulai-ikan-karang", puskesmas=cast.andalas, by=cast.kepala
    )
    assert not any(user.may(permission) for permission in PERMISSIONS)
    assert not children_of(cast, user)


def test_an_account_that_is_closed_reaches_nowhere(cast: Cast) -> None:
    cast.bidan_rina.is_active = False
    assert Scope.of(cast.bidan_rina) == Scope(frozenset(), frozenset())


@pytest.mark.parametrize("role", ["kader", "bidan"])
def test_the_database_refuses_a_role_without_its_place(cast: Cast, role: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=cast.dinas, role=role)


def test_a_taken_name_and_a_weak_password_are_refused_in_words(cast: Cast) -> None:
    with pytest.raises(RefusedError) as taken:
        operations.create_user(
            username=" Kader.Wati", name="Wati lain", password="gulai-ikan-karang", puskesmas=None, by=None
        )
    assert taken.value.problems[0].code == "username_taken"
    with pytest.raises(RefusedError) as weak:
        operations.create_user(username="baru", name="Baru", password="12345", puskesmas=None, by=None)
    assert {problem.field for problem in weak.value.problems} == {"password"}


def test_the_corner_of_the_screen_says_who_she_is(cast: Cast) -> None:
    assert cast.kader_wati.role_label == "Kader posyandu · Posyandu Melati"
    assert cast.bidan_rina.role_label == "Bidan · Puskesmas Andalas"
    assert cast.dinas.role_label == "Dinas Kesehatan"


def test_a_kader_reads_what_the_posyandu_needs_and_no_nik(cast: Cast) -> None:
    for name, for_kader, for_bidan in (("name", True, True), ("posyandu", True, True), ("nik", False, True)):
        assert readable(cast.kader_wati, cast.aisyah, name) is for_kader
        assert readable(cast.bidan_rina, cast.aisyah, name) is for_bidan
    for somebody in (cast.kader_wati, cast.bidan_rina, cast.dr_hasan):
        assert not readable(somebody, cast.aisyah, "nik_hash")
