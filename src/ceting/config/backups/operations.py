"""The two verbs: make a backup that was read back, and bring one back."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ceting.config.backups import archive
from ceting.config.backups.errors import BackupError
from ceting.config.backups.manifest import Manifest
from ceting.config.backups.stores import Store, is_empty
from ceting.foundation.core import clock
from ceting.foundation.core.ciphers import fingerprint


@dataclass(frozen=True)
class Made:
    """A finished backup: where, how many bytes, rows and media files."""

    path: Path
    size: int
    rows: int
    media_files: int


@dataclass(frozen=True)
class Restored:
    """What came back, and where the old database and media stand now (None: there were none)."""

    manifest: Manifest
    database_aside: str | None
    media_aside: Path | None


def back_up(store: Store, media: Path, folder: Path, *, anchor: tuple[int, str] | None = None) -> Made:
    """Copy database and media into one archive in `folder`, read it back, and only then give it its name.

    `anchor` is the newest seal of the audit trail, asked for before. Others may go on writing. Raises BackupError;
    then nothing is left in `folder`.
    """
    now = clock.now()
    with _workshop(folder) as bench:
        copy = bench / archive.DATABASE
        rows = store.copy(copy)
        draft = bench / "draft.tar"
        with archive.writing(draft) as writer:
            writer.add(archive.DATABASE, copy)
            copy.unlink()
            # Media after the database: every file that a row names is already there.
            if media.is_dir():
                writer.add_folder(archive.MEDIA, media)
            writer.finish(
                Manifest(
                    version("ceting"), now, store.engine, fingerprint(), rows, dict(writer.files), anchor
                )
            )
        _read_back(store, draft, bench / "read-back")
        target = folder / f"ceting-{now:%Y%m%dT%H%M%SZ}.tar"
        if target.exists():
            raise BackupError(f"{target} sudah ada. Tunggu satu detik, lalu ulangi.")
        os.replace(draft, target)
        archive.sync_folder(folder)
    media_files = sum(name != archive.DATABASE for name in writer.files)
    return Made(target, target.stat().st_size, sum(rows.values()), media_files)


def _read_back(store: Store, path: Path, folder: Path) -> Manifest:
    """Unpack and compare: hashes, the database's own check, rows counted from the copy itself."""
    manifest = archive.unpack(path, folder)
    if manifest.engine != store.engine:
        raise BackupError(
            f"Cadangan ini dari {manifest.engine}, sedangkan DATABASE_URL menunjuk {store.engine}. "
            "Samakan DATABASE_URL dahulu."
        )
    if store.rows_of_copy(folder / archive.DATABASE) != manifest.rows:
        raise BackupError("Jumlah baris di dalam cadangan tidak cocok dengan daftarnya. Pakai cadangan lain.")
    return manifest


def restore(store: Store, media: Path, path: Path, *, replace: bool) -> Restored:
    """Put the archive's database and media in place, after checking all of it.

    A database with work in it is refused unless `replace`; then the old one and its media stay beside, renamed.
    Raises BackupError; then the running database is untouched.
    """
    if not path.is_file():
        raise BackupError(f"{path} tidak ada.")
    if not replace and not is_empty(store.rows()):
        raise BackupError(
            "Basis data ini sudah berisi. Tambahkan --replace untuk menggantinya; yang lama disimpan di sampingnya."
        )
    aside = f"sebelum_pulih_{clock.now():%Y%m%dT%H%M%SZ}"
    media.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _workshop(media.parent) as bench:
        unpacked = bench / "unpacked"
        manifest = _read_back(store, path, unpacked)
        kept = store.replace(unpacked / archive.DATABASE, aside)
        media_aside = _swap_media(unpacked / archive.MEDIA, media, aside)
    _verify(store, manifest)
    return Restored(manifest, kept, media_aside)


def rehearse(store: Store, path: Path, folder: Path) -> Manifest:
    """Bring an archive back beside the running database, compare every row with the archive's, and clear it away.

    Raises BackupError: this archive wouldn't come back.
    """
    with _workshop(folder) as bench:
        unpacked = bench / "unpacked"
        manifest = _read_back(store, path, unpacked)
        told = store.fingerprints(unpacked / archive.DATABASE)
        scratch = store.scratch(bench)
        try:
            scratch.replace(unpacked / archive.DATABASE, "latihan")
            again = bench / "again"
            scratch.copy(again)
            if scratch.fingerprints(again) != told:
                raise BackupError(
                    "Sesudah dipulihkan, isinya tidak sama dengan cadangan. Pakai cadangan lain."
                )
        finally:
            scratch.drop()
    return manifest


def _swap_media(fresh: Path, media: Path, aside: str) -> Path | None:
    kept = None
    try:
        if media.is_dir() and any(media.iterdir()):
            kept = media.with_name(f"{media.name}.{aside}")
            os.replace(media, kept)
        elif media.is_dir():
            media.rmdir()
        fresh.mkdir(exist_ok=True)
        fresh.chmod(0o700)
        os.replace(fresh, media)
        archive.sync_folder(media.parent)
    except OSError as error:
        raise BackupError(
            f"Basis data sudah dipulihkan, tetapi folder {media} belum ({error.strerror}). Ulangi dengan --replace."
        ) from error
    return kept


def _verify(store: Store, manifest: Manifest) -> None:
    if store.rows() != manifest.rows:
        raise BackupError(
            "Sesudah dipulihkan, jumlah baris tidak sama dengan cadangan. Jangan dipakai dulu; hubungi pengelola."
        )


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the target (a rename needs one disk), gone afterwards. Disk errors become sentences."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        bench = Path(tempfile.mkdtemp(prefix=".ceting-", dir=folder))
    except OSError as error:
        raise BackupError(f"Folder {folder} tidak bisa ditulisi: {error.strerror}.") from error
    try:
        yield bench
    except (OSError, sqlite3.OperationalError) as error:
        raise BackupError(f"Disk bermasalah atau penuh ({error}). Tidak ada yang diubah.") from error
    finally:
        shutil.rmtree(bench, ignore_errors=True)
