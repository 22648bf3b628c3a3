"""What a backup says about itself, sealed with the installation's key so that nobody can rewrite it."""

import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from ceting.config.backups.errors import BackupError
from ceting.foundation.core.ciphers import fingerprint, keyed_hash

FORMAT = 1
MEMBER = "manifest.json"


@dataclass(frozen=True)
class FileEntry:
    """One member of the archive: its size in bytes and the SHA-256 of its content in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`keys` is the fingerprint of the keys, never a key. `rows` counts every table of the copy itself."""

    version: str
    made_at: datetime
    engine: str
    keys: str
    rows: dict[str, int]
    files: dict[str, FileEntry]
    anchor: tuple[int, str] | None = None
    """Position and digest of the newest seal of the audit trail, from before the copy."""

    def to_json(self) -> bytes:
        anchor = list(self.anchor) if self.anchor else None
        body = {**asdict(self), "anchor": anchor, "made_at": self.made_at.isoformat(), "format": FORMAT}
        return json.dumps({"manifest": body, "seal": _seal(body)}, indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, raw: bytes) -> "Manifest":
        """Raises BackupError: not a manifest, other keys, or not what was sealed."""
        try:
            outer = json.loads(raw)
            body, seal = outer["manifest"], outer["seal"]
            if body["format"] != FORMAT:
                raise BackupError(
                    f"Cadangan ini berformat {body['format']}. Pakai versi Ayo Ceting yang membuatnya."
                )
            # Before the seal: under other keys no seal fits, and the person needs the true reason.
            if body["keys"] != fingerprint():
                raise BackupError(
                    "Cadangan ini dibuat dengan kunci lain, jadi data pribadinya tidak akan terbaca. "
                    "Pasang berkas kunci dari saat cadangan dibuat, lalu ulangi."
                )
            if not hmac.compare_digest(_seal(body), seal):
                raise BackupError("Daftar isi cadangan ini sudah diubah orang. Pakai cadangan lain.")
            return cls(
                version=body["version"],
                made_at=datetime.fromisoformat(body["made_at"]),
                engine=body["engine"],
                keys=body["keys"],
                rows=body["rows"],
                files={name: FileEntry(**entry) for name, entry in body["files"].items()},
                anchor=(int(body["anchor"][0]), str(body["anchor"][1])) if body.get("anchor") else None,
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError("Daftar isi cadangan ini rusak. Pakai cadangan lain.") from error


def _seal(body: dict[str, object]) -> str:
    return keyed_hash("backup:" + json.dumps(body, sort_keys=True, separators=(",", ":")))
