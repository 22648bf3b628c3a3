"""Fields that only the office has: a time of day, the code of a puskesmas."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


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


class CodeField(forms.RegexField):
    """The ministry's code of a puskesmas; cleans to capitals without spaces."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            regex=r"^P?[0-9]{7,11}$",
            label="Kode puskesmas",
            required=False,
            help_text="Kode dari Kementerian Kesehatan, misalnya P1371020101",
            error_messages={"invalid": "Tulis huruf P dan angkanya, misalnya P1371020101."},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return "".join(str(super().to_python(value)).split()).upper()
