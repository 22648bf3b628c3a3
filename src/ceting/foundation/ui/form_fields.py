"""Form fields that read what people type: comma or point, 26/11/2026 or 26 Nov 2026."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.standards.identity import parse_kk, parse_nik, parse_phone
from ceting.standards.numbers import DateError, NumberError, Unit, format_decimal, parse_date, parse_decimal
from ceting.standards.typed_values import TypedValueError


class MeasureInput(forms.TextInput):
    """A text input, since a number input refuses the comma on half of the phones."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return (
            format_decimal(value) if isinstance(value, int | float | Decimal) else super().format_value(value)
        )


class MeasureField(forms.CharField):
    """A measured number. Cleans to a Decimal in `unit`, or None when nothing was typed and that is allowed."""

    widget = MeasureInput
    default_error_messages = {"required": "Belum diisi."}

    def __init__(self, *, unit: Unit, **kwargs: Any) -> None:
        self.unit: Unit = unit
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            return parse_decimal(str(typed), unit=self.unit)
        except NumberError as error:
            raise ValidationError(error.sentence, code=error.code) from error

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")


class DayInput(forms.DateInput):
    """A text input: the browser's own date picker shows month first where the browser speaks English."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "placeholder": "26/11/2026", **(attrs or {})}, "%d/%m/%Y")


class DayField(forms.DateField):
    """A calendar day that isn't in the future, however it is typed. Cleans to a date, or None when allowed.

    `today` is the day where the puskesmas is; the form sets it.
    """

    widget = DayInput
    default_error_messages = {"required": "Belum diisi."}
    today: Callable[[], date] = staticmethod(clock.today)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        try:
            return parse_date(value, today=self.today())
        except DateError as error:
            raise ValidationError(error.sentence, code=error.code) from error


class ClockField(forms.CharField):
    """A time of day however it is typed: 7.30, 07:30. Cleans to a time."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "placeholder": "07.30"})
    default_error_messages = {"required": "Isi jamnya."}

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip().replace(".", ":")
        hour, colon, minute = typed.partition(":")
        try:
            return time(int(hour), int(minute) if colon else 0)
        except ValueError:
            raise ValidationError("Tulis jamnya, misalnya 07.30.", code="clock") from None


class NamedRowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice between rows, each called by its attribute `named_by`."""

    def __init__(self, *args: Any, named_by: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named_by = named_by

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, self.named_by))

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            # Whatever was sent in place of a key: "bukan UUID yang valid" helps nobody.
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            ) from error


class _IdentityField(forms.CharField):
    """Digits of a paper, however they are spaced. Cleans to the plain digits, or "" when allowed."""

    usual_width = "medium"
    """Sixteen digits and their spaces are seen at once: one compares them with the paper."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        try:
            return self._read(typed) if typed else ""
        except TypedValueError as error:
            raise ValidationError(error.sentence, code=error.code) from error

    def _read(self, typed: str) -> str:
        raise NotImplementedError


class NikField(_IdentityField):
    """A NIK of 16 digits."""

    def _read(self, typed: str) -> str:
        return parse_nik(typed).digits


class FamilyCardField(_IdentityField):
    """The number of a Kartu Keluarga, 16 digits."""

    def _read(self, typed: str) -> str:
        return parse_kk(typed)


class PhoneField(_IdentityField):
    """A phone number; cleans to E.164 (+6281234567890)."""

    def _read(self, typed: str) -> str:
        return parse_phone(typed)


class RefusalMixin:
    """For a form: shows the problems of a RefusedError at their fields."""

    fields: dict[str, forms.Field]

    def show(self, refusal: RefusedError) -> None:
        for problem in refusal.problems:
            field = problem.field if problem.field in self.fields else None
            self.add_error(field, problem.sentence)  # type: ignore[attr-defined]
