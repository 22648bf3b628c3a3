"""Forms of the calendar: a year by its pattern, and one day that changes."""

from datetime import date
from typing import Any

from django import forms

from ceting.care.measurements.plan_presenters import NTH, WEEKDAYS
from ceting.foundation.ui.form_fields import DayField, NamedRowField, RefusalMixin
from ceting.registry.accounts.access import posyandu_of
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu


class PlanForm(RefusalMixin, forms.Form):
    """`Kamis minggu ke-2`, for the rest of this year or for the next."""

    posyandu = NamedRowField(
        label="Posyandu",
        queryset=Posyandu.objects.none(),
        named_by="with_village",
        empty_label="Pilih posyandu",
        error_messages={"required": "Pilih posyandu.", "invalid_choice": "Pilih posyandu dari daftar."},
    )
    weekday = forms.TypedChoiceField(
        label="Hari",
        coerce=int,
        choices=tuple(enumerate(WEEKDAYS)),
        error_messages={"required": "Pilih hari.", "invalid_choice": "Pilih hari dari daftar."},
    )
    nth = forms.TypedChoiceField(
        label="Minggu ke",
        coerce=int,
        choices=NTH,
        error_messages={"required": "Pilih minggu.", "invalid_choice": "Pilih minggu dari daftar."},
    )
    year = forms.TypedChoiceField(
        label="Tahun",
        coerce=int,
        error_messages={"required": "Pilih tahun.", "invalid_choice": "Pilih tahun dari daftar."},
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        post, year = self.fields["posyandu"], self.fields["year"]
        assert isinstance(post, NamedRowField)
        assert isinstance(year, forms.TypedChoiceField)
        post.queryset = posyandu_of(user, may="sessions.plan")
        year.choices = [(each, str(each)) for each in (today.year, today.year + 1)]


class PlanChangeForm(RefusalMixin, forms.Form):
    """Another date, or none: the day is cancelled. Always why."""

    to = DayField(label="Tanggal baru", required=False, help_text="Kosongkan bila dibatalkan.")
    reason = forms.CharField(
        label="Alasan",
        max_length=400,
        help_text="Misalnya: bertepatan hari libur.",
        error_messages={"required": "Isi alasannya, misalnya: bertepatan hari libur."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["to"]
        assert isinstance(day, DayField)
        # A plan looks ahead: the field reads days until the end of next year.
        day.today = lambda: date(today.year + 1, 12, 31)
