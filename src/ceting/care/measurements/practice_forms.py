"""Forms of a practice: who takes part, and what one of them read off."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ceting.care.measurements import practice
from ceting.care.measurements.drafts import BOUNDS
from ceting.care.measurements.measurement_words import typed
from ceting.care.measurements.practice import Cell
from ceting.care.measurements.practice_models import Practice, Practitioner
from ceting.care.measurements.practice_presenters import TURN_WORDS, name_of
from ceting.care.measurements.session_forms import NUMBERS
from ceting.foundation.ui.form_fields import DayField, MeasureField, NamedRowField, RefusalMixin
from ceting.registry.accounts.access import posyandu_of
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu
from ceting.standards.standardisation import MEASURES, least_children

SIZE = f"Isi angka {practice.FEWEST} sampai {practice.MOST}."


class PracticeForm(RefusalMixin, forms.Form):
    """Where, when, who and what. One participant a line: they are typed from a list on paper."""

    posyandu = NamedRowField(
        label="Tempat",
        queryset=Posyandu.objects.none(),
        named_by="with_village",
        empty_label="Pilih posyandu",
        error_messages={"required": "Pilih posyandu.", "invalid_choice": "Pilih posyandu dari daftar."},
    )
    held_on = DayField(label="Tanggal latihan", error_messages={"required": "Isi tanggal latihan."})
    expert = forms.CharField(
        label="Pelatih",
        max_length=200,
        help_text="Pengukur terlatih; peserta dibandingkan dengannya.",
        error_messages={"required": "Isi nama pelatih."},
    )
    others = forms.CharField(
        label="Peserta",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Satu nama satu baris.",
        error_messages={"required": "Isi paling sedikit satu nama peserta."},
    )
    children = forms.IntegerField(
        label="Banyaknya anak",
        min_value=practice.FEWEST,
        max_value=practice.MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), SIZE),
    )
    measures = forms.MultipleChoiceField(
        label="Yang diukur",
        choices=[(measure, name_of(measure)) for measure in MEASURES],
        widget=forms.CheckboxSelectMultiple,
        initial=MEASURES,
        error_messages={
            "required": "Pilih paling sedikit satu ukuran.",
            "invalid_choice": "Pilih dari daftar.",
            "invalid_list": "Pilih dari daftar.",
        },
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day, post = self.fields["held_on"], self.fields["posyandu"]
        assert isinstance(day, DayField)
        assert isinstance(post, NamedRowField)
        day.today = lambda: today
        day.initial = today
        self.fields["children"].initial = least_children()
        self.fields["children"].help_text = f"Kurang dari {least_children()} anak belum cukup untuk dinilai."
        self.fields["expert"].initial = user.name
        post.queryset = posyandu_of(user, may="practice.run")
        if len(post.queryset) == 1:
            post.initial = post.queryset[0]

    def names(self) -> list[str]:
        return [line for line in self.cleaned_data["others"].splitlines() if line.strip()]


class ReadingsForm(forms.Form):
    """Everything that one person read off: a cell for each measure, child and time; all may stay empty."""

    def __init__(self, data: Mapping[str, Any] | None, *, of: Practice, person: Practitioner) -> None:
        saved = {
            (row.measure, row.child_number, row.turn): row.value
            for row in person.values.filter(value__isnull=False)
        }
        super().__init__(data)
        self.cells: dict[str, Cell] = {}
        for measure in practice.measures_of(of):
            for child in range(1, of.children + 1):
                for turn in practice.TURNS:
                    name = f"{measure}-{child}-{turn}"
                    self.cells[name] = (measure, child, turn)
                    self.fields[name] = MeasureField(
                        unit="kg" if measure == "weight_kg" else "cm",
                        required=False,
                        label=f"{name_of(measure)}, anak {child}, {TURN_WORDS[turn]}",
                        initial=typed(saved.get((measure, child, turn))),
                    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, (measure, _, _) in self.cells.items():
            value: Decimal | None = data.get(name)
            if value is None:
                continue
            low, high, hint = BOUNDS[measure]
            if not low <= value <= high:
                self.add_error(
                    name, ValidationError(f"{hint} Angka ini tidak mungkin.", code="out_of_bounds")
                )
            else:
                data[name] = value.quantize(NUMBERS[measure][1], ROUND_HALF_UP)
        return data

    def readings(self) -> dict[Cell, Decimal | None]:
        return {cell: self.cleaned_data[name] for name, cell in self.cells.items()}
