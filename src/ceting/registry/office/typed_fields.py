"""A field that only the office has: the code of a puskesmas."""

from typing import Any

from django import forms


class PuskesmasCodeField(forms.RegexField):
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
