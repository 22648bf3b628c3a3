"""What a family says of messages is what messaging asks before one leaves; and what it was sent is in its copy."""

from datetime import timedelta
from typing import Any

import pytest

from ceting.foundation.messaging import delivery, operations
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import OutboxMessage, State
from ceting.registry.families.models import Caregiver
from ceting.registry.rights import operations as rights
from ceting.registry.rights.contributing import Person, sections
from ceting.registry.rights.drafts import ConsentDraft
from ceting.registry.rights.models import Consent, Scope
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TEXT = "Besok ada Posyandu Melati."


def sari(cast: Cast) -> Caregiver:
    assert cast.aisyah.mother is not None
    return cast.aisyah.mother


def answer(cast: Cast, granted: bool, scope: Scope = Scope.MESSAGES, **more: Any) -> Consent:
    told = {"channel": "spoken", "said_on": cast.today} | more
    (consent,) = rights.record_consents(
        [ConsentDraft(sari(cast), scope, granted=granted, **told)], by=cast.bidan_rina
    )
    return consent


def sent(cast: Cast, key: str = "reminder:1") -> str:
    """What becomes of a reminder."""
    mother = sari(cast)
    draft = MessageDraft(mother.pk, mother.name, mother.phone, cast.andalas.pk, "reminder", TEXT, key)
    (row,) = operations.queue([draft], by=None)
    delivery.deliver()
    row.refresh_from_db()
    return row.state


def test_whoever_agreed_is_written_to(cast: Cast, frozen: Any) -> None:
    answer(cast, granted=True)
    assert sent(cast) == State.NEEDS_HUMAN


@pytest.mark.parametrize("scope", [Scope.PHOTOS, Scope.GROUP])
def test_a_yes_to_something_else_is_no_yes_to_messages(cast: Cast, frozen: Any, scope: Scope) -> None:
    answer(cast, granted=True, scope=scope)
    assert sent(cast) == State.SUPPRESSED


def test_a_no_and_a_withdrawal_stop_what_waits_and_what_comes(cast: Cast, frozen: Any) -> None:
    consent = answer(cast, granted=True)
    assert sent(cast) == State.NEEDS_HUMAN
    rights.withdraw_consent(consent, withdrawn_on=cast.today, channel="spoken", by=cast.bidan_rina)
    assert not OutboxMessage.objects.by_hand().exists()
    assert sent(cast, "reminder:2") == State.SUPPRESSED


def test_an_older_paper_that_turns_up_later_revives_nothing(cast: Cast, frozen: Any) -> None:
    answer(cast, granted=False)
    answer(cast, granted=True, channel="written", said_on=cast.today - timedelta(days=9))
    assert sent(cast) == State.SUPPRESSED


def test_her_copy_holds_what_was_written_to_her(cast: Cast, frozen: Any) -> None:
    answer(cast, granted=True)
    sent(cast)
    found = {
        each.title: each.rows for each in sections(Person(caregivers={sari(cast).pk}), cast.andalas.zone)
    }
    assert found["Pesan untuknya"][0]["Isi"] == TEXT
    assert found["Jawaban tentang pesan"][0] | {"Dicatat pada": ""} == {
        "Setuju": "ya",
        "Disampaikan lewat": "Lisan",
        "Dicatat pada": "",
    }
