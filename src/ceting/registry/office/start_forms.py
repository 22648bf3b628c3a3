"""Forms of a new puskesmas: opening it with its head, lists that are pasted, a reason to leave a step out."""

from typing import Any, Generic, TypeVar

from django import forms

from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.foundation.ui.form_fields import NamedRowField, PhoneField, RefusalMixin
from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.office import batches
from ceting.registry.office.batches import USERNAME, Batch, Post
from ceting.registry.office.operations import LONGEST_REASON, OpeningDraft, answered_elsewhere
from ceting.registry.office.pasted import LONGEST, Column, ListLine, read
from ceting.registry.office.typed_fields import PuskesmasCodeField
from ceting.registry.places.models import ZONES, Area, AreaLevel, Puskesmas

T = TypeVar("T")
HEADS = (("kepala", "Kepala puskesmas"), ("admin", "Admin puskesmas"))
MISSING_DISTRICT = {"required": "Pilih kecamatan.", "invalid_choice": "Pilih kecamatan dari daftar."}


class DistrictForm(forms.Form):
    """The first question: where. The villages to choose from follow from it."""

    kecamatan = NamedRowField(
        label="Kecamatan",
        queryset=Area.objects.none(),
        named_by="name",
        empty_label="Pilih kecamatan",
        error_messages=MISSING_DISTRICT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kecamatan"]
        assert isinstance(field, NamedRowField)
        field.queryset = Area.objects.filter(level=AreaLevel.DISTRICT).order_by("name")


class VillagesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Villages, each with the puskesmas that answers for it already."""

    elsewhere: dict[Area, list[str]] = {}

    def label_from_instance(self, obj: Any) -> str:
        names = self.elsewhere.get(obj)
        return f"{obj} (sudah wilayah {' dan '.join(names)})" if names else str(obj)


class OpeningForm(RefusalMixin, forms.Form):
    """The puskesmas, and whoever is to run it."""

    name = forms.CharField(
        label="Nama puskesmas",
        max_length=100,
        help_text="Tanpa kata Puskesmas, misalnya Andalas",
        error_messages={"required": "Isi nama puskesmas."},
    )
    code = PuskesmasCodeField()
    zone = forms.ChoiceField(
        label="Waktu setempat", choices=ZONES, widget=forms.RadioSelect, initial=clock.DEFAULT_ZONE
    )
    villages = VillagesField(
        label="Kelurahan di wilayah kerjanya",
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu kelurahan.",
            "invalid_choice": "Pilih dari daftar.",
            "invalid_pk_value": "Pilih dari daftar.",
            "invalid_list": "Pilih dari daftar.",
        },
    )
    shared = forms.BooleanField(
        label="Kelurahan yang sudah punya puskesmas memang dibagi berdua", required=False
    )
    head_role = forms.ChoiceField(
        label="Siapa yang menjalankannya", choices=HEADS, widget=forms.RadioSelect, initial="kepala"
    )
    head_name = forms.CharField(
        label="Namanya", max_length=120, error_messages={"required": "Isi nama kepala atau adminnya."}
    )
    head_username = forms.RegexField(
        label="Nama masuk",
        regex=rf"^{USERNAME.pattern}$",
        required=False,
        help_text="Kalau kosong, dibuatkan dari namanya",
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={"invalid": "Pakai huruf, angka, titik, garis; tanpa spasi."},
    )
    head_phone = PhoneField(
        label="Nomor HP", required=False, help_text="Untuk mengirim tautannya lewat WhatsApp."
    )

    def __init__(self, *args: Any, district: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.district = district
        field = self.fields["villages"]
        assert isinstance(field, VillagesField)
        field.queryset = Area.objects.filter(parent=district, level=AreaLevel.VILLAGE).order_by("name")
        field.elsewhere = answered_elsewhere(field.queryset)
        if not field.elsewhere:
            del self.fields["shared"]

    def draft(self) -> OpeningDraft:
        data = self.cleaned_data
        return OpeningDraft(
            name=data["name"],
            district=self.district,
            villages=tuple(data["villages"]),
            zone=data["zone"],
            code=data["code"],
            shared=data.get("shared", False),
        )

    def head(self) -> InvitationDraft:
        data = self.cleaned_data
        return InvitationDraft(
            name=data["head_name"],
            role=data["head_role"],
            phone=data["head_phone"],
            username=data["head_username"],
        )


class SkipForm(RefusalMixin, forms.Form):
    reason = forms.CharField(
        label="Mengapa dilewati",
        max_length=LONGEST_REASON,
        help_text="Misalnya: data lama tidak ada, mulai dari nol",
        error_messages={"required": "Tulis alasannya, supaya yang lain mengerti."},
    )


class LinesForm(RefusalMixin, forms.Form, Generic[T]):
    """A list, one thing a line; what is wrong is said by line, and nothing of it is lost."""

    label: str
    hint: str
    columns: tuple[Column, ...]

    rows = forms.CharField(
        widget=forms.Textarea(attrs={"rows": "12", "spellcheck": "false", "autocomplete": "off"}),
        strip=False,
        max_length=60_000,
        error_messages={
            "required": "Tempel atau ketik daftarnya, satu baris satu.",
            "max_length": "Daftar ini terlalu panjang. Pecah menjadi beberapa kali.",
        },
    )

    def __init__(self, *args: Any, puskesmas: Puskesmas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.puskesmas = puskesmas
        self.batch: Batch[T] = Batch()
        self.fields["rows"].label = self.label
        self.fields["rows"].help_text = self.hint

    def meaning(self, lines: list[ListLine]) -> Batch[T]:
        raise NotImplementedError

    def clean_rows(self) -> str:
        typed: str = self.cleaned_data["rows"]
        lines = read(typed, self.columns)
        if not lines:
            raise forms.ValidationError("Belum ada baris yang berisi. Tempel atau ketik daftarnya.")
        if len(lines) > LONGEST:
            raise forms.ValidationError(
                f"Paling banyak {LONGEST} baris sekaligus. Pecah menjadi beberapa kali."
            )
        self.batch = self.meaning(lines)
        if self.batch.sentences:
            raise forms.ValidationError(self.batch.sentences)
        return typed

    def show(self, refusal: RefusedError) -> None:
        for problem in refusal.problems:
            self.add_error("rows", self.sentence_of(problem))

    def sentence_of(self, problem: Problem) -> str:
        return problem.sentence


class PosyanduLinesForm(LinesForm[Post]):
    label = "Daftar posyandu"
    hint = "Satu baris satu posyandu: nama, kelurahan, RW."
    columns = batches.POSYANDU

    def meaning(self, lines: list[ListLine]) -> Batch[Post]:
        return batches.posyandu_of_lines(lines, self.puskesmas)


class StaffLinesForm(LinesForm[InvitationDraft]):
    label = "Daftar petugas dan kader"
    hint = "Satu baris satu orang: nama, peran, posyandu (untuk kader), nomor HP."
    columns = batches.STAFF

    def meaning(self, lines: list[ListLine]) -> Batch[InvitationDraft]:
        return batches.invitations_of_lines(lines, self.puskesmas)

    def sentence_of(self, problem: Problem) -> str:
        """The verb names a position in the list; the person counts lines."""
        return self.batch.lines[int(problem.field)].problem(problem.sentence)
