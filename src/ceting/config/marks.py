"""What the house remembers beside its database: when it last worked, was backed up, and how far the trail is sealed.

Small files under CETING_HOME, so that a database that was changed, lost or restored can't take them along.
"""

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from ceting.foundation.core import clock

FOLDER = "marks"
WORKER, BACKUP, REHEARSAL, TRAIL = "worker", "backup", "rehearsal", "trail"


def leave(home: Path, name: str, **facts: Any) -> None:
    """Write a mark with the time of now; whole or not at all, also in a power cut."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = json.dumps({"at": clock.now().isoformat(), **facts}, sort_keys=True)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, folder / f"{name}.json")


def find(home: Path, name: str) -> dict[str, Any] | None:
    """The mark's facts, `at` as a moment; None when there is none or it can't be read."""
    try:
        facts = json.loads((home / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        return {**facts, "at": datetime.fromisoformat(facts["at"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove(home: Path, name: str) -> None:
    (home / FOLDER / f"{name}.json").unlink(missing_ok=True)
