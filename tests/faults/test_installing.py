"""deploy/install, upgrade and rollback in a clean tree: what they leave, what they keep, and how they go back."""

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ceting.config import keys
from tests.faults.installation import HOST, Installation, installed, run, script
from tests.houses import ROOT
from tests.servers import free_port

pytestmark = [pytest.mark.fault, pytest.mark.slow]
PIECES = (
    "ceting",
    "pyproject.toml",
    "uv.lock",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "src",
    "deploy",
    "docs",
)
SYSTEMCTL = Path(__file__).with_name("systemctl")
NEW_MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("places", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE of_the_next_release (id integer)")]
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("root"), free_port()) as installation:
        yield installation


@pytest.fixture(scope="module")
def lived_in(here: Installation) -> Installation:
    here.move_in(children=3)
    return here


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_a_clean_tree_holds_everything_in_its_place_and_closed(here: Installation) -> None:
    assert mode(here.env_file) == "0o600"
    assert mode(here.home) == mode(here.backups) == "0o700"
    assert mode(here.home / "ceting.sqlite3") == "0o600"
    told = keys.read(here.env_file)
    assert told["CETING_MODE"] == "production"
    assert told["CETING_HOSTS"] == HOST
    assert (here.current / "src/ceting/cli.py").is_file()
    assert not (here.current / ".venv/bin/pytest").exists(), "developers' tools don't belong on a server"


def test_the_units_name_what_is_there_and_leave_nothing_to_fill_in(here: Installation) -> None:
    units = sorted(here.unit("").iterdir())
    assert {unit.name for unit in units} >= {
        "ceting-web.service",
        "ceting-work.service",
        "ceting-backup.timer",
    }
    for unit in units:
        text = unit.read_text(encoding="utf-8")
        assert "@" not in re.sub(r"@system-service|OnCalendar=.*", "", text), unit.name
        for command in re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE):
            assert os.access(shlex.split(command)[0], os.X_OK), command
        if unit.suffix == ".service":
            assert "NoNewPrivileges=true" in text
            assert "ProtectSystem=strict" in text


def test_installing_again_changes_neither_keys_nor_data(lived_in: Installation) -> None:
    before, rows = lived_in.env_file.read_bytes(), lived_in.house.content()
    done = script(
        "install", "--root", str(lived_in.root), "--hosts", "other.test", "--port", str(lived_in.port)
    )
    assert done.returncode == 0, done.stderr
    assert "tidak diubah" in done.stdout
    assert lived_in.env_file.read_bytes() == before
    assert lived_in.house.content() == rows


def test_trying_it_dry_touches_nothing(tmp_path: Path) -> None:
    done = script("install", "--root", str(tmp_path / "dry"), "--hosts", HOST, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "akan dijalankan" in done.stdout
    assert not (tmp_path / "dry").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Sebutkan --hosts"),
        (["--hosts", "a.id b.id"], "dipisahkan koma"),
        (["--hosts", HOST, "--database", "mysql"], "sqlite atau postgresql"),
        (["--hosts", HOST, "--tls", "own"], "--certificate"),
        (["--hosts", HOST, "--port", "http"], "harus angka"),
    ],
)
def test_a_wrong_word_is_answered_in_words_and_nothing_is_made(
    tmp_path: Path, words: list[str], sentence: str
) -> None:
    done = script("install", "--root", str(tmp_path / "root"), *words)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert not (tmp_path / "root/etc").exists()


def command_of(here: Installation, unit: str) -> "subprocess.CompletedProcess[str]":
    """What the timer would start, as it would."""
    text = here.unit(unit).read_text(encoding="utf-8")
    (command,), (told,) = (
        re.findall(r"^ExecStart=(.+)$", text, re.M),
        re.findall(r"^Environment=(.+)$", text, re.M),
    )
    return run(shlex.split(command), {"PATH": os.environ["PATH"], **dict([told.split("=", 1)])})


def test_last_nights_backup_brings_every_row_back(lived_in: Installation) -> None:
    """By the commands of the timers: backup, rehearsal; then a morning's work, a disaster, and the restore."""
    done = command_of(lived_in, "ceting-backup.service")
    assert done.returncode == 0, done.stderr
    last_night = lived_in.house.content()
    done = command_of(lived_in, "ceting-rehearsal.service")
    assert done.returncode == 0, done.stderr
    assert lived_in.house.content() == last_night, "a rehearsal changes nothing"
    lived_in.ask(
        "import django; django.setup();"
        "from ceting.registry.families.models import Child;"
        "Child.objects.update(name='hilang')"
    )
    assert lived_in.house.content() != last_night
    (archive,) = lived_in.backups.glob("ceting-*.tar")
    done = lived_in.ceting("restore", "--replace", str(archive))
    assert done.returncode == 0, done.stderr
    assert lived_in.house.content() == last_night


def test_a_row_of_the_trail_that_somebody_changes_is_found(lived_in: Installation) -> None:
    lived_in.ask(
        "import django; django.setup(); from ceting.config import housekeeping; housekeeping.seal_audit()"
    )
    assert lived_in.ceting("audit", "verify").returncode == 0
    with closing(sqlite3.connect(lived_in.home / "ceting.sqlite3")) as database, database:
        database.execute("UPDATE audit_auditentry SET action = 'child.read' WHERE action = 'child.register'")
        assert database.total_changes
    done = lived_in.ceting("audit", "verify")
    assert done.returncode == 1
    assert "RUSAK pada segel" in done.stderr


def test_keys_that_others_can_read_stop_every_command(lived_in: Installation) -> None:
    lived_in.env_file.chmod(0o644)
    try:
        done = lived_in.ceting("serve")
        assert done.returncode != 0
        assert "chmod 600" in done.stderr
    finally:
        lived_in.env_file.chmod(0o600)


def release(folder: Path, version: str) -> Path:
    """The source of another version."""
    for piece in PIECES:
        source = ROOT / piece
        if source.is_dir():
            shutil.copytree(source, folder / piece, ignore=shutil.ignore_patterns("__pycache__", "screens"))
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy2(source, folder / piece)
    project = folder / "pyproject.toml"
    project.write_text(
        re.sub(r'^version = ".*"$', f'version = "{version}"', project.read_text(encoding="utf-8"), flags=re.M, count=1),
        encoding="utf-8",
    )  # fmt: skip
    return folder


def with_a_migration(folder: Path) -> None:
    migrations = folder / "src/ceting/registry/places/migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / f"{int(last[:4]) + 1:04}_next.py").write_text(
        NEW_MIGRATION.format(last=last), encoding="utf-8"
    )


class Server:
    """The services of one installation, as deploy/ finds them."""

    def __init__(self, here: Installation) -> None:
        self.here = here
        self.told = {
            "CETING_SYSTEMCTL": str(SYSTEMCTL),
            "CETING_TEST_ROOT": str(here.root),
            "CETING_PATIENCE": "25",
        }

    def deploy(self, name: str, *words: str, source: Path = ROOT) -> "subprocess.CompletedProcess[str]":
        return script(name, "--root", str(self.here.root), *words, source=source, **self.told)

    def systemctl(self, verb: str) -> None:
        environment = {**os.environ, **self.told}
        command = [str(SYSTEMCTL), verb, "ceting-web.service", "ceting-work.service"]
        subprocess.run(command, env=environment, check=True)

    @property
    def version(self) -> str:
        return os.readlink(self.here.current).rpartition("/")[2]

    def answers(self) -> bool:
        return self.here.ceting("health", "--answers", "--wait", "30").returncode == 0

    def children(self) -> int:
        # Closed, or the restore would rightly say that somebody is using it.
        with closing(sqlite3.connect(self.here.home / "ceting.sqlite3")) as database:
            return int(database.execute("SELECT count(*) FROM families_child").fetchone()[0])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with installed(tmp_path_factory.mktemp("served"), free_port()) as here:
        here.move_in(children=2)
        running = Server(here)
        running.systemctl("start")
        try:
            assert running.answers()
            yield running
        finally:
            running.systemctl("stop")


def test_up_and_back_again_and_nothing_is_lost(server: Server, tmp_path: Path) -> None:
    first, children = server.version, server.children()
    newer = release(tmp_path / "newer", "9.1.0")
    with_a_migration(newer)
    done = server.deploy("upgrade", source=newer)
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.version == "9.1.0"
    assert server.answers()
    assert server.children() == children
    assert list(server.here.backups.glob("ceting-*.tar")), "there is a way back"

    done = server.deploy("rollback")
    assert done.returncode != 0
    assert "--lose-newer-data" in done.stderr, (
        "what the upgrade changed in the database isn't thrown away unasked"
    )
    done = server.deploy("rollback", "--lose-newer-data")
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.version == first
    assert server.answers()
    assert server.children() == children


def test_a_release_that_does_not_answer_goes_back_by_itself(server: Server, tmp_path: Path) -> None:
    first, children = server.version, server.children()
    broken = release(tmp_path / "broken", "9.2.0")
    with_a_migration(broken)
    (broken / "src/ceting/config/wsgi.py").write_text(
        "raise RuntimeError('broken release')\n", encoding="utf-8"
    )
    done = server.deploy("upgrade", source=broken)
    assert done.returncode == 1
    assert "Versi lama berjalan lagi" in done.stdout
    assert server.version == first
    assert server.answers()
    assert server.children() == children
