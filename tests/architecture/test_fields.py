"""Every field of a person says who may read it, or the build fails."""

from types import SimpleNamespace

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from ceting.foundation.core.classification import FieldClass, class_of, every_field_is_classified
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record
from tests.architecture import house

ENCRYPTED_NAMES = {"nik", "kk", "bpjs", "phone", "address"}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if house.app_of(model.__module__)]


def test_every_field_has_a_class() -> None:
    assert list(every_field_is_classified()) == []


@isolate_apps("ceting.foundation.core")
def test_a_field_that_nobody_classified_is_found() -> None:
    class Forgotten(Record):
        secret = models.TextField()

        class Meta:
            app_label = "core"

    config = SimpleNamespace(name="ceting.forgotten", get_models=lambda: [Forgotten])
    (error,) = every_field_is_classified([config])
    assert error.id == "ceting.E001"
    assert "Forgotten.secret" in error.msg


def test_every_class_names_a_field_that_exists() -> None:
    """A class left behind by a renamed field would look like care taken."""
    wrong = [
        f"{model.__name__}.{name}"
        for model in our_models()
        for name in model.__dict__.get("field_classes", {})
        if name not in {field.name for field in model._meta.concrete_fields}
    ]
    assert wrong == []


def test_numbers_and_addresses_of_people_are_encrypted() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.name in ENCRYPTED_NAMES and not isinstance(field, EncryptedTextField)
    ]
    assert wrong == []


def test_numbers_and_addresses_of_people_stay_between_family_and_health_workers() -> None:
    wide = {FieldClass.PUBLIC, FieldClass.VOLUNTEER}
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.name in ENCRYPTED_NAMES and class_of(model, field.name) in wide
    ]
    assert wrong == []


def test_nothing_of_a_person_is_deleted_by_a_cascade() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]
    assert wrong == []
