"""Commands of an installation, run as a person runs them."""

import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django_q.models import Schedule

from ceting import cli
from ceting.config import housekeeping, readiness
from ceting.foundation.audit import operations as audit
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core import clock
from ceting.registry.accounts.models import SignInSession
from ceting.registry.accounts.sessions import SessionStore
from tests.cast import Cast
from tests.houses import House
from tests.servers import free_port, serving

SETUP = "import django; django.setup()"


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert cli.main(["--help"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in ("demo", "serve", "work", "migrate", "survey", "backup", "restore"))


def test_a_key_file_that_others_can_read_stops_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "keys.env"
    file.write_text("CETING_MODE=test\n", encoding="utf-8")
    file.chmod(0o644)
    monkeypatch.setenv("CETING_ENV_FILE", str(file))
    assert cli.main(["backup"]) == 2
    assert "chmod 600" in capsys.readouterr().err


def test_nothing_starts_without_a_migrated_database(house: House, tmp_path: Path) -> None:
    empty = house.empty(tmp_path / "empty")
    for command in ("serve", "work"):
        done = empty.ceting(command)
        assert done.returncode == 1
        sentence = "ceting migrate" if house.is_sqlite else "tidak bisa dihubungi"
        assert sentence in done.stderr
    if house.is_sqlite:
        assert not (empty.home / "ceting.sqlite3").exists(), "asking must not make an empty database"


def test_nothing_starts_without_its_keys(house: House) -> None:
    done = house.under(CETING_SECRET_KEY="").ceting("serve")
    assert done.returncode == 1
    assert "CETING_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrating_twice_is_harmless_and_static_files_are_collected_once(house: House) -> None:
    before = house.content()
    stamp = house.home / "static" / ".stamp"
    collected = stamp.stat().st_mtime_ns
    assert house.ceting("migrate", "--quiet").returncode == 0
    assert house.content() == before
    assert stamp.stat().st_mtime_ns == collected
    stamp.write_text("another version", encoding="utf-8")
    assert house.ceting("migrate", "--quiet").returncode == 0
    assert stamp.read_text(encoding="utf-8") != "another version"


def test_the_server_answers_and_ends_when_it_is_asked_to(house: House) -> None:
    with serving(house) as server:
        assert b'{"status": "sehat"}' in server.get("/sehat/")
        again = house.ceting("serve", "--port", str(server.port))
        assert again.returncode == 1
        assert "mungkin sudah dipakai program lain" in again.stderr
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=30) == 0


def test_a_port_that_does_not_exist_is_refused(house: House) -> None:
    assert house.ceting("serve", "--port", "99999").returncode == 1


def test_the_worker_seals_the_trail_and_ends_when_it_is_asked_to(house: House) -> None:
    worker = house.start("work")
    try:
        deadline = time.monotonic() + 90
        while not house.content()["audit_auditseal"]:
            assert worker.poll() is None, worker.communicate()[0]
            assert time.monotonic() < deadline, "nothing was sealed"
            time.sleep(0.5)
    finally:
        worker.send_signal(signal.SIGTERM)
        said, _ = worker.communicate(timeout=60)
    assert worker.returncode == 0, said


def test_a_port_of_ones_own_is_free() -> None:
    assert 1024 < free_port() < 65536


def test_the_routines_are_scheduled_once(cast: Cast) -> None:
    housekeeping.schedule()
    housekeeping.schedule()
    assert Schedule.objects.count() == len(housekeeping.ROUTINES)


def test_a_routine_whose_rhythm_changed_is_scheduled_anew(cast: Cast) -> None:
    housekeeping.schedule()
    Schedule.objects.filter(name="audit.seal").update(minutes=99)
    housekeeping.schedule()
    assert Schedule.objects.get(name="audit.seal").minutes == 1


def test_sealing_goes_on_until_nothing_is_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "SEAL_BATCH", 4)
    entries = AuditEntry.objects.count()
    assert housekeeping.seal_audit() == -(-entries // 4)
    assert audit.verify() == entries


def test_sessions_that_are_over_are_forgotten(cast: Cast) -> None:
    for hours in (-1, 1):
        store = SessionStore()
        store.create()
        SignInSession.objects.filter(pk=store.session_key).update(
            expire_date=clock.now() + timedelta(hours=hours)
        )
    assert housekeeping.forget_expired_sessions() == 1
    assert SignInSession.objects.count() == 1


def test_this_installation_is_ready(db: None) -> None:
    readiness._check_system()


def test_a_benchmark_runs_from_the_command_line(house: House) -> None:
    done = house.ceting("bench", "growth")
    assert (done.returncode, "million/s" in done.stdout) == (0, True), done.stderr


def test_a_benchmark_takes_options_of_its_own(house: House) -> None:
    done = house.ceting("bench", "city", "--help")
    assert done.returncode == 0, done.stderr
    assert "--keep" in done.stdout


def test_a_benchmark_that_does_not_exist_is_answered_with_those_that_do(house: House) -> None:
    done = house.ceting("bench", "nothing")
    assert done.returncode == 2
    assert "Pilihan yang ada" in done.stderr


def test_the_trail_is_verified_by_a_command_that_finds_a_changed_entry(house: House) -> None:
    sealed = house.python("-c", f"{SETUP}; from ceting.config import housekeeping; housekeeping.seal_audit()")
    assert sealed.returncode == 0, sealed.stderr
    sound = house.ceting("audit", "verify")
    assert (sound.returncode, "utuh" in sound.stdout) == (0, True)
    changed = house.python(
        "-c",
        f"{SETUP}; from ceting.foundation.audit.models import AuditEntry;"
        "AuditEntry.objects.filter(pk=AuditEntry.objects.first().pk).update(action='nothing happened')",
    )
    assert changed.returncode == 0, changed.stderr
    broken = house.ceting("audit", "verify")
    assert (broken.returncode, "RUSAK" in broken.stderr) == (1, True)
