"""What allauth's second factors ask of the house: our keys for their secrets, our names on her phone."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter

from ceting.foundation.core import ciphers
from ceting.registry.accounts.models import User

SEALED = "mfa.authenticator.data"
"""What the cipher authenticates: a secret moved to another column doesn't open."""
HOUSE = "Ayo Ceting"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Named by MFA_ADAPTER."""

    def encrypt(self, text: str) -> str:
        return ciphers.encrypt(text, column=SEALED)

    def decrypt(self, encrypted_text: str) -> str:
        return ciphers.decrypt(encrypted_text, column=SEALED)

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return HOUSE

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that she sees: a passkey made here opens nowhere else."""
        return {"id": context.request.get_host().partition(":")[0], "name": HOUSE}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {"id": user.pk.hex.encode(), "display_name": user.name, "name": user.username}
