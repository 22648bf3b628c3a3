"""The trail: only ever added to, sealed, and every change to it found."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from ceting.foundation.audit import operations as audit
from ceting.foundation.audit.models import AppendOnlyError, AuditEntry, AuditSeal
from ceting.foundation.audit.operations import BrokenChainError
from tests.cast import Cast


@pytest.fixture
def sealed(cast: Cast) -> int:
    """The trail of gathering the cast in two seals; the number of entries."""
    audit.seal()
    audit.record_read("child", [cast.aisyah.pk, cast.rafi.pk], by=cast.bidan_rina, purpose="list")
    audit.record("child.change", "child", [cast.aisyah.pk], by=cast.bidan_rina, detail={"name": "Aisyah"})
    audit.seal()
    return AuditEntry.objects.count()


def test_a_list_that_was_read_is_one_row_with_its_ids(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    audit.record_read("child", [cast.aisyah.pk, cast.rafi.pk], by=cast.bidan_rina, purpose="list")
    entry = AuditEntry.objects.order_by("-id")[0]
    assert AuditEntry.objects.count() == before + 1
    assert entry.subject_ids == [str(cast.aisyah.pk), str(cast.rafi.pk)]
    assert (entry.actor_id, entry.puskesmas_id) == (cast.bidan_rina.pk, cast.andalas.pk)


def test_an_empty_list_leaves_no_row(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    audit.record_read("child", [], by=cast.bidan_rina, purpose="list")
    assert AuditEntry.objects.count() == before


def test_nothing_is_changed_or_deleted_through_the_model(cast: Cast) -> None:
    entry = AuditEntry.objects.order_by("id")[0]
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()


def test_old_values_are_encrypted(cast: Cast) -> None:
    audit.record(
        "child.change", "child", [cast.aisyah.pk], by=cast.bidan_rina, detail={"nik": cast.aisyah.nik}
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail FROM audit_auditentry")
        stored = cursor.fetchall()
    assert all(cast.aisyah.nik not in row[0] for row in stored)


def test_an_untouched_trail_verifies(sealed: int) -> None:
    assert audit.verify() == sealed


def test_sealing_again_seals_nothing(sealed: int) -> None:
    assert audit.seal() is None
    assert AuditSeal.objects.count() == 2


def test_what_comes_later_waits_for_the_next_seal(sealed: int, cast: Cast) -> None:
    audit.record_read("child", [cast.aisyah.pk], by=cast.bidan_rina, purpose="page")
    assert audit.verify() == sealed


def test_a_changed_entry_is_found(sealed: int) -> None:
    first = AuditEntry.objects.filter(seal_position=2).order_by("id")[0]
    AuditEntry.objects.filter(pk=first.pk).update(actor_id=uuid4())
    with pytest.raises(BrokenChainError, match="changed") as found:
        audit.verify()
    assert found.value.position == 2


def test_a_deleted_entry_is_found(sealed: int) -> None:
    AuditEntry.objects.filter(pk=AuditEntry.objects.filter(seal_position=1)[0].pk).delete()
    with pytest.raises(BrokenChainError, match="were sealed"):
        audit.verify()


def test_an_entry_slipped_under_an_old_seal_is_found(sealed: int, cast: Cast) -> None:
    audit.record_read("child", [cast.aisyah.pk], by=cast.bidan_rina, purpose="page")
    AuditEntry.objects.filter(seal_position=None).update(seal_position=1)
    with pytest.raises(BrokenChainError):
        audit.verify()


def test_a_missing_or_rewritten_seal_is_found(sealed: int) -> None:
    second = AuditSeal.objects.get(position=2)
    AuditSeal.objects.filter(position=1).update(digest="0" * 64)
    with pytest.raises(BrokenChainError):
        audit.verify()
    AuditSeal.objects.filter(position=1).delete()
    with pytest.raises(BrokenChainError, match="missing") as found:
        audit.verify()
    assert found.value.position == second.position


@pytest.mark.parametrize("sealed_between", [False, True])
def test_who_was_read_is_found_with_the_newest_read_first(cast: Cast, sealed_between: bool) -> None:
    audit.record_read("child", [cast.aisyah.pk, cast.rafi.pk], by=cast.bidan_rina, purpose="list")
    if sealed_between:
        audit.seal()
    audit.record_read("child", [cast.aisyah.pk], by=cast.kader_wati, purpose="growth")
    audit.record("child.change", "child", [cast.aisyah.pk], by=cast.bidan_rina)
    newest, oldest = audit.reads_of([cast.aisyah.pk, cast.rafi.pk])
    assert AuditEntry.objects.get(pk=newest).purpose == "growth"
    assert AuditEntry.objects.get(pk=oldest).purpose == "list"
    assert audit.reads_of([cast.rafi.pk]) == [oldest]
    audit.seal()
    assert audit.reads_of([cast.aisyah.pk, cast.rafi.pk]) == [newest, oldest]


def test_who_read_somebody_is_asked_of_an_index(cast: Cast) -> None:
    """Not of the trail, which holds every page that a city's staff ever opened."""
    AuditEntry.objects.bulk_create(AuditEntry(action="read", seal_position=1) for _ in range(2000))
    audit.record_read("child", [cast.aisyah.pk], by=cast.bidan_rina, purpose="list")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The planner must know that hardly anything waits; a table of a few rows it would read whole anyway.
            cursor.execute("ANALYZE audit_auditentry")
            cursor.execute("SET LOCAL enable_seqscan = off")
    sealed = audit.sealed_reads_of([cast.aisyah.pk]).explain()
    assert "read_by_subject" in sealed
    assert "audit_auditentry" not in sealed
    assert "audit_by_seal" in audit.unsealed_reads().explain()


def test_a_list_that_was_read_costs_one_write(cast: Cast, django_assert_num_queries: Any) -> None:
    keys = [child.pk for child in cast.children(30)]
    with django_assert_num_queries(1):
        audit.record_read("child", keys, by=cast.bidan_rina, purpose="list")
