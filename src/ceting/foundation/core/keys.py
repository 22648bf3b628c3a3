"""Primary keys: UUIDv7, so that rows arrive in the order of their keys and a phone can make them offline."""

from uuid import UUID

import uuid_utils.compat


def new_key() -> UUID:
    """A fresh UUIDv7 (RFC 9562, section 5.7)."""
    return uuid_utils.compat.uuid7()
