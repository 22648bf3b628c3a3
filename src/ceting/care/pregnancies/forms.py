"""Forms of a pregnancy: whose it is, its dates and history. They read what is typed; `operations` decides."""

from typing import Any, cast
from uuid import uuid4

from django import forms

from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.ui.form_fields import (
    DayField,
    FamilyCardField,
    MeasureField,
    NamedRowField,
    NikField,
    PhoneField,
    RefusalMixin,
)
from ceting.registry.accounts.access import posyandu_of
from ceting.registry.accounts.models import User
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.places.models import Area, Posyandu

DAYS_PER_WEEK = 7
BLOOD_GROUPS = [("", "Belum diketahui"), *((each, each) for each in ("A", "B", "AB", "O"))]


class DatesForm(RefusalMixin, forms.Form):
    """Dating and history; weeks and days of an ultrasound are typed apart."""

    lmp = DayField(label="Hari pertama haid terakhir (HPHT)", required=False, help_text="Misalnya 26/11/2026")
    scan_on = DayField(label="Tanggal USG", required=False)
    scan_weeks = forms.IntegerField(
        label="Umur kehamilan menurut USG", required=False, min_value=0, max_value=44
    )
    scan_days = forms.IntegerField(label="dan hari", required=False, min_value=0, max_value=6)
    gravida = forms.IntegerField(label="Kehamilan ke-", required=False, min_value=1, max_value=25)
    para = forms.IntegerField(label="Pernah melahirkan", required=False, min_value=0, max_value=25)
    abortions = forms.IntegerField(label="Pernah keguguran", required=False, min_value=0, max_value=25)
    living_children = forms.IntegerField(label="Anak hidup", required=False, min_value=0, max_value=25)
    last_birth_on = DayField(label="Melahirkan terakhir", required=False)
    married_on = DayField(label="Menikah sejak", required=False)
    height_cm = MeasureField(label="Tinggi badan", unit="cm", required=False)
    pre_weight_kg = MeasureField(label="Berat sebelum hamil", unit="kg", required=False)
    blood_group = forms.ChoiceField(label="Golongan darah", choices=BLOOD_GROUPS, required=False)
    has_kia_book = forms.BooleanField(label="Punya Buku KIA", required=False, initial=True)

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = lambda: today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        weeks, days = data.get("scan_weeks"), data.get("scan_days")
        known = weeks is not None or days is not None
        data["scan_age_days"] = (weeks or 0) * DAYS_PER_WEEK + (days or 0) if known else None
        return data

    def facts(self) -> dict[str, Any]:
        """Fields of PregnancyDraft."""
        return {name: self.cleaned_data[name] for name in PregnancyDraft.__dataclass_fields__}


class RegisterForm(DatesForm):
    """A pregnancy of a woman who is new here; name and HPHT are enough."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(label="Nama ibu", max_length=120, error_messages={"required": "Isi nama ibu."})
    birth_date = DayField(label="Tanggal lahir ibu", required=False)
    nik = NikField(label="NIK ibu", required=False, help_text="16 angka. Boleh menyusul.")
    phone = PhoneField(label="Nomor HP", required=False, help_text="Misalnya 0812 3456 7890")
    kk = FamilyCardField(label="Nomor Kartu Keluarga", required=False)
    village = NamedRowField(
        label="Kelurahan/desa",
        queryset=Area.objects.none(),
        named_by="name",
        required=False,
        empty_label="Seperti posyandunya",
        error_messages={"invalid_choice": "Pilih kelurahan dari daftar."},
    )
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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = offer_posyandu(self, user)
        here = {post.puskesmas_id for post in posts}
        villages = Area.objects.filter(work_areas__puskesmas__in=here).distinct().order_by("name")
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]

    def woman(self) -> WomanDraft:
        names = ("name", "birth_date", "nik", "kk", "phone", "village", "rw", "rt", "address")
        return WomanDraft(**{name: self.cleaned_data[name] for name in names})


class KnownWomanForm(DatesForm):
    """A pregnancy of a woman whom the puskesmas knows already."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    posyandu = NamedRowField(
        label="Posyandu",
        queryset=Posyandu.objects.none(),
        named_by="with_village",
        error_messages={"required": "Pilih posyandu.", "invalid_choice": "Pilih posyandu dari daftar."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_posyandu(self, user)


class ChangeForm(DatesForm):
    """Dates and history of a pregnancy that is known; `version` is the one that she saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pregnancy: Pregnancy, **kwargs: Any) -> None:
        names = [name for name in (*DatesForm.base_fields, "version") if not name.startswith("scan_")]
        days = pregnancy.scan_age_days
        initial = {name: getattr(pregnancy, name) for name in names} | {
            "scan_on": pregnancy.scan_on,
            "scan_weeks": None if days is None else days // DAYS_PER_WEEK,
            "scan_days": None if days is None else days % DAYS_PER_WEEK,
        }
        super().__init__(*args, initial=initial, **kwargs)


def offer_posyandu(form: forms.Form, user: User) -> list[Posyandu]:
    """Those where she may record a pregnancy; a single one is chosen already."""
    field = cast(NamedRowField, form.fields["posyandu"])
    posts = posyandu_of(user, may="pregnancies.write")
    field.queryset = posts
    offered = list(posts)
    if len(offered) == 1:
        field.initial = offered[0]
        field.widget = forms.HiddenInput()
    return offered
