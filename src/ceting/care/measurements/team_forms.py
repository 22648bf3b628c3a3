"""Who measures in a session, and who helps and writes down."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ceting.care.measurements import teams
from ceting.care.measurements.models import MeasuringTeam, Session
from ceting.foundation.ui.form_fields import NamedRowField, RefusalMixin
from ceting.registry.accounts.models import User


def _person(label: str) -> NamedRowField:
    return NamedRowField(
        label=label,
        queryset=User.objects.none(),
        named_by="name",
        required=False,
        empty_label="Tidak dipilih",
        error_messages={"invalid_choice": "Pilih nama dari daftar."},
    )


def _name(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        help_text="Hanya bila namanya tidak ada di daftar.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": f"Nama terlalu panjang. Singkat sampai {teams.LONGEST_NAME} huruf."},
    )


class TeamForm(RefusalMixin, forms.Form):
    """Two people, each from the list or by name; a name that is typed counts before the list."""

    measurer = _person("Yang mengukur")
    measurer_name = _name("Atau tulis nama pengukur")
    assistant = _person("Yang membantu dan mencatat")
    assistant_name = _name("Atau tulis nama pembantu")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        session: Session,
        team: MeasuringTeam | None,
        by: User,
    ) -> None:
        if team is None:
            initial: dict[str, Any] = {"measurer": by.pk}
        else:
            initial = {
                "measurer": team.measurer_id,
                "measurer_name": team.measurer_name,
                "assistant": team.assistant_id,
                "assistant_name": team.assistant_name,
            }
        super().__init__(data, initial=initial)
        for name in ("measurer", "assistant"):
            field = self.fields[name]
            assert isinstance(field, NamedRowField)
            field.queryset = teams.people_of(session)

    def measures(self) -> User | str:
        return self._who("measurer")

    def assists(self) -> User | str:
        return self._who("assistant")

    def _who(self, place: str) -> User | str:
        found: User | str = self.cleaned_data[f"{place}_name"] or self.cleaned_data[place] or ""
        return found
