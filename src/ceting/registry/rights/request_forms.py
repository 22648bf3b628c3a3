"""Forms about requests. They read what is typed; `request_operations` decides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from ceting.foundation.ui.form_fields import ClockField, DayField, RefusalMixin
from ceting.registry.families.models import Caregiver, Child, Household
from ceting.registry.rights.drafts import RequestDraft
from ceting.registry.rights.models import IdentityCheck, Outcome, RequestChannel, RequestKind

About = Child | Caregiver | Household


class RequestForm(RefusalMixin, forms.Form):
    """Who asks for what, about whom, when, and how one knew her."""

    kind = forms.ChoiceField(
        label="Apa yang diminta",
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih apa yang diminta."},
    )
    about = forms.ChoiceField(
        label="Tentang siapa",
        error_messages={"required": "Pilih tentang siapa.", "invalid_choice": "Pilih dari daftar."},
    )
    asked_by = forms.CharField(
        label="Siapa yang meminta", max_length=120, error_messages={"required": "Isi nama yang meminta."}
    )
    identity = forms.ChoiceField(
        label="Bagaimana memastikan orangnya",
        choices=IdentityCheck.choices,
        widget=forms.RadioSelect,
        help_text="Belum pasti orangnya? Pastikan dulu, baru catat permintaannya.",
        error_messages={"required": "Pilih bagaimana memastikan orangnya."},
    )
    channel = forms.ChoiceField(label="Diterima lewat", choices=RequestChannel.choices)
    received_on = DayField(label="Tanggal diterima", error_messages={"required": "Isi tanggalnya."})
    received_time = ClockField(label="Jam diterima", max_length=5)
    details = forms.CharField(
        label="Keterangan", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, now: datetime, people: Sequence[tuple[About, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(str(now.tzinfo))
        self.people = {str(each.pk): each for each, _ in people}
        self.fields["about"].choices = [(str(each.pk), label) for each, label in people]  # type: ignore[attr-defined]
        self.fields["received_on"].initial = now.date()
        self.fields["received_on"].today = now.date  # type: ignore[attr-defined]
        self.fields["received_time"].initial = f"{now:%H.%M}"

    def draft(self) -> RequestDraft:
        data = self.cleaned_data
        return RequestDraft(
            kind=data["kind"],
            about=self.people[data["about"]],
            asked_by=data["asked_by"],
            channel=data["channel"],
            identity=data["identity"],
            received_at=datetime.combine(data["received_on"], data["received_time"], self.zone),
            details=data["details"],
        )


class AnswerForm(RefusalMixin, forms.Form):
    """What she was told."""

    outcome = forms.ChoiceField(
        label="Jawaban",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih jawabannya."},
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Perlu diisi bila ditolak atau dipenuhi sebagian. Tulis seperti yang disampaikan kepada keluarga.",
    )
