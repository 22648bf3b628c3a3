"""Encryption of personal columns and keyed hashes to find them by.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; the key's name stands before the text so that keys can
rotate: the first key of `CETING_DATA_KEYS` writes, every listed key reads. The column's name is authenticated with
the text, so a value moved to another column doesn't open.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class UnreadableValueError(Exception):
    """A stored value opens with none of the keys: a key is missing or the row was tampered with."""


@lru_cache(maxsize=4)
def _ciphers(data_keys: tuple[tuple[str, bytes], ...]) -> dict[str, AESGCM]:
    return {name: AESGCM(key) for name, key in data_keys}


def encrypt(text: str, *, column: str) -> str:
    """`<key name>:<base64 of nonce and ciphertext>` under the newest key."""
    name = settings.DATA_KEYS[0][0]
    nonce = os.urandom(12)
    sealed = _ciphers(settings.DATA_KEYS)[name].encrypt(nonce, text.encode(), column.encode())
    return f"{name}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, *, column: str) -> str:
    """The plain text. Raises UnreadableValueError."""
    name, _, body = stored.partition(":")
    cipher = _ciphers(settings.DATA_KEYS).get(name)
    if cipher is None:
        raise UnreadableValueError(f"{column}: the key {name!r} isn't in CETING_DATA_KEYS")
    raw = base64.b64decode(body)
    try:
        return cipher.decrypt(raw[:12], raw[12:], column.encode()).decode()
    except InvalidTag as error:
        raise UnreadableValueError(f"{column}: the value doesn't open with the key {name!r}") from error


def keyed_hash(text: str, *, key: bytes | None = None) -> str:
    """HMAC-SHA256 in 43 base64 characters: equal texts have equal hashes, and nobody without the key can try NIKs.

    `key` is another one than CETING_LOOKUP_KEY, while that is being replaced.
    """
    return _letters(hmac.new(key or settings.LOOKUP_KEY, text.encode(), hashlib.sha256).digest())


def digest(text: str) -> str:
    """SHA-256 in 43 base64 characters, of what nobody can try: a token of 32 random bytes, or what is no secret.

    It needs no key, so a new lookup key leaves it as it is.
    """
    return _letters(hashlib.sha256(text.encode()).digest())


def _letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def fingerprint() -> str:
    """Names the set of keys without telling them; a backup carries it, a restore compares it."""
    parts = [name.encode() + b":" + hashlib.sha256(key).digest() for name, key in sorted(settings.DATA_KEYS)]
    parts.append(hashlib.sha256(settings.LOOKUP_KEY).digest())
    return hashlib.sha256(b"|".join(parts)).hexdigest()[:24]
