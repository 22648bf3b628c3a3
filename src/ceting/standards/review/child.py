"""The tables of care for children beside growth."""

from collections.abc import Mapping

from ceting.standards.review.lines import Section, keyed, lines, words

CHILD: Mapping[str, Section] = {
    "immunisation": Section(
        "Jadwal imunisasi rutin", lines("{code}", "Imunisasi {label} ({note})", "umur {age_month} bulan")
    ),
    "immunisation_limits": Section("Imunisasi: umur dan jarak", keyed),
    "supplementation": Section("Vitamin A dan obat cacing", keyed),
    "iycf_indicators": Section("Makan anak: indikator", keyed),
    "mpasi": Section(
        "Makan anak: MP-ASI menurut umur",
        lines(
            "{code}",
            "MP-ASI anak {from_month} sampai sebelum {until_month} bulan (ASI: {breastfed})",
            "{energy_kcal} kkal; {texture}; makan {meals}; selingan {snacks}; {portion}",
        ),
    ),
    "kpsp": Section(
        "KPSP: umur", lines("{age_month}", "Kuesioner KPSP ada untuk umur ini", "{age_month} bulan")
    ),
    "kpsp_interpretation": Section(
        "KPSP: arti jawaban", lines("{code}", "KPSP {label}: {action}", "{yes_from}-{yes_until} jawaban ya")
    ),
    "development": Section("KPSP: aturan umur", keyed),
    "newborn": Section("Bayi baru lahir dan umur koreksi", keyed),
    "child_signs": Section(
        "Keluhan dan tanda bahaya anak", lines("{code}", "{label} (umur: {age})", "{weight}")
    ),
    "child_sign_limits": Section("Tanda bahaya anak: umur", keyed),
    "pmt_lokal": Section("PMT lokal anak", lines("{code}", "PMT: {label}", "{days} hari")),
    "child_words": Section("Kata-kata: pelayanan anak", words),
}
