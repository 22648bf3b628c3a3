"""Forms about the house. They read what is typed; the verbs of places and accounts decide."""

from datetime import date, timedelta
from typing import Any

from django import forms

from ceting.foundation.ui.fields import UNMARKED
from ceting.foundation.ui.form_fields import ClockField, DayField, NamedRowField, PhoneField, RefusalMixin
from ceting.registry.accounts.models import User
from ceting.registry.accounts.roster_operations import ShiftDraft, colleagues
from ceting.registry.office.typed_fields import PuskesmasCodeField
from ceting.registry.places.drafts import (
    ClosureDraft,
    OfficeDraft,
    PosyanduDraft,
    PustuDraft,
    ServiceDraft,
)
from ceting.registry.places.models import (
    WEEKDAYS,
    ZONES,
    Area,
    Definition,
    Kind,
    PosyanduKind,
    Puskesmas,
    WorkArea,
)

DAYS = [(str(number), name) for number, name in enumerate(WEEKDAYS)]


class VillageForm(RefusalMixin, forms.Form):
    """A name and a village of the puskesmas' work area."""

    name = forms.CharField(label="Nama", max_length=100, error_messages={"required": "Isi namanya."})
    village = NamedRowField(
        label="Kelurahan",
        queryset=Area.objects.none(),
        named_by="name",
        empty_label="Pilih kelurahan",
        error_messages={"required": "Pilih kelurahan.", "invalid_choice": "Pilih dari daftar."},
    )

    def __init__(self, *args: Any, puskesmas: Puskesmas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village = self.fields["village"]
        assert isinstance(village, NamedRowField)
        village.queryset = Area.objects.filter(work_areas__puskesmas=puskesmas)


class PustuForm(VillageForm):
    def draft(self) -> PustuDraft:
        return PustuDraft(**self.cleaned_data)


class PosyanduForm(VillageForm):
    rw = forms.CharField(label="RW", max_length=5, required=False, help_text="Misalnya 03")
    kind = forms.ChoiceField(label="Jenis", choices=PosyanduKind.choices, widget=forms.RadioSelect)

    def draft(self) -> PosyanduDraft:
        return PosyanduDraft(**self.cleaned_data)


class ClosureForm(RefusalMixin, forms.Form):
    closed_on = DayField(label="Tutup sejak tanggal", error_messages={"required": "Isi tanggalnya."})
    reason = forms.CharField(
        label="Mengapa ditutup",
        max_length=200,
        error_messages={"required": "Tulis mengapa posyandu ini ditutup."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].today = lambda: today  # type: ignore[attr-defined]

    def draft(self) -> ClosureDraft:
        return ClosureDraft(**self.cleaned_data)


class OfficeForm(RefusalMixin, forms.Form):
    """How a puskesmas is reached."""

    name = forms.CharField(
        label="Nama puskesmas",
        max_length=100,
        help_text="Tanpa kata Puskesmas, misalnya Andalas",
        error_messages={"required": "Isi nama puskesmas."},
    )
    code = PuskesmasCodeField()
    zone = forms.ChoiceField(label="Waktu setempat", choices=ZONES, widget=forms.RadioSelect)
    office_address = forms.CharField(label="Alamat", max_length=200, required=False)
    office_phone = PhoneField(label="Telepon puskesmas", required=False)
    after_hours_facility = forms.CharField(
        label="Tempat rujukan di luar jam jaga",
        max_length=120,
        required=False,
        help_text="Puskesmas PONED atau IGD rumah sakit yang buka 24 jam",
    )
    after_hours_phone = PhoneField(label="Telepon tempat rujukan", required=False)
    emergency_phone = forms.RegexField(
        label="Nomor darurat",
        regex=r"^\+?[0-9][0-9 -]{1,18}$",
        required=False,
        help_text="Misalnya 119",
        error_messages={"invalid": "Tulis angkanya saja, misalnya 119."},
    )

    def draft(self) -> OfficeDraft:
        return OfficeDraft(**self.cleaned_data)


class WorkAreasField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Work areas, each called by its village."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.village)


class AreasForm(RefusalMixin, forms.Form):
    """The villages that the puskesmas answers for, each confirmed or not."""

    confirmed = WorkAreasField(
        label="Kelurahan yang benar termasuk wilayah kerja",
        queryset=WorkArea.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={UNMARKED: ""}),
        required=False,
        error_messages={"invalid_choice": "Pilih dari daftar.", "invalid_pk_value": "Pilih dari daftar."},
    )

    added = forms.ModelMultipleChoiceField(
        label="Tambahkan kelurahan lain dari kecamatan ini",
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={UNMARKED: ""}),
        required=False,
        error_messages={"invalid_choice": "Pilih dari daftar.", "invalid_pk_value": "Pilih dari daftar."},
    )

    def __init__(self, *args: Any, puskesmas: Puskesmas, **kwargs: Any) -> None:
        areas = puskesmas.work_areas.select_related("village").order_by("village__name")
        kwargs.setdefault("initial", {"confirmed": [area.pk for area in areas if area.confirmed]})
        super().__init__(*args, **kwargs)
        mine, others = self.fields["confirmed"], self.fields["added"]
        assert isinstance(mine, forms.ModelMultipleChoiceField)
        assert isinstance(others, forms.ModelMultipleChoiceField)
        mine.queryset = areas
        left = Area.objects.filter(parent=puskesmas.district_id).exclude(work_areas__puskesmas=puskesmas)
        others.queryset = left.order_by("name")
        if not left.exists():
            del self.fields["added"]


class ServiceForm(RefusalMixin, forms.Form):
    name = forms.CharField(
        label="Layanan",
        max_length=100,
        help_text="Misalnya Konsultasi gizi",
        error_messages={"required": "Isi nama layanan."},
    )
    weekdays = forms.MultipleChoiceField(
        label="Hari",
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu hari.",
            "invalid_choice": "Pilih dari daftar.",
        },
    )
    starts = ClockField(label="Mulai", max_length=5)
    ends = ClockField(label="Selesai", max_length=5)
    quota = forms.IntegerField(
        label="Paling banyak orang sehari",
        min_value=1,
        max_value=1000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Isi angka.",
            "min_value": "Isi angka dari 1 sampai 1000.",
            "max_value": "Isi angka dari 1 sampai 1000.",
        },
    )

    def draft(self) -> ServiceDraft:
        return ServiceDraft(
            **{**self.cleaned_data, "weekdays": "".join(sorted(self.cleaned_data["weekdays"]))}
        )


class SettingForm(RefusalMixin, forms.Form):
    """One question of the settings; its field is built from the definition."""

    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        help_text="Supaya yang lain mengerti, misalnya: sesuai surat Dinas",
        error_messages={"required": "Tulis alasannya, supaya yang lain mengerti."},
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = self._field(definition)
        self.order_fields(["value", "reason"])

    @staticmethod
    def _field(definition: Definition) -> forms.Field:
        missing = {"required": "Belum diisi.", "invalid_choice": "Pilih salah satu dari daftar."}
        if definition.kind is Kind.CHOICE:
            return forms.ChoiceField(
                label="Pilihan",
                choices=definition.choices,
                widget=forms.RadioSelect,
                error_messages=missing,
            )
        label = f"Nilai ({definition.unit})" if definition.unit else "Nilai"
        narrow = definition.kind is not Kind.TEXT
        widget = forms.TextInput(attrs={"inputmode": "decimal"} if narrow else {})
        return forms.CharField(label=label, max_length=300, widget=widget, error_messages=missing)


class ColleagueField(NamedRowField):
    """Somebody who works at the puskesmas."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": "Pilih orangnya.", "invalid_choice": "Pilih dari daftar."}
        kwargs = {"empty_label": "Pilih orangnya", **kwargs}
        super().__init__(queryset=User.objects.none(), named_by="name", error_messages=messages, **kwargs)


class RosterForm(RefusalMixin, forms.Form):
    """What every form about duties knows: who works there."""

    def __init__(self, *args: Any, puskesmas: Puskesmas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [user.pk for user in colleagues(puskesmas)]
        latest = puskesmas.today() + timedelta(days=366)
        for field in self.fields.values():
            if isinstance(field, ColleagueField):
                field.queryset = User.objects.filter(pk__in=keys).order_by("name", "id")
            elif isinstance(field, DayField):
                field.today = lambda: latest


class ShiftForm(RosterForm):
    """The same duty on several days of the week."""

    user = ColleagueField(label="Siapa")
    weekdays = forms.MultipleChoiceField(
        label="Hari",
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu hari.",
            "invalid_choice": "Pilih dari daftar.",
        },
    )
    starts = ClockField(label="Mulai", max_length=5)
    ends = ClockField(
        label="Selesai", max_length=5, help_text="Jaga malam: selesai 07.00 berarti pagi berikutnya"
    )

    def drafts(self) -> list[ShiftDraft]:
        data = self.cleaned_data
        return [
            ShiftDraft(data["user"], int(weekday), data["starts"], data["ends"])
            for weekday in data["weekdays"]
        ]


class HolidayForm(RosterForm):
    day = DayField(label="Tanggal")
    reason = forms.CharField(
        label="Libur apa", max_length=120, error_messages={"required": "Tulis libur apa."}
    )


class SwapForm(RosterForm):
    day = DayField(label="Tanggal")
    absent = ColleagueField(label="Siapa yang tidak bertugas")
    substitute = ColleagueField(label="Digantikan oleh", required=False, empty_label="Belum ada pengganti")
    reason = forms.CharField(label="Sebabnya", max_length=120, required=False)


class ExtraForm(RosterForm):
    day = DayField(label="Tanggal")
    user = ColleagueField(label="Siapa")
    starts = ClockField(label="Mulai", max_length=5)
    ends = ClockField(label="Selesai", max_length=5)
    reason = forms.CharField(label="Keterangan", max_length=120, required=False)
