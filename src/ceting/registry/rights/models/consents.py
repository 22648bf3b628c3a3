"""Who agreed to what, in which words, and who took it back. Rows of evidence."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from ceting.foundation.core.classification import classify
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Caregiver, Child, those_who_became
from ceting.registry.places.models import Puskesmas
from ceting.registry.rights.models.append_only import AppendOnlyQuerySet, AppendOnlyRecord
from ceting.registry.rights.wordings import LABELS, Scope


class Channel(models.TextChoices):
    """How somebody told us."""

    SPOKEN = "spoken", "Lisan"
    WRITTEN = "written", "Tertulis"
    APP = "app", "Lewat aplikasi"


class ConsentQuerySet(AppendOnlyQuerySet["Consent"]):
    """Questions about answers: seen with the caregiver, and what she said of a child only with the child."""

    def visible_to(self, user: User, *, may: str | None = None) -> Self:
        caregivers = Caregiver.objects.visible_to(user, may=may)
        children = Child.objects.visible_to(user, may=may)
        return self.filter(caregiver__in=caregivers).filter(Q(child=None) | Q(child__in=children))

    def of_caregivers(self, caregivers: Iterable[UUID]) -> Self:
        """What they said of themselves."""
        return self.filter(child=None, caregiver__in=list(caregivers))

    def of_children(self, children: Iterable[UUID]) -> Self:
        return self.filter(child__in=list(children))


class Consent(AppendOnlyRecord):
    """An answer, yes or no, in the words of a version. `child` is of whom; None: the caregiver herself.

    A child's guardian answers for her. The last answer holds, until another one or its withdrawal.
    """

    field_classes = classify(
        public="puskesmas scope wording granted channel said_on", volunteer="caregiver child recorded_by"
    )

    puskesmas = models.ForeignKey(Puskesmas, on_delete=models.PROTECT, related_name="+")
    caregiver = models.ForeignKey(Caregiver, on_delete=models.PROTECT, related_name="consents")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="consents")
    scope = models.CharField(max_length=10, choices=[(each.value, LABELS[each]) for each in Scope])
    wording = models.CharField(max_length=12)
    granted = models.BooleanField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    said_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="consent_of_a_child_without_a_phone",
                condition=Q(child=None) | ~Q(scope__in=(Scope.MESSAGES.value, Scope.GROUP.value)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.caregiver_id} {self.scope}"

    @property
    def subject_id(self) -> UUID:
        """Of whom it speaks."""
        return self.child_id or self.caregiver_id


class ConsentWithdrawal(AppendOnlyRecord):
    """She took it back: from that day on the use stops. What was agreed to stays readable."""

    field_classes = classify(public="channel withdrawn_on", volunteer="consent note recorded_by")

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    withdrawn_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = AppendOnlyQuerySet["ConsentWithdrawal"].as_manager()

    def __str__(self) -> str:
        return f"withdrawal of {self.consent_id}"


def last_answers(consents: Collection[Consent]) -> dict[tuple[UUID, Scope], Consent]:
    """(of whom, scope) -> the answer that stands last, by the day it speaks of; `allows` says what it means now.

    A withdrawal counts on its own day: an older paper that turns up later doesn't revive what was taken back since.
    """
    found: dict[tuple[UUID, Scope], Consent] = {}
    moments: dict[tuple[UUID, Scope], tuple[date, bytes]] = {}
    for consent in consents:
        key = (consent.subject_id, Scope(consent.scope))
        moment = _moment(consent)
        if key not in moments or moment > moments[key]:
            found[key], moments[key] = consent, moment
    return found


def _moment(consent: Consent) -> tuple[date, bytes]:
    withdrawal = withdrawal_of(consent)
    said = (consent.said_on, consent.pk.bytes)
    return said if withdrawal is None else max(said, (withdrawal.withdrawn_on, withdrawal.pk.bytes))


def withdrawal_of(consent: Consent) -> ConsentWithdrawal | None:
    """None while nobody took it back. Ask for `select_related("withdrawal")` in a list."""
    found: ConsentWithdrawal | None = getattr(consent, "withdrawal", None)
    return found


def allows(consent: Consent | None) -> bool:
    """Nobody who wasn't asked has agreed."""
    return consent is not None and consent.granted and withdrawal_of(consent) is None


def who_allows(scope: Scope, caregivers: Iterable[UUID]) -> set[UUID]:
    """Of these caregivers those who allow this use of their own data now: whom one may write to, add to a group..."""
    rows = Consent.objects.of_caregivers(caregivers).filter(scope=scope).select_related("withdrawal")
    return _allowing(last_answers(rows))


def may_use(scope: Scope, caregiver: Caregiver) -> bool:
    """Whether she allows this use of her own data now."""
    return bool(who_allows(scope, [caregiver.pk]))


def may_use_of_child(scope: Scope, child: Child) -> bool:
    """Whether her guardians' last answer allows this use of a child's data; of those merged into her too."""
    rows = Consent.objects.of_children(those_who_became([child.pk])).filter(scope=scope)
    # What was said of a double was said of her: the last of all answers holds.
    last = max(rows.select_related("withdrawal"), key=_moment, default=None)
    return allows(last)


def _allowing(answers: Mapping[tuple[UUID, Scope], Consent]) -> set[UUID]:
    return {subject for (subject, _), consent in answers.items() if allows(consent)}
