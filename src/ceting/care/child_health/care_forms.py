"""The forms about a child's care but vaccines. Each gives the drafts of what was told."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ceting.care.child_health.drafting import Draft
from ceting.care.child_health.drafts import (
    BreastfeedingDraft,
    FeedingDraft,
    FindingDraft,
    FoodDraft,
    IllnessDraft,
    NewbornDraft,
    ReferralDraft,
    SupplementDraft,
)
from ceting.care.child_health.entry_forms import EntryForm
from ceting.care.child_health.health_record import HealthRecord
from ceting.care.child_health.health_standing import months_old, rounds
from ceting.care.child_health.models import FindingCode, Item, Kind, MonthAnswer, ReferralReason
from ceting.foundation.ui.form_fields import MeasureField
from ceting.standards.child import feeding, food_days, illness, supplementation
from ceting.standards.child.supplementation import RoundState

YES_NO = (("yes", "Ya"), ("no", "Tidak"), ("", "Tidak dilihat"))
ANSWERS = {"yes": True, "no": False, "": None}


class CareForm(EntryForm):
    """A form about one child, with her record at hand; `shown` are its fields in their order, with their layout."""

    shown: tuple[tuple[str, str], ...] = ()

    def __init__(self, *args: Any, record: HealthRecord, **kwargs: Any) -> None:
        self.record = record
        super().__init__(*args, child=record.child, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """What depends on her age."""

    def drafts(self) -> Sequence[Draft]:
        """What was told; only after is_valid()."""
        raise NotImplementedError

    @property
    def rows(self) -> list[tuple[forms.BoundField, str]]:
        return [(self[name], layout) for name, layout in self.shown]

    def choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def yes_no(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, required=False, widget=forms.RadioSelect)


class SupplementForm(CareForm):
    """Vitamin A, a tablet against worms, or both in one go; what is due is ticked."""

    items = forms.MultipleChoiceField(
        label="Yang diberikan",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang yang diberikan."},
    )
    shown = (("on", ""), ("items", ""), ("place", ""))

    def prepare(self) -> None:
        birth, today = self.child.birth_date, self.record.today
        capsule = supplementation.capsule_at(birth, today)
        worms = supplementation.may_be_dewormed(birth, today)
        labels = {
            Item.VITAMIN_A: f"Vitamin A ({f'kapsul {capsule.value}' if capsule else 'di luar umur 6-59 bulan'})",
            Item.DEWORMING: "Obat cacing "
            f"({supplementation.deworming_dose(birth, today) if worms else 'di luar umur 12-59 bulan'})",
        }
        self.choose("items", [(item.value, labels[item]) for item in Item])
        self.fields["items"].initial = [
            item.value for item in Item if self.record.lives and self._is_due(item)
        ]

    def _is_due(self, item: Item) -> bool:
        found = rounds(self.record, item)
        return bool(found) and found[-1].state is RoundState.DUE

    def drafts(self) -> Sequence[Draft]:
        items = self.cleaned_data["items"]
        return [
            SupplementDraft(**self.occasion, number=number, item=item) for number, item in enumerate(items)
        ]


class BreastfeedingForm(CareForm):
    """One question for each month that she has reached."""

    def prepare(self) -> None:
        reached = min(months_old(self.record), feeding.LAST_MONTH)
        known = {entry.breastfeeding.month for entry in self.record.of(Kind.BREASTFEEDING)}
        self.months = range(reached + 1)
        for month in self.months:
            label = (
                f"E{month}: sampai umur {month} bulan hanya ASI?" if month else "E0: sejak lahir hanya ASI?"
            )
            field = forms.ChoiceField(
                label=label,
                choices=[*MonthAnswer.choices, ("", "Tidak ditanyakan")],
                required=False,
                widget=forms.RadioSelect,
                help_text="Sudah pernah dijawab; jawaban baru menggantikannya." if month in known else "",
            )
            self.fields[f"month_{month}"] = field
        self.shown = (("on", ""), *((f"month_{month}", "segments") for month in self.months))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(data.get(f"month_{month}") for month in self.months):
            raise ValidationError("Jawab paling sedikit satu bulan.", code="empty")
        return data

    def drafts(self) -> Sequence[Draft]:
        answers = {month: self.cleaned_data[f"month_{month}"] for month in self.months}
        return [
            BreastfeedingDraft(**self.occasion, number=month, month=month, answer=answer)
            for month, answer in answers.items()
            if answer
        ]


class FeedingForm(CareForm):
    """What she had yesterday, in the eight groups."""

    breastfed = forms.ChoiceField(
        label="Kemarin masih minum ASI?",
        choices=(("yes", "Ya"), ("no", "Tidak")),
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih ya atau tidak."},
    )
    groups = forms.MultipleChoiceField(
        label="Kemarin makan apa saja?", widget=forms.CheckboxSelectMultiple, required=False
    )
    meals = forms.IntegerField(
        label="Berapa kali makan kemarin?",
        min_value=0,
        max_value=20,
        error_messages={"required": "Isi berapa kali."},
    )
    milk_feeds = forms.IntegerField(
        label="Berapa kali minum susu selain ASI?", min_value=0, max_value=20, required=False
    )
    shown = (
        ("on", ""), ("breastfed", "segments"), ("groups", ""), ("meals", ""), ("milk_feeds", ""),
    )  # fmt: skip

    def prepare(self) -> None:
        others = [group for group in feeding.GROUPS if group != feeding.BREASTMILK]
        self.choose("groups", [(str(group), feeding.group_label(group)) for group in others])

    def drafts(self) -> Sequence[Draft]:
        data = self.cleaned_data
        draft = FeedingDraft(
            **self.occasion,
            groups=frozenset(int(group) for group in data["groups"]),
            meals=data["meals"],
            breastfed=data["breastfed"] == "yes",
            milk_feeds=data["milk_feeds"] or 0,
        )
        return [draft]


class SignsMixin:
    """A choice of the signs of her age, danger signs first and marked."""

    def offer_signs(self, form: CareForm) -> None:
        found = illness.signs_at(form.child.birth_date, form.record.today)
        danger = illness.Weight.DANGER
        form.choose(
            "signs",
            [
                (sign.code, f"{sign.label} (tanda bahaya)" if sign.weight is danger else sign.label)
                for sign in found
            ],
        )


class IllnessForm(SignsMixin, CareForm):
    """What troubled her since the last visit."""

    signs = forms.MultipleChoiceField(
        label="Keluhan sejak kunjungan lalu",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang paling sedikit satu keluhan."},
    )
    words = forms.CharField(label="Kata keluarga", max_length=300, required=False)
    shown = (("on", ""), ("signs", ""), ("words", ""))

    def prepare(self) -> None:
        self.offer_signs(self)

    def drafts(self) -> Sequence[Draft]:
        data = self.cleaned_data
        return [IllnessDraft(**self.occasion, signs=tuple(data["signs"]), words=data["words"])]


class NewbornForm(SignsMixin, CareForm):
    """A visit in the first 28 days."""

    suckles = yes_no("Menyusu kuat?")
    cord_clean = yes_no("Tali pusat bersih dan kering?")
    vitamin_k = yes_no("Sudah suntikan vitamin K1?")
    eye_ointment = yes_no("Sudah salep mata?")
    temperature_c = MeasureField(unit="", label="Suhu (derajat Celsius)", required=False)
    signs = forms.MultipleChoiceField(
        label="Tanda yang terlihat", widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="Catatan petugas", max_length=300, required=False)
    shown = (
        ("on", ""), ("place", ""), ("given_by", ""), ("suckles", "segments"), ("cord_clean", "segments"),
        ("vitamin_k", "segments"), ("eye_ointment", "segments"), ("temperature_c", ""), ("signs", ""), ("note", ""),
    )  # fmt: skip

    def prepare(self) -> None:
        self.offer_signs(self)

    def drafts(self) -> Sequence[Draft]:
        data = self.cleaned_data
        draft = NewbornDraft(
            **self.occasion,
            suckles=ANSWERS[data["suckles"]],
            cord_clean=ANSWERS[data["cord_clean"]],
            vitamin_k=ANSWERS[data["vitamin_k"]],
            eye_ointment=ANSWERS[data["eye_ointment"]],
            temperature_c=data["temperature_c"],
            signs=tuple(data["signs"]),
            note=data["note"],
        )
        return [draft]


class FoodForm(CareForm):
    """Days of extra food that were handed out."""

    reason = forms.ChoiceField(label="Alasan", error_messages={"required": "Pilih alasannya."})
    days = forms.IntegerField(
        label="Untuk berapa hari", min_value=1, max_value=120, error_messages={"required": "Isi harinya."}
    )
    shown = (("on", ""), ("reason", ""), ("days", ""), ("place", ""))

    def prepare(self) -> None:
        listed = [(each.code, f"{each.label}, {each.days} hari") for each in food_days.reasons()]
        self.choose("reason", [("", "Pilih alasannya"), *listed])

    def drafts(self) -> Sequence[Draft]:
        return [
            FoodDraft(**self.occasion, reason=self.cleaned_data["reason"], days=self.cleaned_data["days"])
        ]


class ReferralForm(CareForm):
    """To whom she is sent."""

    reason = forms.ChoiceField(
        label="Alasan", choices=[("", "Pilih alasannya"), *ReferralReason.choices],
        error_messages={"required": "Pilih alasannya."},
    )  # fmt: skip
    destination = forms.CharField(
        label="Dirujuk ke", max_length=120, error_messages={"required": "Isi tempat rujukannya."}
    )
    note = forms.CharField(label="Catatan petugas", max_length=300, required=False)
    shown = (("on", ""), ("reason", ""), ("destination", ""), ("note", ""))

    def drafts(self) -> Sequence[Draft]:
        data = self.cleaned_data
        return [
            ReferralDraft(
                **self.occasion, reason=data["reason"], destination=data["destination"], note=data["note"]
            )
        ]


class FindingForm(CareForm):
    """What stands out, to be confirmed."""

    code = forms.ChoiceField(
        label="Temuan", choices=[("", "Pilih temuannya"), *FindingCode.choices],
        error_messages={"required": "Pilih temuannya."},
    )  # fmt: skip
    words = forms.CharField(label="Keterangan", max_length=200, required=False)
    shown = (("on", ""), ("code", ""), ("words", ""))

    def drafts(self) -> Sequence[Draft]:
        data = self.cleaned_data
        return [FindingDraft(**self.occasion, code=data["code"], words=data["words"])]
