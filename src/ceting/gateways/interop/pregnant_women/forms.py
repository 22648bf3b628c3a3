"""Forms of an import of pregnant women: the upload, and who stands in rows of which that isn't sure."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from ceting.gateways.interop.forms import OfPlaceForm, upload_field
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.models import WomenProblem
from ceting.registry.families.models import Caregiver

UNANSWERED, OTHER, SAME = "", "lain", "sama"


class UploadForm(OfPlaceForm):
    file = upload_field(
        "Daftar ibu hamil",
        "Excel (.xls, .xlsx) atau CSV. Yang perlu ada: nama ibu, dan HPHT atau HPL.",
        "Berkas ini kosong. Simpan lagi dari Excel, lalu unggah di sini.",
    )
    may = KIND.may


class DecisionForm(forms.Form):
    """One question a row. `answers`: key of the row -> the registered woman, or None for another one."""

    def __init__(
        self,
        *args: Any,
        problems: Iterable[WomenProblem],
        women: Mapping[str, Caregiver],
        labels: Mapping[UUID, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._women = women
        self._rows = {f"row-{problem.row_id}": problem.row_id for problem in problems}
        for problem in problems:
            self.fields[f"row-{problem.row_id}"] = forms.ChoiceField(
                label=labels[problem.row_id],
                help_text=problem.sentence,
                required=False,
                choices=[
                    (UNANSWERED, "Belum dijawab: tidak diambil"),
                    *(
                        (f"{SAME}:{key}", f"Ibu yang sama: {words(women[key])}")
                        for key in problem.candidates
                        if key in women
                    ),
                    (OTHER, "Ibu lain: daftarkan sebagai ibu baru"),
                ],
                error_messages={"invalid_choice": "Pilih satu dari daftar."},
            )

    @property
    def answers(self) -> dict[UUID, Caregiver | None]:
        found: dict[UUID, Caregiver | None] = {}
        for name, key in self._rows.items():
            kind, _, woman = self.cleaned_data.get(name, "").partition(":")
            if kind == OTHER:
                found[key] = None
            elif kind == SAME:
                found[key] = self._women[woman]
        return found


def words(woman: Caregiver) -> str:
    """ "Yanti Marlina, lahir 1-3-1995, RT 01/RW 02, Andalas"."""
    parts = [woman.name]
    if woman.birth_date is not None:
        parts.append(f"lahir {woman.birth_date.day}-{woman.birth_date.month}-{woman.birth_date.year}")
    home = woman.household
    block = "/".join(f"{word} {number}" for word, number in (("RT", home.rt), ("RW", home.rw)) if number)
    parts += [block] if block else []
    parts += [home.village.name] if home.village else []
    return ", ".join(parts)
