"""Forms of how a pregnancy ended, and of the visits afterwards. They read; `outcome_operations` decides."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from ceting.care.pregnancies.contact_forms import PLACES
from ceting.care.pregnancies.models import Attendant, Delivery, EndKind, Outcome, Place
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft, PostnatalDraft
from ceting.foundation.ui.form_fields import DayField, MeasureField, RefusalMixin
from ceting.registry.families.models import Sex
from ceting.standards.pregnancy.danger_signs import Target, danger_signs

LOSSES = [EndKind.MISCARRIAGE, EndKind.STILLBIRTH, EndKind.MATERNAL_DEATH]
OTHER_ENDS = [*LOSSES, EndKind.MOVED, EndKind.MISTAKE]
UNKNOWN = [("", "Belum diketahui")]
YES_NO = [*UNKNOWN, ("yes", "Ya"), ("no", "Tidak")]
CHILDREN = (1, 2, 3)
HEALTH_WORKERS = [(each.value, each.label) for each in Attendant if each is not Attendant.KADER]


CAPSULES = [(0, "Tidak hari ini"), (1, "1 kapsul"), (2, "2 kapsul")]
MOST_CAPSULES = max(number for number, _ in CAPSULES)


class EndFields(RefusalMixin, forms.Form):
    """What every end has: a day, where, who was there."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    ended_on = DayField(label="Tanggal", error_messages={"required": "Isi tanggalnya."})
    place = forms.ChoiceField(label="Tempat", choices=[*UNKNOWN, *PLACES], required=False)
    attendant = forms.ChoiceField(label="Ditolong oleh", choices=[*UNKNOWN, *HEALTH_WORKERS], required=False)
    note = forms.CharField(
        label="Catatan", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].today = lambda: today  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        names = ("ended_on", "place", "attendant", "delivery", "complications", "stillborn", "note")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class BirthForm(EndFields):
    """A birth with one to three children; the second and third are asked for only when they were born."""

    ended_on = DayField(label="Tanggal lahir", error_messages={"required": "Isi tanggal lahirnya."})
    delivery = forms.ChoiceField(label="Cara lahir", choices=Delivery.choices, required=False)
    complications = forms.CharField(label="Penyulit", required=False, max_length=300)
    number = forms.TypedChoiceField(
        label="Bayi yang lahir hidup",
        choices=[(number, str(number)) for number in CHILDREN],
        coerce=int,
        initial=1,
        widget=forms.RadioSelect,
    )
    stillborn = forms.IntegerField(
        label="Bayi yang lahir meninggal", required=False, min_value=0, max_value=3, initial=0
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in CHILDREN:
            self.fields |= _child_fields(number)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["stillborn"] = data.get("stillborn") or 0
        for number in range(1, (data.get("number") or 1) + 1):
            if not data.get(f"sex_{number}") and f"sex_{number}" not in self.errors:
                self.add_error(f"sex_{number}", "Pilih laki-laki atau perempuan.")
        return data

    def draft(self) -> EndDraft:
        children = tuple(self._child(number) for number in range(1, self.cleaned_data["number"] + 1))
        return EndDraft(kind=EndKind.BIRTH.value, children=children, **self.told())

    def _child(self, number: int) -> NewbornDraft:
        data = self.cleaned_data
        told: dict[str, Any] = {
            name: _answer(data[f"{name}_{number}"])
            for name in ("early_breastfeeding", "cried", "vitamin_k", "eye_ointment")
        }
        measured = ("birth_weight_kg", "birth_length_cm", "head_cm")
        told |= {name: data[f"{name}_{number}"] for name in measured}
        return NewbornDraft(sex=data[f"sex_{number}"], name=data[f"name_{number}"], **told)

    @property
    def children(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each child, for the template."""
        return [
            (number, [field for field in self if field.name.endswith(f"_{number}")]) for number in CHILDREN
        ]


def _child_fields(number: int) -> dict[str, forms.Field]:
    return {
        f"sex_{number}": forms.TypedChoiceField(
            label="Jenis kelamin", choices=Sex.choices, coerce=int, required=False, widget=forms.RadioSelect
        ),
        f"name_{number}": forms.CharField(
            label="Nama bayi",
            max_length=120,
            required=False,
            help_text="Boleh menyusul: ditulis By. Ny. dulu.",
        ),
        f"birth_weight_kg_{number}": MeasureField(
            label="Berat lahir", unit="kg", required=False, help_text="Dalam kg: 2100 gram ditulis 2,1."
        ),
        f"birth_length_cm_{number}": MeasureField(label="Panjang lahir", unit="cm", required=False),
        f"head_cm_{number}": MeasureField(label="Lingkar kepala", unit="cm", required=False),
        f"early_breastfeeding_{number}": forms.ChoiceField(
            label="IMD paling sedikit 1 jam", choices=YES_NO, required=False
        ),
        f"cried_{number}": forms.ChoiceField(label="Langsung menangis", choices=YES_NO, required=False),
        f"vitamin_k_{number}": forms.ChoiceField(label="Vitamin K", choices=YES_NO, required=False),
        f"eye_ointment_{number}": forms.ChoiceField(label="Salep mata", choices=YES_NO, required=False),
    }


def _answer(typed: str) -> bool | None:
    return {"yes": True, "no": False}.get(typed)


class OtherEndForm(EndFields):
    """A loss, or out of our sight."""

    kind = forms.ChoiceField(
        label="Apa yang terjadi",
        choices=[(kind.value, kind.label) for kind in OTHER_ENDS],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih apa yang terjadi."},
    )

    def draft(self) -> EndDraft:
        return EndDraft(kind=self.cleaned_data["kind"], **self.told())


class ChangeEndForm(EndFields):
    """A slip in what was written of the end."""

    delivery = forms.ChoiceField(label="Cara lahir", choices=Delivery.choices, required=False)
    complications = forms.CharField(label="Penyulit", required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        names = ("ended_on", "place", "attendant", "delivery", "complications", "note", "version")
        kwargs["initial"] = {name: getattr(outcome, name) for name in names}
        super().__init__(*args, **kwargs)

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.told().items() if name != "stillborn"}


class PostnatalForm(RefusalMixin, forms.Form):
    """A visit to the mother, after a birth and after a loss."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    on = DayField(label="Tanggal kunjungan", error_messages={"required": "Isi tanggal kunjungan."})
    place = forms.ChoiceField(label="Tempat", choices=PLACES, initial=Place.HOME.value)
    attendant = forms.ChoiceField(label="Oleh", choices=HEALTH_WORKERS)
    systolic = forms.IntegerField(label="Tekanan darah atas", required=False)
    diastolic = forms.IntegerField(label="Tekanan darah bawah", required=False)
    temperature_c = MeasureField(label="Suhu", unit="", required=False)
    vitamin_a = forms.TypedChoiceField(
        label="Vitamin A nifas",
        choices=CAPSULES,
        coerce=int,
        initial=0,
    )
    tablets_given = forms.IntegerField(label="Tablet tambah darah diberikan", required=False)
    contraception = forms.CharField(label="KB", max_length=80, required=False)
    danger_signs = forms.MultipleChoiceField(
        label="Ada keluhan atau tanda bahaya? Centang yang ada",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label="Catatan", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, today: date, asked: bool, capsules: int, **kwargs: Any) -> None:
        """`asked`: a visit today can be meant; else she says of which day it is. `capsules`: how many are left."""
        super().__init__(*args, **{"initial": {"on": today if asked else None}, **kwargs})
        self.fields["on"].today = lambda: today  # type: ignore[attr-defined]
        capsule: Any = self.fields["vitamin_a"]
        capsule.choices = [choice for choice in CAPSULES if choice[0] <= capsules]
        if not capsules:
            capsule.help_text = "Semua kapsul untuk ibu nifas sudah diberikan."
        signs = [sign for sign in danger_signs(Target.POSTNATAL) if not sign.confidential]
        self.fields["danger_signs"].choices = [(sign.code, sign.label) for sign in signs]  # type: ignore[attr-defined]

    def draft(self) -> PostnatalDraft:
        data = self.cleaned_data
        names = (*PostnatalDraft.__dataclass_fields__,)
        told = {name: data[name] for name in names if name != "danger_signs"}
        return PostnatalDraft(**told, danger_signs=tuple(data["danger_signs"]))
