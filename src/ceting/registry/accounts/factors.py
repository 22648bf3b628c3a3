"""What somebody has besides her password: an app that shows codes, passkeys, and recovery codes for when both are lost.

Rows and cryptography are allauth's (docs/adr/0007); the screens, the limits and the trail are ours.
"""

import binascii
import json
import struct
from dataclasses import dataclass
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as app_codes
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.core.exceptions import ValidationError

from ceting.foundation.core import ciphers
from ceting.registry.accounts.factor_adapter import SEALED
from ceting.registry.accounts.models import User

APP, PASSKEY, RECOVERY = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)
SECRETS = ("secret", "seed")
"""The encrypted values in an authenticator's data."""
NOT_A_PASSKEY = (
    ValidationError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    AssertionError,
    RecursionError,
    struct.error,
    binascii.Error,
    InvalidSignature,
)
"""What the libraries raise at something that is no answer of an authenticator; anybody can send anything."""


@dataclass(frozen=True)
class Factors:
    """All of one person's."""

    app: Authenticator | None
    passkeys: tuple[Authenticator, ...]
    recovery: Authenticator | None

    @classmethod
    def of(cls, user: User) -> "Factors":
        rows = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
        return cls(
            next((row for row in rows if row.type == APP), None),
            tuple(row for row in rows if row.type == PASSKEY),
            next((row for row in rows if row.type == RECOVERY), None),
        )

    @property
    def stands(self) -> bool:
        """Whether a password alone no longer brings her in."""
        return self.app is not None or bool(self.passkeys)

    @property
    def codes_left(self) -> int:
        return len(self.recovery.wrap().get_unused_codes()) if self.recovery else 0


def counter_of(secret: str, code: str) -> int | None:
    """The half minute in which the app showed this code; None for a wrong one. One before and one after are allowed.

    allauth remembers a used code for one half minute only; with the half minutes beside it a code lives for three,
    so we keep the counter (RFC 6238, section 5.2).
    """
    for counter in app_codes.yield_hotp_counters_from_time():
        shown = app_codes.format_hotp_value(app_codes.hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=shown):
            return int(counter)
    return None


def new_secret() -> str:
    return str(app_codes.generate_totp_secret())


def app_address(user: User, secret: str) -> str:
    """What the app reads from the QR code: otpauth://totp/..."""
    return str(get_adapter().build_totp_url(user, secret))


def passkey_options() -> str:
    """What the browser asks an authenticator that signs in; the challenge stays in the session. As JSON.

    Never the list of somebody's passkeys: who holds one chooses it, and nobody learns who has any.
    """
    return json.dumps(webauthn.begin_authentication(None))


def new_passkey_options(user: User) -> str:
    """What the browser asks an authenticator that makes a passkey: one that is found and unlocked by itself."""
    return json.dumps(webauthn.begin_registration(user, passwordless=True))


def owner_of(credential: str) -> Authenticator | None:
    """The passkey that answered the challenge of this session, used up by it; None when nothing of it is true."""
    try:
        answer: Any = json.loads(credential)
        user = webauthn.extract_user_from_response(answer)
        parsed = webauthn.parse_authentication_response(answer)
        found: Authenticator = webauthn.complete_authentication(user, parsed)
    except NOT_A_PASSKEY:
        return None
    return found


def rotate_secrets() -> int:
    """Bring the secrets under the first data key; how many were. Harmless to repeat."""
    newest, changed = settings.DATA_KEYS[0][0], 0
    for row in Authenticator.objects.filter(type__in=(APP, RECOVERY)).iterator():
        before = dict(row.data)
        for name in _sealed(row):
            if not row.data[name].startswith(f"{newest}:"):
                plain = ciphers.decrypt(row.data[name], column=SEALED)
                row.data[name] = ciphers.encrypt(plain, column=SEALED)
        if row.data != before:
            # Only while it is still what was read: she may be using a code at this moment.
            changed += Authenticator.objects.filter(pk=row.pk, data=before).update(data=row.data)
    return changed


def secret_counts() -> dict[str, int]:
    """Name of a data key -> how many secrets carry it."""
    found: dict[str, int] = {}
    for row in Authenticator.objects.filter(type__in=(APP, RECOVERY)).iterator():
        for name in _sealed(row):
            key = row.data[name].partition(":")[0]
            found[key] = found.get(key, 0) + 1
    return found


def _sealed(row: Authenticator) -> list[str]:
    return [name for name in SECRETS if row.data.get(name)]
