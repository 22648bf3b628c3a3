"""Which column of a list holds what, by the headers of registers of pregnant women and of e-Kohort KIA."""

from collections.abc import Mapping

from ceting.gateways.interop.vocabulary import Vocabulary

ALIASES: Mapping[str, str] = {
    "nik": "nik | nik ibu | nik ibu hamil | nik bumil | no nik | nomor nik | no ktp | nomor ktp | ktp",
    "name": (
        "nama | nama ibu | nama ibu hamil | nama bumil | nama lengkap | nama pasien | nm ibu | ibu hamil | bumil | "
        "nama ibu lengkap"
    ),
    "birth_date": "tgl lahir | tanggal lahir | tgl lahir ibu | tanggal lahir ibu | tgl lhr | ttl",
    "age": "umur | usia | umur ibu | usia ibu | umur tahun | usia tahun",
    "husband": "nama suami | suami | nm suami | nama suami keluarga | penanggung jawab",
    "kk": "nomor kk | no kk | kk | no kartu keluarga | nomor kartu keluarga",
    "phone": (
        "no hp | nomor hp | hp | no hp ibu | no telp | no telepon | telepon | telp | no wa | nomor wa | no hp suami"
    ),
    "address": "alamat | alamat lengkap | alamat domisili | alamat ibu | alamat rumah",
    "rt": "rt",
    "rw": "rw",
    "puskesmas": "puskesmas | pukesmas | pkm | nama puskesmas",
    "village": "kelurahan | desa | desa kelurahan | kelurahan desa | desa kel | kel desa | kel | nagari | desa nagari",
    "posyandu": "posyandu | nama posyandu | pos yandu",
    "lmp": (
        "hpht | tgl hpht | tanggal hpht | hari pertama haid terakhir | haid terakhir | hpht tanggal | "
        "tanggal haid terakhir"
    ),
    "due_on": (
        "hpl | tp | htp | tgl hpl | tanggal hpl | taksiran persalinan | tafsiran persalinan | tgl tp | "
        "tanggal taksiran persalinan | hari taksiran persalinan | hari perkiraan lahir | perkiraan lahir | "
        "perkiraan persalinan"
    ),
    "gpa": "gpa | g p a | gravida para abortus | status obstetri | g p a h | gpah | hamil ke gpa | paritas gpa",
    "gravida": "gravida | g | hamil ke | kehamilan ke | kehamilan ke berapa | hamil ke berapa",
    "para": "para | p | partus | persalinan ke | jumlah persalinan | pernah melahirkan",
    "abortions": "abortus | a | ab | keguguran | jumlah keguguran | pernah keguguran",
    "height": "tb | tinggi | tinggi badan | tb ibu",
    "weight": (
        "bb sebelum hamil | bb pra hamil | berat sebelum hamil | berat badan sebelum hamil | bb awal | bb sblm hamil"
    ),
}

LABELS: Mapping[str, str] = {
    "name": "Nama ibu",
    "nik": "NIK",
    "birth_date": "Tanggal lahir",
    "age": "Umur",
    "husband": "Nama suami",
    "kk": "Nomor KK",
    "phone": "Nomor HP",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "puskesmas": "Puskesmas",
    "village": "Kelurahan/desa",
    "posyandu": "Posyandu",
    "lmp": "HPHT",
    "due_on": "HPL",
    "gpa": "G-P-A dalam satu kolom",
    "gravida": "Kehamilan ke-",
    "para": "Pernah melahirkan",
    "abortions": "Pernah keguguran",
    "height": "Tinggi badan",
    "weight": "Berat sebelum hamil",
}

# What registers carry beside it; contacts are recorded from the Buku KIA, not out of a list.
NOT_NEEDED = frozenset(
    {
        *("no", "no urut", "nomor", "provinsi", "prov", "kab kota", "kabupaten kota", "kecamatan", "kec"),
        *("uk", "usia kehamilan", "umur kehamilan", "usia kehamilan minggu", "uk minggu", "trimester"),
        *(
            "k1",
            "k2",
            "k3",
            "k4",
            "k5",
            "k6",
            "lila",
            "hb",
            "td",
            "tensi",
            "tekanan darah",
            "bb",
            "keterangan",
        ),
        *("ket", "bulan", "tahun", "no register", "no rekam medis", "baris di berkas", "masalah"),
    }
)

VOCABULARY = Vocabulary(
    ALIASES,
    LABELS,
    required=("name", ("lmp", "due_on")),
    not_needed=NOT_NEEDED,
    advice="Unggah daftar ibu hamil, atau beri judul kolom itu di baris pertama tabel.",
)
