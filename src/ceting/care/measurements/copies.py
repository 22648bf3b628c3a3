"""What measurements put into a person's copy."""

from ceting.care.measurements.models import LatestGrowth, Measurement, Withdrawal
from ceting.care.measurements.sheet_models import PaperSheetLine
from ceting.registry.rights.contributing import Table, contribute, keep_out
from ceting.standards.numbers import format_date
from ceting.standards.words import family_words

FLAG_WORDS = {
    "w": "berat",
    "l": "panjang atau tinggi",
    "f": "berat menurut panjang",
    "b": "indeks massa tubuh",
    "h": "lingkar kepala",
    "a": "LiLA",
}


def _class_words(code: str) -> str:
    """As a family reads it: her copy holds no code of ours."""
    return family_words(code).what if code else ""


contribute(
    Table(
        Measurement,
        "Penimbangan dan pengukuran",
        (("children", "child"), ("children", "origin")),
        {
            "child": "Anak",
            "measured_on": "Tanggal ukur",
            "weight_kg": "Berat (kg)",
            "lenhei_cm": "Panjang/tinggi (cm)",
            "position": "Posisi",
            "head_cm": "Lingkar kepala (cm)",
            "muac_cm": "LiLA (cm)",
            "oedema": "Bengkak kedua kaki",
            "source": "Diukur di mana",
            "session": "Hari posyandu",
            "measured_by": "Diukur oleh",
            "team": "Pengukur dan pembantu",
            "recorded_by": "Dicatat oleh",
            "corrects": "Memperbaiki hasil ukur tanggal",
            "reason": "Alasan",
            "age_days": "Umur (hari)",
            "corrected_age_days": "Umur koreksi (hari)",
            "zwei": "Nilai BB/U",
            "zlen": "Nilai PB/U atau TB/U",
            "zwfl": "Nilai BB/PB atau BB/TB",
            "zbmi": "Nilai IMT/U",
            "zhc": "Nilai LK/U",
            "zac": "Nilai LiLA/U",
            "flags": "Nilai yang perlu diukur ulang",
            "wfa": "BB/U",
            "lfa": "PB/U atau TB/U",
            "wfl": "BB/PB atau BB/TB",
            "bmi_class": "IMT/U",
            "status": "Status bulan itu",
            "gain_g": "Kenaikan (g)",
            "minimum_gain_g": "Kenaikan minimal (g)",
            "two_t": "Dua kali tidak naik",
            "below_red_line": "Di bawah garis merah",
            "above_orange_line": "Di atas garis oranye",
            "rules_version": "Versi aturan",
            "puskesmas": "Puskesmas",
            "created_at": "Dicatat pada",
        },
        {"origin": "the double for whom it was written; the doubles are copied too"},
        words={
            "corrects": lambda row: format_date(row.corrects.measured_on) if row.corrects else "",
            "team": lambda row: row.team.words if row.team else "",
            "flags": lambda row: ", ".join(FLAG_WORDS[letter] for letter in row.flags),
            "wfa": lambda row: _class_words(row.wfa),
            "lfa": lambda row: _class_words(row.lfa),
            "wfl": lambda row: _class_words(row.wfl),
            "bmi_class": lambda row: _class_words(row.bmi_class),
        },
        related=("team__measurer", "team__assistant", "session__posyandu"),
    ),
    Table(
        Withdrawal,
        "Hasil ukur yang dicoret",
        (("children", "measurement__child"), ("children", "measurement__origin")),
        {
            "measurement": "Tanggal ukur",
            "reason": "Alasan",
            "by": "Dicoret oleh",
            "created_at": "Dicoret pada",
        },
        words={"measurement": lambda row: format_date(row.measurement.measured_on)},
    ),
    Table(
        PaperSheetLine,
        "Lembar kertas hari posyandu",
        (("children", "child"),),
        {"sheet": "Lembar", "number": "Baris ke", "child": "Anak", "created_at": "Dicetak pada"},
        words={"sheet": lambda row: f"{row.sheet.posyandu}, {format_date(row.sheet.held_on)}"},
        related=("sheet__posyandu",),
    ),
)
keep_out(LatestGrowth, "a copy of her last measurements, for lists; the measurements are copied")
