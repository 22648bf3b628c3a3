"""The office's own steps: what the puskesmas is, where it works, who works there, when, and by which values."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from ceting.foundation.core import clock
from ceting.registry.accounts.models import DutyShift, RoleAssignment
from ceting.registry.accounts.roles import ROLES
from ceting.registry.families.models import Child
from ceting.registry.office import reading
from ceting.registry.office.models import SettingsReading
from ceting.registry.office.steps import Figure, ManyPuskesmas, Progress, State, Step, contribute, weighing
from ceting.registry.places.models import WEEKDAYS, Puskesmas, Settings
from ceting.standards.numbers import format_date

FACTS = (
    ("office_address", "alamat"),
    ("office_phone", "telepon"),
    ("after_hours_facility", "tempat rujukan"),
    ("emergency_phone", "nomor darurat"),
)
PROFESSIONALS = [role.code for role in ROLES.values() if role.professional]
BACK = "?dari=mulai"
"""A form that was opened from the steps leads back to them."""


def _page(name: str, query: str = "") -> Callable[[Puskesmas], str]:
    return lambda puskesmas: reverse(name, args=[puskesmas.pk]) + query


def _described(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    found = {}
    for puskesmas in many:
        missing = [words for name, words in FACTS if not getattr(puskesmas, name)]
        words = f"belum ada {', '.join(missing)}" if missing else "lengkap"
        found[puskesmas.pk] = Progress.of(len(FACTS) - len(missing), len(FACTS), words)
    return found


def _confirmed(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    found = {}
    for puskesmas in many:
        areas = puskesmas.work_areas.all()
        sure = sum(area.confirmed for area in areas)
        found[puskesmas.pk] = Progress.of(sure, len(areas), f"{sure} dari {len(areas)} kelurahan dipastikan")
    return found


def _posyandu(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    found = {}
    for puskesmas in many:
        villages, posts = {area.village_id for area in puskesmas.work_areas.all()}, weighing(puskesmas)
        reached = len(villages & {post.village_id for post in posts})
        words = f"{len(posts)} posyandu di {reached} dari {len(villages)} kelurahan"
        found[puskesmas.pk] = Progress.of(reached, len(villages), words)
    return found


def _people(many: ManyPuskesmas) -> Mapping[UUID, tuple[int, int, int, int]]:
    """Who works there: all, those who treat, posyandu with a kader, those who never came in."""
    keys = [puskesmas.pk for puskesmas in many]
    standing = RoleAssignment.objects.filter(
        Q(puskesmas__in=keys) | Q(posyandu__puskesmas__in=keys, posyandu__closure=None),
        ended_at=None,
        user__is_active=True,
    )
    rows = (
        standing.annotate(at=Coalesce("puskesmas_id", "posyandu__puskesmas_id"))
        .order_by()
        .values("at")
        .annotate(
            people=Count("user", distinct=True),
            treating=Count("user", filter=Q(role__in=PROFESSIONALS), distinct=True),
            manned=Count("posyandu", distinct=True),
            away=Count("user", filter=Q(user__last_login=None), distinct=True),
        )
    )
    return {row["at"]: (row["people"], row["treating"], row["manned"], row["away"]) for row in rows}


def _staff(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    """Somebody who treats, and a kader for each posyandu that weighs."""
    people = many.once(_people)
    found = {}
    for puskesmas in many:
        _, treating, manned, away = people.get(puskesmas.pk, (0, 0, 0, 0))
        posts = len(weighing(puskesmas))
        words = f"{treating} tenaga kesehatan, {manned} dari {posts} posyandu punya kader"
        if away:
            words += f"; {away} orang belum pernah masuk"
        # The head alone is nobody who treats or weighs.
        found[puskesmas.pk] = Progress.of(manned + bool(treating), max(posts, 1) + 1, words)
    return found


def _roster(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    """Somebody on each day on which somebody must be there."""
    today = clock.today()
    shifts = DutyShift.objects.filter(Q(until=None) | Q(until__gt=today), puskesmas__in=many)
    on: dict[UUID, set[int]] = defaultdict(set)
    for puskesmas_id, weekday in shifts.order_by().values_list("puskesmas_id", "weekday").distinct():
        on[puskesmas_id].add(weekday)
    found = {}
    for puskesmas in many:
        settings = Settings(puskesmas.setting_changes.all(), puskesmas.today())
        working = [int(digit) for digit in settings.text("duty.days")]
        empty = [WEEKDAYS[day] for day in working if day not in on[puskesmas.pk]]
        words = f"belum ada yang bertugas: {', '.join(empty)}" if empty else "setiap hari kerja terisi"
        found[puskesmas.pk] = Progress.of(len(working) - len(empty), len(working), words)
    return found


def _settings(many: ManyPuskesmas) -> Mapping[UUID, Progress]:
    readings = SettingsReading.objects.filter(puskesmas__in=many).select_related("read_by")
    last = {each.puskesmas_id: each for each in readings.order_by("created_at", "id")}
    return {puskesmas.pk: _read(puskesmas, last.get(puskesmas.pk)) for puskesmas in many}


def _read(puskesmas: Puskesmas, last: SettingsReading | None) -> Progress:
    now = reading.standing(puskesmas, puskesmas.setting_changes.all())
    if last is None:
        return Progress(State.WAITING, f"{len(now)} batas menunggu dibaca dokter")
    changed = reading.changed_since(last.values, now)
    if changed:
        return Progress(State.BEGUN, f"{len(changed)} batas berubah sejak dibaca")
    day = format_date(last.created_at.astimezone(puskesmas.timezone).date())
    return Progress(State.DONE, f"dibaca {last.read_by.name}, {day}")


def _count_posyandu(many: ManyPuskesmas) -> Mapping[UUID, int | date]:
    return {puskesmas.pk: len(weighing(puskesmas)) for puskesmas in many}


def _count_staff(many: ManyPuskesmas) -> Mapping[UUID, int | date]:
    return {puskesmas_id: people for puskesmas_id, (people, *_) in many.once(_people).items()}


def _count_children(many: ManyPuskesmas) -> Mapping[UUID, int | date]:
    children = Child.objects.here().under_five(clock.today()).filter(puskesmas__in=many).order_by()
    return dict(children.values("puskesmas").annotate(number=Count("pk")).values_list("puskesmas", "number"))


OFFICE = "Kepala atau admin puskesmas"
contribute(
    Step(
        "data", 10, "Data puskesmas",
        "Di luar jam jaga keluarga dan kader membaca dari sini ke mana saat gawat.",
        3, "Isi data", "pencil", "places.manage", OFFICE, _page("office:describe", BACK), _described,
    ),
    Step(
        "wilayah", 20, "Wilayah kerja",
        "Hanya kelurahan yang dipastikan menentukan anak siapa menjadi tanggung jawab puskesmas ini.",
        1, "Pastikan wilayah", "place", "places.manage", OFFICE, _page("office:areas", BACK), _confirmed,
    ),
    Step(
        "posyandu", 30, "Posyandu",
        "Anak didaftarkan dan ditimbang per posyandu; semuanya bisa dimasukkan sekaligus dari Excel.",
        3, "Masukkan posyandu", "plus", "places.manage", OFFICE, _page("office:posyandu-many"), _posyandu,
    ),
    Step(
        "petugas", 40, "Petugas dan kader",
        "Setiap orang masuk dengan namanya sendiri, jadi selalu jelas siapa yang menimbang.",
        5, "Undang petugas", "user", "staff.manage", OFFICE, _page("office:staff-many"), _staff,
    ),
    Step(
        "jaga", 50, "Jadwal jaga",
        "Aplikasi hanya menjanjikan jawaban pada jam ketika ada yang bertugas.",
        2, "Susun jadwal jaga", "clock", "roster.manage", OFFICE, _page("office:duty-new", BACK), _roster,
    ),
    Step(
        "pengaturan", 60, "Batas klinis dibaca dokter",
        "Untuk beberapa batas sumber resmi berbeda atau belum pasti, jadi dokter puskesmas yang memutuskan.",
        4, "Baca batas klinis", "filter", "start.read", "Dokter puskesmas",
        _page("office:settings-reading"), _settings,
    ),
    Figure("posyandu", 10, "Posyandu", _count_posyandu),
    Figure("petugas", 20, "Petugas dan kader", _count_staff),
    Figure("anak", 30, "Balita", _count_children),
)  # fmt: skip
