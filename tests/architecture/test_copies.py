"""Whatever the house holds of a person stands in her copy, or says why it doesn't."""

import pytest
from django.db import models

from ceting.foundation.core.classification import FieldClass, class_of
from ceting.registry.families.models import Caregiver, Child, Household
from ceting.registry.rights.contributing import KEPT_OUT, SOURCES, Table, contributed
from tests.architecture.test_fields import our_models

MACHINERY = {"id", "version"}
TABLES = [each for each in SOURCES if isinstance(each, Table)]


def leading_to_a_person() -> set[type[models.Model]]:
    """Models with a foreign key to a person, or to a row that leads to one; messaging names people by plain ids."""
    found: set[type[models.Model]] = {Child, Caregiver, Household}
    while True:
        more = {model for model in our_models() if model not in found and _points_at(model, found)}
        if not more:
            return found
        found |= more


def _points_at(model: type[models.Model], targets: set[type[models.Model]]) -> bool:
    return any(
        (isinstance(field, models.ForeignKey) and field.related_model in targets)
        or field.name == "recipient_id"
        for field in model._meta.concrete_fields
    )


def test_every_model_of_a_person_is_copied_or_says_why_not() -> None:
    assert leading_to_a_person() - contributed() - set(KEPT_OUT) == set()


def test_nothing_is_copied_and_kept_out_at_once_and_every_reason_is_said() -> None:
    assert not contributed() & set(KEPT_OUT)
    assert all(KEPT_OUT.values())
    assert (contributed() | set(KEPT_OUT)) <= leading_to_a_person()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model.__name__)
def test_every_field_of_a_copied_model_is_copied_or_says_why_not(table: Table) -> None:
    fields = {field.name for field in table.model._meta.concrete_fields}
    open_fields = {
        name for name in fields - MACHINERY if class_of(table.model, name) is not FieldClass.INTERNAL
    }
    assert open_fields - set(table.labels) - set(table.left_out) == set()
    assert {*table.labels, *table.left_out} <= fields
    assert not set(table.labels) & set(table.left_out)
    assert len(set(table.labels.values())) == len(table.labels), (
        "two fields of one label would hide one another"
    )
