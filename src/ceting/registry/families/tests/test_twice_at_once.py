"""Two hands on "Simpan" at the same moment."""

import threading
import time
from typing import Any

import pytest
from django.db import connections

from ceting.registry.families import operations
from ceting.registry.families.duplicates import Likeness, alike
from ceting.registry.families.models import Child
from tests.cast import gather


@pytest.mark.django_db(transaction=True)
def test_a_child_who_is_registered_twice_at_once_is_one_child(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*args: Any) -> list[Likeness]:
        found = alike(*args)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(operations, "alike", slow)
    cast = gather()
    draft = operations.ChildDraft(
        name="Cici", sex=2, birth_date=cast.aisyah.birth_date, mother=operations.CaregiverDraft("Ani")
    )
    refused: list[str] = []

    def save() -> None:
        try:
            operations.register_child(draft, posyandu=cast.melati, by=cast.kader_wati)
        except operations.DuplicateChildError as refusal:
            refused.append(refusal.problems[0].code)
        finally:
            connections.close_all()

    hands = [threading.Thread(target=save) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert Child.objects.filter(name="Cici").count() == 1
    assert refused == ["duplicate"]
