"""Forms of an import of children: the upload, and what a monthly sheet doesn't say."""

from typing import Any, cast

from django import forms

from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.models import ImportFile
from ceting.gateways.interop.eppgbm.monthly import DEFAULT_DAY, LAST_DAY
from ceting.gateways.interop.forms import OfPlaceForm, upload_field

YEARS_BACK = 6


class UploadForm(OfPlaceForm):
    file = upload_field(
        "Berkas dari e-PPGBM/Sigizi",
        "Excel (.xls, .xlsx) atau CSV, paling besar 60 MB. Tidak perlu diubah dulu.",
        "Berkas ini kosong. Unduh lagi dari e-PPGBM, lalu unggah di sini.",
    )
    may = KIND.may


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
