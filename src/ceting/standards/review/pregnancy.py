"""The tables of pregnancy, birth and their danger signs."""

from collections.abc import Mapping

from ceting.standards.review.lines import Section, keyed, lines, words

PREGNANCY: Mapping[str, Section] = {
    "pregnancy_thresholds": Section("Kehamilan: batas", keyed),
    "anc_visits": Section(
        "Kehamilan: jadwal pemeriksaan",
        lines(
            "{pattern}:{code}",
            "Pola {pattern}: {code} pada trimester {trimester}; dokter {doctor}, USG {ultrasound} (1 = perlu)",
            "dianjurkan minggu {advised_from_week}-{advised_until_week} ({rule})",
        ),
    ),
    "postnatal_visits": Section(
        "Kunjungan nifas dan bayi baru lahir", lines("{code}", "Waktu kunjungan {code}", "{meaning}")
    ),
    "anc_10T_12T": Section(
        "Kehamilan: 10T dan 12T",
        lines(
            "{no}",
            "{item} (10T {in_10T}, 12T {in_12T}; 1 = termasuk)",
            "setiap kontak: {each_contact}; sekali: {once}; lagi pada TM3: {again_third}",
        ),
    ),
    "anc_facts": Section(
        "Kehamilan: yang dicatat untuk 12T", lines("{code}", "Nama untuk {code}", "{label}")
    ),
    "gwg": Section(
        "Kehamilan: kenaikan berat",
        lines(
            "{code}",
            "IMT sebelum hamil {bmi} ({label})",
            "seluruhnya {total_least_kg}-{total_most_kg} kg; TM1 {first_least_kg}-{first_most_kg} kg; "
            "lalu {week_least_kg}-{week_most_kg} kg seminggu",
        ),
    ),
    "fundal_landmarks": Section(
        "Kehamilan: tempat fundus", lines("{from_week}", "TFU minggu {from_week}-{until_week}", "{landmark}")
    ),
    "porsi_ibu_hamil": Section(
        "Kehamilan: porsi makan sehari",
        lines("{code}", "{group} ({one_portion})", "TM1 {portions_first}, TM2-3 {portions_later} porsi"),
    ),
    "kspr": Section(
        "KSPR: faktor", lines("{code}", "Kelompok {group}: {factor}. Alasan: {reason}", "skor {score}")
    ),
    "kspr_groups": Section(
        "KSPR: kelompok",
        lines("{code}", "{name} ({colour}): {place}", "skor {score_from} sampai {score_until}"),
    ),
    "preeclampsia_screening": Section(
        "Skrining preeklampsia", lines("{code}", "{item} ({group}). Alasan: {reason}", "{counts_as}")
    ),
    "danger_signs": Section(
        "Tanda bahaya",
        lines(
            "{code}",
            "{sign} (darurat {emergency}, rahasia {confidential}, berat bila tekanan darah tinggi "
            "{with_high_pressure}; 1 = ya)",
            "{level}",
        ),
    ),
    "danger_actions": Section(
        "Tanda bahaya: yang dilakukan", lines("{code}", "Kalimat untuk {code}", "{action}")
    ),
    "levels": Section(
        "Seberapa cepat ditanggapi", lines("{code}", "{finding} (dibaca: {field_class})", "{level}")
    ),
    "pregnancy_words": Section("Kata-kata: pelayanan ibu", words),
}
