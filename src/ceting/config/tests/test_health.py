"""How the server is: each part in each of its states, with a word and what to do, and never a person."""

import json
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from ceting.config import anchor, health, housekeeping, marks, readiness
from ceting.foundation.audit.models import AuditSeal
from ceting.foundation.core import clock
from tests.cast import Cast
from tests.houses import House

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
Usage = namedtuple("Usage", "total used free")
GB = 1024**3


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def good(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server in its best week."""
    marks.leave(home, marks.WORKER)
    marks.leave(home, marks.BACKUP, size=2_500_000)
    marks.leave(home, marks.REHEARSAL, file="x.tar", good=True)
    monkeypatch.setattr(health, "_ntp", lambda: True)
    # PostgreSQL's clock doesn't stand still with ours.
    monkeypatch.setattr(health, "CLOCK_DRIFT", timedelta(days=10_000))
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(100 * GB, 40 * GB, 60 * GB))
    monkeypatch.setattr(readiness, "check_database_exists", lambda: None)
    monkeypatch.setattr(readiness, "waiting_migrations", lambda: 0)
    return home


def part(name: str) -> health.Finding:
    return next(finding for finding in health.findings() if finding.name == name)


def test_a_good_week_is_good_in_every_part(good: Path) -> None:
    found = health.findings()
    assert [finding for finding in found if finding.tone != health.GOOD] == []
    assert {"Basis data", "Antrean", "Jejak audit", "Jam", "Pekerjaan latar", "Disk", "Cadangan"} <= {
        finding.name for finding in found
    }
    assert health.worst(found) == health.GOOD


@pytest.mark.parametrize(
    ("name", "hours", "tone"),
    [
        ("Cadangan", 25, "good"),
        ("Cadangan", 27, "attention"),
        ("Cadangan", 51, "danger"),
        ("Pekerjaan latar", 0.07, "good"),
        ("Pekerjaan latar", 0.1, "danger"),
        ("Latihan pemulihan", 8 * 24, "good"),
        ("Latihan pemulihan", 10 * 24, "attention"),
    ],
)
def test_what_is_late_is_said(good: Path, frozen: Any, name: str, hours: float, tone: str) -> None:
    frozen.shift(timedelta(hours=hours))
    assert part(name).tone == tone


def test_what_never_happened_is_said_with_the_command(home: Path) -> None:
    assert "ceting-backup" in part("Cadangan").remedy
    assert part("Cadangan").says == "Belum pernah dibuat."
    assert part("Pekerjaan latar").tone == health.DANGER


def test_a_rehearsal_that_failed_is_danger(good: Path) -> None:
    marks.leave(good, marks.REHEARSAL, file="x.tar", good=False)
    assert part("Latihan pemulihan").tone == health.DANGER


@pytest.mark.parametrize(("free", "tone"), [(60, "good"), (14, "attention"), (4, "danger"), (0.9, "danger")])
def test_a_full_disk_is_said_before_it_is_full(
    good: Path, monkeypatch: pytest.MonkeyPatch, free: float, tone: str
) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(100 * GB, 0, free * GB))
    assert part("Disk").tone == tone


def test_work_that_nobody_does_is_said(good: Path) -> None:
    OrmQ.objects.create(key="ceting", payload="x", lock=clock.now() - timedelta(minutes=11))
    assert part("Antrean").tone == health.ATTENTION
    assert "1 pekerjaan menunggu" in part("Antrean").says


def test_work_that_is_for_later_is_not_late(good: Path) -> None:
    OrmQ.objects.create(key="ceting", payload="x", lock=clock.now() + timedelta(minutes=11))
    assert part("Antrean").tone == health.GOOD


def test_a_trail_that_was_cut_off_is_danger(good: Path, cast: Cast) -> None:
    housekeeping.seal_audit()
    assert part("Jejak audit").tone == health.GOOD
    AuditSeal.objects.order_by("-position").first().delete()  # type: ignore[union-attr]
    assert part("Jejak audit").tone == health.DANGER


def test_an_anchor_that_somebody_wrote_himself_is_danger(good: Path, cast: Cast) -> None:
    housekeeping.seal_audit()
    marks.leave(good, marks.TRAIL, position=1, digest="0" * 64, proof="x")
    assert part("Jejak audit").tone == health.DANGER


def test_the_anchor_never_moves_backwards(good: Path, cast: Cast) -> None:
    housekeeping.seal_audit()
    held = anchor.kept(good)
    assert held is not None
    cast.child("Budi")
    housekeeping.seal_audit()
    later = anchor.kept(good)
    assert later is not None
    assert later.position > held.position
    AuditSeal.objects.filter(position__gt=held.position).delete()
    anchor.keep_newest(good)
    assert anchor.kept(good) == later


def test_entries_that_wait_for_their_seal_are_said(good: Path, cast: Cast, frozen: Any) -> None:
    frozen.shift(timedelta(minutes=16))
    assert part("Jejak audit").tone == health.ATTENTION


@pytest.mark.parametrize(("synchronized", "tone"), [(True, "good"), (False, "attention"), (None, "neutral")])
def test_a_clock_that_nothing_sets_wants_a_look_and_one_that_says_nothing_isnt_judged(
    good: Path, monkeypatch: pytest.MonkeyPatch, synchronized: bool | None, tone: str
) -> None:
    monkeypatch.setattr(health, "_ntp", lambda: synchronized)
    assert part("Jam").tone == tone


def test_a_clock_that_differs_from_the_databases_is_danger(
    good: Path, monkeypatch: pytest.MonkeyPatch, frozen: Any
) -> None:
    """SQLite has no clock of its own to compare with."""
    monkeypatch.setattr(health, "CLOCK_DRIFT", timedelta(seconds=30))
    frozen.shift(timedelta(hours=1))
    assert (part("Jam").tone == health.DANGER) == (connection.vendor == "postgresql")


def test_a_database_that_is_away_is_a_finding_not_an_error(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> health.Finding:
        raise DatabaseError("connection refused: postgresql://ceting:rahasia@10.0.0.3/ceting")

    monkeypatch.setattr(health, "_database", away)
    assert part("Basis data").tone == health.DANGER
    assert "rahasia" not in json.dumps([finding.says for finding in health.findings()])


def test_waiting_migrations_are_danger(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "waiting_migrations", lambda: 2)
    assert part("Perubahan basis data").tone == health.DANGER


def test_every_trouble_says_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_ntp", lambda: False)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(100 * GB, 0, 0))
    troubled = [each for each in health.findings() if each.tone in (health.ATTENTION, health.DANGER)]
    assert len(troubled) >= 4
    assert all(each.remedy for each in troubled)


@pytest.mark.parametrize(("size", "words"), [(2_500_000_000, "2,5 GB"), (1_200_000, "1,2 MB"), (900, "1 KB")])
def test_a_size_is_said_as_people_say_it(size: int, words: str) -> None:
    assert health.size_words(size) == words


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(days=2, hours=3), "2 hari"),
        (timedelta(hours=1), "1 jam"),
        (timedelta(minutes=59), "59 menit"),
        (timedelta(seconds=-5), "0 detik"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(age: timedelta, words: str) -> None:
    assert health.age_words(age) == words


def test_the_head_reads_the_page_and_a_midwife_does_not(good: Path, client: Client, cast: Cast) -> None:
    cast.sign_in(client, cast.kepala)
    page = client.get(reverse("server"))
    assert page.status_code == 200
    assert "Server sehat" in page.content.decode()
    cast.sign_in(client, cast.bidan_rina)
    assert client.get(reverse("server")).status_code == 403


def test_what_has_to_be_done_comes_first(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_ntp", lambda: False)
    marks.leave(good, marks.REHEARSAL, file="x.tar", good=False)
    first, second, *rest = health.by_urgency(health.findings())
    assert (first.name, second.name) == ("Latihan pemulihan", "Jam")
    assert [each.name for each in rest][:2] == ["Basis data", "Antrean"]


def test_the_page_costs_few_queries(
    good: Path, client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    cast.sign_in(client, cast.kepala)
    with django_assert_max_num_queries(15):
        client.get(reverse("server"))


def test_the_command_ends_with_what_a_watchdog_needs(house: House) -> None:
    done = house.ceting("health")
    assert done.returncode == 1, "no backup was ever made"
    assert "PERLU DITANGANI" in done.stdout
    assert "Cadangan" in done.stdout
    assert house.ceting("health", "--answers").returncode == 1
