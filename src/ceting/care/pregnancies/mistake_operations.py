"""The verb that takes registrations of pregnancies back which were a mistake, by a wrong file for one."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from ceting.care.pregnancies.deriving import locked_rows
from ceting.care.pregnancies.events import PregnancyEnded, pregnancy_ended
from ceting.care.pregnancies.models import EndKind, Outcome, Pregnancy
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import refused
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.models import CaregiverEnding


@transaction.atomic
def withdraw_registrations(pregnancies: Sequence[Pregnancy], *, reason: str, by: User) -> list[Pregnancy]:
    """These pregnancies never were: each ends today as a mistake, and nobody is reminded of it. Nothing is deleted.

    Those that have ended are passed over. Who asks has made sure that nobody built on them.
    """
    if not reason.strip():
        raise refused("Tulis alasannya dengan singkat.", "reason", "reason")
    keys = [each.pk for each in pregnancies]
    withdrawn = list(locked_rows().open().filter(pk__in=keys))
    if not withdrawn:
        return []
    Outcome.objects.bulk_create([_outcome(each, reason.strip(), by) for each in withdrawn], batch_size=500)
    for each in withdrawn:
        each.is_open, each.ended_on = False, each.puskesmas.today()
        gone = Pregnancy.objects.filter(pk=each.pk)
        gone.update(is_open=False, ended_on=each.ended_on, version=F("version") + 1)
    audit.record(
        "pregnancy.withdraw_registration",
        "pregnancy",
        [each.pk for each in withdrawn],
        by=by,
        puskesmas_id=withdrawn[0].puskesmas_id,
    )
    for each in withdrawn:
        publish(pregnancy_ended, PregnancyEnded(each.pk, each.woman_id, each.puskesmas_id))
    return withdrawn


def _outcome(pregnancy: Pregnancy, reason: str, by: User) -> Outcome:
    today = pregnancy.puskesmas.today()
    return Outcome(
        pregnancy=pregnancy,
        kind=EndKind.MISTAKE,
        ended_on=today,
        age_days=pregnancy.age_days(today),
        note=reason,
        by=by,
    )


def refuse_withdrawn_woman(pregnancy: Pregnancy, outcome: Outcome) -> None:
    """She was withdrawn with her pregnancy: it can't go on without her. Raises RefusedError."""
    if (
        outcome.kind == EndKind.MISTAKE
        and CaregiverEnding.objects.filter(caregiver=pregnancy.woman_id).exists()
    ):
        raise refused(
            "Pendaftaran ibu ini ditarik karena keliru. Bila ibu memang ada, daftarkan lagi.", "withdrawn"
        )
