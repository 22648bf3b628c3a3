"""The form under two children side by side: whose value stands, field by field, and why they are one."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ceting.foundation.ui.form_fields import RefusalMixin

KEPT, ABSORBED = "a", "b"


class CompareForm(RefusalMixin, forms.Form):
    """One choice per field that differs, already made as far as the data say it, and a reason."""

    reason = forms.CharField(
        label="Mengapa keduanya satu anak?",
        max_length=200,
        help_text="Alasan ini dibaca bila penggabungan diperiksa lagi.",
        error_messages={"required": "Tulis alasannya, misalnya: ibu dan tanggal lahirnya sama."},
    )

    def __init__(
        self, *args: Any, differing: Iterable[str], suggested: Iterable[str], reason: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fuller = set(suggested)
        self.fields["reason"].initial = reason
        for name in differing:
            self.fields[name] = forms.ChoiceField(
                choices=((KEPT, "Data A"), (ABSORBED, "Data B")),
                initial=ABSORBED if name in fuller else KEPT,
                required=False,
                error_messages={"invalid_choice": "Pilih Data A atau Data B."},
            )

    def chosen(self, name: str) -> str:
        """Whose value is marked now: as she chose, else as suggested; "" for a field that doesn't differ."""
        if name not in self.fields:
            return ""
        value = self[name].value()
        return str(value if value in (KEPT, ABSORBED) else self.fields[name].initial)

    def from_absorbed(self) -> list[str]:
        """The fields whose value of the child who goes stands."""
        return [name for name in self.fields if name != "reason" and self.chosen(name) == ABSORBED]
