"""Classes of fields are audiences, not ranks."""

import pytest

from ceting.foundation.core.classification import FieldClass, class_of, classify
from ceting.foundation.core.models import Job


def test_a_field_has_one_class() -> None:
    with pytest.raises(ValueError, match="nik"):
        classify(family="nik phone", volunteer="nik")


def test_a_model_inherits_the_classes_of_its_base() -> None:
    assert class_of(Job, "created_at") is FieldClass.PUBLIC
    assert class_of(Job, "failure") is FieldClass.INTERNAL


def test_a_field_without_a_class_is_an_error() -> None:
    with pytest.raises(LookupError, match=r"Job\.shoe_size"):
        class_of(Job, "shoe_size")
