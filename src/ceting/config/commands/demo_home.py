"""The demo's own folder, mode and keys, set before anything reads the settings."""

import os
from pathlib import Path

from ceting.config import keys


class RealInstallationError(RuntimeError):
    """The environment points at an installation that may hold real people."""

    def __init__(self) -> None:
        super().__init__(
            "DATABASE_URL, CETING_MODE atau CETING_HOME menunjuk instalasi sungguhan. "
            "Buka terminal baru tanpa pengaturan itu, lalu coba lagi."
        )


def settle(home: Path) -> None:
    """Point this process and its children at the demo under `home`. Raises RealInstallationError, KeyFileError."""
    home = home.resolve()
    settled = os.environ.get("CETING_HOME") == str(home) and os.environ.get("CETING_MODE") == "demo"
    if os.environ.get("DATABASE_URL") or (
        (os.environ.get("CETING_MODE") or os.environ.get("CETING_HOME")) and not settled
    ):
        raise RealInstallationError
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["CETING_MODE"] = "demo"
    os.environ["CETING_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ceting.config.settings"
    file = home / "keys.env"
    if not file.exists():
        keys.write_new(file, name="demo")
    keys.load(file)
