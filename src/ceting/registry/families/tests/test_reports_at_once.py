"""Two hands on one report at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.keys import new_key
from ceting.registry.families import report_operations
from ceting.registry.families.models import Child, FamilyReport, OutcomeKind, ReportOutcome
from ceting.registry.families.tests.test_reports import as_child, newborn
from tests.cast import gather

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of them at the same moment; what each gave, or its refusal."""
    start, found = threading.Barrier(len(deeds)), []

    def do(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            found.append(deed())
        except RefusedError as refusal:
            found.append(refusal.problems[0].code)
        finally:
            connections.close_all()

    hands = [threading.Thread(target=do, args=[deed]) for deed in deeds]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return found


def test_a_report_sent_twice_at_once_is_one() -> None:
    cast, key = gather(), new_key()
    draft = newborn(cast)
    sent = at_once(*[lambda: report_operations.report(draft, key=key, by=cast.kader_wati)] * 2)
    assert [getattr(each, "pk", each) for each in sent] == [key, key]
    assert FamilyReport.objects.count() == 1


def test_two_midwives_who_answer_at_once_give_one_answer() -> None:
    cast = gather()
    told = report_operations.report(newborn(cast), by=cast.kader_wati)
    draft = as_child(cast)
    found = at_once(
        lambda: report_operations.register_reported(told, draft, posyandu=cast.melati, by=cast.bidan_rina),
        lambda: report_operations.answer(told, OutcomeKind.NOT_FOUND, by=cast.petugas_gizi_dewi),
    )
    assert "answered" in found
    outcome = ReportOutcome.objects.get()
    registered = outcome.kind == OutcomeKind.REGISTERED
    assert Child.objects.filter(name=draft.name).exists() == registered
