"""What the care of children puts into a person's copy."""

from ceting.care.child_health.models import (
    BreastfeedingMonth,
    Confirmation,
    DevelopmentScreen,
    Diagnosis,
    Entry,
    FeedingRecall,
    Finding,
    FindingCode,
    FoodDays,
    IllnessReport,
    Immunisation,
    NewbornVisit,
    Referral,
    ReferralReason,
    Strike,
    Supplement,
)
from ceting.registry.rights.contributing import Table, contribute
from ceting.standards.child import food_days, illness
from ceting.standards.child.doses import known_doses
from ceting.standards.child.feeding import group_label
from ceting.standards.numbers import format_date
from ceting.standards.words import family_words

FAMILY_WORDS = {
    FindingCode.LENGTH: "TBU_P",
    FindingCode.WASTING: "BBTB_KURANG",
    FindingCode.SEVERE: "GB_BBTB",
    FindingCode.WEIGHT: "BBU_K",
    FindingCode.DEVELOPMENT: "KPSP_P",
    FindingCode.BIRTH: "BIRTH_LOW",
}
"""Finding -> code of the words that a family reads; the others read the same for everybody."""
HERS = (("children", "entry__child"), ("children", "entry__origin"))
FOUND = (("children", "finding__entry__child"), ("children", "finding__entry__origin"))


def _day(row: object) -> str:
    entry: Entry = row.entry  # type: ignore[attr-defined]
    return format_date(entry.happened_on)


def _what(finding: Finding) -> str:
    """As a family reads it: her copy holds none of the words that only staff use."""
    code = FAMILY_WORDS.get(FindingCode(finding.code))
    return family_words(code).what if code else finding.get_code_display()


def _why(row: Referral) -> str:
    severe = row.reason == ReferralReason.SEVERE
    return family_words("GB_BBTB").what if severe else row.get_reason_display()


def _signs(codes: str) -> str:
    return ", ".join(illness.label_of(code) for code in codes.split())


contribute(
    Table(
        Entry,
        "Pelayanan anak",
        (("children", "child"), ("children", "origin")),
        {
            "child": "Anak",
            "kind": "Pelayanan",
            "happened_on": "Tanggal",
            "place": "Tempat",
            "given_by": "Oleh",
            "recorded_by": "Dicatat oleh",
            "puskesmas": "Puskesmas",
            "rules_version": "Versi aturan",
            "created_at": "Dicatat pada",
        },
        {
            "origin": "the double for whom it was written; the doubles are copied too",
            "limits": "the thresholds of the puskesmas, which are told by what they led to",
        },
    ),
    Table(
        Immunisation,
        "Imunisasi",
        HERS,
        {"entry": "Tanggal", "dose": "Dosis", "lot": "Nomor batch"},
        words={"entry": _day, "dose": lambda row: known_doses()[row.dose].label},
    ),
    Table(
        Strike,
        "Catatan pelayanan yang dicoret",
        HERS,
        {"entry": "Tanggal", "reason": "Alasan", "created_at": "Dicoret pada"},
        words={"entry": _day},
    ),
    Table(
        Supplement,
        "Vitamin A dan obat cacing",
        HERS,
        {"entry": "Tanggal", "item": "Apa", "what": "Dosis"},
        words={"entry": _day},
    ),
    Table(
        BreastfeedingMonth,
        "ASI bulan demi bulan",
        HERS,
        {"entry": "Ditanyakan", "month": "Bulan ke", "answer": "Jawaban"},
        words={"entry": _day},
    ),
    Table(
        FeedingRecall,
        "Makan kemarin",
        HERS,
        {
            "entry": "Ditanyakan",
            "groups": "Yang dimakan",
            "meals": "Berapa kali makan",
            "milk_feeds": "Berapa kali minum susu",
            "breastfed": "Masih ASI",
        },
        words={
            "entry": _day,
            "groups": lambda row: ", ".join(group_label(int(each)) for each in row.groups.split()),
        },
    ),
    Table(
        DevelopmentScreen,
        "Perkembangan (KPSP)",
        HERS,
        {
            "entry": "Tanggal",
            "age_month": "Kuesioner umur (bulan)",
            "yes": "Jawaban ya",
            "answers": "Jawaban 1 sampai 10 (1 = ya)",
            "questions": "Pertanyaan",
        },
        words={"entry": _day, "questions": lambda row: row.questions.source if row.questions else ""},
    ),
    Table(
        NewbornVisit,
        "Kunjungan bayi baru lahir",
        HERS,
        {
            "entry": "Tanggal",
            "suckles": "Menyusu kuat",
            "cord_clean": "Tali pusat bersih",
            "vitamin_k": "Vitamin K1",
            "eye_ointment": "Salep mata",
            "temperature_c": "Suhu",
            "signs": "Tanda yang terlihat",
            "note": "Catatan petugas",
        },
        words={"entry": _day, "signs": lambda row: _signs(row.signs)},
    ),
    Table(
        IllnessReport,
        "Keluhan",
        HERS,
        {"entry": "Tanggal", "signs": "Keluhan", "words": "Kata keluarga"},
        words={"entry": _day, "signs": lambda row: _signs(row.signs)},
    ),
    Table(
        FoodDays,
        "Makanan tambahan (PMT)",
        HERS,
        {"entry": "Tanggal", "reason": "Alasan", "days": "Banyaknya hari"},
        words={"entry": _day, "reason": lambda row: food_days.reason_of(row.reason).label},
    ),
    Table(
        Referral,
        "Rujukan",
        HERS,
        {"entry": "Tanggal", "reason": "Alasan", "destination": "Ke mana", "note": "Catatan petugas"},
        words={"entry": _day, "reason": _why},
    ),
    Table(
        Finding,
        "Yang perlu dipastikan",
        HERS,
        {"entry": "Tanggal", "code": "Apa", "words": "Keterangan"},
        words={"entry": _day, "code": _what},
    ),
    Table(
        Confirmation,
        "Yang sudah dipastikan",
        FOUND,
        {
            "finding": "Apa",
            "holds": "Benar",
            "confirmed_on": "Tanggal",
            "by": "Oleh",
            "note": "Catatan petugas",
            "created_at": "Dicatat pada",
        },
        words={"finding": lambda row: _what(row.finding)},
    ),
    Table(
        Diagnosis,
        "Diagnosis dokter",
        FOUND,
        {
            "finding": "Tentang",
            "words": "Diagnosis",
            "diagnosed_on": "Tanggal",
            "by": "Dokter",
            "created_at": "Dicatat pada",
        },
        words={"finding": lambda row: _what(row.finding)},
    ),
)
