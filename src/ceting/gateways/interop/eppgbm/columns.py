"""Which column of a file holds what, by the headers of e-PPGBM, of its template and of puskesmas' own lists.

Headers: national/eppgbm_columns.csv and eppgbm_import_template.csv of the project's reference data ("Pukesmas" is
how e-PPGBM spells it). Compared without case, signs and units, so order and small differences don't matter.
"""

from collections.abc import Mapping, Sequence

from ceting.gateways.interop.vocabulary import Vocabulary
from ceting.gateways.interop.vocabulary import plain as plain
from ceting.gateways.interop.vocabulary import signature as signature

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
MEASURES = ("weight", "lenhei", "muac", "head")


class EppgbmVocabulary(Vocabulary):
    """What is e-PPGBM's own: one header that means two things, and the day that only measures need."""

    def detect(self, header: Sequence[str]) -> dict[str, int]:
        """The template for new children calls the length at birth "tinggi": so it is, without a measuring date."""
        found: dict[str, int] = {}
        dated = any("measured_on" in self.meanings_of(name) for name in header)
        for position, name in enumerate(header):
            roles = self.meanings_of(name)
            if len(roles) > 1:
                roles = ["lenhei" if dated else "birth_length"]
            for role in roles:
                found.setdefault(role, position)
        return found

    def missing(self, found: Mapping[str, int]) -> list[str]:
        roles = super().missing(found)
        if any(role in found for role in MEASURES) and not {"measured_on", "month"} & set(found):
            roles.append(LABELS["measured_on"])
        return roles


VOCABULARY = EppgbmVocabulary(
    ALIASES,
    LABELS,
    required=REQUIRED,
    not_needed=NOT_NEEDED,
    advice="Unggah berkas asli dari e-PPGBM, atau beri judul kolom itu di baris pertama tabel.",
)
meanings_of = VOCABULARY.meanings_of
score = VOCABULARY.score
detect = VOCABULARY.detect
unknown = VOCABULARY.unknown
missing = VOCABULARY.missing
