"""The verbs that take registrations back which were a mistake. Nothing is deleted; nobody finds or counts them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.foundation.core.events import publish
from ceting.registry.accounts.models import User
from ceting.registry.families.events import (
    RegisterChanged,
    RegistrationWithdrawing,
    WomenWithdrawing,
    register_changed,
    registration_withdrawing,
    women_withdrawing,
)
from ceting.registry.families.indexing import index_names
from ceting.registry.families.models import (
    Caregiver,
    CaregiverEnding,
    Child,
    Departure,
    MistakenRegistration,
    Stay,
)

AT_ONCE = 500


@transaction.atomic
def withdraw_registrations(
    children: Sequence[Child], *, reason: str, by: User, staying: Collection[UUID] = ()
) -> list[Child]:
    """These children were registered by mistake: they are in no list, no S and no search from now on, nor ever were.

    Those who were withdrawn before are passed over. Who asks has made sure that nothing of theirs still stands: a
    move, a person's correction; whoever keeps something of them refuses when she hears of it. Whoever cares for
    nobody any more ends with them, but those of `staying`, whom we know for another reason.
    """
    if not reason.strip():
        raise RefusedError(Problem("Tulis alasannya dengan singkat.", "reason", "reason"))
    keys = sorted(child.pk for child in children)
    withdrawn: list[Child] = []
    for start in range(0, len(keys), AT_ONCE):
        locked = Child.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + AT_ONCE])
        withdrawn += list(locked.registered().order_by("pk"))
    if withdrawn:
        publish(registration_withdrawing, RegistrationWithdrawing(tuple(child.pk for child in withdrawn)))
    for start in range(0, len(withdrawn), AT_ONCE):
        _withdraw(withdrawn[start : start + AT_ONCE], reason=reason.strip(), by=by, staying=staying)
    return withdrawn


def _withdraw(children: Sequence[Child], *, reason: str, by: User, staying: Collection[UUID]) -> None:
    keys = [child.pk for child in children]
    MistakenRegistration.objects.bulk_create(
        [MistakenRegistration(child=child, reason=reason, by=by) for child in children], batch_size=500
    )
    # A stay that ends on the day it began holds on no day: S and K of every month are right without asking further.
    Stay.objects.filter(child__in=keys).update(until=F("since"), departure=Departure.MISTAKE)
    Child.objects.filter(pk__in=keys).update(is_here=False)
    index_names(keys)
    puskesmas_id = children[0].puskesmas_id
    _end_caregivers({child.household_id for child in children}, reason=reason, by=by, staying=staying)
    audit.record(
        "child.withdraw_registration",
        "child",
        keys,
        by=by,
        puskesmas_id=puskesmas_id,
        detail={"reason": reason},
    )
    _publish(children, by)


def _end_caregivers(
    households: Collection[UUID], *, reason: str, by: User, staying: Collection[UUID]
) -> None:
    """Those of households in which nobody is registered any more."""
    registered = Child.objects.registered().filter(household=OuterRef("household"))
    alone = list(
        Caregiver.objects.caring()
        .filter(household__in=households)
        .exclude(Exists(registered))
        .exclude(pk__in=staying)
        .select_related("puskesmas")
    )
    CaregiverEnding.objects.bulk_create(
        [
            CaregiverEnding(caregiver=caregiver, ended_on=caregiver.puskesmas.today(), reason=reason, by=by)
            for caregiver in alone
        ],
        batch_size=500,
    )
    if alone:
        audit.record(
            "caregiver.end",
            "caregiver",
            [caregiver.pk for caregiver in alone],
            by=by,
            puskesmas_id=alone[0].puskesmas_id,
        )


@transaction.atomic
def withdraw_women(women: Sequence[Caregiver], *, reason: str, by: User) -> list[Caregiver]:
    """These women were registered by mistake: nobody finds them any more. Those who have ended are passed over.

    Who asks has made sure that nothing of theirs still stands; whoever keeps something refuses when she hears of it.
    """
    if not reason.strip():
        raise RefusedError(Problem("Tulis alasannya dengan singkat.", "reason", "reason"))
    keys = [woman.pk for woman in women]
    rows = Caregiver.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    withdrawn = list(rows.caring().select_related("puskesmas"))
    if not withdrawn:
        return []
    gone = [woman.pk for woman in withdrawn]
    publish(women_withdrawing, WomenWithdrawing(tuple(gone)))
    endings = [
        CaregiverEnding(caregiver=woman, ended_on=woman.puskesmas.today(), reason=reason.strip()[:200], by=by)
        for woman in withdrawn
    ]
    CaregiverEnding.objects.bulk_create(endings, batch_size=500)
    audit.record(
        "woman.withdraw_registration",
        "caregiver",
        gone,
        by=by,
        puskesmas_id=withdrawn[0].puskesmas_id,
        detail={"reason": reason.strip()},
    )
    return withdrawn


def _publish(children: Sequence[Child], by: User) -> None:
    publish(
        register_changed,
        RegisterChanged(
            child_ids=tuple(child.pk for child in children),
            posyandu_ids=tuple(sorted({child.posyandu_id for child in children})),
            since=min(child.birth_date for child in children),
            cause="mistaken",
            by_id=by.pk,
        ),
    )
