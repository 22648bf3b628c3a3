"""Forms about families. They read what is typed; `operations` decides."""

from datetime import date
from typing import Any

from django import forms

from ceting.foundation.ui.form_fields import (
    DayField,
    FamilyCardField,
    MeasureField,
    NamedRowField,
    NikField,
    PhoneField,
    RefusalMixin,
)
from ceting.registry.accounts.access import posyandu_of, readable
from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import NAME_NEEDED, SEX_NEEDED, CaregiverDraft, ChildDraft
from ceting.registry.families.models import Child, Sex
from ceting.registry.places.models import Posyandu


class ChildFields(RefusalMixin, forms.Form):
    """What registering and changing a child have in common."""

    name = forms.CharField(label="Nama anak", max_length=120, error_messages={"required": NAME_NEEDED})
    sex = forms.TypedChoiceField(
        label="Jenis kelamin",
        choices=Sex.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": SEX_NEEDED},
    )
    birth_date = DayField(label="Tanggal lahir", error_messages={"required": "Isi tanggal lahir anak."})
    nik = NikField(label="NIK anak", required=False, help_text="16 angka. Bayi baru lahir boleh belum punya.")
    birth_weight_kg = MeasureField(label="Berat lahir", unit="kg", required=False, help_text="Misalnya 3,1")
    birth_length_cm = MeasureField(label="Panjang lahir", unit="cm", required=False, help_text="Misalnya 49")
    gestation_weeks = forms.IntegerField(
        label="Lahir pada umur kehamilan",
        required=False,
        help_text="Dalam minggu, misalnya 39. Kosongkan bila tidak tahu.",
        error_messages={"invalid": "Isi minggunya saja, misalnya 39."},
    )
    has_kia_book = forms.BooleanField(label="Punya Buku KIA", required=False, initial=True)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["birth_date"]
        if isinstance(day, DayField):
            day.today = lambda: today


class RegisterForm(ChildFields):
    """A new child: name, sex, birth date and mother are enough."""

    arrived_on = DayField(
        label="Pindah ke sini sejak",
        required=False,
        help_text="Kosongkan bila anak tinggal di sini sejak lahir.",
    )
    mother_name = forms.CharField(
        label="Nama ibu", max_length=120, error_messages={"required": "Isi nama ibu (atau walinya)."}
    )
    mother_phone = PhoneField(label="Nomor HP ibu", required=False, help_text="Misalnya 0812 3456 7890")
    mother_nik = NikField(label="NIK ibu", required=False)
    kk = FamilyCardField(label="Nomor Kartu Keluarga", required=False)
    rw = forms.CharField(label="RW", max_length=5, required=False)
    rt = forms.CharField(label="RT", max_length=5, required=False)
    address = forms.CharField(label="Alamat", max_length=200, required=False)
    posyandu = NamedRowField(
        label="Posyandu",
        queryset=Posyandu.objects.none(),
        named_by="with_village",
        error_messages={"required": "Pilih posyandu.", "invalid_choice": "Pilih posyandu dari daftar."},
    )
    despite_likeness = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        arrival = self.fields["arrived_on"]
        assert isinstance(arrival, DayField)
        arrival.today = lambda: today
        field = self.fields["posyandu"]
        assert isinstance(field, NamedRowField)
        field.queryset = posyandu_of(user, may="children.write")
        if len(field.queryset) == 1:
            field.initial = field.queryset[0]
            field.widget = forms.HiddenInput()

    def draft(self) -> ChildDraft:
        data = self.cleaned_data
        return ChildDraft(
            name=data["name"],
            sex=data["sex"],
            birth_date=data["birth_date"],
            mother=CaregiverDraft(data["mother_name"], nik=data["mother_nik"], phone=data["mother_phone"]),
            nik=data["nik"],
            kk=data["kk"],
            rw=data["rw"],
            rt=data["rt"],
            address=data["address"],
            birth_weight_kg=data["birth_weight_kg"],
            birth_length_cm=data["birth_length_cm"],
            gestation_days=_days(data["gestation_weeks"]),
            has_kia_book=data["has_kia_book"],
            arrived_on=data["arrived_on"],
        )


class ChangeForm(ChildFields):
    """Change a child. `version` is the one that the person saw; a NIK that she may not read isn't offered."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, child: Child, **kwargs: Any) -> None:
        names = [name for name in (*ChildFields.base_fields, "version") if name != "gestation_weeks"]
        known = {name: getattr(child, name) for name in names}
        kwargs.setdefault("initial", known | {"gestation_weeks": _weeks(child.gestation_days)})
        self._gestation_days = child.gestation_days
        super().__init__(*args, today=child.puskesmas.today(), **kwargs)
        if not readable(user, child, "nik"):
            del self.fields["nik"]

    def changes(self) -> dict[str, Any]:
        changes = {name: self.cleaned_data[name] for name in ChildFields.base_fields if name in self.fields}
        weeks = changes.pop("gestation_weeks")
        # Weeks are typed; days that are known already stay as long as the week is the same.
        same = weeks == _weeks(self._gestation_days)
        return changes | {"gestation_days": self._gestation_days if same else _days(weeks)}


def _days(weeks: int | None) -> int | None:
    return None if weeks is None else weeks * 7


def _weeks(days: int | None) -> int | None:
    return None if days is None else days // 7
