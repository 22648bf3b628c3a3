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


PERMISSIONS = {
    "home.read": "Membuka beranda",
    "gallery.read": "Membuka galeri tampilan",
    "children.read": "Melihat anak di wilayahnya",
    "children.write": "Mendaftarkan dan memperbaiki data anak",
    "sessions.open": "Membuka hari posyandu",
    "measurements.record": "Mencatat penimbangan",
    "attention.read": "Melihat daftar perlu perhatian",
    "imports.run": "Mengimpor data dari e-PPGBM/Sigizi",
}

_POSYANDU_WORK = frozenset(
    {
        "home.read",
        "gallery.read",
        "children.read",
        "children.write",
        "sessions.open",
        "measurements.record",
        "attention.read",
    }
)
_STAFF_WORK = _POSYANDU_WORK | {"imports.run"}
_READING = frozenset({"home.read", "gallery.read", "children.read", "attention.read"})

_VOLUNTEER_FIELDS = frozenset({FieldClass.PUBLIC, FieldClass.VOLUNTEER})
_HEALTH_WORKER_FIELDS = _VOLUNTEER_FIELDS | {FieldClass.FAMILY, FieldClass.CLINICAL}


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


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role("kader", "Kader posyandu", Reach.POSYANDU, _POSYANDU_WORK, _VOLUNTEER_FIELDS),
        Role("bidan", "Bidan", Reach.PUSKESMAS, _STAFF_WORK, _HEALTH_WORKER_FIELDS, professional=True),
        Role(
            "petugas_gizi",
            "Petugas gizi",
            Reach.PUSKESMAS,
            _STAFF_WORK,
            _HEALTH_WORKER_FIELDS,
            professional=True,
        ),
        Role("dokter", "Dokter", Reach.PUSKESMAS, _STAFF_WORK, _HEALTH_WORKER_FIELDS, professional=True),
        Role("kepala", "Kepala puskesmas", Reach.PUSKESMAS, _READING, _HEALTH_WORKER_FIELDS),
        # What was shared with her, and figures, come with the issues that need them; until then no child.
        Role(
            "spesialis",
            "Dokter spesialis",
            Reach.FIGURES,
            frozenset({"home.read"}),
            frozenset({FieldClass.PUBLIC}),
        ),
        Role(
            "dinas",
            "Dinas Kesehatan",
            Reach.FIGURES,
            frozenset({"home.read"}),
            frozenset({FieldClass.PUBLIC}),
        ),
    )
}
