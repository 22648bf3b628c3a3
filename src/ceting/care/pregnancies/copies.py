"""What pregnancies put into a person's copy."""

from typing import Any

from django.db import models

from ceting.care.pregnancies.models import (
    BirthPlan,
    Born,
    ClassAttendance,
    Contact,
    ContactWithdrawal,
    ExtraFood,
    NamedClinician,
    NamedResult,
    Outcome,
    OutcomeUndoing,
    PostnatalVisit,
    Pregnancy,
    StatedRisk,
)
from ceting.registry.rights.contributing import Table, contribute, keep_out
from ceting.standards.numbers import format_date
from ceting.standards.pregnancy import danger_signs, kspr, preeclampsia
from ceting.standards.words import family_words

MACHINERY = ("id", "version", "created_at", "by")
WHEN = {"created_at": "Dicatat pada"}
JUDGED = ("kek", "anaemia", "pressure", "gain", "fundal", "heart")
IN_A_TABLE = {"pregnancy": "the pregnancy is a table of its own"}
OF_WOMAN = (("caregivers", "pregnancy__woman"),)


def _labels(model: type[models.Model], left_out: dict[str, str], **more: str) -> dict[str, str]:
    """Field -> its name as people read it, for every field that isn't left out."""
    labels = {}
    for field in model._meta.concrete_fields:
        if field.name not in MACHINERY and field.name not in left_out:
            name = more.pop(field.name, "") or str(field.verbose_name)
            labels[field.name] = name[:1].upper() + name[1:]
    return labels | WHEN


def _signs(row: Any) -> str:
    return ", ".join(danger_signs.danger_sign(code).label for code in row.danger_signs.split())


def _risk(row: StatedRisk) -> str:
    if row.card == "kspr":
        return kspr.factor(row.code).label
    return preeclampsia.item(row.code).label


def _judged(name: str) -> Any:
    """As a family reads it: her copy holds no code of ours."""
    return lambda row: family_words(getattr(row, name)).what if getattr(row, name) else ""


_PREGNANCY_OUT = {
    "rules_version": "which release of the rules judged it",
    "woman": "the caregiver is a table of its own",
    "risk_score": "the sum of the lines that are told beside it",
}
_CONTACT_OUT = {
    **IN_A_TABLE,
    "limits": "the thresholds of the puskesmas, which are told by what they led to",
    "rules_version": "which release of the rules judged it",
    "slot": "the schedule's name for it",
    "trimester": "follows from the age beside it",
}
_OUTCOME_OUT = IN_A_TABLE | {"form_key": "which form it came with"}

contribute(
    Table(
        Pregnancy,
        "Kehamilan",
        (("caregivers", "woman"),),
        _labels(
            Pregnancy,
            _PREGNANCY_OUT,
            posyandu="Posyandu",
            puskesmas="Puskesmas",
            started_on="Umur kehamilan dihitung sejak",
            due_on="Perkiraan lahir",
            is_open="Masih berlangsung",
            ended_on="Berakhir",
            risk_group="Kartu skor kehamilan",
            kek="Ibu perlu tambahan gizi",
            anaemia="Hb terakhir",
            tablets_taken="Tablet diminum seluruhnya",
            next_contact="Pemeriksaan berikutnya",
            next_from="Pemeriksaan berikutnya mulai",
            next_until="Pemeriksaan berikutnya sampai",
        ),
        _PREGNANCY_OUT,
        words={"anaemia": _judged("anaemia"), "risk_group": _judged("risk_group")},
    ),
    Table(
        Contact,
        "Pemeriksaan kehamilan",
        OF_WOMAN,
        _labels(
            Contact,
            _CONTACT_OUT,
            puskesmas="Puskesmas",
            danger_signs="Keluhan dan tanda bahaya",
            corrects="Memperbaiki pemeriksaan tanggal",
            reason="Alasan",
            age_days="Umur kehamilan (hari)",
            kek="Ibu perlu tambahan gizi",
            anaemia="Arti Hb",
            pressure="Arti tekanan darah",
            map_mm_hg="Tekanan arteri rata-rata",
            map_positive="Tekanan arteri rata-rata tinggi",
            gain_kg="Kenaikan berat (kg)",
            gain="Arti kenaikan berat",
            fundal="Arti tinggi fundus",
            heart="Arti denyut jantung janin",
        ),
        _CONTACT_OUT,
        words={
            "danger_signs": _signs,
            "corrects": lambda row: format_date(row.corrects.on) if row.corrects else "",
            **{name: _judged(name) for name in JUDGED if name != "kek"},
        },
    ),
    Table(
        ContactWithdrawal,
        "Pemeriksaan kehamilan yang ditarik",
        (("caregivers", "contact__pregnancy__woman"),),
        {"contact": "Tanggal periksa", "reason": "Alasan", **WHEN},
        words={"contact": lambda row: format_date(row.contact.on)},
    ),
    Table(
        StatedRisk,
        "Faktor risiko yang dicatat",
        OF_WOMAN,
        {
            "card": "Kartu",
            "code": "Faktor",
            "stated_on": "Dicatat tanggal",
            "withdrawn_on": "Ditarik tanggal",
            "withdrawn_because": "Alasan ditarik",
            **WHEN,
        },
        IN_A_TABLE,
        words={"code": _risk},
    ),
    Table(BirthPlan, "Rencana persalinan", OF_WOMAN, _labels(BirthPlan, IN_A_TABLE), IN_A_TABLE),
    Table(ClassAttendance, "Kelas ibu hamil", OF_WOMAN, _labels(ClassAttendance, IN_A_TABLE), IN_A_TABLE),
    Table(ExtraFood, "Makanan tambahan", OF_WOMAN, _labels(ExtraFood, IN_A_TABLE), IN_A_TABLE),
    Table(
        Outcome,
        "Akhir kehamilan",
        OF_WOMAN,
        _labels(
            Outcome,
            _OUTCOME_OUT,
            kind="Bagaimana",
            age_days="Umur kehamilan (hari)",
            stillborn="Bayi yang meninggal",
        ),
        _OUTCOME_OUT,
    ),
    Table(
        OutcomeUndoing,
        "Akhir kehamilan yang dibatalkan",
        (("caregivers", "outcome__pregnancy__woman"),),
        {"outcome": "Tanggal", "reason": "Alasan", **WHEN},
        words={"outcome": lambda row: format_date(row.outcome.ended_on)},
    ),
    Table(
        Born,
        "Kelahiran",
        (("caregivers", "pregnancy__woman"), ("children", "child")),
        _labels(
            Born,
            IN_A_TABLE | {"outcome": "the end of the pregnancy is a table of its own"},
            child="Anak",
            order="Anak ke",
        ),
        IN_A_TABLE | {"outcome": "the end of the pregnancy is a table of its own"},
        only=lambda rows: rows.filter(outcome__undoing=None),
    ),
    Table(
        PostnatalVisit,
        "Kunjungan nifas",
        OF_WOMAN,
        _labels(PostnatalVisit, IN_A_TABLE, slot="Kunjungan", danger_signs="Keluhan dan tanda bahaya"),
        IN_A_TABLE,
        words={"danger_signs": _signs},
        only=lambda rows: rows.standing(),
    ),
)
keep_out(
    NamedResult, "told in person by the clinicians named on the record, never on a paper that others may find"
)
keep_out(NamedClinician, "who may read the named results; told with them")
