"""Start-up checks of the foundation."""

from ceting.foundation.core import classification  # noqa: F401  registers ceting.E001
