"""Which column of a file holds what, by the headers of e-PPGBM, of its template and of puskesmas' own lists.

Headers: national/eppgbm_columns.csv and eppgbm_import_template.csv of the project's reference data ("Pukesmas" is
how e-PPGBM spells it). Compared without case, signs and units, so order and small differences don't matter.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence

from ceting.foundation.core.errors import Problem, RefusedError

ALIASES: Mapping[str, str] = {
    "nik": "nik | nik anak | nik balita | no nik | nomor nik | no ktp anak",
    "name": "nama | nama anak | nama balita | nama lengkap | nama bayi balita | nm anak",
    "sex": "jk | jenis kelamin | kelamin | l/p | lp | jns kelamin | sex | gender",
    "birth_date": "tgl lahir | tanggal lahir | tgllahir | tanggallahir | tgl lhr | ttl | tgl lahir anak | birth date",
    "birth_weight": "bb lahir | berat lahir | berat badan lahir | berat lahir sasaran | bbl",
    "birth_length": "tb lahir | pb lahir | panjang lahir | tinggi lahir | tinggi | panjang lahir sasaran | pbl",
    "parent": (
        "nama ortu | nama orang tua | nama orang tua ibu ayah | nama ibu | ibu | nama ibu kandung | ortu | "
        "orang tua | nama orangtua"
    ),
    "parent_nik": "nik ortu | nik orang tua | nik ibu | nik orangtua",
    "phone": "no hp orang tua | hp ortu | no hp | nomor hp | no hp ortu | no telp | telepon | hp",
    "kk": "nomor kk | no kk | kk | no kartu keluarga | nomor kartu keluarga",
    "puskesmas": "pukesmas | puskesmas | pkm | nama puskesmas",
    "village": "desa kel | desa kelurahan | kelurahan | desa | kel desa | kelurahan desa | kel | nagari",
    "posyandu": "posyandu | nama posyandu | pos yandu",
    "rt": "rt",
    "rw": "rw",
    "address": "alamat | alamat lengkap | alamat domisili",
    "measured_on": (
        "tanggal pengukuran | tgl pengukuran | tanggal ukur | tgl ukur | tanggalukur | tglukur | "
        "tanggal penimbangan | tgl penimbangan | tanggal timbang | tgl timbang | tanggal kunjungan"
    ),
    # Of a kader's monthly sheet, and of lists that know no day (reading/wide.py).
    "month": "bulan penimbangan | bulan ukur | bulan pengukuran | bulan timbang",
    "weight": "berat | bb | berat badan | bb anak | weight",
    "lenhei": (
        "tinggi | tb | pb | panjang | tinggi badan | panjang badan | pb tb | tb pb | panjang tinggi | "
        "tinggi panjang | panjang badan tinggi badan | tinggi badan panjang badan"
    ),
    "position": "cara ukur | caraukur | posisi | posisi ukur | cara pengukuran",
    "muac": "lila | lingkar lengan | lingkar lengan atas",
    "head": "lingkar kepala | lika | lk | lingkarkepala",
    "kia": "kia | buku kia | punya kia",
}

LABELS: Mapping[str, str] = {
    "nik": "NIK",
    "name": "Nama anak",
    "sex": "Jenis kelamin",
    "birth_date": "Tanggal lahir",
    "birth_weight": "Berat lahir",
    "birth_length": "Panjang lahir",
    "parent": "Nama orang tua",
    "parent_nik": "NIK orang tua",
    "phone": "Nomor HP",
    "kk": "Nomor KK",
    "puskesmas": "Puskesmas",
    "village": "Desa/kelurahan",
    "posyandu": "Posyandu",
    "rt": "RT",
    "rw": "RW",
    "address": "Alamat",
    "measured_on": "Tanggal pengukuran",
    "month": "Bulan",
    "weight": "Berat",
    "lenhei": "Panjang/tinggi",
    "position": "Cara ukur",
    "muac": "LiLA",
    "head": "Lingkar kepala",
    "kia": "Buku KIA",
}

# Columns of e-PPGBM that we know and derive ourselves or don't keep: not worth a question.
NOT_NEEDED = frozenset(
    {
        *(
            "no",
            "prov",
            "provinsi",
            "kab kota",
            "kabupaten kota",
            "kec",
            "kecamatan",
            "usia saat ukur",
            "umur",
        ),
        *("bb u", "zs bb u", "tb u", "zs tb u", "bb tb", "zs bb tb", "naik berat badan", "pmt diterima"),
        *(
            "jml vit a",
            "kpsp",
            "kelas ibu balita",
            "mbg",
            "detail",
            "anak ke",
            "imd",
            "usia kehamilan minggu",
        ),
        *("lingkar kepala lahir", "no urut", "nomor", "baris di berkas", "masalah"),
    }
)
REQUIRED = ("name", "sex", "birth_date")
RECOGNISED = 3
"""Columns that must be known by themselves before a person is asked about the others."""
MEASURES = ("weight", "lenhei", "muac", "head")

_UNITS = re.compile(r"\b(kg|cm|gram|gr)\b")
_SIGNS = re.compile(r"[^a-z0-9]+")


def plain(header: str) -> str:
    """A header without case, signs and units: "BB (kg)" -> "bb"."""
    words = _SIGNS.sub(" ", header.casefold()).strip()
    return _SIGNS.sub(" ", _UNITS.sub(" ", words)).strip() or words


_ROLES_OF: dict[str, list[str]] = {}
for _role, _names in ALIASES.items():
    for _name in _names.split(" | "):
        _ROLES_OF.setdefault(plain(_name), []).append(_role)


def meanings_of(header: str) -> list[str]:
    """What a header can mean."""
    return _ROLES_OF.get(plain(header), [])


def score(cells: Sequence[str]) -> int:
    """How many different headers a row of cells names: the header is the row with the most."""
    return len({cell for cell in map(plain, cells) if cell in _ROLES_OF or cell in NOT_NEEDED})


def detect(header: Sequence[str]) -> dict[str, int]:
    """Role -> position of its column, as far as the headers are known.

    The template for new children calls the length at birth "tinggi": so it is, when the file has no measuring date.
    """
    found: dict[str, int] = {}
    dated = any("measured_on" in meanings_of(name) for name in header)
    for position, name in enumerate(header):
        roles = meanings_of(name)
        if len(roles) > 1:
            roles = ["lenhei" if dated else "birth_length"]
        for role in roles:
            # The first of two equal headers is the one that people fill.
            found.setdefault(role, position)
    return found


def signature(header: Sequence[str]) -> str:
    """Tells headers apart: the same columns in the same order, however they are written, are one."""
    return hashlib.sha256("|".join(map(plain, header)).encode()).hexdigest()


def unknown(header: Sequence[str], columns: Mapping[str, int]) -> list[str]:
    """Headers that nobody here knows: shown, so that a column isn't lost without a word."""
    taken = set(columns.values())
    return [
        name
        for position, name in enumerate(header)
        if name and position not in taken and plain(name) not in NOT_NEEDED
    ]


def missing(found: Mapping[str, int]) -> list[str]:
    """What nobody has found a column for, and without which no row can be taken."""
    roles = [role for role in REQUIRED if role not in found]
    if any(role in found for role in MEASURES) and not {"measured_on", "month"} & set(found):
        roles.append("measured_on")
    return [LABELS[role] for role in roles]


def require_a_table(header: Sequence[str], found: Mapping[str, int]) -> None:
    """Raises RefusedError for a header of which nothing speaks of children: then there is nothing to ask about."""
    if len(found) >= RECOGNISED:
        return
    there = ", ".join(f"“{name}”" for name in header if name)[:600] or "tidak ada"
    raise RefusedError(
        Problem(
            f"Kolom yang belum ditemukan: {', '.join(missing(found))}. Kolom di berkas: {there}. "
            "Unggah berkas asli dari e-PPGBM, atau beri judul kolom itu di baris pertama tabel.",
            "columns",
            "file",
        )
    )
