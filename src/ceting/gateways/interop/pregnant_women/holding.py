"""What other people have built on women and pregnancies that an import wrote: those stay when it is taken back."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel

from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.messaging.models import OptIn
from ceting.gateways.interop.holding import Hold, hold_of, name_of, relations_of, rows_of
from ceting.registry.families.models import Caregiver

PARTS = frozenset(
    {
        # What imports themselves remember; other imports are asked in undoing.py.
        *("pregnant_women.WomenOutcome.pregnancy", "pregnant_women.WomenOutcome.woman"),
        *("pregnant_women.WomenDecision.woman", "families.CaregiverEnding.caregiver"),
        # Asked for by themselves: one that is taken back with her holds nobody.
        "pregnancies.Pregnancy.woman",
    }
)
WORDS: Mapping[str, str] = {
    "pregnancies.Contact.pregnancy": "Pemeriksaan dicatat",
    "pregnancies.StatedRisk.pregnancy": "Risiko dicatat",
    "pregnancies.BirthPlan.pregnancy": "Rencana persalinan dicatat",
    "pregnancies.ClassAttendance.pregnancy": "Kelas ibu hamil dicatat",
    "pregnancies.ExtraFood.pregnancy": "PMT dicatat",
    "pregnancies.NamedClinician.pregnancy": "Petugas untuk catatan khusus ditunjuk",
    "pregnancies.NamedResult.pregnancy": "Catatan khusus ditulis",
    "pregnancies.Outcome.pregnancy": "Akhir kehamilan dicatat",
    "pregnancies.Born.pregnancy": "Kelahiran dicatat",
    "pregnancies.PostnatalVisit.pregnancy": "Kunjungan nifas dicatat",
    "families.Child.mother": "Anaknya terdaftar",
    "families.CaregiverDeath.caregiver": "Kematiannya dicatat",
    "families.MainCaregiver.caregiver": "Pengasuh utama dicatat",
    "rights.Consent.caregiver": "Persetujuan dicatat",
    "rights.DataRequest.caregiver": "Permintaan keluarga atas datanya dicatat",
}


def holds_on_pregnancies(pregnancies: Iterable[Pregnancy]) -> dict[UUID, Hold]:
    """Pregnancy -> what holds it."""
    by_key = {each.pk: each for each in pregnancies}
    found = _holds(Pregnancy, by_key)
    for key, each in by_key.items():
        if not each.is_open:
            found.setdefault(key, Hold("ended", "Akhir kehamilan sudah dicatat."))
        elif each.version > 1:
            found.setdefault(key, Hold("changed", "Data kehamilan diubah sesudah impor."))
    return found


def holds_on_women(women: Iterable[Caregiver]) -> dict[UUID, Hold]:
    """Woman -> what holds her, after her pregnancies were taken back."""
    by_key = {each.pk: each for each in women}
    found = _holds(Caregiver, by_key)
    for key in Pregnancy.objects.meant().filter(woman__in=by_key).values_list("woman", flat=True):
        found.setdefault(key, Hold("pregnancy", "Kehamilannya tercatat."))
    for key in OptIn.objects.filter(recipient_id__in=by_key).values_list("recipient_id", flat=True):
        found.setdefault(key, Hold("opt_in", "Jawaban tentang pesan dicatat."))
    for key, each in by_key.items():
        if each.version > 1:
            found.setdefault(key, Hold("changed", "Data ibu diubah sesudah impor."))
    return found


def _holds(model: type[Model], keys: Collection[UUID]) -> dict[UUID, Hold]:
    found: dict[UUID, Hold] = {}
    for relation in _relations(model):
        for row in rows_of(relation, keys):
            found.setdefault(getattr(row, relation.field.attname), hold_of(relation, row, WORDS))
    return found


def _relations(model: type[Model]) -> list[ForeignObjectRel]:
    return [relation for relation in relations_of(model) if name_of(relation) not in PARTS]
