"""Forms of the notes that only the clinicians named on the record read."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q

from ceting.care.pregnancies.models import NamedKind, Pregnancy
from ceting.care.pregnancies.support_operations import MAY_BE_NAMED
from ceting.foundation.ui.form_fields import DayField, NamedRowField, RefusalMixin
from ceting.registry.accounts.models import User
from ceting.registry.accounts.roles import ROLES

LONGEST = 500


class NoteForm(RefusalMixin, forms.Form):
    """One result in words. No draft of it is kept in the browser."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label="Tentang",
        choices=NamedKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih salah satu."},
    )
    on = DayField(label="Tanggal", error_messages={"required": "Isi tanggalnya."})
    result = forms.CharField(
        label="Hasil",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={
            "required": "Isi hasilnya.",
            "max_length": f"Terlalu panjang. Singkat sampai {LONGEST} huruf.",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.fields["on"].today = lambda: today  # type: ignore[attr-defined]


class ColleagueForm(RefusalMixin, forms.Form):
    """Who may read these notes too."""

    clinician = NamedRowField(
        label="Petugas",
        queryset=User.objects.none(),
        named_by="name",
        empty_label="Pilih petugas",
        error_messages={"required": "Pilih petugas.", "invalid_choice": "Pilih petugas dari daftar."},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, pregnancy: Pregnancy, named: list[Any]) -> None:
        super().__init__(data)
        roles = [role.code for role in ROLES.values() if MAY_BE_NAMED in role.permissions]
        here = Q(role_assignments__puskesmas=pregnancy.puskesmas_id, role_assignments__ended_at=None)
        people = User.objects.filter(here, role_assignments__role__in=roles, is_active=True)
        self.fields["clinician"].queryset = people.exclude(pk__in=named).distinct().order_by("name", "id")  # type: ignore[attr-defined]
