"""Model fields for personal data."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from ceting.foundation.core.ciphers import decrypt, encrypt


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that the database only ever sees encrypted. Plain in Python; empty stays empty.

    It can't be searched: keep a `keyed_hash` beside it for exact lookups.
    """

    @property
    def _column_name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value, column=self._column_name) if value else value

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return decrypt(value, column=self._column_name) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and can't be searched; use its keyed hash")
        return super().get_lookup(lookup_name)
