"""Forms of the second factor."""

import json
from typing import Any

from django import forms

from ceting.foundation.ui.form_fields import RefusalMixin


class OneTimeCodeField(forms.CharField):
    """Digits as people type them: with spaces or dashes between."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        )
        errors = {"required": "Ketik kodenya."}
        super().__init__(label="Kode", max_length=20, widget=widget, error_messages=errors, **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace(" ", "").replace("-", "")


class CodeForm(RefusalMixin, forms.Form):
    code = OneTimeCodeField()


class PasskeyForm(RefusalMixin, forms.Form):
    """What the browser got from its authenticator, and what she calls it."""

    name = forms.CharField(
        label="Nama kunci",
        max_length=40,
        help_text="Misalnya HP saya atau laptop puskesmas.",
        error_messages={"required": "Beri nama supaya mudah dikenali."},
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def clean_credential(self) -> Any:
        try:
            return json.loads(self.cleaned_data["credential"] or "null")
        except (ValueError, RecursionError):
            return None
