"""The form of one antenatal contact: it asks what this week needs, the rest is a fold away."""

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from django import forms

from ceting.care.pregnancies.contact_operations import LONGEST_REASON
from ceting.care.pregnancies.drafts import MOST_FETUSES, TETANUS_DOSES, ContactDraft
from ceting.care.pregnancies.models import (
    Attendant,
    Contact,
    Place,
    Presentation,
    Product,
    Urine,
)
from ceting.foundation.core.classification import FieldClass, class_of
from ceting.foundation.ui.form_fields import DayField, MeasureField, RefusalMixin
from ceting.standards.pregnancy.danger_signs import DangerSign, Target, danger_signs

RECORDED = [name for name in ContactDraft.__dataclass_fields__ if name != "written_at"]
PLACES = [(each.value, each.label) for each in Place]
MIDWIFE, KADER = Attendant.MIDWIFE.value, Attendant.KADER.value

FIELDS_OF_FACTS: dict[str, tuple[str, ...]] = {
    "weight_kg": ("weight_kg",),
    "blood_pressure": ("systolic", "diastolic"),
    "muac_cm": ("muac_cm",),
    "fundal_height_cm": ("fundal_cm",),
    "presentation": ("presentation",),
    "fetal_heart": ("fetal_heart",),
    "tetanus": ("tetanus_dose",),
    "iron_tablets": ("product", "tablets_given", "tablets_taken"),
    "hb": ("hb_g_dl",),
    "urine_protein": ("urine_protein",),
    "blood_sugar": ("glucose_mg_dl",),
    "case_management": ("treated",),
    "counselling": ("counselled",),
    "ultrasound": ("scan_done", "fetuses"),
    "mental_health": ("mental_screened",),
}
"""Fact of standards.pregnancy.checklist -> the fields that record it."""


OF_A_LIVING_PREGNANCY = ("danger_signs", "fetal_heart", "presentation", "fetuses")
"""What isn't asked any more when a pregnancy is over, whatever contact is written down late."""


def signs_of() -> tuple[DangerSign, ...]:
    """The signs that one may tick here; what is told in confidence has a page of its own."""
    both = (*danger_signs(Target.PREGNANT), *danger_signs(Target.PREGNANT_OTHER))
    return tuple(sign for sign in both if not sign.confidential)


class ContactForm(RefusalMixin, forms.Form):
    """`asked`: the fields that this contact should record; a kader is offered what she may read.

    `over`: the pregnancy has ended, so nothing is asked that assumes a living one.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    on = DayField(label="Tanggal periksa", error_messages={"required": "Isi tanggal periksa."})
    place = forms.ChoiceField(label="Tempat", choices=PLACES)
    attendant = forms.ChoiceField(label="Diperiksa oleh", choices=Attendant.choices)
    weight_kg = MeasureField(label="Berat badan", unit="kg", required=False)
    muac_cm = MeasureField(label="LiLA", unit="cm", required=False)
    systolic = forms.IntegerField(label="Tekanan darah atas", required=False)
    diastolic = forms.IntegerField(label="Tekanan darah bawah", required=False)
    hb_g_dl = MeasureField(label="Hb", unit="g/dL", required=False)
    fundal_cm = MeasureField(label="Tinggi fundus", unit="cm", required=False)
    fetal_heart = forms.IntegerField(label="Denyut jantung janin", required=False)
    presentation = forms.ChoiceField(label="Letak janin", choices=Presentation.choices, required=False)
    fetuses = forms.IntegerField(label="Jumlah janin", required=False, min_value=1, max_value=MOST_FETUSES)
    urine_protein = forms.ChoiceField(label="Protein urin", choices=Urine.choices, required=False)
    glucose_mg_dl = forms.IntegerField(label="Gula darah", required=False)
    product = forms.ChoiceField(
        label="Jenis tablet", choices=[("", "Tidak ada"), *Product.choices], required=False
    )
    tablets_given = forms.IntegerField(label="Tablet diberikan", required=False)
    tablets_taken = forms.IntegerField(label="Tablet diminum sejak periksa lalu", required=False)
    tetanus_dose = forms.TypedChoiceField(
        label="Imunisasi tetanus",
        choices=[("", "Tidak hari ini"), *((number, f"T{number}") for number in range(1, TETANUS_DOSES + 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    scan_done = forms.BooleanField(label="USG dilakukan", required=False)
    lab_done = forms.BooleanField(label="Tes laboratorium lain dilakukan", required=False)
    mental_screened = forms.BooleanField(label="Kesehatan jiwa ditanyakan", required=False)
    counselled = forms.BooleanField(label="Konseling diberikan", required=False)
    treated = forms.BooleanField(label="Tata laksana diberikan", required=False)
    danger_signs = forms.MultipleChoiceField(
        label="Ada keluhan atau tanda bahaya? Centang yang ada",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label="Catatan", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(label="Mengapa diperbaiki", max_length=LONGEST_REASON, required=False)

    def __init__(
        self,
        *args: Any,
        today: Any,
        clinical: bool,
        asked: Collection[str] = (),
        corrects: Contact | None = None,
        over: bool = False,
        **kwargs: Any,
    ) -> None:
        defaults = {
            "on": today,
            "place": (Place.PUSKESMAS if clinical else Place.POSYANDU).value,
            "attendant": MIDWIFE if clinical else KADER,
        }
        kwargs["initial"] = defaults | (_known(corrects) if corrects else {})
        super().__init__(*args, **kwargs)
        self.fields["on"].today = lambda: today  # type: ignore[attr-defined]
        self.fields["danger_signs"].choices = [(sign.code, sign.label) for sign in signs_of()]  # type: ignore[attr-defined]
        self.asked = set(asked)
        if not clinical:
            self._only_what_a_kader_reads()
        if corrects is None:
            del self.fields["reason"]
        if over:
            self._nothing_of_a_living_pregnancy(corrects)

    def _nothing_of_a_living_pregnancy(self, corrects: Contact | None) -> None:
        """What was recorded then can still be mended."""
        for name in OF_A_LIVING_PREGNANCY:
            if name in self.fields and not (corrects and getattr(corrects, name)):
                del self.fields[name]

    def _only_what_a_kader_reads(self) -> None:
        names = {each.name for each in Contact._meta.concrete_fields}
        for name in list(self.fields):
            if name in names and class_of(Contact, name) is FieldClass.CLINICAL:
                del self.fields[name]
        self.fields["attendant"].choices = [(KADER, Attendant.KADER.label)]  # type: ignore[attr-defined]
        self.fields["attendant"].widget = forms.HiddenInput()

    def draft(self) -> ContactDraft:
        told = {name: self.cleaned_data[name] for name in RECORDED if name in self.cleaned_data}
        return ContactDraft(**(told | {"danger_signs": tuple(told.get("danger_signs", ()))}))

    @property
    def wanted(self) -> list[forms.BoundField]:
        """Fields that this week needs, in the order of the form."""
        return [field for field in self._numbers() if field.name in self.asked]

    @property
    def others(self) -> list[forms.BoundField]:
        """What may be recorded besides."""
        return [field for field in self._numbers() if field.name not in self.asked]

    def _numbers(self) -> list[forms.BoundField]:
        apart = {"key", "on", "place", "attendant", "danger_signs", "note", "reason"}
        return [field for field in self if field.name not in apart]


def _known(contact: Contact) -> dict[str, Any]:
    known = {name: getattr(contact, name) for name in RECORDED}
    return known | {"danger_signs": contact.signs}
