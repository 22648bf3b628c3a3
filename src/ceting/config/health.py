"""How the server is doing, for its page and for `ceting health`: each part with a word, a tone and what to do."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.db import DatabaseError, connection, models
from django_q.models import OrmQ

from ceting.config import anchor, marks, readiness
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core import clock
from ceting.foundation.ui import numerals

GOOD, ATTENTION, DANGER, UNKNOWN = "good", "attention", "danger", "neutral"
WORDS = {GOOD: "Baik", ATTENTION: "Perhatikan", DANGER: "Perlu ditangani", UNKNOWN: "Tidak diketahui"}
SUMMARY = {
    GOOD: ("Server sehat", "Tidak ada yang perlu dilakukan."),
    ATTENTION: (
        "Ada yang perlu diperhatikan",
        "Server berjalan. Kerjakan yang ditandai di bawah minggu ini.",
    ),
    DANGER: (
        "Ada yang perlu ditangani",
        "Kerjakan yang ditandai di bawah hari ini, atau hubungi pengelola server.",
    ),
}
"""Tone of the whole -> a headline and what it means."""
GIGABYTE = 1024**3
LITTLE_DISK, NEARLY_NO_DISK = 0.15, 0.05
LATE_WORKER, LATE_SEAL = timedelta(minutes=5), timedelta(minutes=15)
LATE_BACKUP, NO_BACKUP = timedelta(hours=26), timedelta(hours=50)
LATE_REHEARSAL = timedelta(days=9)
LONG_WAIT = timedelta(minutes=10)
CLOCK_DRIFT = timedelta(seconds=30)
RENEW_TLS, LAST_TLS_DAYS = 30, 7


@dataclass(frozen=True)
class Finding:
    """One part: its name, how it is, a sentence with the figures, and what to do ("" when nothing)."""

    name: str
    tone: str
    says: str
    remedy: str = ""

    @property
    def word(self) -> str:
        return WORDS[self.tone]


def findings() -> list[Finding]:
    """All parts, in the order of the page. A database that is away is one of them, not an error."""
    home = Path(settings.HOME)
    return [
        *_of_database(),
        _worker(home),
        _disk(home),
        _backup(home),
        _rehearsal(home),
        *_certificate(),
        _version(),
    ]


def by_urgency(found: list[Finding]) -> list[Finding]:
    """What has to be done first; the rest as it was."""
    order = (DANGER, ATTENTION)
    return sorted(found, key=lambda each: order.index(each.tone) if each.tone in order else len(order))


def worst(found: list[Finding]) -> str:
    """The tone of the whole: danger before attention before good."""
    tones = {finding.tone for finding in found}
    return next((tone for tone in (DANGER, ATTENTION) if tone in tones), GOOD)


def _of_database() -> Iterator[Finding]:
    try:
        readiness.check_database_exists()
        yield _database()
        yield _queue()
        yield _trail(Path(settings.HOME))
        yield _clock()
        yield _migrations()
    except readiness.NotReadyError as error:
        yield Finding("Basis data", DANGER, str(error))
    except DatabaseError as error:
        yield Finding(
            "Basis data",
            DANGER,
            f"Tidak bisa dihubungi ({type(error).__name__}).",
            "Periksa layanan basis data: systemctl status postgresql, dan sisa disk.",
        )


def _database() -> Finding:
    if settings.DATABASE_IS_SQLITE:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        size = Path(str(settings.DATABASES["default"]["NAME"])).stat().st_size
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    kind = "SQLite" if settings.DATABASE_IS_SQLITE else "PostgreSQL"
    return Finding("Basis data", GOOD, f"{kind} menjawab; besarnya {size_words(size)}.")


def _queue() -> Finding:
    now = clock.now()
    waiting = OrmQ.objects.filter(lock__lte=now).aggregate(n=models.Count("id"), since=models.Min("lock"))
    if not waiting["n"]:
        return Finding("Antrean", GOOD, "Tidak ada pekerjaan yang menunggu.")
    age = now - waiting["since"]
    says = f"{waiting['n']} pekerjaan menunggu; yang paling lama {age_words(age)}."
    if age > LONG_WAIT:
        return Finding("Antrean", ATTENTION, says, "Periksa pekerjaan latar: systemctl status ceting-work.")
    return Finding("Antrean", GOOD, says)


def _trail(home: Path) -> Finding:
    name = "Jejak audit"
    try:
        held = anchor.kept(home)
        if held is not None:
            anchor.check(held)
    except anchor.CutTrailError as error:
        return Finding(
            name, DANGER, f"Segel {error.position} hilang atau diganti.",
            "Simpan cadangan, jalankan ceting audit verify, dan ikuti langkah kebocoran data di SECURITY.md.",
        )  # fmt: skip
    oldest = AuditEntry.objects.filter(seal_position=None).aggregate(at=models.Min("at"))["at"]
    if oldest is not None and clock.now() - oldest > LATE_SEAL:
        return Finding(
            name, ATTENTION, f"Ada catatan yang belum disegel sejak {age_words(clock.now() - oldest)} lalu.",
            "Jalankan pekerjaan latar: systemctl restart ceting-work.",
        )  # fmt: skip
    return Finding(
        name, GOOD, f"Tersegel sampai segel {held.position}." if held else "Belum ada yang perlu disegel."
    )


def _clock() -> Finding:
    name, remedy = "Jam", "Nyalakan penyesuaian jam: timedatectl set-ntp true."
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            drift = abs(clock.now() - cursor.fetchone()[0])
        if drift > CLOCK_DRIFT:
            return Finding(name, DANGER, f"Berbeda {age_words(drift)} dari jam basis data.", remedy)
    synchronized = _ntp()
    if synchronized is None:
        return Finding(
            name, UNKNOWN, f"{numerals.moment(clock.now())}. Komputer ini tidak memberi tahu ketepatannya."
        )
    if not synchronized:
        return Finding(
            name, ATTENTION, f"{numerals.moment(clock.now())}. Belum disesuaikan dengan jam jaringan.", remedy
        )
    return Finding(name, GOOD, f"{numerals.moment(clock.now())}, tepat menurut jam jaringan.")


def _ntp() -> bool | None:
    """Whether systemd calls the clock synchronized; None where it can't say."""
    try:
        done = subprocess.run(
            ["/usr/bin/timedatectl", "show", "--property=NTPSynchronized", "--value"],
            capture_output=True, text=True, timeout=3, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(done.stdout.strip())


def _migrations() -> Finding:
    waiting = readiness.waiting_migrations()
    if waiting:
        return Finding("Perubahan basis data", DANGER, f"{waiting} menunggu.", "Jalankan: ceting migrate.")
    return Finding("Perubahan basis data", GOOD, "Tidak ada yang menunggu.")


def _worker(home: Path) -> Finding:
    name, remedy = (
        "Pekerjaan latar",
        "Jalankan: systemctl restart ceting-work, lalu lihat journalctl -u ceting-work.",
    )
    mark = marks.find(home, marks.WORKER)
    if mark is None:
        return Finding(name, DANGER, "Belum pernah berjalan.", remedy)
    age = clock.now() - mark["at"]
    return Finding(name, *((DANGER, f"Terakhir {age_words(age)} lalu.", remedy) if age > LATE_WORKER
                           else (GOOD, f"Berjalan; terakhir {age_words(age)} lalu.")))  # fmt: skip


def _disk(home: Path) -> Finding:
    usage = shutil.disk_usage(home)
    free = usage.free / usage.total
    says = f"{size_words(usage.free)} kosong dari {size_words(usage.total)}."
    remedy = "Pindahkan cadangan lama ke tempat lain, atau tambah disk."
    if free < NEARLY_NO_DISK or usage.free < GIGABYTE:
        return Finding("Disk", DANGER, says, remedy)
    return Finding("Disk", ATTENTION, says, remedy) if free < LITTLE_DISK else Finding("Disk", GOOD, says)


def _backup(home: Path) -> Finding:
    name, remedy = (
        "Cadangan",
        "Jalankan: systemctl start ceting-backup, lalu lihat journalctl -u ceting-backup.",
    )
    mark = marks.find(home, marks.BACKUP)
    if mark is None:
        return Finding(name, DANGER, "Belum pernah dibuat.", remedy)
    age = clock.now() - mark["at"]
    says = f"Dibuat dan dibaca kembali {age_words(age)} lalu, {size_words(int(mark.get('size', 0)))}."
    if age > LATE_BACKUP:
        return Finding(name, DANGER if age > NO_BACKUP else ATTENTION, says, remedy)
    return Finding(name, GOOD, says)


def _rehearsal(home: Path) -> Finding:
    name, remedy = (
        "Latihan pemulihan",
        "Jalankan: systemctl start ceting-rehearsal, lalu lihat journalctl -u ceting-rehearsal.",
    )
    mark = marks.find(home, marks.REHEARSAL)
    if mark is None:
        return Finding(name, ATTENTION, "Belum pernah dilatih.", remedy)
    age = clock.now() - mark["at"]
    if not mark.get("good"):
        return Finding(
            name, DANGER, f"GAGAL {age_words(age)} lalu: cadangan itu tidak bisa dipulihkan.", remedy
        )
    if age > LATE_REHEARSAL:
        return Finding(name, ATTENTION, f"Berhasil, tetapi sudah {age_words(age)} lalu.", remedy)
    return Finding(name, GOOD, f"Berhasil {age_words(age)} lalu; setiap baris sama.")


def _certificate() -> Iterator[Finding]:
    path = os.environ.get("CETING_TLS_CERTIFICATE")
    if not path:
        return
    name, remedy = "Sertifikat HTTPS", "Pasang sertifikat baru, lalu: systemctl restart ceting-web."
    try:
        ends = x509.load_pem_x509_certificate(Path(path).read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        yield Finding(name, DANGER, "Tidak bisa dibaca.", remedy)
        return
    days = (ends - clock.now()).days
    tone = DANGER if days < LAST_TLS_DAYS else ATTENTION if days < RENEW_TLS else GOOD
    yield Finding(name, tone, f"Berlaku {max(days, 0)} hari lagi.", "" if tone == GOOD else remedy)


def _version() -> Finding:
    return Finding("Versi", GOOD, f"Ayo Ceting {version('ceting')}.")


def size_words(size: float) -> str:
    """ "1,5 GB": bytes as a person says them."""
    for unit, step in (("GB", 1e9), ("MB", 1e6)):
        if size >= step:
            return f"{numerals.decimal(round(size / step, 1), 1)} {unit}"
    return f"{numerals.decimal(round(size / 1e3))} KB"


def age_words(age: timedelta) -> str:
    """ "3 jam": the largest unit that fits."""
    seconds = max(int(age.total_seconds()), 0)
    for unit, step in (("hari", 86400), ("jam", 3600), ("menit", 60)):
        if seconds >= step:
            return f"{seconds // step} {unit}"
    return f"{seconds} detik"
