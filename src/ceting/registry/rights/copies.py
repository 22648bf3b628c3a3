"""What the registry itself puts into a person's copy."""

from ceting.registry.families import models as families
from ceting.registry.rights import message_copies  # noqa: F401  its tables come with these
from ceting.registry.rights import models as rights
from ceting.registry.rights.contributing import Table, contribute, keep_out
from ceting.registry.rights.wordings import Scope, wording

_WHEN = {"created_at": "Dicatat pada"}
_PLACE = {"village": "Kelurahan", "rw": "RW", "rt": "RT", "address": "Alamat"}
_SEARCH = {"name_key": "the name as the search spells it"}
_BY = {"by": "Dicatat oleh"}

contribute(
    Table(
        families.Child,
        "Anak",
        (("children", "pk"),),
        {
            "name": "Nama",
            "sex": "Jenis kelamin",
            "birth_date": "Tanggal lahir",
            "nik": "NIK",
            "mother": "Ibu",
            "posyandu": "Posyandu",
            "puskesmas": "Puskesmas",
            "birth_weight_kg": "Berat lahir (kg)",
            "birth_length_cm": "Panjang lahir (cm)",
            "gestation_days": "Umur kehamilan saat lahir (hari)",
            "has_kia_book": "Punya Buku KIA",
            "is_here": "Terdaftar di sini",
            "died_on": "Meninggal",
            **_WHEN,
        },
        {**_SEARCH, "household": "the household is a table of its own"},
    ),
    Table(
        families.Caregiver,
        "Pengasuh",
        (("caregivers", "pk"),),
        {
            "name": "Nama",
            "relation": "Hubungan",
            "birth_date": "Tanggal lahir",
            "nik": "NIK",
            "phone": "Nomor HP",
            "died_on": "Meninggal",
            "puskesmas": "Puskesmas",
            **_WHEN,
        },
        {**_SEARCH, "household": "the household is a table of its own"},
    ),
    Table(
        families.Household,
        "Keluarga",
        (("households", "pk"),),
        {"kk": "Nomor KK", **_PLACE, "puskesmas": "Puskesmas", **_WHEN},
    ),
    Table(
        families.HouseholdMove,
        "Tempat tinggal sebelumnya",
        (("households", "household"),),
        {**_PLACE, "created_at": "Sampai", **_BY},
        {"household": "the same household"},
    ),
    Table(
        families.CaregiverEnding,
        "Tidak lagi mengasuh",
        (("caregivers", "caregiver"),),
        {"caregiver": "Pengasuh", "ended_on": "Sejak", "reason": "Alasan", **_BY, **_WHEN},
    ),
    Table(
        families.CaregiverDeath,
        "Pengasuh meninggal",
        (("caregivers", "caregiver"),),
        {"caregiver": "Pengasuh", "died_on": "Tanggal", **_BY, **_WHEN},
    ),
    Table(
        families.CaregiverDeathUndoing,
        "Catatan pengasuh meninggal yang dibatalkan",
        (("caregivers", "death__caregiver"),),
        {"reason": "Alasan", **_BY, **_WHEN},
        {"death": "the record of it stands in its own table"},
    ),
    Table(
        families.MainCaregiver,
        "Pengasuh utama",
        (("children", "child"), ("caregivers", "caregiver")),
        {
            "child": "Anak",
            "caregiver": "Pengasuh",
            "since": "Sejak",
            "until": "Sampai",
            "reason": "Alasan",
            **_BY,
            **_WHEN,
        },
    ),
    Table(
        families.FamilyChange,
        "Pindah keluarga",
        (("children", "child"),),
        {"child": "Anak", "since": "Sejak", "reason": "Alasan", **_BY, **_WHEN},
        {"left": "another household, whose data isn't hers", "joined": "the household is a table of its own"},
    ),
    Table(
        families.Stay,
        "Riwayat tinggal",
        (("children", "child"),),
        {
            "child": "Anak",
            "posyandu": "Posyandu",
            "puskesmas": "Puskesmas",
            "since": "Sejak",
            "until": "Sampai",
            "arrival": "Datang",
            "departure": "Pergi",
            **_BY,
            **_WHEN,
        },
    ),
    Table(
        families.Move,
        "Perpindahan",
        (("children", "child"),),
        {
            "child": "Anak",
            "kind": "Jenis",
            "on": "Tanggal",
            "from_posyandu": "Dari",
            "to_posyandu": "Ke posyandu",
            "to_puskesmas": "Ke puskesmas",
            "reason": "Keterangan",
            **_BY,
            **_WHEN,
        },
        {"answers": "the handing over stands in the same table"},
    ),
    Table(
        families.MoveUndoing,
        "Perpindahan yang dibatalkan",
        (("children", "move__child"),),
        {"reason": "Alasan", **_BY, **_WHEN},
        {"move": "the move stands in its own table"},
    ),
    Table(
        families.Death,
        "Meninggal",
        (("children", "child"),),
        {"child": "Anak", "died_on": "Tanggal", "place": "Tempat", **_BY, **_WHEN},
    ),
    Table(
        families.DeathUndoing,
        "Catatan meninggal yang dibatalkan",
        (("children", "death__child"),),
        {"reason": "Alasan", **_BY, **_WHEN},
        {"death": "the note stands in its own table"},
    ),
    Table(
        families.Merge,
        "Data ganda yang digabungkan",
        (("children", "kept"), ("children", "absorbed")),
        {
            "kept": "Data yang dipakai",
            "absorbed": "Digabungkan dari",
            "reason": "Alasan",
            "puskesmas": "Puskesmas",
            **_BY,
            **_WHEN,
        },
        {"chosen": "both children stand in the copy with their own values"},
    ),
    Table(
        families.MergeUndoing,
        "Penggabungan yang dibatalkan",
        (("children", "merge__kept"), ("children", "merge__absorbed")),
        {**_BY, **_WHEN},
        {"merge": "the merge stands in its own table", "left": "names of fields"},
    ),
    Table(
        families.ReportOutcome,
        "Laporan bayi baru lahir",
        (("children", "child"),),
        {"kind": "Hasil", "child": "Anak", "note": "Catatan", **_BY, **_WHEN},
        {"report": "told by somebody else, perhaps about several people"},
    ),
    Table(
        rights.Consent,
        "Persetujuan",
        (("children", "child"), ("caregivers", "caregiver")),
        {
            "scope": "Pemakaian",
            "wording": "Kata-katanya",
            "granted": "Setuju",
            "caregiver": "Dijawab oleh",
            "child": "Tentang anak",
            "channel": "Cara",
            "said_on": "Tanggal",
            "recorded_by": "Dicatat oleh",
            "puskesmas": "Puskesmas",
            **_WHEN,
        },
        words={"wording": lambda row: wording(Scope(row.scope), row.wording).text},
    ),
    Table(
        rights.ConsentWithdrawal,
        "Persetujuan yang ditarik",
        (("children", "consent__child"), ("caregivers", "consent__caregiver")),
        {
            "consent": "Pemakaian",
            "withdrawn_on": "Tanggal",
            "channel": "Cara",
            "note": "Catatan",
            "recorded_by": "Dicatat oleh",
            **_WHEN,
        },
        words={"consent": lambda row: row.consent.get_scope_display()},
    ),
    Table(
        rights.DataRequest,
        "Permintaan tentang data",
        (("children", "child"), ("caregivers", "caregiver"), ("households", "household")),
        {
            "kind": "Permintaan",
            "asked_by": "Diminta oleh",
            "child": "Tentang anak",
            "caregiver": "Tentang pengasuh",
            "channel": "Diterima lewat",
            "identity": "Orangnya dipastikan",
            "details": "Keterangan",
            "received_at": "Diterima",
            "recorded_by": "Dicatat oleh",
            "puskesmas": "Puskesmas",
            **_WHEN,
        },
        {"household": "the same household"},
    ),
    Table(
        rights.DataAnswer,
        "Jawaban atas permintaan",
        (
            ("children", "request__child"),
            ("caregivers", "request__caregiver"),
            ("households", "request__household"),
        ),
        {"outcome": "Jawaban", "reason": "Alasan", "answered_at": "Dijawab", "by": "Dijawab oleh", **_WHEN},
        {"request": "the request stands in its own table"},
    ),
)
contribute(
    Table(
        families.MistakenRegistration,
        "Pendaftaran yang keliru",
        (("children", "child"),),
        {"child": "Anak", "reason": "Alasan", **_BY, **_WHEN},
    )
)
keep_out(families.Unlooked, "a note for the night's search for doubles")
keep_out(
    families.LikelyPair, "a guess of the machine about two children, one of whom may be another family's"
)
keep_out(families.TwoChildren, "says that another family's child is another child")
keep_out(families.ChildWord, "the index of the search; the names themselves are copied")
