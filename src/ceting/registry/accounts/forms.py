"""Forms about people who sign in."""

from django import forms


class SignInForm(forms.Form):
    username = forms.CharField(
        label="Nama masuk",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Isi nama masuk Ibu/Bapak."},
    )
    password = forms.CharField(
        label="Kata sandi",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Isi kata sandi."},
    )


class UnlockForm(forms.Form):
    """Who sits here: the password of the account whose screen is locked."""

    password = forms.CharField(
        label="Kata sandi",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Isi kata sandi."},
    )
