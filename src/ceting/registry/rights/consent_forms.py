"""Forms about consent. They read what is typed; `operations` decides."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ceting.foundation.ui.form_fields import DayField, NamedRowField, RefusalMixin
from ceting.registry.families.models import Caregiver, Child
from ceting.registry.rights.drafts import ConsentDraft
from ceting.registry.rights.models import Channel
from ceting.registry.rights.wordings import Scope, current

YES, NO = "yes", "no"
AT_THE_DESK = [(each.value, each.label) for each in (Channel.SPOKEN, Channel.WRITTEN)]
"""What staff write down; answers from the app come from the app."""


class ConsentForm(RefusalMixin, forms.Form):
    """The questions of one sitting. What wasn't asked stays unanswered.

    `speakers`: the guardians to choose from, for a child; for a caregiver herself none.
    """

    caregiver = NamedRowField(
        label="Siapa yang menjawab",
        queryset=Caregiver.objects.none(),
        named_by="name",
        error_messages={"required": "Pilih siapa yang menjawab.", "invalid_choice": "Pilih dari daftar."},
    )
    channel = forms.ChoiceField(
        label="Cara menjawab",
        choices=AT_THE_DESK,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih lisan atau tertulis."},
    )
    said_on = DayField(label="Tanggal menjawab", error_messages={"required": "Isi tanggalnya."})

    def __init__(
        self, *args: Any, scopes: Sequence[Scope], today: date, speakers: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_on"].initial = today
        self.scopes = scopes
        for scope in scopes:
            self.fields[scope.value] = forms.ChoiceField(
                label=scope.label,
                help_text=f"Bacakan: “{current(scope).text}”",
                choices=((YES, "Setuju"), (NO, "Tidak setuju")),
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": "Pilih setuju atau tidak setuju."},
            )
        if speakers is None:
            del self.fields["caregiver"]
        else:
            self.fields["caregiver"].queryset = speakers  # type: ignore[attr-defined]
        self.fields["said_on"].today = lambda: today  # type: ignore[attr-defined]
        ends = ("channel", "said_on")
        self.order_fields(["caregiver", *(scope.value for scope in scopes), *ends])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(data.get(scope.value) for scope in self.scopes):
            self.add_error(
                None, "Belum ada yang dijawab. Pilih setuju atau tidak setuju paling sedikit satu kali."
            )
        return data

    def drafts(self, *, speaker: Caregiver | None = None, child: Child | None = None) -> list[ConsentDraft]:
        data = self.cleaned_data
        return [
            ConsentDraft(
                caregiver=speaker or data["caregiver"],
                child=child,
                scope=scope,
                granted=data[scope.value] == YES,
                channel=data["channel"],
                said_on=data["said_on"],
            )
            for scope in self.scopes
            if data.get(scope.value)
        ]


class WithdrawalForm(RefusalMixin, forms.Form):
    """How and when she took it back. Never why: she owes nobody a reason."""

    channel = forms.ChoiceField(
        label="Cara menyampaikan",
        choices=AT_THE_DESK,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih lisan atau tertulis."},
    )
    withdrawn_on = DayField(label="Tanggal ditarik", error_messages={"required": "Isi tanggalnya."})
    note = forms.CharField(
        label="Catatan", max_length=200, required=False, help_text="Keluarga tidak perlu memberi alasan."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_on"].initial = today
        self.fields["withdrawn_on"].today = lambda: today  # type: ignore[attr-defined]
