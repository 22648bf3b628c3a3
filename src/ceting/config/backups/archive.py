"""The tar itself: written under another name, hashed while it is written, and read back before it counts."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ceting.config.backups.errors import BackupError
from ceting.config.backups.manifest import MEMBER, FileEntry, Manifest

DATABASE = "database"
MEDIA = "media"
BLOCK = 1024 * 1024


class _Hashed(io.RawIOBase):
    """Reads a file and hashes what passes: the manifest tells what went into the tar, not what stood on disk later."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self._digest.update(block)
        return block

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Writer:
    """An archive under construction."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, FileEntry] = {}

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            info = tarfile.TarInfo(name)
            info.size = os.fstat(source.fileno()).st_size
            info.mode = 0o600
            hashed = _Hashed(source)
            self._tar.addfile(info, hashed)
            self.files[name] = FileEntry(info.size, hashed.sha256)

    def add_folder(self, name: str, folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                self.add(f"{name}/{path.relative_to(folder).as_posix()}", path)

    def finish(self, manifest: Manifest) -> None:
        """The manifest comes last: an archive that was cut off has none."""
        body = manifest.to_json()
        info = tarfile.TarInfo(MEMBER)
        info.size, info.mode = len(body), 0o600
        self._tar.addfile(info, io.BytesIO(body))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write the archive to `path`, safe on disk when the block ends. On an error nothing is left."""
    try:
        with path.open("xb") as file:
            os.chmod(path, 0o600)
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def unpack(path: Path, folder: Path) -> Manifest:
    """Unpack into `folder` and compare every byte with the manifest. Raises BackupError."""
    found: dict[str, FileEntry] = {}
    raw = b""
    try:
        with tarfile.open(path, mode="r:") as tar:
            for info in tar:
                source = tar.extractfile(info)
                if source is None or not _is_ours(info.name) or info.name in found:
                    raise BackupError(f"Cadangan ini berisi sesuatu yang asing: {info.name!r}.")
                if info.name == MEMBER:
                    raw = source.read()
                    continue
                found[info.name] = _extract(source, folder / info.name)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{path.name} bukan cadangan Ayo Ceting, atau terpotong.") from error
    if not raw:
        raise BackupError(f"{path.name} terpotong: daftar isinya tidak ada.")
    manifest = Manifest.from_json(raw)
    if found != manifest.files:
        changed = sorted(
            name
            for name in found.keys() | manifest.files.keys()
            if found.get(name) != manifest.files.get(name)
        )
        raise BackupError(f"Isi cadangan tidak cocok dengan daftarnya: {', '.join(changed[:5])}.")
    return manifest


def manifest_of(path: Path) -> Manifest:
    """What an archive says about itself, without unpacking it. Raises BackupError."""
    try:
        with tarfile.open(path, mode="r:") as tar:
            source = tar.extractfile(MEMBER)
            if source is not None:
                return Manifest.from_json(source.read())
    except (OSError, tarfile.TarError, EOFError, KeyError) as error:
        raise BackupError(f"{path.name} bukan cadangan Ayo Ceting, atau terpotong.") from error
    raise BackupError(f"{path.name} terpotong: daftar isinya tidak ada.")


def _is_ours(name: str) -> bool:
    parts = name.split("/")
    return name in (MEMBER, DATABASE) or (
        parts[0] == MEDIA and len(parts) > 1 and not {"", ".", ".."} & {*parts}
    )


def _extract(source: IO[bytes], target: Path) -> FileEntry:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            file.write(block)
    return FileEntry(size, digest.hexdigest())


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
