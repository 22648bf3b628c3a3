"""A kader's midwife registers the woman by form at the very moment at which the list with her is taken in."""

import threading
import time
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction

from ceting.care.pregnancies import operations as pregnancies
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.core import clock
from ceting.gateways.interop.pregnant_women import operations, work
from ceting.gateways.interop.pregnant_women.models import ImportState
from ceting.gateways.interop.pregnant_women.tests.importing import again, preview
from ceting.gateways.interop.pregnant_women.tests.lists import row
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.families.models import Caregiver
from ceting.registry.families.woman_operations import KnownWomanError
from tests.cast import gather


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["form", "import"])
def test_a_woman_of_the_list_who_is_registered_by_form_at_once_is_one_woman(
    monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    whole = woman_operations.women_like

    def slow(*args: Any) -> Any:
        found = whole(*args)
        time.sleep(0.3)
        return found

    cast = gather()
    lmp = clock.now().date() - (date(2026, 11, 26) - date(2026, 9, 1))
    file = preview(cast, [row(HPHT=lmp.isoformat())])
    started = operations.start(file, by=cast.bidan_rina)
    monkeypatch.setattr(woman_operations, "women_like", slow)

    def by_form() -> None:
        draft = WomanDraft("Yanti Marlina", birth_date=date(1995, 3, 1))
        try:
            with transaction.atomic():
                woman = woman_operations.register_woman(draft, posyandu=cast.melati, by=cast.bidan_rina)
                told = PregnancyDraft(lmp=lmp)
                pregnancies.register(told, woman=woman, posyandu=cast.melati, by=cast.bidan_rina)
        except KnownWomanError:
            pass
        finally:
            connections.close_all()

    def by_list() -> None:
        try:
            work.take_in(str(started.job_id), str(file.pk))
        finally:
            connections.close_all()

    hands = [threading.Thread(target=deed) for deed in (by_form, by_list)]
    for hand in hands if first == "form" else reversed(hands):
        hand.start()
        time.sleep(0.1)
    for hand in hands:
        hand.join()

    assert Caregiver.objects.filter(name_key=Pregnancy.objects.get().woman.name_key).count() == 1
    assert again(file).state is ImportState.DONE
