"""Forms about a household and who cares for its children."""

from typing import Any

from django import forms

from ceting.foundation.ui.form_fields import (
    DayField,
    FamilyCardField,
    NamedRowField,
    NikField,
    PhoneField,
    RefusalMixin,
)
from ceting.registry.families.drafts import CaregiverDraft
from ceting.registry.families.life_forms import REASON_NEEDED, DatedForm
from ceting.registry.families.models import Caregiver, Child, Household, Relation
from ceting.registry.places.models import Area


class HouseholdForm(RefusalMixin, forms.Form):
    """Where the household lives."""

    village = NamedRowField(
        label="Kelurahan/desa",
        queryset=Area.objects.none(),
        named_by="name",
        required=False,
        empty_label="Pilih kelurahan",
        error_messages={"invalid_choice": "Pilih kelurahan dari daftar."},
    )
    rw = forms.CharField(label="RW", max_length=5, required=False)
    rt = forms.CharField(label="RT", max_length=5, required=False)
    address = forms.CharField(label="Alamat", max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        names = ("village", "rw", "rt", "address", "version")
        kwargs["initial"] = {name: getattr(household, name) for name in names}
        super().__init__(*args, **kwargs)
        villages = Area.objects.filter(work_areas__puskesmas=household.puskesmas_id).order_by("name")
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("village", "rw", "rt", "address")}


class CaregiverForm(RefusalMixin, forms.Form):
    """A caregiver, new or known."""

    relation = forms.ChoiceField(label="Hubungan dengan anak", choices=Relation.choices)
    name = forms.CharField(label="Nama", max_length=120, error_messages={"required": "Isi nama pengasuh."})
    birth_date = DayField(label="Tanggal lahir", required=False)
    phone = PhoneField(label="Nomor HP", required=False, help_text="Misalnya 0812 3456 7890")
    nik = NikField(label="NIK", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, caregiver: Caregiver | None = None, **kwargs: Any) -> None:
        names = ("relation", "name", "birth_date", "phone", "nik", "version")
        known = {name: getattr(caregiver, name) for name in names} if caregiver else {"relation": "father"}
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("relation", "name", "birth_date", "phone", "nik")}

    def draft(self) -> CaregiverDraft:
        return CaregiverDraft(**self.changes())


class EndingForm(DatedForm):
    """Since when and why somebody cares for them no longer."""

    ended_on = DayField(label="Sejak tanggal", error_messages={"required": "Isi tanggalnya."})
    reason = forms.CharField(label="Alasan", max_length=200, error_messages={"required": REASON_NEEDED})


class MainForm(DatedForm):
    """Who cares for the child most."""

    caregiver = NamedRowField(
        label="Pengasuh utama",
        queryset=Caregiver.objects.none(),
        named_by="name",
        empty_label="Pilih pengasuh",
        error_messages={"required": "Pilih pengasuh."},
    )
    since = DayField(label="Sejak tanggal", error_messages={"required": "Isi tanggalnya."})
    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        error_messages={"required": REASON_NEEDED},
        help_text="Misalnya: ibu bekerja di luar kota, diasuh nenek; diangkat anak.",
    )

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        caring = Caregiver.objects.caring().filter(household=child.household_id)
        self.fields["caregiver"].queryset = caring.order_by("name_key")  # type: ignore[attr-defined]


class ReturnHomeForm(DatedForm):
    """Since when and why she lives with her first family again."""

    since = DayField(label="Sejak tanggal", error_messages={"required": "Isi tanggalnya."})
    reason = forms.CharField(label="Alasan", max_length=200, error_messages={"required": REASON_NEEDED})


class FamilyForm(DatedForm):
    """With whom the child lives from now on."""

    name = forms.CharField(
        label="Nama pengasuh yang baru",
        max_length=120,
        error_messages={"required": "Isi nama pengasuh yang baru."},
    )
    relation = forms.ChoiceField(
        label="Hubungan dengan anak", choices=Relation.choices, initial=Relation.GUARDIAN
    )
    phone = PhoneField(label="Nomor HP", required=False, help_text="Misalnya 0812 3456 7890")
    kk = FamilyCardField(
        label="Nomor KK keluarga itu",
        required=False,
        help_text="Bila keluarga itu sudah tercatat, anak masuk ke sana. Kosongkan bila belum diketahui.",
    )
    since = DayField(label="Sejak tanggal", error_messages={"required": "Isi tanggalnya."})
    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        error_messages={"required": REASON_NEEDED},
        help_text="Misalnya: diangkat anak; tinggal bersama nenek.",
    )

    def draft(self) -> CaregiverDraft:
        data = self.cleaned_data
        return CaregiverDraft(data["name"], relation=data["relation"], phone=data["phone"])

    def circumstances(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kk", "since", "reason")}
