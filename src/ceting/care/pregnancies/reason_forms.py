"""A form that asks only why."""

from django import forms

from ceting.care.pregnancies.contact_operations import LONGEST_REASON
from ceting.foundation.ui.form_fields import RefusalMixin


class ReasonForm(RefusalMixin, forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label="Alasan",
        max_length=LONGEST_REASON,
        error_messages={"required": "Tulis alasannya dengan singkat."},
    )
