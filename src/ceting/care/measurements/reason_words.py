"""The words for each reason of `attention.REASONS`: for staff, and for the family who takes the page home.

Staff read findings, never a diagnosis: a low TB/U is "perlu dipastikan" until a doctor has said more.
"""

from dataclasses import dataclass

from ceting.care.measurements.models import Attention
from ceting.standards.words import FamilyWords, family_words


@dataclass(frozen=True)
class ReasonWords:
    """`label` is short enough for a list, `why` explains it, `todo` is the next thing to do."""

    label: str
    why: str
    todo: str
    family: FamilyWords


_SAME_DAY_CHECK = "Periksa hari ini: ukur ulang, LiLA, bengkak kaki, nafsu makan, dan penyakit penyerta."
_REMEASURE_NOW = "Ukur ulang sekarang. Bila belum bisa, anggap angkanya benar dan periksa anak hari ini."
_CONFIRM_LENGTH = (
    "Ukur ulang panjang atau tingginya dalam 14 hari, lalu dokter memastikan paling lambat 30 hari."
)

REASON_WORDS: dict[str, ReasonWords] = {
    "oedema": ReasonWords(
        "Bengkak pada kedua kaki",
        "Kedua kaki bengkak. Berat badan tidak bisa dipakai menilai gizinya.",
        "Rujuk ke puskesmas hari ini.",
        family_words("GB_EDEMA"),
    ),
    "infant_wasted": ReasonWords(
        "BB/PB di bawah -3, umur di bawah 6 bulan",
        "Berat bayi jauh di bawah yang sesuai panjangnya.",
        "Rujuk ke puskesmas atau rumah sakit hari ini. Bayi di bawah 6 bulan selalu dirujuk.",
        family_words("GB_BBTB"),
    ),
    "severely_wasted": ReasonWords(
        "BB/TB di bawah -3 (gizi buruk), perlu dipastikan",
        "Berat anak jauh di bawah yang sesuai tingginya.",
        _SAME_DAY_CHECK,
        family_words("GB_BBTB"),
    ),
    "muac_red": ReasonWords(
        "LiLA di bawah 11,5 cm (merah), perlu dipastikan",
        "Lingkar lengan atas pada pita merah.",
        _SAME_DAY_CHECK,
        family_words("GB_LILA"),
    ),
    "infant_losing": ReasonWords(
        "Berat bayi turun, umur di bawah 6 bulan",
        "Bayi lebih ringan dari penimbangan sebelumnya, atau turun lebih dari 10% dari berat lahir.",
        "Timbang ulang dan periksa bayi hari ini: menyusu, tanda sakit, tanda bahaya.",
        FamilyWords(
            "Beratnya turun",
            "Bayi seusianya biasanya bertambah berat",
            "Mari bawa bayi ke bidan atau puskesmas hari ini. Bawa Buku KIA",
        ),
    ),
    "measure_again": ReasonWords(
        "Angka tidak wajar, ukur ulang sekarang",
        "Ada hasil ukur di luar batas wajar yang bisa berarti anak sangat kurus atau sakit.",
        _REMEASURE_NOW,
        family_words("GB_UKUR_ULANG"),
    ),
    "recovering": ReasonWords(
        "Gizi buruk belum pulih di dua kunjungan",
        "Pulih bila BB/TB, LiLA dan bengkak yang dulu menunjukkan gizi buruk baik di dua kunjungan berturut-turut.",
        "Teruskan pendampingan: timbang, ukur tinggi dan LiLA, lihat kedua kakinya pada setiap kunjungan.",
        FamilyWords(
            "Berat dan lengannya mulai membaik",
            "Baru pulih bila tetap baik di dua kunjungan",
            "Mari teruskan makanan tambahannya dan datang lagi sesuai janji",
        ),
    ),
    "wasted": ReasonWords(
        "BB/TB di bawah -2 (gizi kurang)",
        "Berat anak belum sesuai tingginya.",
        "Hubungi keluarga dalam 24 jam dan temui anak paling lambat 3 hari: makan, penyakit, PMT lokal.",
        family_words("BBTB_KURANG"),
    ),
    "severely_underweight": ReasonWords(
        "BB/U di bawah -3, di bawah garis merah",
        "Berat anak jauh di bawah anak seusianya.",
        "Hubungi keluarga dalam 24 jam, temui anak paling lambat 3 hari, dan ukur tingginya.",
        family_words("BGM"),
    ),
    "two_t_below_red_line": ReasonWords(
        "Tidak naik dua kali (2T) dan di bawah garis merah",
        "Dua penimbangan berturut-turut belum naik cukup, dan beratnya di bawah garis merah.",
        "Hubungi keluarga dalam 24 jam dan temui anak paling lambat 3 hari.",
        family_words("BGM"),
    ),
    "infant_not_gaining": ReasonWords(
        "Berat bayi belum naik cukup, umur di bawah 6 bulan",
        "Kenaikan berat bayi kurang dari KBM.",
        "Hubungi ibu dalam 24 jam dan temui bayi paling lambat 3 hari: periksa cara dan frekuensi menyusu.",
        family_words("T"),
    ),
    "severely_short": ReasonWords(
        "TB/U di bawah -3, perlu dipastikan",
        "Panjang atau tinggi anak jauh di bawah anak seusianya. Satu kali ukur belum cukup.",
        _CONFIRM_LENGTH,
        family_words("TBU_SP"),
    ),
    "short": ReasonWords(
        "TB/U di bawah -2, perlu dipastikan",
        "Panjang atau tinggi anak di bawah anak seusianya. Satu kali ukur belum cukup.",
        _CONFIRM_LENGTH,
        family_words("TBU_P"),
    ),
    "underweight": ReasonWords(
        "BB/U di bawah -2",
        "Berat anak di bawah anak seusianya.",
        "Ukur tingginya untuk melihat BB/TB, lalu bicarakan makan atau ASI-nya minggu ini.",
        family_words("BBU_K"),
    ),
    "muac_yellow": ReasonWords(
        "LiLA 11,5 sampai 12,4 cm (kuning)",
        "Lingkar lengan atas pada pita kuning.",
        "Timbang dan ukur tingginya, lalu bicarakan makannya minggu ini.",
        family_words("LILA_KUNING"),
    ),
    "two_t": ReasonWords(
        "Tidak naik dua kali (2T)",
        "Dua penimbangan berturut-turut belum naik cukup.",
        "Temui anak minggu ini: cari sebabnya (makan, sakit, ASI) dan rujuk ke petugas.",
        family_words("2T"),
    ),
    "obese": ReasonWords(
        "BB/TB di atas +3",
        "Berat anak jauh di atas yang sesuai tingginya.",
        "Ukur ulang tingginya, lalu bicarakan makan dan geraknya bersama petugas gizi.",
        family_words("BBTB_OBES"),
    ),
    "head": ReasonWords(
        "Lingkar kepala di luar -2 sampai +2, perlu dipastikan",
        "Lingkar kepala berbeda dari kebanyakan anak seusianya.",
        "Ukur ulang lingkar kepala dan nilai perkembangannya minggu ini.",
        FamilyWords(
            "Lingkar kepalanya perlu diukur lagi",
            "Ukurannya berbeda dari kebanyakan anak seusianya",
            "Mari ukur ulang bersama petugas",
        ),
    ),
    "not_gained": ReasonWords(
        "Tidak naik (T)",
        "Kenaikan berat kurang dari KBM.",
        "Timbang ulang di posyandu berikutnya dan bicarakan makan atau ASI-nya.",
        family_words("T"),
    ),
    "not_gained_since_last": ReasonWords(
        "Belum naik cukup sejak penimbangan terakhir",
        "Ada bulan yang terlewat, dan kenaikan sejak itu kurang dari jumlah KBM bulan-bulan tersebut.",
        "Ajak datang bulan depan, timbang ulang, dan bicarakan makan atau ASI-nya.",
        family_words("T"),
    ),
    "overweight_risk": ReasonWords(
        "BB/TB di atas +1",
        "Berat anak di atas yang sesuai tingginya.",
        "Bicarakan makan dan geraknya di posyandu berikutnya.",
        family_words("BBTB_RISIKO"),
    ),
    "implausible": ReasonWords(
        "Angka tidak wajar, ukur ulang",
        "Ada hasil ukur di luar batas wajar; mungkin salah ketik atau salah baca.",
        "Ukur ulang di posyandu berikutnya, atau perbaiki angkanya bila salah ketik.",
        FamilyWords(
            "Mari diukur sekali lagi",
            "Angka yang tercatat di luar kebiasaan",
            "Mari ukur ulang bersama petugas di posyandu berikutnya",
        ),
    ),
    "home_length": ReasonWords(
        "Panjang dari rumah perlu diukur ulang",
        "Panjang yang diukur di rumah di bawah anak seusianya; alat di rumah sering meleset.",
        "Ukur ulang di posyandu berikutnya.",
        FamilyWords(
            "Panjangnya perlu diukur lagi di posyandu",
            "Alat ukur di rumah sering meleset",
            "Mari ukur ulang bersama petugas di posyandu berikutnya",
        ),
    ),
}


@dataclass(frozen=True)
class LevelWords:
    """How a level of attention is called: as a headline, as a filter, and with which tone."""

    headline: str
    short: str
    tone: str


LEVEL_WORDS: dict[Attention, LevelWords] = {
    Attention.SAME_DAY: LevelWords("Perlu dilihat hari ini", "Hari ini", "danger"),
    Attention.HIGH: LevelWords("Perlu dilihat dalam 3 hari", "3 hari", "attention"),
    Attention.MEDIUM: LevelWords("Perlu dilihat minggu ini", "Minggu ini", "attention"),
    Attention.ROUTINE: LevelWords("Perlu dilihat di posyandu berikutnya", "Posyandu berikutnya", "info"),
    Attention.NONE: LevelWords("Tidak ada yang perlu perhatian khusus", "Tidak ada", "good"),
}


def words_for(reasons: str) -> list[ReasonWords]:
    """The words of a row of LatestGrowth, the most urgent first; codes of older rules that are gone are left out."""
    return [REASON_WORDS[code] for code in reasons.split() if code in REASON_WORDS]
