"""A form that asks only why."""

from django import forms

from ceting.foundation.ui.form_fields import RefusalMixin


class ReasonForm(RefusalMixin, forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label="Alasan", max_length=120, error_messages={"required": "Tulis alasannya dengan singkat."}
    )
