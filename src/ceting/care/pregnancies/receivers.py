"""What pregnancies hear from below, and from themselves."""

from typing import Any

from django.dispatch import receiver

from ceting.care.pregnancies import gates, mother_deaths, reminders
from ceting.care.pregnancies.events import (
    ContactRecorded,
    EndUndone,
    PregnanciesRegistered,
    PregnancyEnded,
    PregnancyRedated,
    contact_recorded,
    end_undone,
    pregnancies_registered,
    pregnancy_ended,
    pregnancy_redated,
)
from ceting.care.pregnancies.models import Contact, Pregnancy, PregnancyQuerySet
from ceting.foundation.core.errors import refused
from ceting.registry.families.events import (
    CaregiverDied,
    ChildDied,
    WomenWithdrawing,
    caregiver_died,
    child_died,
    women_withdrawing,
)


@receiver(pregnancies_registered)
def begin_to_remind(sender: Any, event: PregnanciesRegistered, **_: Any) -> None:
    """A new pregnancy opens what an earlier one closed."""
    found = list(_with_woman().filter(pk__in=event.pregnancy_ids))
    gates.settle_gates([pregnancy.woman_id for pregnancy in found])
    reminders.remind(found)


@receiver(contact_recorded)
def remind_of_the_next(sender: Any, event: ContactRecorded, **_: Any) -> None:
    """What took place is reminded of no more; what comes next is."""
    pregnancy = _with_woman().get(pk=event.pregnancy_id)
    reminders.settle_done(pregnancy, _done(pregnancy))
    reminders.remind([pregnancy])


@receiver(pregnancy_redated)
def remind_on_other_days(sender: Any, event: PregnancyRedated, **_: Any) -> None:
    """Other weeks: a contact may be another one of the schedule, and the next one is due on other days."""
    pregnancy = _with_woman().get(pk=event.pregnancy_id)
    reminders.settle_done(pregnancy, _done(pregnancy))
    if pregnancy.is_open:
        reminders.remind_anew(pregnancy)


@receiver(pregnancy_ended)
def stop_reminding(sender: Any, event: PregnancyEnded, **_: Any) -> None:
    """Nobody is asked to come for a check of this pregnancy; after a loss nothing is written of a baby either."""
    gates.settle_gates([event.woman_id])
    reminders.forget(Pregnancy.objects.get(pk=event.pregnancy_id))


@receiver(end_undone)
def remind_again(sender: Any, event: EndUndone, **_: Any) -> None:
    """The end was a mistake."""
    gates.settle_gates([event.woman_id])
    pregnancy = _with_woman().get(pk=event.pregnancy_id)
    reminders.recall(pregnancy)
    reminders.remind([pregnancy])


@receiver(child_died)
def fall_silent_about_the_child(sender: Any, event: ChildDied, **_: Any) -> None:
    """A mother whose child died hears nothing about babies, until the record turns out to be a mistake."""
    if event.mother_id is not None:
        gates.settle_gates([event.mother_id])


@receiver(caregiver_died)
def keep_a_death_with_its_pregnancy(sender: Any, event: CaregiverDied, **_: Any) -> None:
    """Nobody is dead in the register and pregnant here, nor the other way round. Raises RefusedError."""
    mother_deaths.refuse_impossible_death(event)


@receiver(women_withdrawing)
def keep_whoever_is_pregnant(sender: Any, event: WomenWithdrawing, **_: Any) -> None:
    """A woman with a pregnancy that stands wasn't registered by mistake. Raises RefusedError."""
    if Pregnancy.objects.meant().filter(woman__in=event.caregiver_ids).exists():
        raise refused("Kehamilan ibu ini tercatat. Periksa dulu catatannya.", "pregnant")


def _done(pregnancy: Pregnancy) -> set[str]:
    rows = Contact.objects.current().filter(pregnancy=pregnancy).exclude(slot="")
    return set(rows.values_list("slot", flat=True))


def _with_woman() -> PregnancyQuerySet:
    """As far as a reminder reads: her household, which is encrypted, isn't asked for."""
    return Pregnancy.objects.select_related("woman", "puskesmas")
