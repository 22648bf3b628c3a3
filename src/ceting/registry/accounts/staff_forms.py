"""Forms about the staff: an invitation, a role, a password."""

from typing import Any

from django import forms

from ceting.foundation.ui.form_fields import NamedRowField, PhoneField, RefusalMixin
from ceting.registry.accounts import staff_operations
from ceting.registry.accounts.access import puskesmas_of
from ceting.registry.accounts.models import User
from ceting.registry.accounts.roles import ROLES
from ceting.registry.places.models import Posyandu, Puskesmas

SHORTEST = 10


class RoleForm(RefusalMixin, forms.Form):
    """A role and its place; only roles and places that `user` may give."""

    role = forms.ChoiceField(
        label="Peran",
        error_messages={"required": "Pilih peran.", "invalid_choice": "Pilih peran dari daftar."},
    )
    puskesmas = NamedRowField(
        label="Puskesmas",
        queryset=Puskesmas.objects.none(),
        named_by="name",
        required=False,
        error_messages={"invalid_choice": "Pilih puskesmas dari daftar."},
    )
    posyandu = NamedRowField(
        label="Posyandu",
        queryset=Posyandu.objects.none(),
        named_by="with_village",
        required=False,
        help_text="Hanya untuk kader.",
        error_messages={"invalid_choice": "Pilih posyandu dari daftar."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, puskesmas, posyandu = (self.fields[name] for name in ("role", "puskesmas", "posyandu"))
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(puskesmas, NamedRowField)
        assert isinstance(posyandu, NamedRowField)
        role.choices = [(code, ROLES[code].label) for code in staff_operations.may_give(user)]
        mine = puskesmas_of(user, may=staff_operations.MAY)
        puskesmas.queryset = mine
        posyandu.queryset = Posyandu.objects.filter(puskesmas__in=mine).select_related("village")
        if len(mine) == 1:
            puskesmas.initial = mine[0]
            puskesmas.widget = forms.HiddenInput()

    def place(self) -> dict[str, Any]:
        """Role and place as `grant` and `invite` take them."""
        return {name: self.cleaned_data[name] for name in ("role", "puskesmas", "posyandu")}


class InviteForm(RoleForm):
    name = forms.CharField(label="Nama", max_length=120, error_messages={"required": "Isi namanya."})
    username = forms.RegexField(
        label="Nama masuk",
        regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        max_length=60,
        help_text="Huruf, angka dan titik, misalnya kader.wati",
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Isi nama masuk.",
            "invalid": "Pakai huruf, angka, titik, garis; tanpa spasi.",
        },
    )
    phone = PhoneField(label="Nomor HP", required=False, help_text="Untuk mengirim tautannya lewat WhatsApp.")
    field_order = ("name", "username", "phone", "role", "puskesmas", "posyandu")


def _password(label: str, autocomplete: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": "Isi kata sandi."},
        **more,
    )


class NewPasswordForm(RefusalMixin, forms.Form):
    """A new password, typed twice."""

    password = _password(
        "Kata sandi baru", "new-password", help_text=f"Paling sedikit {SHORTEST} huruf atau angka."
    )
    again = _password("Ketik sekali lagi", "new-password")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Kedua kata sandi belum sama. Ketik lagi.")
        return data


class OwnPasswordForm(NewPasswordForm):
    old_password = _password("Kata sandi lama", "current-password")
    field_order = ("old_password", "password", "again")
