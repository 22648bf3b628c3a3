"""Forms of the paper sheet: which one to print, and the code of one that was written on."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ceting.care.measurements.sheet_codes import SheetCodeError, parse_code
from ceting.care.measurements.sheets import AHEAD
from ceting.foundation.ui.form_fields import DayField, NamedRowField, RefusalMixin
from ceting.registry.accounts.access import posyandu_of
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu

MAY = "measurements.record"
LONGEST_TYPED = 40


class SheetCodeField(forms.CharField):
    """The code of a sheet, however it is typed. Cleans to its eight signs."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(
            max_length=LONGEST_TYPED,
            widget=forms.TextInput(attributes),
            error_messages={
                "required": "Ketik kode lembar. Kodenya ada di kanan atas setiap halaman.",
                "max_length": "Kode lembar terdiri dari 8 huruf dan angka, misalnya K7M4-2XRT.",
            },
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        try:
            return parse_code(typed)
        except SheetCodeError as error:
            raise ValidationError(error.sentence, code=error.code) from error


class SheetCodeForm(RefusalMixin, forms.Form):
    """Type what was written on paper."""

    code = SheetCodeField(label="Kode lembar", help_text="Delapan huruf dan angka di kanan atas lembar.")


class SheetPrintForm(RefusalMixin, forms.Form):
    """For which posyandu and day; the day may be still to come."""

    posyandu = NamedRowField(
        label="Posyandu",
        queryset=Posyandu.objects.none(),
        named_by="with_village",
        empty_label="Pilih posyandu",
        error_messages={"required": "Pilih posyandu.", "invalid_choice": "Pilih posyandu dari daftar."},
    )
    held_on = DayField(
        label="Tanggal posyandu",
        error_messages={"required": "Isi tanggal posyandu."},
        help_text="Umur, perkiraan berat dan kapsul vitamin A dihitung untuk tanggal ini.",
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day, post = self.fields["held_on"], self.fields["posyandu"]
        assert isinstance(day, DayField)
        assert isinstance(post, NamedRowField)
        # A sheet is printed the day before.
        day.today = lambda: today + AHEAD
        day.initial = today
        post.queryset = posyandu_of(user, may=MAY)
        if len(post.queryset) == 1:
            post.initial = post.queryset[0]
