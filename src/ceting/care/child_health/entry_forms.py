"""What every form about a child's care asks: the day, where, by whom; and the key that makes it count once."""

from typing import Any

from django import forms

from ceting.care.child_health.models import Place
from ceting.care.child_health.operations import LONGEST_REASON, STRIKE_REASONS
from ceting.foundation.core.keys import new_key
from ceting.foundation.ui.form_fields import DayField, RefusalMixin
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child

PLACES = [("", "Pilih tempatnya"), *((code, label) for code, label in Place.choices if code)]


class EntryForm(RefusalMixin, forms.Form):
    """`child` comes with her puskesmas; `by` is who fills it in."""

    on = DayField(label="Tanggal", error_messages={"required": "Isi tanggalnya."})
    place = forms.ChoiceField(label="Tempat", choices=PLACES, required=False)
    given_by = forms.CharField(label="Oleh siapa", max_length=120, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, child: Child, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child, self.by = child, by
        day = self.fields["on"]
        assert isinstance(day, DayField)
        day.today = child.puskesmas.today
        day.initial = child.lived_until(child.puskesmas.today())
        self.fields["form_key"].initial = new_key()

    @property
    def occasion(self) -> dict[str, Any]:
        """What every draft takes of it; only after is_valid()."""
        data = self.cleaned_data
        return {
            "child": self.child,
            "on": data["on"],
            "place": data.get("place", ""),
            "given_by": data.get("given_by", ""),
            "form_key": data["form_key"],
        }


class StrikeForm(RefusalMixin, forms.Form):
    """Why an entry is struck out."""

    reason = forms.ChoiceField(label="Alasan", choices=[("", "Pilih alasannya"), *STRIKE_REASONS.items()])
    words = forms.CharField(label="Keterangan", max_length=LONGEST_REASON, required=False)
