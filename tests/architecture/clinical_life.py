"""A life at Posyandu Melati that fills every clinical and every named field, and the same life told otherwise.

Whoever adds a model with such a field adds a row here: tests/architecture/test_clinical_fields.py asks for one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from ceting.care.child_health import finding_operations
from ceting.care.child_health import operations as child_health
from ceting.care.child_health.drafts import FindingDraft, NewbornDraft, ReferralDraft
from ceting.care.pregnancies import operations as pregnancies
from ceting.care.pregnancies import outcome_operations, support_operations
from ceting.care.pregnancies.drafts import ContactDraft, PregnancyDraft
from ceting.care.pregnancies.models import Card, NamedKind, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, PostnatalDraft
from ceting.care.pregnancies.outcome_drafts import NewbornDraft as BornDraft
from ceting.foundation.core.classification import FieldClass, class_of
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from tests.architecture import house
from tests.architecture.addresses import Melati
from tests.cast import Cast


@dataclass(frozen=True)
class Secret:
    """A field that not everybody who sees its row may read."""

    model: type[models.Model]
    field: "models.Field[Any, Any]"

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.field.name}"

    def tell_otherwise(self) -> int:
        """Give every row another value, past the verbs; the number of rows that had one."""
        rows = [row for row in self.model._base_manager.all() if _says(getattr(row, self.field.attname))]
        for row in rows:
            told = _otherwise(self, row)
            assert told[self.field.attname] != getattr(row, self.field.attname), f"{self} says the same again"
            self.model._base_manager.filter(pk=row.pk).update(**told)
        return len(rows)


def secrets_of(*classes: FieldClass) -> list[Secret]:
    """Every field of these classes in the house."""
    ours = (model for model in apps.get_models() if house.app_of(model.__module__))
    return [
        Secret(model, field)
        for model in ours
        for field in model._meta.concrete_fields
        if class_of(model, field.name) in classes
    ]


def _says(value: object) -> bool:
    return value is not None and value != ""


def _otherwise(secret: Secret, row: models.Model) -> dict[str, Any]:
    field, value = secret.field, getattr(row, secret.field.attname)
    if str(secret) in CHOSEN:
        return CHOSEN[str(secret)]
    if field.choices:
        other = next(code for code, _ in field.flatchoices if code not in (value, ""))
    elif isinstance(field, models.ForeignKey):
        taken = secret.model._base_manager.values(field.attname)
        other = User.objects.exclude(pk__in=taken).order_by("pk").values_list("pk", flat=True)[0]
    else:
        other = _shifted(value)
    return {field.attname: other}


def _shifted(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, Decimal):
        return value + Decimal("0.3")
    if isinstance(value, date):
        return value - timedelta(days=1)
    if isinstance(value, str):
        return f"{value} lain"
    raise TypeError(f"say in CHOSEN what else {value!r} could be")


CHOSEN: dict[str, dict[str, Any]] = {
    "StatedRisk.card": {"card": "preeclampsia", "code": "diabetes"},
    "StatedRisk.code": {"card": "kspr", "code": "9b"},
    "Pregnancy.anaemia": {"anaemia": "ANEMIA_SEDANG"},
    "Contact.anaemia": {"anaemia": "ANEMIA_SEDANG"},
    "Contact.fundal": {"fundal": "TFU_BESAR"},
    "Contact.heart": {"heart": "DJJ_LAMBAT"},
}
"""Fields that aren't free: a line belongs to its card, a result has its code."""


def live(melati: Melati) -> Melati:
    """Ibu Sari's pregnancy with everything that was looked at; Ibu Rahmi's, who gave birth; a mistake undone."""
    cast = melati.cast
    assert melati.values, "named while each row is the only one of its kind"
    _look_at(Pregnancy.objects.open().get(), cast)
    _give_birth(cast)
    _undo_an_end(cast)
    _diagnose(cast)
    return melati


def pages_of(melati: Melati) -> Iterator[dict[str, str]]:
    """What fills the addresses: Ibu Sari's rows, then Ibu Rahmi's, then Ibu Desi's."""
    yield melati.values
    ended = Pregnancy.objects.filter(is_open=False).order_by("started_on")[0]
    born = ended.born.get()
    yield {
        **melati.values,
        "pregnancy_id": str(ended.pk),
        "caregiver_id": str(ended.woman_id),
        "contact_id": str(ended.contacts.get().pk),
        "child_id": str(born.child_id),
    }
    mistaken = Pregnancy.objects.exclude(outcomes__undoing=None).get()
    yield {**melati.values, "pregnancy_id": str(mistaken.pk), "caregiver_id": str(mistaken.woman_id)}


def _look_at(pregnancy: Pregnancy, cast: Cast) -> None:
    by = cast.bidan_rina
    told = {
        "gravida": 3,
        "abortions": 1,
        "living_children": 1,
        "last_birth_on": date(2024, 9, 20),
        "married_on": date(2022, 4, 17),
        "blood_group": "AB",
        "height_cm": Decimal("152.0"),
        "pre_weight_kg": Decimal("50.5"),
    }
    pregnancies.change(pregnancy, told, base_version=pregnancy.version, by=by)
    seen = ContactDraft(
        cast.today - timedelta(days=3), "puskesmas", "midwife",
        weight_kg=Decimal("57.9"), muac_cm=Decimal("24.1"), systolic=113, diastolic=72, hb_g_dl=Decimal("11.9"),
        fundal_cm=Decimal("17.5"), fetal_heart=143, presentation="breech", fetuses=1, urine_protein="tr",
        glucose_mg_dl=93, product="ttd", tablets_given=30, tablets_taken=27, scan_done=True, lab_done=True,
        mental_screened=True, treated=True, note="Mual pagi hari",
    )  # fmt: skip
    pregnancies.record_contact(pregnancy, seen, by=by)
    support_operations.state_risks(pregnancy, Card.KSPR, ["9a", "11b"], by=by)
    support_operations.state_risks(pregnancy, Card.KSPR, ["9a"], by=by, reason="Ternyata ibu lain")
    support_operations.name_clinician(pregnancy, cast.dr_hasan, by=by)
    former = support_operations.name_clinician(pregnancy, cast.petugas_gizi_dewi, by=by)
    support_operations.end_naming(former, by=by)
    support_operations.record_named_result(
        pregnancy, NamedKind.SYPHILIS, on=cast.today, result="Reaktif, diobati", by=cast.dr_hasan
    )


def _give_birth(cast: Cast) -> None:
    by = cast.bidan_rina
    woman = cast.child("Fikri", mother="Ibu Rahmi", months=50).mother
    assert woman is not None
    started = cast.today - timedelta(days=290)
    told = PregnancyDraft(lmp=started, gravida=2, para=1)
    pregnancy = pregnancies.register(told, woman=woman, posyandu=cast.melati, by=by)
    seen = ContactDraft(
        started + timedelta(days=200),
        "puskesmas",
        "midwife",
        hb_g_dl=Decimal("11.7"),
        fundal_cm=Decimal("27.0"),
    )
    pregnancies.record_contact(pregnancy, seen, by=by)
    outcome_operations.end(pregnancy, _birth(started + timedelta(days=274)), by=by)
    _visit_her(pregnancy, started + timedelta(days=276), cast)
    _look_at_the_baby(pregnancy.born.get().child, cast)


def _birth(on: date) -> EndDraft:
    born = BornDraft(
        1, "Hafiz", Decimal("3.1"), Decimal("49.0"), Decimal("33.7"),
        early_breastfeeding=True, cried=True, vitamin_k=True, eye_ointment=True,
    )  # fmt: skip
    return EndDraft(
        "birth", on, place="hospital", attendant="specialist", delivery="caesarean",
        complications="Perdarahan", note="Ketuban keruh", stillborn=0, children=(born,),
    )  # fmt: skip


def _visit_her(pregnancy: Pregnancy, on: date, cast: Cast) -> None:
    visit = PostnatalDraft(
        on, "home", "midwife", systolic=117, diastolic=76,
        temperature_c=Decimal("37.2"), contraception="IUD", note="Luka kering", vitamin_a=2,
    )  # fmt: skip
    outcome_operations.record_postnatal_visit(pregnancy, visit, by=cast.bidan_rina)


def _look_at_the_baby(child: Child, cast: Cast) -> None:
    seen = NewbornDraft(
        child=child, on=child.birth_date + timedelta(days=2), suckles=True, temperature_c=Decimal("36.9"),
        note="Kulit agak kuning",
    )  # fmt: skip
    child_health.record([seen], by=cast.bidan_rina)


def _undo_an_end(cast: Cast) -> None:
    woman = cast.child("Naila", mother="Ibu Desi", months=40).mother
    assert woman is not None
    told = PregnancyDraft(lmp=cast.today - timedelta(days=90))
    pregnancy = pregnancies.register(told, woman=woman, posyandu=cast.melati, by=cast.bidan_rina)
    gone = EndDraft("moved", cast.today - timedelta(days=1))
    outcome_operations.end(pregnancy, gone, by=cast.bidan_rina)
    outcome_operations.undo_end(pregnancy, reason="Keluarganya tidak jadi pindah", by=cast.bidan_rina)


def _diagnose(cast: Cast) -> None:
    sent = ReferralDraft(
        child=cast.aisyah, on=cast.today, reason="severe", destination="RSUD", note="Tidak mau makan"
    )
    found = FindingDraft(child=cast.aisyah, on=cast.today, code="length")
    _, finding = child_health.record([sent, found], by=cast.bidan_rina)
    finding_operations.confirm(finding, holds=True, on=cast.today, note="Diukur dua kali", by=cast.bidan_rina)
    finding_operations.diagnose(finding, words="Stunting, anemia", on=cast.today, by=cast.dr_hasan)
