"""What people are asked to agree to, word by word. A published text never changes: a change is a new version.

Each answer keeps the version that was read out to it, so years later one still knows what was agreed to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """A use of somebody's data that her care doesn't need, and that she may therefore refuse."""

    MESSAGES = "messages"
    PHOTOS = "photos"
    GROUP = "group"
    SHARING = "sharing"
    RESEARCH = "research"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: Mapping[Scope, str] = {
    Scope.MESSAGES: "Pesan ke HP",
    Scope.PHOTOS: "Foto",
    Scope.GROUP: "Grup WhatsApp",
    Scope.SHARING: "Berbagi data dengan pihak lain",
    Scope.RESEARCH: "Penelitian",
}

OF_A_CAREGIVER = tuple(Scope)
OF_A_CHILD = (Scope.PHOTOS, Scope.SHARING, Scope.RESEARCH)
"""A child has no phone: messages and groups are her caregivers' own."""


@dataclass(frozen=True)
class Wording:
    """One version of a text."""

    version: str
    text: str


WORDINGS: Mapping[Scope, Sequence[Wording]] = {
    Scope.MESSAGES: (
        Wording(
            "2026-11",
            "Puskesmas boleh mengirim pesan WhatsApp atau SMS ke nomor HP saya: pengingat posyandu, jadwal "
            "layanan, dan kabar tentang anak. Saya boleh berhenti kapan saja.",
        ),
    ),
    Scope.PHOTOS: (
        Wording(
            "2026-11",
            "Petugas boleh mengambil foto saat kegiatan dan memakainya untuk laporan puskesmas. Foto tidak "
            "disebarkan di media sosial. Saya boleh menolak atau berhenti kapan saja.",
        ),
    ),
    Scope.GROUP: (
        Wording(
            "2026-11",
            "Saya mau ikut grup WhatsApp puskesmas. Di dalam grup, semua anggota bisa melihat nama dan nomor HP "
            "satu sama lain. Saya boleh keluar kapan saja.",
        ),
    ),
    Scope.SHARING: (
        Wording(
            "2026-11",
            "Puskesmas boleh memberikan data kepada pihak lain yang membantu keluarga, misalnya kelurahan atau "
            "Rumah Gizi. Yang diberikan hanya yang perlu untuk bantuan itu.",
        ),
    ),
    Scope.RESEARCH: (
        Wording(
            "2026-11",
            "Data boleh dipakai untuk penelitian gizi. Nama, NIK, alamat dan nomor HP dihilangkan lebih dulu. "
            "Menolak tidak mengubah pelayanan.",
        ),
    ),
}
"""The last of each is the one that is asked today."""


def current(scope: Scope) -> Wording:
    return WORDINGS[scope][-1]


def wording(scope: Scope, version: str) -> Wording:
    """Raises LookupError for a version that was never published."""
    for each in WORDINGS[scope]:
        if each.version == version:
            return each
    raise LookupError(f"{scope} has no wording {version!r}")
