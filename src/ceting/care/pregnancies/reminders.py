"""Reminders of the next antenatal contact. What holds back whatever assumes a living pregnancy is in `gates`.

Rows only, in the transaction of their cause; whether one may leave is asked when it is about to.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from ceting.care.pregnancies.gates import ENDED, PREGNANCY
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.words import woman_name
from ceting.foundation.messaging import operations as messaging
from ceting.foundation.messaging.drafts import MessageDraft

DONE = "done"
"""The reason of a gate: this contact took place."""
MORNING, A_WEEK = time(8), timedelta(days=7)


def remind(pregnancies: Sequence[Pregnancy]) -> None:
    """Queue the reminder of each one's next contact; the same contact twice is one message."""
    open_ones = [each for each in pregnancies if each.is_open and each.next_contact]
    messaging.queue([_reminder(each) for each in open_ones], by=None)


def _reminder(pregnancy: Pregnancy) -> MessageDraft:
    start, until = pregnancy.next_from, pregnancy.next_until
    if start is None or until is None:
        raise ValueError("a contact that comes next has its days")
    zone = pregnancy.puskesmas.timezone
    begins = max(start, pregnancy.puskesmas.today())
    # A contact that is late is worth one word, too.
    ends = until if until > begins else begins + A_WEEK
    return MessageDraft(
        recipient_id=pregnancy.woman_id,
        recipient_name=pregnancy.woman.name,
        phone=pregnancy.woman.phone,
        puskesmas_id=pregnancy.puskesmas_id,
        posyandu_id=pregnancy.posyandu_id,
        topic=topic_of(pregnancy, pregnancy.next_contact),
        text=(
            f"Selamat pagi, {woman_name(pregnancy)}. Sudah waktunya Ibu periksa di posyandu, puskesmas atau bidan. "
            "Bawa Buku KIA. Bila ada keluhan, jangan menunggu: segera temui bidan."
        ),
        dedupe_key=f"contact:{pregnancy.pk}:{pregnancy.next_contact}",
        not_before=datetime.combine(begins, MORNING, tzinfo=zone),
        expires_at=datetime.combine(ends, MORNING, tzinfo=zone),
    )


def topic_of(pregnancy: Pregnancy, contact: str) -> str:
    """One contact of one pregnancy: what is done is reminded of no more."""
    return f"{PREGNANCY}.{contact.lower()}.{str(pregnancy.pk)[-12:]}"


def stop_reminding_of(pregnancy: Pregnancy, done: Iterable[str]) -> None:
    """These contacts took place."""
    for contact in done:
        messaging.close_gate(pregnancy.woman_id, topic=topic_of(pregnancy, contact), reason=DONE, by=None)


def forget(pregnancy: Pregnancy) -> None:
    """What waits about this pregnancy never leaves, not even when another one opens her messages again."""
    if pregnancy.next_contact:
        topic = topic_of(pregnancy, pregnancy.next_contact)
        messaging.close_gate(pregnancy.woman_id, topic=topic, reason=ENDED, by=None)


def recall(pregnancy: Pregnancy) -> None:
    """It goes on after all."""
    if pregnancy.next_contact:
        topic = topic_of(pregnancy, pregnancy.next_contact)
        messaging.lift_gate(pregnancy.woman_id, topic=topic, reason=ENDED, by=None)
