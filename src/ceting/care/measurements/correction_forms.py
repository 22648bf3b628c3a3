"""Mending one measurement: other numbers, another day, another child; or striking it out."""

from dataclasses import replace
from typing import Any

from django import forms

from ceting.care.measurements import corrections
from ceting.care.measurements.child_forms import MeasurementForm
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.measurement_words import typed
from ceting.care.measurements.models import Measurement
from ceting.care.measurements.session_forms import NUMBERS
from ceting.foundation.ui.form_fields import NamedRowField, RefusalMixin
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child


def _reasons(reasons: dict[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Alasan",
        choices=[("", "Pilih alasan"), *reasons.items()],
        error_messages={"required": "Pilih alasannya."},
    )


def _words() -> forms.CharField:
    return forms.CharField(
        label="Penjelasan", required=False, max_length=80, help_text="Misalnya: tertulis 85, seharusnya 8,5."
    )


class CorrectionForm(MeasurementForm):
    """The row as it stands, to be changed. `row` and its child are what is corrected."""

    child_id = NamedRowField(
        label="Anak",
        queryset=Child.objects.none(),
        named_by="name",
        empty_label=None,
        help_text="Ganti hanya bila hasil ukur ini ternyata milik anak lain.",
    )
    reason = _reasons(corrections.REASONS)
    words = _words()

    def __init__(self, *args: Any, row: Measurement, by: User, **kwargs: Any) -> None:
        initial: dict[str, Any] = {name: typed(getattr(row, name)) for name in NUMBERS}
        initial |= {
            "measured_on": row.measured_on,
            "position": row.position,
            "oedema": row.oedema,
            "child_id": row.child_id,
        }
        super().__init__(*args, child=row.child, by=by, initial=initial, **kwargs)
        self.row = row
        self.fields["measured_on"].initial = row.measured_on
        others = self.fields["child_id"]
        assert isinstance(others, NamedRowField)
        mine = Child.objects.visible_to(by, may="measurements.correct")
        others.queryset = (
            (mine.filter(posyandu=row.child.posyandu_id, is_here=True) | mine.filter(pk=row.child_id))
            .select_related("puskesmas")
            .order_by("name")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        # Whose numbers are unlikely is asked of the child to whom they go.
        self.child = data.get("child_id") or self.row.child
        return data

    def draft(self) -> MeasurementDraft:
        """Who stood at the scale stays; a new day leaves the session."""
        draft = super().draft()
        same_day = draft.measured_on == self.row.measured_on
        return replace(
            draft,
            source=self.row.source,
            measured_by=self.row.measured_by,
            team=self.row.team,
            session=self.row.session if same_day else None,
        )


class StrikeForm(RefusalMixin, forms.Form):
    """Why the row is nobody's measurement."""

    reason = _reasons(corrections.STRIKE_REASONS)
    words = forms.CharField(label="Penjelasan", required=False, max_length=80)
