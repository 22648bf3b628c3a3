"""Several doses in one go: what is due is ticked already."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from ceting.care.child_health.drafts import ImmunisationDraft
from ceting.care.child_health.entry_forms import EntryForm
from ceting.care.child_health.health_record import HealthRecord
from ceting.foundation.core.keys import new_key
from ceting.foundation.ui.form_fields import DayField, RefusalMixin
from ceting.standards.child.doses import known_doses
from ceting.standards.child.immunisation import DoseStanding, DoseState
from ceting.standards.numbers import format_date

LONGEST_LOT = 40


class DosesField(forms.MultipleChoiceField):
    """Any dose of the table: one that was given meanwhile is refused by the verb, or is this form sent twice."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return value in known_doses()


class ImmunisationForm(EntryForm):
    """The doses that she hasn't had, those due first; a lot number for each."""

    doses = DosesField(
        label="Imunisasi yang diberikan",
        error_messages={"required": "Centang paling sedikit satu imunisasi."},
    )

    def __init__(self, *args: Any, record: HealthRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_doses = [each for each in record.doses if each.state is not DoseState.GIVEN]
        open_doses.sort(key=lambda each: (not each.can_be_given, each.dose.age))
        beside = [code for code in known_doses() if code not in {each.dose.code for each in record.doses}]
        choices = [(each.dose.code, _words(each) if record.lives else each.dose.label) for each in open_doses]
        choices += [(code, f"{known_doses()[code].label} (tidak diberikan di sini)") for code in beside]
        field = self.fields["doses"]
        assert isinstance(field, DosesField)
        field.choices = choices
        field.initial = [each.dose.code for each in open_doses if each.can_be_given and record.lives]
        self.lot_names: list[str] = []
        for code, _ in choices:
            self._add_lot(code, required_first=code in field.initial)

    def _add_lot(self, code: str, *, required_first: bool) -> None:
        name = f"lot_{code}"
        label = f"Nomor batch {known_doses()[code].label}"
        self.fields[name] = forms.CharField(label=label, max_length=LONGEST_LOT, required=False)
        if required_first:
            self.lot_names.append(name)

    @property
    def lots(self) -> list[BoundField]:
        """The fields of the doses that were proposed: these vaccines lie on the table."""
        return [self[name] for name in self.lot_names]

    def drafts(self) -> Sequence[ImmunisationDraft]:
        """One for each dose; only after is_valid()."""
        return [
            ImmunisationDraft(
                **self.occasion, number=number, dose=code, lot=self.cleaned_data.get(f"lot_{code}", "")
            )
            for number, code in enumerate(self.cleaned_data["doses"])
        ]


def _words(standing: DoseStanding) -> str:
    label = standing.dose.label
    if standing.state is DoseState.OVERDUE:
        return f"{label} (terlambat)"
    if standing.state is DoseState.NEXT and standing.since is not None:
        return f"{label} (jadwalnya {format_date(standing.since)})"
    if standing.state is DoseState.TOO_EARLY:
        return f"{label} (menunggu dosis sebelumnya)"
    if standing.state is DoseState.NO_LONGER:
        return f"{label} (tidak diberikan lagi pada umur ini)"
    return label


class BookForm(RefusalMixin, forms.Form):
    """The page of the Buku KIA, typed in: a day for each dose that she had; the rest stays empty."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: HealthRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = record.child
        self.fields["form_key"].initial = new_key()
        # Those that she has are read too, though not asked: the same form may come twice.
        self.codes = [each.dose.code for each in record.doses]
        self.asked = [each.dose.code for each in record.doses if each.state is not DoseState.GIVEN]
        for code in self.codes:
            day = DayField(label=known_doses()[code].label, required=False)
            day.today = record.child.puskesmas.today
            self.fields[f"day_{code}"] = day

    @property
    def days(self) -> list[BoundField]:
        return [self[f"day_{code}"] for code in self.asked]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(data.get(f"day_{code}") for code in self.codes):
            raise ValidationError("Isi paling sedikit satu tanggal dari Buku KIA.", code="empty")
        return data

    def drafts(self) -> Sequence[ImmunisationDraft]:
        """One for each day that was typed; only after is_valid()."""
        key, data = self.cleaned_data["form_key"], self.cleaned_data
        typed = [(code, data[f"day_{code}"]) for code in self.codes if data[f"day_{code}"]]
        return [
            ImmunisationDraft(child=self.child, on=on, dose=code, form_key=key, number=number)
            for number, (code, on) in enumerate(typed)
        ]
