"""Who may do what, as data that a nurse could read. A role sees its place and nothing beside it."""

from dataclasses import dataclass
from enum import Enum

from ceting.foundation.core.classification import FieldClass


class Reach(Enum):
    """How far a role sees from the place it is given."""

    POSYANDU = "posyandu"
    PUSKESMAS = "puskesmas"
    FIGURES = "figures"
    """Counts and rates only; no person."""


class SecondFactor(Enum):
    """Whether a password is enough for this role. A puskesmas may be stricter or milder (house.second_factor)."""

    NEVER = "never"
    """One phone in her own pocket, and little to be had with it; she may set one up."""
    ASKED = "asked"
    MUST = "must"
    """After some days of grace she gets no page without one: she runs accounts and sees everything."""


PERMISSIONS = {
    # Everybody who comes in
    "home.read": "Membuka beranda",
    "gallery.read": "Membuka galeri tampilan",
    "roles.read": "Membaca siapa boleh apa",
    # People
    "children.read": "Melihat anak di wilayahnya",
    "children.write": "Mendaftarkan dan memperbaiki data anak",
    "children.move": "Mencatat pindah, meninggal, dan perubahan keluarga",
    "children.merge": "Menggabungkan data ganda dan membatalkannya",
    "reports.write": "Melaporkan ibu hamil dan bayi baru",
    "reports.handle": "Menindaklanjuti laporan ibu hamil dan bayi baru",
    "messages.send": "Mengirim pesan untuk keluarga dari HP sendiri",
    "consents.record": "Mencatat persetujuan keluarga",
    "rights.handle": "Menangani permintaan salinan dan perbaikan data",
    "targets.seal": "Menetapkan sasaran tahunan posyandu",
    # Weighing
    "sessions.open": "Membuka hari posyandu",
    "sessions.plan": "Menyusun jadwal posyandu",
    "measurements.record": "Mencatat penimbangan",
    "measurements.correct": "Memperbaiki penimbangan yang sudah tersimpan",
    "practice.run": "Mengadakan latihan mengukur",
    "attention.read": "Melihat daftar perlu perhatian",
    # Care of children beside the scale
    "child_health.read": "Melihat imunisasi dan pelayanan anak",
    "child_health.write": "Mencatat vitamin A, makan, KPSP dan keluhan anak",
    "child_health.treat": "Mencatat imunisasi, kunjungan bayi, PMT dan rujukan anak",
    "child_health.diagnose": "Mencatat diagnosis dokter",
    "imports.run": "Mengimpor data dari e-PPGBM/Sigizi dan berkas kader",
    # Pregnancy
    "pregnancies.read": "Melihat ibu hamil di wilayahnya",
    "pregnancies.measure": "Mencatat timbang, LiLA, tensi, tablet dan kelas ibu hamil",
    "pregnancies.write": "Mencatat kehamilan, pemeriksaan, persalinan dan nifas",
    "named.record": "Mencatat dan membaca hasil rahasia bila ditunjuk",
    # Running the puskesmas
    "staff.manage": "Mengundang petugas, memberi dan mengakhiri peran",
    "roster.manage": "Menyusun jadwal jaga",
    "settings.manage": "Mengubah pengaturan puskesmas",
    "places.manage": "Mengubah wilayah dan posyandu",
    "start.read": "Melihat langkah awal puskesmas",
    "settings.confirm": "Menyatakan batas klinis sudah dibaca dan dipakai",
    "puskesmas.open": "Membuka puskesmas baru",
    "system.read": "Melihat kesehatan sistem",
}

_EVERYBODY = frozenset({"home.read", "gallery.read", "roles.read"})
_READING = _EVERYBODY | {"children.read", "attention.read", "child_health.read", "pregnancies.read"}
_POSYANDU_WORK = _READING | {
    "children.write",
    "reports.write",
    "consents.record",
    "messages.send",
    "sessions.open",
    "measurements.record",
    "measurements.correct",
    "practice.run",
    "child_health.write",
    "pregnancies.measure",
}
_STAFF_WORK = _POSYANDU_WORK | {
    "children.move",
    "children.merge",
    "reports.handle",
    "rights.handle",
    "sessions.plan",
    "imports.run",
    "start.read",
    "child_health.treat",
    "pregnancies.write",
    "named.record",
}
_MANAGING = frozenset(
    {
        "staff.manage",
        "roster.manage",
        "settings.manage",
        "places.manage",
        "start.read",
        "targets.seal",
        "system.read",
    }
)

_VOLUNTEER_FIELDS = frozenset({FieldClass.PUBLIC, FieldClass.VOLUNTEER})
_HEALTH_WORKER_FIELDS = _VOLUNTEER_FIELDS | {FieldClass.FAMILY, FieldClass.CLINICAL}
_NOBODY = frozenset({FieldClass.PUBLIC})


@dataclass(frozen=True)
class Role:
    """`code` is stored, `label` is shown; `fields` are the classes of fields that the role may read."""

    code: str
    label: str
    reach: Reach
    permissions: frozenset[str]
    fields: frozenset[FieldClass]
    professional: bool = False
    """A trained measurer: the weight counts in SKDN and clears a reason."""
    second_factor: SecondFactor = SecondFactor.NEVER


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role("kader", "Kader posyandu", Reach.POSYANDU, _POSYANDU_WORK, _VOLUNTEER_FIELDS),
        Role(
            "bidan",
            "Bidan",
            Reach.PUSKESMAS,
            _STAFF_WORK,
            _HEALTH_WORKER_FIELDS,
            professional=True,
            second_factor=SecondFactor.ASKED,
        ),
        Role(
            "petugas_gizi",
            "Petugas gizi",
            Reach.PUSKESMAS,
            _STAFF_WORK | {"targets.seal"},
            _HEALTH_WORKER_FIELDS,
            professional=True,
            second_factor=SecondFactor.ASKED,
        ),
        Role(
            "dokter",
            "Dokter",
            Reach.PUSKESMAS,
            _STAFF_WORK | {"settings.confirm", "child_health.diagnose"},
            _HEALTH_WORKER_FIELDS,
            professional=True,
            second_factor=SecondFactor.ASKED,
        ),
        Role(
            "kepala",
            "Kepala puskesmas",
            Reach.PUSKESMAS,
            _READING | _MANAGING,
            _HEALTH_WORKER_FIELDS,
            second_factor=SecondFactor.ASKED,
        ),
        # She runs the house and needs no child for it.
        Role(
            "admin",
            "Admin puskesmas",
            Reach.FIGURES,
            _EVERYBODY | _MANAGING,
            _NOBODY,
            second_factor=SecondFactor.MUST,
        ),
        Role(
            "dinas",
            "Dinas Kesehatan",
            Reach.FIGURES,
            _EVERYBODY | _MANAGING | {"puskesmas.open"},
            _NOBODY,
            second_factor=SecondFactor.MUST,
        ),
        # What was shared with them, and figures, come with the issues that need them; until then no child.
        Role("spesialis", "Dokter spesialis", Reach.FIGURES, _EVERYBODY, _NOBODY),
        Role("psikolog", "Psikolog", Reach.FIGURES, _EVERYBODY, _NOBODY),
        Role("pengurus_rumah_gizi", "Pengurus Rumah Gizi", Reach.FIGURES, _EVERYBODY, _NOBODY),
        Role("mitra", "Mitra lintas sektor", Reach.FIGURES, _EVERYBODY, _NOBODY),
        # The head of a neighbourhood or a private midwife: tells of a birth, reads nobody.
        Role(
            "pelapor",
            "Pelapor (RT atau bidan mandiri)",
            Reach.FIGURES,
            _EVERYBODY | {"reports.write"},
            _NOBODY,
        ),
    )
}
