"""Every model field says who may read it (rules.md, section 8). A field without a class stops the start."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register


class FieldClass(Enum):
    """Audiences, not ranks: a volunteer may read PUBLIC and VOLUNTEER, but not FAMILY."""

    PUBLIC = "public"
    VOLUNTEER = "volunteer"
    """What the posyandu needs: name, birth date, weight."""
    FAMILY = "family"
    """Identity that stays between the family and its health workers: NIK, KK, full address, phone."""
    CLINICAL = "clinical"
    """Health workers only: laboratory, ultrasound, diagnosis."""
    NAMED_CLINICIAN = "named"
    """HIV, syphilis, HBsAg, mental health, violence: the clinicians named on the record."""
    INTERNAL = "internal"
    """Machinery that never leaves the server: password hashes, lookup hashes, keys of rows."""


def classify(
    *,
    public: str = "",
    volunteer: str = "",
    family: str = "",
    clinical: str = "",
    named: str = "",
    internal: str = "",
) -> dict[str, FieldClass]:
    """Field name -> class, from space-separated names. Raises ValueError when a field is named twice."""
    classes: dict[str, FieldClass] = {}
    spoken = (
        (FieldClass.PUBLIC, public),
        (FieldClass.VOLUNTEER, volunteer),
        (FieldClass.FAMILY, family),
        (FieldClass.CLINICAL, clinical),
        (FieldClass.NAMED_CLINICIAN, named),
        (FieldClass.INTERNAL, internal),
    )
    for field_class, names in spoken:
        for name in names.split():
            if name in classes:
                raise ValueError(f"field {name!r} has two classes")
            classes[name] = field_class
    return classes


def class_of(model: type[Any], field_name: str) -> FieldClass:
    """The class of one field. Raises LookupError for a field that nobody classified."""
    for owner in model.__mro__:
        declared = owner.__dict__.get("field_classes", {})
        if field_name in declared:
            found: FieldClass = declared[field_name]
            return found
    raise LookupError(f"{model.__name__}.{field_name} has no field class")


@register()
def every_field_is_classified(app_configs: Sequence[Any] | None = None, **_: Any) -> Iterable[CheckMessage]:
    """System check ceting.E001: `manage check` and every start run it."""
    configs = app_configs if app_configs is not None else apps.get_app_configs()
    for config in configs:
        if not config.name.startswith("ceting."):
            continue
        for model in config.get_models():
            for field in model._meta.concrete_fields:
                try:
                    class_of(model, field.name)
                except LookupError as error:
                    yield Error(
                        str(error),
                        hint="Name it in the model's field_classes = classify(...).",
                        obj=model,
                        id="ceting.E001",
                    )
