"""Where uploads lie until their rows are kept."""

import hashlib
from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage


def private_storage() -> Storage:
    """Under MEDIA_ROOT, which no URL serves; readable by the server's own user only, because NIKs stand in it."""
    return FileSystemStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)


def digest_of(path: Path) -> str:
    """Tells uploads apart: the same file twice is one."""
    with path.open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()
