"""A backup is worth what its restore is worth: both are tested on whole installations."""

import resource
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from ceting.config.backups import operations
from ceting.config.backups.errors import BackupError
from ceting.config.backups.stores import store_for
from ceting.foundation.core import clock
from tests.houses import House

OTHER_KEY = "/////////////////////////////////////////v8="


def backup(house: House, folder: Path) -> operations.Made:
    return operations.back_up(store_for(house.settings), house.media, folder)


def restore(house: House, path: Path, *, replace: bool = False) -> operations.Restored:
    return operations.restore(store_for(house.settings), house.media, path, replace=replace)


def put_picture(house: House, content: bytes = b"gambar") -> Path:
    picture = house.media / "resep" / "bubur.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(content)
    return picture


@pytest.fixture
def elsewhere(house: House, tmp_path: Path) -> House:
    """Another machine with the same keys and nothing on it."""
    return house.empty(tmp_path / "elsewhere")


def test_what_is_restored_elsewhere_is_what_was_there_row_by_row(
    house: House, elsewhere: House, tmp_path: Path
) -> None:
    put_picture(house)
    before = house.content()
    made = backup(house, tmp_path / "backups")
    restore(elsewhere, made.path)
    assert elsewhere.content() == before
    assert (elsewhere.media / "resep" / "bubur.webp").read_bytes() == b"gambar"
    assert made.rows == sum(map(len, before.values()))
    assert made.media_files == 1


def test_the_command_line_makes_a_backup_and_brings_it_back(
    house: House, elsewhere: House, tmp_path: Path
) -> None:
    before = house.content()
    done = house.ceting("backup", str(tmp_path / "backups"))
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "backups").iterdir()
    assert str(path) in done.stdout
    done = elsewhere.ceting("restore", str(path))
    assert done.returncode == 0, done.stderr
    assert elsewhere.content() == before


def test_a_backup_made_while_somebody_writes_is_one_moment(
    house: House, elsewhere: House, tmp_path: Path
) -> None:
    """The writer adds two rows in each transaction: any other number than an even one is half a transaction."""
    stop, written = threading.Event(), []
    connection = house.connect()

    def write() -> None:
        while not stop.is_set():
            connection.execute("BEGIN")
            for _ in range(2):
                connection.execute(_insert_job())
            connection.execute("COMMIT")
            written.append(2)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 5:
            assert writer.is_alive()
        made = backup(house, tmp_path / "backups")
        after_backup = sum(written)
    finally:
        stop.set()
        writer.join()
        connection.close()
    restore(elsewhere, made.path)
    saved = len(elsewhere.content()["core_job"])
    assert saved % 2 == 0
    assert 10 <= saved <= after_backup
    assert after_backup > 10, "nobody wrote while the backup was made"


def _insert_job() -> str:
    key = uuid4()
    return (
        "INSERT INTO core_job (id, created_at, version, kind, state, done, total, failure, by_id) "  # noqa: S608
        f"VALUES ('{key}', '2026-11-26 01:00:00', 1, 'test', 'waiting', 0, 0, '', '{key}')"
    )


def test_the_archive_holds_no_key(house: House, tmp_path: Path) -> None:
    raw = backup(house, tmp_path / "backups").path.read_bytes()
    for name in ("CETING_SECRET_KEY", "CETING_DATA_KEYS", "CETING_LOOKUP_KEY"):
        value = house.environment[name].rpartition(":")[2]
        assert value.encode() not in raw


def test_only_the_owner_reads_a_backup(house: House, tmp_path: Path) -> None:
    assert backup(house, tmp_path / "backups").path.stat().st_mode & 0o077 == 0


def test_other_keys_are_refused_before_anything_changes(house: House, tmp_path: Path) -> None:
    path = backup(house, tmp_path / "backups").path
    before = house.content()
    done = house.under(CETING_LOOKUP_KEY=OTHER_KEY).ceting("restore", "--replace", str(path))
    assert done.returncode == 1
    assert "kunci lain" in done.stderr
    assert house.content() == before


def test_a_database_with_work_in_it_is_not_overwritten_unasked(house: House, tmp_path: Path) -> None:
    path = backup(house, tmp_path / "backups").path
    with pytest.raises(BackupError, match="sudah berisi"):
        restore(house, path)


def test_replacing_keeps_the_old_database_and_media_aside(
    house: House, tmp_path: Path, frozen: object
) -> None:
    picture = put_picture(house)
    path = backup(house, tmp_path / "backups").path
    before = house.content()
    connection = house.connect()
    connection.execute("DELETE FROM measurements_latestgrowth")
    connection.close()
    picture.write_bytes(b"diganti")
    done = restore(house, path, replace=True)
    assert house.content() == before
    assert picture.read_bytes() == b"gambar"
    assert done.media_aside is not None
    assert (done.media_aside / "resep" / "bubur.webp").read_bytes() == b"diganti"
    assert done.database_aside is not None
    assert f"{clock.now():%Y%m%dT%H%M%SZ}" in done.database_aside
    if house.is_sqlite:
        assert (
            House(house.home, f"sqlite:///{done.database_aside}").content()["measurements_latestgrowth"] == []
        )


def test_a_freshly_migrated_database_counts_as_empty(house: House, elsewhere: House, tmp_path: Path) -> None:
    path = backup(house, tmp_path / "backups").path
    if not elsewhere.is_sqlite:
        restore(elsewhere, path)
        connection = elsewhere.connect()
        tables = [name for name, rows in elsewhere.content().items() if rows and name != "django_migrations"]
        connection.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        connection.close()
    else:
        assert elsewhere.ceting("migrate", "--quiet").returncode == 0
    restore(elsewhere, path)
    assert elsewhere.content() == house.content()


def test_nothing_is_replaced_while_the_server_has_it_open(house: House, tmp_path: Path) -> None:
    path = backup(house, tmp_path / "backups").path
    connection = house.connect()
    connection.execute("SELECT count(*) FROM accounts_user").fetchall()
    before = house.content()
    try:
        with pytest.raises(BackupError, match="sedang dipakai"):
            restore(house, path, replace=True)
    finally:
        connection.close()
    assert house.content() == before


def _flip_a_byte(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 3] ^= 1
    path.write_bytes(raw)


def _cut_short(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])


def _cut_the_list(path: Path) -> None:
    _rewrite(path, lambda name, body: None if name == "manifest.json" else body)


def _change_the_list(path: Path) -> None:
    """Somebody who can count and hash, but has no key."""
    _rewrite(
        path, lambda name, body: body.replace(b'"version"', b'"Version"') if name.endswith(".json") else body
    )


def _rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    other = path.with_suffix(".other")
    with tarfile.open(path) as old, tarfile.open(other, "w") as new:
        for info in old:
            source = old.extractfile(info)
            assert source is not None
            body = change(info.name, source.read())
            if body is not None:
                info.size = len(body)
                piece = path.with_suffix(".piece")
                piece.write_bytes(body)
                with piece.open("rb") as file:
                    new.addfile(info, file)
    other.replace(path)


@pytest.mark.parametrize("tamper", [_flip_a_byte, _cut_short, _cut_the_list, _change_the_list])
def test_an_archive_that_was_changed_is_refused(
    house: House, tmp_path: Path, tamper: Callable[[Path], None]
) -> None:
    path = backup(house, tmp_path / "backups").path
    tamper(path)
    before = house.content()
    with pytest.raises(BackupError):
        restore(house, path, replace=True)
    assert house.content() == before


def test_a_path_that_leads_out_of_the_folder_is_refused(house: House, tmp_path: Path) -> None:
    path = tmp_path / "evil.tar"
    (tmp_path / "piece").write_bytes(b"x")
    with tarfile.open(path, "w") as tar:
        tar.add(tmp_path / "piece", "media/../../evil")
    with pytest.raises(BackupError, match="asing"):
        restore(house, path, replace=True)


@pytest.mark.parametrize("limit", [100_000, 1_500_000], ids=["in the copy", "in the archive"])
def test_a_full_disk_leaves_no_half_archive(house: House, tmp_path: Path, limit: int) -> None:
    put_picture(house, b"x" * 1_400_000)

    def fill_the_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = house.ceting("backup", str(tmp_path / "backups"), preexec_fn=fill_the_disk)
    assert done.returncode == 1
    assert "Cadangan tidak dibuat" in done.stderr
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(house: House, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupError, match="tidak bisa ditulisi"):
        backup(house, tmp_path / "file" / "backups")
