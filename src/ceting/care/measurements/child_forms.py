"""One measurement of one child outside a posyandu day: at the puskesmas, or on a home visit."""

from typing import Any

from django import forms

from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Measurement, Position
from ceting.care.measurements.row_doubts import Doubt, answer, answered, doubts
from ceting.care.measurements.session_forms import MeasuredForm
from ceting.foundation.ui.form_fields import DayField, MeasureField, RefusalMixin
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child


class MeasurementForm(RefusalMixin, MeasuredForm):
    """What was measured, and when. What is unlikely is asked once; saving again with the same numbers answers it."""

    measured_on = DayField(label="Tanggal ukur", error_messages={"required": "Isi tanggal ukur."})
    weight_kg = MeasureField(unit="kg", label="Berat", required=False)
    lenhei_cm = MeasureField(unit="cm", label="Panjang atau tinggi", required=False)
    position = forms.ChoiceField(
        label="Posisi saat diukur", choices=Position.choices, required=False, widget=forms.RadioSelect
    )
    muac_cm = MeasureField(unit="cm", label="Lingkar lengan atas (LiLA)", required=False)
    head_cm = MeasureField(unit="cm", label="Lingkar kepala", required=False)
    oedema = forms.BooleanField(label="Kedua kaki bengkak (edema)", required=False)
    sure = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(self, *args: Any, child: Child, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child, self.by = child, by
        self.asked: tuple[Doubt, ...] = ()
        day = self.fields["measured_on"]
        assert isinstance(day, DayField)
        day.today = child.puskesmas.today
        day.initial = child.lived_until(child.puskesmas.today())

    def draft(self) -> MeasurementDraft:
        """What was typed; only after is_valid()."""
        return self.draft_of(self.child, self.cleaned_data["measured_on"], by=self.by)

    def settled(self, rows: list[Measurement]) -> bool:
        """Whether nothing stands against saving, given her current rows; else the questions stand at the fields."""
        draft = self.draft()
        earlier = sorted(
            (row for row in rows if row.measured_on < draft.measured_on and row.counts_officially),
            key=Measurement.chronology,
        )
        asked = doubts(
            draft,
            weighing=_last(earlier, "weight_kg", "w"),
            length=_last(earlier, "lenhei_cm", "l"),
            today=self.child.puskesmas.today(),
        )
        self.asked = tuple(doubt for doubt in asked if not answered(doubt, self.cleaned_data["sure"]))
        for doubt in self.asked:
            self.add_error(doubt.field if doubt.field in self.fields else None, doubt.sentence)
        if self.asked:
            # Sent back with the page: the same numbers saved once more are the answer.
            self.data = {**{name: self.data.get(name) for name in self.data}, "sure": answer(asked)}
        return not self.asked

    @property
    def only_asks(self) -> bool:
        """Whether saving again would do."""
        return bool(self.asked) and not any(doubt.blocks for doubt in self.asked)


def _last(rows: list[Measurement], column: str, letter: str) -> Measurement | None:
    sound = [row for row in rows if getattr(row, column) is not None and letter not in row.flags]
    return sound[-1] if sound else None
