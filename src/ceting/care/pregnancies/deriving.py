"""Locks a pregnancy and derives its rows again; every verb that writes a fact ends here."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, F

from ceting.care.pregnancies import assessment
from ceting.care.pregnancies.models import Contact, Outcome, Pregnancy, PregnancyQuerySet, StatedRisk
from ceting.foundation.core.keys import new_key
from ceting.foundation.core.models import Record

OF_PREGNANCY = (
    *("risk_group", "risk_score", "pre_eclampsia", "kek", "anaemia", "tablets_taken"),
    *("next_contact", "next_from", "next_until", "rules_version"),
)
OF_CONTACT = (
    *("age_days", "trimester", "slot", "kek", "anaemia", "pressure", "map_mm_hg", "map_positive"),
    *("gain_kg", "gain", "fundal", "heart", "limits", "rules_version"),
)


def key_of(model: type[Record], key: UUID | None) -> UUID:
    """The key that came with the form; one that is another row's is as good as none."""
    return key if key and not model._default_manager.filter(pk=key).exists() else new_key()


def locked(pregnancy: Pregnancy) -> Pregnancy:
    """The row as it stands, until the end of the transaction: two writers come one after the other."""
    return locked_rows().get(pk=pregnancy.pk)


def locked_rows() -> PregnancyQuerySet:
    """Pregnancies to be locked, in the order in which every verb locks them: two batches never wait in a circle."""
    rows = Pregnancy.objects.select_for_update(of=("self",)).select_related("woman", "puskesmas")
    return rows.order_by("pk")


def derive_again(pregnancies: Sequence[Pregnancy]) -> None:
    """Derive and save these pregnancies and their contacts; the work grows with them and with nothing else."""
    contacts: dict[UUID, list[Contact]] = defaultdict(list)
    for row in Contact.objects.current().filter(pregnancy__in=pregnancies):
        contacts[row.pregnancy_id].append(row)
    stated: dict[UUID, list[StatedRisk]] = defaultdict(list)
    for risk in StatedRisk.objects.standing().filter(pregnancy__in=pregnancies):
        stated[risk.pregnancy_id].append(risk)
    babies = _babies([each for each in pregnancies if not each.is_open])
    for pregnancy in pregnancies:
        key = pregnancy.pk
        facts = assessment.Facts(pregnancy, contacts[key], stated[key], babies.get(key, 0))
        assessment.derive(facts)
    Pregnancy.objects.bulk_update(pregnancies, OF_PREGNANCY, batch_size=200)
    rows = [row for each in contacts.values() for row in each]
    Contact.objects.bulk_update(rows, OF_CONTACT, batch_size=200)


def _babies(ended: Sequence[Pregnancy]) -> dict[UUID, int]:
    """How many came at the end of each, those who died too; asked only where something ended."""
    if not ended:
        return {}
    ends = Outcome.objects.standing().filter(pregnancy__in=ended)
    return dict(ends.annotate(babies=Count("born") + F("stillborn")).values_list("pregnancy_id", "babies"))
