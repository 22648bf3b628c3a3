"""Forms of an import of children: the upload, and what a monthly sheet doesn't say."""

from typing import Any, cast

from django import forms

from ceting.foundation.ui.form_fields import NamedRowField, RefusalMixin
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.gateways.interop.eppgbm.monthly import DEFAULT_DAY, LAST_DAY
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas

PERMISSION = "imports.run"
YEARS_BACK = 6


def workplaces(user: User) -> list[Puskesmas]:
    """The puskesmas for which she may import, her own first."""
    found = {
        assignment.puskesmas.pk: assignment.puskesmas
        for assignment in user.assignments
        if assignment.puskesmas is not None and assignment.allows(PERMISSION)
    }
    return sorted(found.values(), key=lambda each: (each.pk != user.puskesmas_id, each.name))


class UploadForm(RefusalMixin, forms.Form):
    file = forms.FileField(
        label="Berkas dari e-PPGBM/Sigizi",
        help_text="Excel (.xls, .xlsx) atau CSV, paling besar 60 MB. Tidak perlu diubah dulu.",
        max_length=200,
        error_messages={
            "required": "Pilih berkasnya dulu.",
            "empty": "Berkas ini kosong. Unduh lagi dari e-PPGBM, lalu unggah di sini.",
            "max_length": "Nama berkas terlalu panjang. Ganti nama yang lebih pendek, lalu unggah lagi.",
            "invalid": "Berkas belum terkirim. Pilih lagi berkasnya.",
            "missing": "Berkas belum terkirim. Pilih lagi berkasnya.",
        },
    )
    puskesmas = forms.ModelChoiceField(Puskesmas.objects.none(), label="Puskesmas", empty_label=None)
    posyandu = NamedRowField(
        Posyandu.objects.none(),
        named_by="with_village",
        label="Posyandu untuk baris tanpa nama posyandu",
        required=False,
        empty_label="Semua baris sudah punya posyandu",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = workplaces(user)
        keys = [place.pk for place in self.places]
        if len(keys) == 1:
            del self.fields["puskesmas"]
        else:
            _choices(self.fields["puskesmas"], Puskesmas.objects.filter(pk__in=keys))
        posyandu = Posyandu.objects.filter(puskesmas__in=keys).select_related("village")
        _choices(self.fields["posyandu"], posyandu)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        posyandu, target = cleaned.get("posyandu"), self.target
        if posyandu is not None and target is not None and posyandu.puskesmas_id != target.pk:
            self.add_error("posyandu", "Posyandu ini milik puskesmas lain. Pilih yang sesuai.")
        return cleaned

    @property
    def target(self) -> Puskesmas | None:
        """The chosen one, or the only one."""
        chosen: Puskesmas | None = (
            self.cleaned_data.get("puskesmas") if "puskesmas" in self.fields else self.places[0]
        )
        return chosen


def _choices(field: forms.Field, queryset: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = queryset


class SheetForm(forms.Form):
    """What a monthly sheet doesn't say: its year, and the day of the month."""

    year = forms.ChoiceField(
        label="Tahun bulan pertama di lembar ini",
        error_messages={"required": "Pilih tahunnya.", "invalid_choice": "Pilih satu dari daftar."},
    )
    day = forms.ChoiceField(
        label="Tanggal penimbangan",
        required=False,
        choices=[
            ("", f"Hari posyandu yang tercatat; bila tidak ada, tanggal {DEFAULT_DAY}"),
            *((str(day), f"Tanggal {day}") for day in range(1, LAST_DAY + 1)),
        ],
        error_messages={"invalid_choice": "Pilih satu dari daftar."},
    )

    def __init__(self, *args: Any, file: ImportFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: str(file.sheet.get(name) or "") for name in ("year", "day")}
        if file.sheet.get("needs_year"):
            this = file.puskesmas.today().year
            years = [(str(year), str(year)) for year in range(this, this - YEARS_BACK, -1)]
            cast(forms.ChoiceField, self.fields["year"]).choices = [("", "Pilih tahun"), *years]
        else:
            del self.fields["year"]

    @property
    def answer(self) -> dict[str, int | None]:
        return {name: int(self.cleaned_data.get(name) or 0) or None for name in ("year", "day")}
