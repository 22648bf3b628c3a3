"""Forms that every import of a file has: which posyandu its names mean, what its columns hold, why it is taken back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from django import forms

from ceting.foundation.ui import numerals
from ceting.foundation.ui.form_fields import NamedRowField, RefusalMixin
from ceting.gateways.interop.naming import Ground, Proposal
from ceting.gateways.interop.vocabulary import Vocabulary
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu, Puskesmas

ACCEPTED = ".xls,.xlsx,.xlsm,.ods,.csv,.tsv,.txt,.htm,.html"
SKIP = "lewati"
NOT_TAKEN = "-"


class Place(Protocol):
    """A posyandu as a file names it, and what was said of it."""

    pk: Any
    key: str
    name: str
    village_name: str
    puskesmas_name: str
    rows: int
    skipped: bool

    @property
    def posyandu_id(self) -> UUID | None: ...

    @property
    def village_id(self) -> UUID | None: ...


def workplaces(user: User, may: Sequence[str]) -> list[Puskesmas]:
    """The puskesmas where one of her roles allows all of it, her own first."""
    found = {
        assignment.puskesmas.pk: assignment.puskesmas
        for assignment in user.assignments
        if assignment.puskesmas is not None and all(map(assignment.allows, may))
    }
    return sorted(found.values(), key=lambda each: (each.pk != user.puskesmas_id, each.name))


def upload_field(label: str, help_text: str, empty: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=help_text,
        max_length=200,
        error_messages={
            "required": "Pilih berkasnya dulu.",
            "empty": empty,
            "max_length": "Nama berkas terlalu panjang. Ganti nama yang lebih pendek, lalu unggah lagi.",
            "invalid": "Berkas belum terkirim. Pilih lagi berkasnya.",
            "missing": "Berkas belum terkirim. Pilih lagi berkasnya.",
        },
    )


class OfPlaceForm(RefusalMixin, forms.Form):
    """An upload for a puskesmas where she may do all of `may`, with a posyandu for rows that name none."""

    may: tuple[str, ...]
    file = upload_field("Berkas", "Excel (.xls, .xlsx) atau CSV.", "Berkas ini kosong.")
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
        self.places = workplaces(user, self.may)
        keys = [place.pk for place in self.places]
        if len(keys) == 1:
            del self.fields["puskesmas"]
        else:
            _choices(self.fields["puskesmas"], Puskesmas.objects.filter(pk__in=keys))
        posyandu = Posyandu.objects.filter(puskesmas__in=keys, closure=None).select_related("village")
        _choices(self.fields["posyandu"], posyandu)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        posyandu, target = cleaned.get("posyandu"), self.target
        if posyandu is not None and target is not None and posyandu.puskesmas_id != target.pk:
            self.add_error("posyandu", "Posyandu ini milik puskesmas lain. Pilih yang sesuai.")
        return cleaned

    @property
    def target(self) -> Puskesmas | None:
        """The chosen one, or the only one; none for who may at no puskesmas."""
        if "puskesmas" in self.fields:
            chosen: Puskesmas | None = self.cleaned_data.get("puskesmas")
            return chosen
        return self.places[0] if self.places else None


def _choices(field: forms.Field, queryset: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = queryset


class PlacesForm(forms.Form):
    """One choice for each name of a posyandu in the file. `choices` holds key of the place -> what it means.

    `may_open`: a name may also stand for a posyandu that the import opens.
    """

    def __init__(
        self, *args: Any, places: Iterable[Any], ground: Ground, may_open: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._ground = ground
        self._places = {f"place-{place.pk}": place for place in places}
        for name, place in self._places.items():
            self.fields[name] = forms.ChoiceField(
                label=label_of(place),
                help_text=hint_of(place),
                choices=_options(ground, place, may_open),
                initial=_chosen(place),
                error_messages={
                    "required": "Pilih posyandunya, atau lewati baris-baris ini.",
                    "invalid_choice": "Pilih satu dari daftar.",
                },
            )

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """Those that nobody has answered yet, or not well."""
        return [each for each in self if each.errors or not each.initial]

    @property
    def settled_fields(self) -> list[forms.BoundField]:
        return [each for each in self if each.initial and not each.errors]

    @property
    def choices(self) -> dict[str, Proposal]:
        return {
            place.key: self._proposal(self.cleaned_data[name])
            for name, place in self._places.items()
            if name in self.cleaned_data
        }

    def _proposal(self, chosen: str) -> Proposal:
        kind, _, key = chosen.partition(":")
        if kind == "posyandu":
            return Proposal(posyandu=next(each for each in self._ground.posyandu if each.pk == UUID(key)))
        if kind == "baru":
            return Proposal(village=next(each for each in self._ground.villages if each.pk == UUID(key)))
        return Proposal(skipped=kind == SKIP)


class ColumnsForm(RefusalMixin, forms.Form):
    """What each column of a header holds. `meant` maps roles of `words` to positions."""

    def __init__(
        self,
        *args: Any,
        header: Sequence[str],
        meant: Mapping[str, int],
        words: Vocabulary,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._words = words
        role_of = {position: role for role, position in meant.items()}
        roles = [(NOT_TAKEN, "Tidak diambil"), *words.labels.items()]
        self._unknown = set(words.unknown(header, meant))
        for position, name in enumerate(header):
            if name:
                self.fields[f"column-{position}"] = forms.ChoiceField(
                    label=f"“{name}”",
                    choices=roles,
                    initial=role_of.get(position, NOT_TAKEN),
                    error_messages={
                        "required": "Pilih isi kolom ini, atau “Tidak diambil”.",
                        "invalid_choice": "Pilih satu dari daftar.",
                    },
                )

    @property
    def unknown_fields(self) -> list[forms.BoundField]:
        return [each for each in self if each.errors or self._is_unknown(each)]

    @property
    def known_fields(self) -> list[forms.BoundField]:
        return [each for each in self if not each.errors and not self._is_unknown(each)]

    def _is_unknown(self, field: forms.BoundField) -> bool:
        return str(field.label).strip("“”") in self._unknown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for name, role in list(cleaned.items()):
            if role == NOT_TAKEN:
                continue
            if role in taken:
                first = self.fields[taken[role]].label
                self.add_error(
                    name, f"{self._words.labels[role]} sudah dipilih untuk {first}. Pilih salah satu saja."
                )
            else:
                taken[role] = name
        return cleaned

    @property
    def meant(self) -> dict[str, int]:
        return {
            role: int(name.removeprefix("column-"))
            for name, role in self.cleaned_data.items()
            if role != NOT_TAKEN
        }


class UndoForm(RefusalMixin, forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label="Alasan",
        help_text="Misalnya: berkas milik posyandu lain.",
        max_length=100,
        error_messages={
            "required": "Tulis mengapa impor ini ditarik, supaya yang lain mengerti.",
            "max_length": "Alasannya terlalu panjang. Singkat sampai 100 huruf.",
        },
    )


def label_of(place: Place) -> str:
    """A posyandu as the file names it."""
    name = place.name or "Baris tanpa nama posyandu"
    return f"{name} · {place.village_name}" if place.village_name else name


def hint_of(place: Place) -> str:
    rows = f"{numerals.decimal(place.rows)} baris"
    return f"{rows}, Puskesmas {place.puskesmas_name}" if place.puskesmas_name else rows


def _options(ground: Ground, place: Place, may_open: bool) -> Sequence[Any]:
    ours = [(f"posyandu:{each.pk}", f"{each.name} · {each.village.name}") for each in ground.posyandu]
    new = [(f"baru:{village.pk}", f"Buat baru di {village.name}") for village in ground.villages]
    groups: list[Any] = [("", "Pilih posyandu")]
    if ours:
        groups.append(("Posyandu yang ada", ours))
    if may_open and place.name and new:
        groups.append(("Buat baru", new))
    return [*groups, (SKIP, "Lewati baris-baris ini")]


def _chosen(place: Place) -> str:
    if place.posyandu_id:
        return f"posyandu:{place.posyandu_id}"
    if place.village_id:
        return f"baru:{place.village_id}"
    return SKIP if place.skipped else ""
