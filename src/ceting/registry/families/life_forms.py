"""Forms about where a child lives. They read what is typed; `life_operations` decides."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db import models

from ceting.foundation.ui.fields import UNMARKED
from ceting.foundation.ui.form_fields import DayField, NamedRowField, RefusalMixin
from ceting.registry.families.models import Child, DeathPlace, MoveKind
from ceting.registry.places.models import Posyandu, Puskesmas

REASON_NEEDED = "Tulis alasannya dengan singkat."


class RefusingForm(RefusalMixin, forms.Form):
    """A form that shows why a deed was refused."""


class DatedForm(RefusingForm):
    """A form whose days end today where the puskesmas is."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = lambda: today


def posyandu_field(*, required: bool, label: str = "Posyandu tujuan", hint: str = "") -> NamedRowField:
    return NamedRowField(
        label=label,
        queryset=Posyandu.objects.none(),
        named_by="with_village",
        required=required,
        empty_label="Pilih posyandu",
        help_text=hint,
        error_messages={"required": "Pilih posyandu.", "invalid_choice": "Pilih posyandu dari daftar."},
    )


def open_posyandu(puskesmas_id: UUID | None) -> models.QuerySet[Posyandu]:
    """Those that a child can come to: one that closed weighs nobody."""
    return Posyandu.objects.filter(puskesmas=puskesmas_id, closure=None).select_related("village")


class MoveForm(DatedForm):
    """Where she moves to, and since when. Of the two places, the answer to `kind` says which one is asked for."""

    kind = forms.ChoiceField(
        label="Pindah ke mana?",
        choices=(
            (MoveKind.WITHIN, "Posyandu lain di puskesmas ini"),
            (MoveKind.HANDED_OVER, "Puskesmas lain"),
            (MoveKind.LEFT, "Luar daerah"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih ke mana anak pindah."},
    )
    to = posyandu_field(required=False, hint="Diisi bila pindah ke posyandu lain di puskesmas ini.")
    puskesmas = NamedRowField(
        label="Puskesmas tujuan",
        queryset=Puskesmas.objects.none(),
        named_by="name",
        required=False,
        empty_label="Pilih puskesmas",
        help_text="Diisi bila pindah ke puskesmas lain; anak menunggu diterima di sana.",
        error_messages={"invalid_choice": "Pilih puskesmas dari daftar."},
    )
    on = DayField(label="Sejak tanggal", error_messages={"required": "Isi tanggal pindah."})
    reason = forms.CharField(label="Keterangan", max_length=200, required=False)

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = open_posyandu(child.puskesmas_id).exclude(pk=child.posyandu_id)
        self.fields["to"].queryset = posts  # type: ignore[attr-defined]
        for name in ("to", "puskesmas"):
            self.fields[name].widget.attrs[UNMARKED] = ""
        others = Puskesmas.objects.exclude(pk=child.puskesmas_id)
        self.fields["puskesmas"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == MoveKind.WITHIN and not data.get("to"):
            self.add_error("to", "Pilih posyandu tujuan.")
        if data.get("kind") == MoveKind.HANDED_OVER and not data.get("puskesmas"):
            self.add_error("puskesmas", "Pilih puskesmas tujuan.")
        return data


class ReturnForm(DatedForm):
    """She lives here again."""

    to = posyandu_field(required=True, label="Posyandu")
    on = DayField(label="Sejak tanggal", error_messages={"required": "Isi tanggal kembali."})
    reason = forms.CharField(label="Keterangan", max_length=200, required=False)

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = open_posyandu(child.puskesmas_id)  # type: ignore[attr-defined]
        self.fields["to"].initial = child.posyandu_id


class AcceptForm(RefusingForm):
    """To which posyandu of the accepting puskesmas she will come."""

    to = posyandu_field(required=True, label="Posyandu")

    def __init__(self, *args: Any, puskesmas_id: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = open_posyandu(puskesmas_id)  # type: ignore[attr-defined]


class DeathForm(DatedForm):
    """When and where; never why: a cause is a doctor's to say."""

    died_on = DayField(label="Tanggal meninggal", error_messages={"required": "Isi tanggalnya."})
    place = forms.ChoiceField(label="Tempat", choices=DeathPlace.choices, initial=DeathPlace.UNKNOWN)


class CaregiverDeathForm(DatedForm):
    """When; never why."""

    died_on = DayField(
        label="Tanggal meninggal",
        help_text="Semua pesan kepadanya berhenti. Anak-anaknya tetap terdaftar, dan pelayanannya tetap berjalan.",
        error_messages={"required": "Isi tanggalnya."},
    )


class CaregiverDeathUndoForm(RefusingForm):
    """Why the record of a death was a mistake."""

    reason = forms.CharField(
        label="Alasan pembatalan",
        max_length=200,
        help_text="Misalnya: tertukar dengan ibu lain.",
        error_messages={"required": REASON_NEEDED},
    )


class UndoForm(RefusingForm):
    """Why the last entry was a mistake; `move` is the one that the person saw ("" for a death)."""

    move = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Alasan pembatalan",
        max_length=200,
        help_text="Misalnya: salah anak.",
        error_messages={"required": REASON_NEEDED},
    )
